import { merge as merged, unmerge as unmerged } from '../domain/merge.ts';
import type { Question } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { changeAsCurator } from './curate.ts';
import type { Deps } from './ports.ts';
import { carried } from './wordings.ts';

/**
 * Merges a question into another one, of the same leader or not. What is merged into a merged one goes where that one went. The
 * merged question is saved first, and owes the other one its words: a crash in between is finished by the next delivery.
 */
export async function merge(deps: Deps, actor: string, id: string, into: string): Promise<Question | Refusal> {
  const chosen = (await deps.store.question(into))?.question;
  const target = chosen?.state === 'merged' ? (await deps.store.question(chosen.into))?.question : chosen;
  if (target === undefined) return { refused: 'not-found' };
  const decided = await changeAsCurator(deps, actor, id, (question, curator) => merged(question, target, curator));
  return isRefusal(decided) ? decided : carried(deps, decided);
}

/** Undoes it: the question is open again, as it was. */
export async function unmerge(deps: Deps, actor: string, id: string): Promise<Question | Refusal> {
  const decided = await changeAsCurator(deps, actor, id, unmerged);
  return isRefusal(decided) ? decided : carried(deps, decided);
}
