/** Where a message stands in Teams. */
export interface Post {
  conversation: string;
  activity: string;
}

/**
 * What a question owes: a card brought up to date, a thread carried to a channel, a notice to its asker, a word to a role, a
 * block of its author, its words to the question it was merged into.
 */
export type Target =
  | { kind: 'card'; place: string }
  | { kind: 'publication'; channel: string }
  /** `of`: the merged question whose asker is told, where it is not the question's own. */
  | { kind: 'notice'; of?: string }
  /** The words of a question that is or was merged, brought to the question that carries them, or taken from it. */
  | { kind: 'wording'; into: string }
  /** A question whose words were carried here is open again: this one carries nothing any more. */
  | { kind: 'release'; wording: string }
  | { kind: 'block' }
  | { kind: 'tell'; person: string; what: 'withdrawn' | 'not-now' | 'retracted' | 'declined' };

/** How far a delivery has come. What was sent is on the list no more. Times are milliseconds since 1970. */
export type Standing =
  /** To be sent from `at` on; 0 is at once, so that a fresh question carries no time of asking. */
  | { state: 'due'; at: number }
  /** Likewise, at the time of a Slot that a curator chose. */
  | { state: 'planned'; at: number }
  /**
   * Somebody is sending it, and nobody else may until then. `fence` is the version of the document under which they
   * took it: whoever was paused for longer than their lease finds another one, and writes nothing.
   */
  | { state: 'claimed'; until: number; fence: string; tries: number }
  /** Teams did not take it: it is tried again then. */
  | { state: 'waiting'; until: number; why: string; tries: number }
  /** A new post, and nobody knows whether it stands in the channel: only a curator can say. */
  | { state: 'uncertain' }
  /** Given up. */
  | { state: 'dead'; why: string }
  /** Given up, and a curator took it off the list. */
  | { state: 'dropped'; by: string; reason: string };

/** Something owed, kept in the question's own document. */
export type Delivery = Standing & {
  key: string;
  target: Target;
  /** The question's revision that called for it: a later change while it is carried out leaves it owed. */
  mark: number;
};

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

/**
 * Adds what is now owed; what was owed to the same target already is renewed, not doubled. What is just being sent stays
 * claimed: a second one must not overtake it.
 */
export function owe<Q extends Owing>(question: Q, ...targets: Target[]): Q {
  const keys = new Map(targets.map((target) => [keyOf(target), target]));
  const fresh = [...keys].map(([key, target]): Delivery => {
    const claim = question.deliveries.find((owed) => owed.key === key && owed.state === 'claimed');
    return { ...(claim ?? { key, target, state: 'due', at: 0 }), mark: question.revision };
  });
  return { ...question, deliveries: [...question.deliveries.filter(({ key }) => !keys.has(key)), ...fresh] };
}

/** Likewise, but from that time on. */
export function oweFrom<Q extends Owing>(question: Q, at: number, target: Target): Q {
  const owing = owe(question, target);
  const later = (owed: Delivery): Delivery =>
    owed.key === keyOf(target) && owed.state === 'due' ? { ...owed, state: 'planned', at } : owed;
  return { ...owing, deliveries: owing.deliveries.map(later) };
}

/** Takes off what is not to be sent any more. */
export const forgo = <Q extends Owing>(question: Q, target: Target): Q => ({
  ...question,
  deliveries: question.deliveries.filter(({ key }) => key !== keyOf(target)),
});

/** Deliveries that are just being sent: whatever befalls the question, their outcome is waited for. */
export const claims = ({ deliveries }: Owing): Delivery[] => deliveries.filter(({ state }) => state === 'claimed');

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** How long one attempt may take; what says nothing for so long is over. */
export const ATTEMPT_MS = 30 * SECOND;
/** How long nobody else may take it up. Longer than an attempt by more than the clocks of two instances differ. */
const LEASE_MS = ATTEMPT_MS + 10 * SECOND;
/** A claim that lasts for longer was made by a clock that was ahead. It counts for nothing: it would last until then. */
export const LONGEST_CLAIM_MS = 2 * LEASE_MS;

/**
 * The least and the most to wait after each try; after the last one it is given up, in about a day. The design, section 6;
 * the first three as in "Backoff example" of Microsoft's "Optimize your bot with rate limiting in Teams".
 */
const WAITS: readonly (readonly [least: number, most: number])[] = [
  ...Array.from({ length: 3 }, () => [2 * SECOND, 20 * SECOND] as const),
  ...[1, 5, 15, 60, 240, 240, 240, 240, 240].map((minutes) => [minutes * MINUTE, minutes * MINUTE] as const),
];
/** A Retry-After counts for these tries; later it can only lengthen a wait, or short ones would use up all tries. */
const HASTY = 3;

const triesOf = (delivery: Delivery): number => ('tries' in delivery ? delivery.tries : 0);

