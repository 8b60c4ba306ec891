import { type Delivery, done, giveUp, type Outcome, type Post, putOff } from '../domain/delivery.ts';
import type { Question } from '../domain/question.ts';
import type { Refusal } from '../domain/refusal.ts';
import { type Deps, SealBroken } from './ports.ts';

export type Record = (question: Question, outcome: Outcome) => Question;

/** One attempt, and how its outcome is written down. Nothing to send means that nothing is owed any more. */
export interface Attempt {
  /** What has to be written down before anything is sent. */
  begin?: (question: Question) => Question | Refusal;
  send?: () => Promise<Outcome>;
  record: Record;
}

/** An attempt that says nothing for so long is over: one that hangs must not hold up everything else that is owed. */
const ATTEMPT_MS = 30_000;

/** Sends, once. A bug in the Courier or a silence leaves unknown what became of it; a broken Seal stays broken. */
export async function trySend({ fault }: Pick<Deps, 'fault'>, send: () => Promise<Outcome>): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<Outcome>((settle) => {
    timer = setTimeout(settle, ATTEMPT_MS, { unknown: 'timeout' });
  });
  try {
    return await Promise.race([send(), silence]);
  } catch (error) {
    fault(error);
    return error instanceof SealBroken ? { permanent: 'seal-broken' } : { unknown: 'fault' };
  } finally {
    clearTimeout(timer);
  }
}

/** What most outcomes mean: sent is done, a definite failure is given up, anything else is tried again later. */
export function usual(
  { clock, ids }: Pick<Deps, 'clock' | 'ids'>,
  delivery: Delivery,
  onSent: (question: Question, post: Post) => Question = (question) => question,
): Record {
  return (question, outcome) => {
    if ('sent' in outcome) return done(onSent(question, outcome.sent), delivery);
    if ('permanent' in outcome) return giveUp(question, delivery, outcome.permanent);
    const code = 'refused' in outcome ? outcome.refused : outcome.unknown;
    const retryAfterMs = 'refused' in outcome ? outcome.retryAfterMs : undefined;
    return putOff(question, delivery, clock.now().getTime(), { code, chance: ids.chance(), retryAfterMs });
  };
}
