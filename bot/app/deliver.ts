import { type Delivery, dueNow } from '../domain/delivery.ts';
import type { Question } from '../domain/question.ts';
import type { Sending } from './attempt.ts';
import { carry } from './carry.ts';
import { savesTogether } from './together.ts';

/** How often one delivery is taken up in one go; the rest is left to the next one. */
const TIMES = 50;
/** Deliveries carried at the same time: enough for 20 messages a second where Teams takes a second and a half for each. */
export const AT_ONCE = 32;

/** What all questions of a process share: how many more may be carried at the same time. Every question may carry one. */
export interface Room {
  left: number;
  /** Nothing more is to begin. */
  isClosed: boolean;
}
/** Posts go side by side, by channel. Cards go one after the other: of these, one at most stands twice where a process dies. */
const lineOf = ({ key, target }: Delivery): string => (target.kind === 'publication' ? key : 'cards');

const ownRoom = (): Room => ({ left: AT_ONCE, isClosed: false });

/**
 * Carries out what one question owes and what is due, its channels side by side. Each step is written down before the next begins. When to
 * come back for what had to let others go first, in milliseconds since 1970; nothing where all is done or has its time in
 * the store.
 */
export async function deliver(deps: Sending, id: string, room = ownRoom()): Promise<number | undefined> {
  const work = { ...deps, together: savesTogether(deps, id), turns: new Map<string, string>() };
  const [held, times, busy] = [new Map<string, number>(), new Map<string, number>(), new Map<string, Promise<void>>()];
  const faults: unknown[] = [];

  const count = ({ key }: Delivery) => times.get(key) ?? 0;
  /** Whose turn it is already, then who was taken up less often: each channel gets its first post before any gets its second. */
  const rank = (due: Delivery) => (work.turns.has(due.key) ? -1 : count(due));

  function following(question: Question): Delivery[] {
    const now = deps.clock.now().getTime();
    const mayBegin = (due: Delivery) => (held.get(due.key) ?? 0) <= now && count(due) < TIMES;
    const free = dueNow(question, now).filter(mayBegin);
    return free.toSorted((a, b) => rank(a) - rank(b));
  }

  async function takeUp(question: Question, due: Delivery): Promise<void> {
    room.left -= 1;
    times.set(due.key, count(due) + 1);
    held.delete(due.key);
    try {
      const until = await carry(work, question, due);
      if (until !== undefined) held.set(due.key, until);
    } catch (error) {
      faults.push(error);
    }
    room.left += 1;
    busy.delete(lineOf(due));
  }

  async function begin(): Promise<void> {
    try {
      const kept = await deps.store.question(id);
      if (kept === undefined) return;
      for (const due of following(kept.question)) {
        const isRoom = room.left > 0 || busy.size === 0;
        if (isRoom && !busy.has(lineOf(due))) busy.set(lineOf(due), takeUp(kept.question, due));
      }
    } catch (error) {
      faults.push(error);
    }
  }

  for (;;) {
    // What ends while the question is read may owe more than was read.
    const before = [...busy.values()];
    if (faults.length === 0 && !room.isClosed) await begin();
    const all = new Set([...before, ...busy.values()]);
    if (all.size === 0) break;
    await Promise.race(all);
  }
  if (faults.length > 0) throw faults[0];
  return held.size === 0 ? undefined : Math.min(...held.values());
}