/** Takes a delivery for one attempt. `fence`: the version of the document that it is taken from. */
export const claim = <Q extends Owing>(question: Q, delivery: Delivery, fence: string, now: number): Q =>
  amend(question, delivery, { state: 'claimed', until: now + LEASE_MS, fence, tries: triesOf(delivery) });

/** The claim as it stands in the document; nothing where it was lost to somebody else, or was never made. */
export const claimIn = ({ deliveries }: Owing, key: string, fence: string): Delivery | undefined =>
  deliveries.find((owed) => owed.key === key && owed.state === 'claimed' && owed.fence === fence);

/** Takes a carried-out delivery off the list, unless the question changed meanwhile and owes it anew. */
export function done<Q extends Owing>(question: Q, delivery: Delivery): Q {
  const isDone = (owed: Delivery) => owed.key === delivery.key && owed.mark === delivery.mark;
  const rest = question.deliveries.filter((owed) => !isDone(owed));
  return amend({ ...question, deliveries: rest }, delivery, { state: 'due', at: 0 });
}

export interface PutOff {
  code: string;
  /** In [0, 1). */
  chance: number;
  retryAfterMs?: number | undefined;
}

/** Puts off a delivery that was refused, or gives it up after about a day. */
export function putOff<Q extends Owing>(question: Q, delivery: Delivery, now: number, why: PutOff): Q {
  const tries = triesOf(delivery) + 1;
  const wait = waitAfter(tries, why);
  if (wait === undefined) return giveUp(question, delivery, why.code);
  return amend(question, delivery, { state: 'waiting', until: Math.ceil(now + wait), why: why.code, tries });
}

function waitAfter(tries: number, { chance, retryAfterMs }: PutOff): number | undefined {
  const wait = WAITS[tries - 1];
  if (wait === undefined) return undefined;
  const [least, most] = wait;
  const asked = retryAfterMs === undefined ? undefined : Math.min(retryAfterMs, DAY);
  if (tries <= HASTY && asked !== undefined) return asked;
  return Math.max(asked ?? 0, least + (most - least) * chance);
}

/** Stops trying; the reason stays visible, and no time of the last try. */
export const giveUp = <Q extends Owing>(question: Q, delivery: Delivery, why: string): Q =>
  amend(question, delivery, { state: 'dead', why });

/** Leaves it to a curator, who can look into the channel. */
export const leaveOpen = <Q extends Owing>(question: Q, delivery: Delivery): Q =>
  amend(question, delivery, { state: 'uncertain' });

/** Notices wait for the next batch: the time of one must not tell whose question was just answered. */
export const joinBatch = <Q extends Owing>(question: Q, delivery: Delivery, at: number): Q =>
  amend(question, delivery, { state: 'due', at });

/** Tells whether it is a notice that has no batch yet. */
export const needsBatch = (delivery: Delivery): boolean =>
  delivery.target.kind === 'notice' && delivery.state === 'due' && delivery.at === 0;

/** One of its steps went well: the next one is due at once, with all its tries. */
export const goOn = <Q extends Owing>(question: Q, delivery: Delivery): Q =>
  amend(question, delivery, { state: 'due', at: 0 });

/** What was owed anew meanwhile is due, with all its tries, whatever became of the older one; but it waits as Teams asked. */
export function amend<Q extends Owing>(question: Q, { key, mark }: Delivery, change: Standing): Q {
  const renewed: Standing = { state: 'due', at: change.state === 'waiting' ? change.until : 0 };
  const deliveries = question.deliveries.map((owed): Delivery => {
    if (owed.key !== key) return owed;
    return { key, target: owed.target, mark: owed.mark, ...(owed.mark === mark ? change : renewed) };
  });
  return { ...question, deliveries };
}

/** From when on it may be taken up; nothing where nobody is to. */
function timeOf(delivery: Delivery): number | undefined {
  switch (delivery.state) {
    case 'due':
    case 'planned':
      return delivery.at;
    case 'claimed':
    case 'waiting':
      return delivery.until;
    case 'uncertain':
    case 'dead':
    case 'dropped':
      return undefined;
  }
}

const isFromAhead = (owed: Delivery, now: number): boolean =>
  owed.state === 'claimed' && owed.until > now + LONGEST_CLAIM_MS;

/** What may be taken up now. A lease that has run out is one whose holder died. */
export const dueNow = (question: Owing, now: number): Delivery[] =>
  question.deliveries.filter((owed) => (timeOf(owed) ?? Infinity) <= now || isFromAhead(owed, now));

/** When the next delivery may be taken up, in milliseconds since 1970; nothing where none is owed. */
export function owedAt(question: Owing): number | undefined {
  const times = question.deliveries.map(timeOf).filter((time) => time !== undefined);
  return times.length === 0 ? undefined : Math.min(...times);
}
