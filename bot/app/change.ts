import type { Question } from '../domain/question.ts';
import { noted } from '../domain/history.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { stamped } from '../domain/stage.ts';
import { dayOf } from '../domain/week.ts';
import { Conflict, type Deps } from './ports.ts';

/** Enough for a crowd that votes on one question at once; bounded, so that nobody waits for ever. */
const ATTEMPTS = 30;

type Decision = Question | Refusal;

/**
 * Reads a question, decides on it, and saves it with what it then owes, as one write. Whoever saved first is read again
 * and the decision taken anew. A decision that returns the same question writes nothing.
 */
export async function change(
  { store, wake, clock }: Pick<Deps, 'store' | 'wake' | 'clock'>,
  id: string,
  decide: (question: Question, version: string) => Decision | Promise<Decision>,
): Promise<Decision> {
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const kept = await store.question(id);
    if (kept === undefined) return { refused: 'not-found' };
    const decided = await decide(kept.question, kept.version);
    if (isRefusal(decided) || decided === kept.question) return decided;
    try {
      const written = onRecord(kept.question, decided, clock.now());
      await store.save(written, kept.version);
      wake();
      return written;
    } catch (error) {
      if (!(error instanceof Conflict)) throw error;
    }
  }
  return { refused: 'busy' };
}

/** No use case can forget it: what was done, in which week, and the day on which the question came to another stage. */
const onRecord = (before: Question, after: Question, now: Date): Question =>
  noted(before, stamped(before, after, dayOf(now)), now);
