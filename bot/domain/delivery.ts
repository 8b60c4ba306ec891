/** Where a message stands in Teams. */
export interface Post {
  conversation: string;
  activity: string;
}

/**
 * What a question owes: a card brought up to date, a thread carried to a channel, a notice to its asker, a word to a role, a
 * block of its author.
 */
export type Target =
  | { kind: 'card'; place: string }
  | { kind: 'publication'; channel: string }
  | { kind: 'notice' }
  | { kind: 'block' }
  | { kind: 'tell'; person: string; what: 'withdrawn' | 'not-now' };

/** Something owed, kept in the question's own document. */
export interface Delivery {
  key: string;
  target: Target;
  /** The question's revision that called for it: a later change while it is carried out leaves it owed. */
  mark: number;
  tries: number;
  /** Milliseconds since 1970; 0 is at once, so that a fresh question carries no time of asking. */
  dueAt: number;
  /** Why it was given up. */
  dead?: string;
}

/** What Teams said to one attempt. */
export type Outcome =
  | { sent: Post }
  | { refused: string; retryAfterMs?: number }
  | { unknown: string }
  | { permanent: string };

interface Owing {
  revision: number;
  deliveries: Delivery[];
}

export const keyOf = (target: Target): string => Object.values(target).join(':');

/** Adds what is now owed; what was owed to the same target already is renewed, not doubled. */
export function owe<Q extends Owing>(question: Q, ...targets: Target[]): Q {
  const fresh = targets.map((target): Delivery => ({
    key: keyOf(target),
    target,
    mark: question.revision,
    tries: 0,
    dueAt: 0,
  }));
  const keys = new Set(fresh.map((delivery) => delivery.key));
  const kept = question.deliveries.filter((delivery) => !keys.has(delivery.key));
  return { ...question, deliveries: [...kept, ...new Map(fresh.map((owed) => [owed.key, owed])).values()] };
}

/** Takes a carried-out delivery off the list, unless the question changed meanwhile and owes it anew. */
export function done<Q extends Owing>(question: Q, delivery: Delivery): Q {
  const same = (owed: Delivery) => owed.key === delivery.key && owed.mark === delivery.mark;
  return { ...question, deliveries: question.deliveries.filter((owed) => !same(owed)) };
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;
/** Waits after the first tries, from the design, section 6; later ones wait four hours each, for about a day in all. */
const LATER = [1, 5, 15, 60].map((minutes) => minutes * MINUTE);
const LAST_TRY = 13;

export interface PutOff {
  code: string;
  /** In [0, 1). */
  chance: number;
  retryAfterMs?: number | undefined;
}

/** Puts off a delivery that was refused, or gives it up after about a day. */
export function putOff<Q extends Owing>(question: Q, delivery: Delivery, now: number, why: PutOff): Q {
  const tries = delivery.tries + 1;
  if (tries >= LAST_TRY) return giveUp(question, delivery, why.code);
  return amend(question, delivery, { tries, dueAt: Math.ceil(now + waitAfter(tries, why)) });
}

/** Retry-After rules at first; later it can only lengthen a wait, or short ones would use up all tries in a minute. */
function waitAfter(tries: number, { chance, retryAfterMs }: PutOff): number {
  const asked = retryAfterMs === undefined ? undefined : Math.min(retryAfterMs, DAY);
  if (tries <= 3) return asked ?? (2 + 18 * chance) * SECOND;
  return Math.max(asked ?? 0, LATER[tries - 4] ?? 240 * MINUTE);
}

/** Stops trying; the reason stays visible, and no time of the last try. */
export const giveUp = <Q extends Owing>(question: Q, delivery: Delivery, code: string): Q =>
  amend(question, delivery, { dead: code, dueAt: 0 });

/** Notices wait for the next batch: the time of one must not tell whose question was just answered. */
export const joinBatch = <Q extends Owing>(question: Q, delivery: Delivery, dueAt: number): Q =>
  amend(question, delivery, { dueAt });

/** Tells whether it is a notice that has no batch yet. */
export const needsBatch = ({ target, dueAt }: Delivery): boolean => target.kind === 'notice' && dueAt === 0;

/** One of its steps went well: the next one is due at once, with all its tries. */
export const goOn = <Q extends Owing>(question: Q, delivery: Delivery): Q =>
  amend(question, delivery, { tries: 0, dueAt: 0 });

/** What was owed anew meanwhile has its own tries, and is not given up; but it waits as Teams asked. 0 asks nothing. */
function amend<Q extends Owing>(question: Q, { key, mark }: Delivery, change: Partial<Delivery>): Q {
  const deliveries = question.deliveries.map((owed) => {
    if (owed.key !== key) return owed;
    return owed.mark === mark ? { ...owed, ...change } : { ...owed, dueAt: change.dueAt || owed.dueAt };
  });
  return { ...question, deliveries };
}

/** What may be tried now. */
export const dueNow = (question: Owing, now: number): Delivery[] =>
  question.deliveries.filter((owed) => owed.dead === undefined && owed.dueAt <= now);

/** When the next delivery is due, in milliseconds since 1970; nothing where none is owed. */
export function owedAt(question: Owing): number | undefined {
  const times = question.deliveries.filter((owed) => owed.dead === undefined).map((owed) => owed.dueAt);
  return times.length === 0 ? undefined : Math.min(...times);
}
