import type { Question } from '../domain/question.ts';
import { isRefusal } from '../domain/refusal.ts';
import { change } from './change.ts';
import type { Deps } from './ports.ts';

/** Decides on the question as it stands; asked again where somebody else saved first. `version`: what it was read under. */
export type Decide = (question: Question, version: string) => Question;
/** True once what was decided is saved; false where the question is gone, or too many others change it. */
export type Together = (decide: Decide) => Promise<boolean>;

/**
 * Changes of one question made side by side: what comes while one save is on its way is saved as one after it, so that they
 * do not get into each other's way.
 */
export function savesTogether({ store, clock }: Pick<Deps, 'store' | 'clock'>, id: string): Together {
  let waiting: Decide[] = [];
  let next: Promise<boolean> | undefined;
  let last: Promise<unknown> = Promise.resolve();

  async function write(before: Promise<unknown>): Promise<boolean> {
    await Promise.allSettled([before]);
    const all = waiting;
    waiting = [];
    next = undefined;
    const saved = await change({ store, clock, wake: () => {} }, id, (question, version) =>
      all.reduce((now, decide) => decide(now, version), question),
    );
    return !isRefusal(saved);
  }

  return (decide) => {
    waiting.push(decide);
    next ??= last = write(last);
    return next;
  };
}
