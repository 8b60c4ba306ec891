import { ATTEMPT_MS, type Delivery, done, giveUp, type Outcome, type Post, putOff } from '../domain/delivery.ts';
import type { Question } from '../domain/question.ts';
import { type Courier, type Go, Held } from './carrying.ts';
import type { Pace } from './pace.ts';
import { type Deps, SealBroken } from './ports.ts';

/** What delivering needs besides. */
export type Sending = Deps & { courier: Courier; pace: Pace };

/** Writes down an outcome. `taken` is the delivery as it was claimed for this attempt. */
export type Record = (question: Question, taken: Delivery, outcome: Outcome) => Question;

/** One attempt, and how its outcome is written down. Nothing to send means that nothing is owed any more. */
export interface Attempt {
  /** What is written down with the claim, before anything is sent. */
  begin?: (question: Question) => Question;
  send?: (go: Go) => Promise<Outcome>;
  record: Record;
}

/**
 * Sends, once. A bug in the Courier or a silence leaves unknown what became of it; a broken Seal stays broken. Throws Held
 * where it was not its turn.
 */
export async function trySend({ fault }: Pick<Deps, 'fault'>, send: () => Promise<Outcome>): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<Outcome>((settle) => {
    timer = setTimeout(settle, ATTEMPT_MS, { unknown: 'timeout' });
  });
  try {
    return await Promise.race([send(), silence]);
  } catch (error) {
    if (error instanceof Held) throw error;
    fault(error);
    return error instanceof SealBroken ? { permanent: 'seal-broken' } : { unknown: 'fault' };
  } finally {
    clearTimeout(timer);
  }
}

/**
 * All that an attempt at a delivery goes by: while it reads the same, what was decided still holds. What others did to other
 * channels or cards of the question is no part of it.
 */
export function groundsOf(question: Question, { key, target }: Delivery): string {
  const publications = question.state === 'answered' ? question.publications : [];
  return JSON.stringify({
    ...question,
    since: undefined,
    history: undefined,
    revision: target.kind === 'card' && question.revision,
    deliveries: question.deliveries.filter((owed) => owed.key === key),
    places: question.places.filter((place) => target.kind === 'card' && place.key === target.place),
    publications: publications.filter(({ channel }) => target.kind === 'publication' && channel === target.channel),
  });
}

/** What most outcomes mean: sent is done, a definite failure is given up, anything else is tried again later. */
export function usual(
  { clock, ids }: Pick<Deps, 'clock' | 'ids'>,
  onSent: (question: Question, post: Post) => Question = (question) => question,
): Record {
  return (question, taken, outcome) => {
    if ('sent' in outcome) return done(onSent(question, outcome.sent), taken);
    if ('permanent' in outcome) return giveUp(question, taken, outcome.permanent);
    const code = 'refused' in outcome ? outcome.refused : outcome.unknown;
    const retryAfterMs = 'refused' in outcome ? outcome.retryAfterMs : undefined;
    return putOff(question, taken, clock.now().getTime(), { code, chance: ids.chance(), retryAfterMs });
  };
}
