import { ask, type WaitingQuestion } from '../domain/life.ts';
import type { Asking, Question } from '../domain/question.ts';
import type { Mixing } from '../domain/settings.ts';
import type { Deps } from './ports.ts';
import { shuffle } from './shuffle.ts';
import type { Waiting } from './waiting.ts';

type Needs = Pick<Deps, 'store' | 'sealer'>;

/** A question as its asker finds it: in a queue, or on its way there. */
export type Own = Question | WaitingQuestion;

/** Tells whether questions wait for each other at all. */
export const mixes = ({ size, minutes }: Mixing): boolean => size > 1 && minutes > 0;

/** Where this question stands; nothing where it was never taken in. */
export async function find({ store, sealer }: Needs, id: string): Promise<Own | undefined> {
  const kept = await store.question(id);
  if (kept !== undefined) return kept.question;
  const waiting = await store.waiting(sealer.waitingId(id));
  if (waiting !== undefined) return { ...(await open(sealer, waiting)), state: 'waiting' };
  // It may have entered between the two looks.
  return (await store.question(id))?.question;
}

/** Lets an accepted question wait, durably. It holds no time but the week, and its row tells none. */
export async function wait({ store, sealer }: Needs, asking: Asking): Promise<void> {
  const waiting = await sealer.sealWaiting(asking.id, JSON.stringify(asking));
  await store.addWaiting(waiting);
  // The same form, sent twice at once: the other one may have entered by now, or been withdrawn.
  if ((await store.question(asking.id)) !== undefined) await store.eraseWaiting(waiting.id);
}

/**
 * All that wait. One that cannot be opened is told, stays where it is, and counts for nobody's cover; nor does one
 * that has entered or was taken back, whose wait a crash left behind: that is finished here.
 */
export async function gathered({ store, sealer }: Needs, onFault: (id: string, error: unknown) => void) {
  const askings: Asking[] = [];
  for (const waiting of await store.allWaiting()) {
    const asking = await open(sealer, waiting).catch((error: unknown) => onFault(waiting.id, error));
    if (asking !== undefined && !(await finish({ store, sealer }, asking.id))) askings.push(asking);
  }
  return askings;
}

/** Finishes what a crash cut short: an entry, or a withdrawal. False where neither was begun. */
async function finish({ store, sealer }: Needs, id: string): Promise<boolean> {
  const kept = await store.question(id);
  if (kept === undefined) return false;
  if (kept.question.state === 'withdrawn') await store.eraseSeal(sealer.sealId(id));
  await store.eraseWaiting(sealer.waitingId(id));
  return true;
}

/**
 * All of these enter, in an order that tells nothing of that of asking. Each may be entered again after a crash, or by
 * another instance: whoever adds the question first decides, also where that was its withdrawal.
 */
export async function enter(deps: Pick<Deps, 'store' | 'sealer' | 'ids' | 'wake'>, askings: Asking[]): Promise<void> {
  try {
    // Together, so that they share what makes them durable.
    await Promise.all(shuffle(askings, deps.ids).map((asking) => enterOne(deps, asking)));
  } finally {
    deps.wake();
  }
}

async function enterOne({ store, sealer }: Needs, asking: Asking): Promise<void> {
  if (await store.add(ask(asking))) await store.eraseWaiting(sealer.waitingId(asking.id));
  else await finish({ store, sealer }, asking.id);
}

const open = async (sealer: Needs['sealer'], waiting: Waiting): Promise<Asking> =>
  JSON.parse(await sealer.openWaiting(waiting)) as Asking;
