import { z } from 'zod';
import { StoreAway } from '../../app/ports.ts';
import { sayRefusal } from '../../cards/refusal.ts';
import type { Question } from '../../domain/question.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import type { Desk } from './route.ts';
import { Id } from './thread.ts';

/** What became of several questions: how many it was done for, and why not for each of the others. */
export const Several = z.strictObject({
  done: z.int(),
  notDone: z.array(
    z.strictObject({
      question: Id,
      words: z.string(),
      /** Something was away rather than refused: it may be asked for again as it was, and nothing happens twice. */
      again: z.literal(true).optional(),
    }),
  ),
});
type NotDone = z.input<typeof Several>['notDone'];

/** As long as one question may keep the store; many take longer than one request may. */
const EACH_MS = 2000;

/**
 * One after the other, so that each finds the next Slot that the one before left free. What was done stays told, whatever
 * happens to a later one; with the store away, those that come after are left alone.
 */
export async function doAll(
  { deps, say }: Pick<Desk, 'deps' | 'say'>,
  questions: readonly string[],
  act: (deps: Desk['deps'], question: string) => Promise<Question | Refusal>,
): Promise<z.input<typeof Several>> {
  const notDone: NotDone = [];
  let isAway = false;
  for (const question of questions) {
    if (isAway) {
      notDone.push({ question, words: say('several.left'), again: true });
      continue;
    }
    try {
      const result = await act({ ...deps, store: deps.store.within(EACH_MS) }, question);
      if (isRefusal(result)) notDone.push({ question, words: sayRefusal(say, result) });
    } catch (error) {
      const reference = deps.fault(error);
      notDone.push({ question, words: say('several.perhaps', { reference }), again: true });
      isAway = error instanceof StoreAway;
    }
  }
  return { done: questions.length - notDone.length, notDone };
}
