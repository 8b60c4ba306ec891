import { nextFree, type Slots } from './slot.ts';

const DAY = 86_400_000;

/** The first Slot for which nothing is planned, where it comes within so many days. */
export function runsDry(slots: Slots, { planned, now, days }: { planned: number[]; now: number; days: number }) {
  const [free] = nextFree(slots, now, { planned, most: 1 });
  return free !== undefined && free <= now + days * DAY ? free : undefined;
}

/** A thread that may fill a Slot. One without a topic is like no other. */
export interface Fit {
  id: string;
  topic?: string | undefined;
}

/** A Slot of the stream; `topic` is that of the thread that is planned for it already. */
export type Place = { at: number; isFree: true } | { at: number; isFree: false; topic?: string | undefined };

export interface Filling {
  id: string;
  at: number;
}

/**
 * Fills free Slots with threads, in order. No topic comes twice in a row where another order of these threads avoids it: so a
 * thread may go before an older one.
 */
export function fill(places: readonly Place[], threads: readonly Fit[]): Filling[] {
  const left = [...threads];
  const filled: Filling[] = [];
  let before: string | undefined;
  places.forEach((place, nth) => {
    if (!place.isFree) {
      before = place.topic;
      return;
    }
    const following = places[nth + 1];
    const after = following?.isFree === false ? following.topic : undefined;
    const room = places.slice(nth + 1).filter(({ isFree }) => isFree).length;
    const chosen = choose(left, { before, after, room });
    if (chosen === undefined) return;
    left.splice(left.indexOf(chosen), 1);
    filled.push({ id: chosen.id, at: place.at });
    before = chosen.topic;
  });
  return filled;
}

interface Beside {
  before: string | undefined;
  after: string | undefined;
  /** Free Slots that are left after this one. */
  room: number;
}

/** The first thread that repeats no topic and keeps the rest in an order that need not; or else the least bad one. */
function choose(left: readonly Fit[], { before, after, room }: Beside): Fit | undefined {
  const repeats = ({ topic }: Fit, beside: string | undefined) => topic !== undefined && topic === beside;
  const fresh = left.filter((one) => !repeats(one, before));
  const fitting = fresh.filter((one) => !repeats(one, after));
  const lasting = fitting.find((one) => canGoOn(left, one, room));
  return lasting ?? fitting[0] ?? fresh[0] ?? left[0];
}

/** Tells whether, after this one, the rest can fill as many Slots as there are threads for without repeating a topic. */
function canGoOn(left: readonly Fit[], chosen: Fit, room: number): boolean {
  const rest = left.filter((one) => one !== chosen);
  const length = Math.min(room, rest.length);
  const counts = new Map<string, number>();
  rest.forEach(({ id, topic }) => {
    const kind = topic === undefined ? `of ${id}` : `on ${topic}`;
    counts.set(kind, (counts.get(kind) ?? 0) + 1);
  });
  // Of one topic every other Slot at most, and of the one just chosen not the first.
  const most = (kind: string) => (kind === `on ${chosen.topic}` ? Math.floor(length / 2) : Math.ceil(length / 2));
  return [...counts].reduce((sum, [kind, count]) => sum + Math.min(count, most(kind)), 0) >= length;
}

/** What each leader has answered, and what waits for them, by count alone. */
export interface Tally {
  leader: string;
  answered: number;
  waiting: number;
}

/** Who has answered least comes first; among those, for whom more waits. */
export const leastFirst = (tallies: readonly Tally[]): Tally[] =>
  tallies.toSorted((a, b) => a.answered - b.answered || b.waiting - a.waiting);
