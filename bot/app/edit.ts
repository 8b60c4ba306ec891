import { agreeToEdit as agreed, proposeEdit as proposed, refuseEdit as refused } from '../domain/edit.ts';
import type { Question } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { checkWords, LIMITS } from '../domain/words.ts';
import { changeAsCurator } from './curate.ts';
import { carried } from './wordings.ts';
import { changeOwn } from './own.ts';
import type { Asker, Deps } from './ports.ts';

export interface EditForm {
  question: string;
  submission: string;
  words: string;
  reason: string;
}

/** A curator proposes other words. Nothing changes unless the asker agrees. */
export async function proposeEdit(deps: Deps, actor: string, form: EditForm): Promise<Question | Refusal> {
  const words = checkWords(form.words, LIMITS.question);
  if (isRefusal(words)) return words;
  const reason = checkWords(form.reason, LIMITS.reason);
  if (isRefusal(reason)) return reason;
  return changeAsCurator(deps, actor, form.question, (question, by) =>
    proposed(question, { id: form.submission, words, reason, by }),
  );
}

/** The asker agrees to what was proposed, or does not. `proposal`: the one that they saw. */
export async function decideEdit(
  deps: Deps,
  asker: Asker,
  { question, proposal, agrees }: { question: string; proposal: string; agrees: boolean },
): Promise<Question | Refusal> {
  const decide = agrees ? agreed : refused;
  const decided = await changeOwn(deps, asker, question, (own) => decide(own, proposal));
  return isRefusal(decided) ? decided : carried(deps, decided);
}
