import type { Question } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { drop as dropped, sendAgain as sentAgain } from '../domain/stuck.ts';
import { checkWords, LIMITS } from '../domain/words.ts';
import { changeAsCurator } from './curate.ts';
import type { Deps } from './ports.ts';

/** Tries a delivery now. */
export const sendAgain = (deps: Deps, actor: string, id: string, key: string): Promise<Question | Refusal> =>
  changeAsCurator(deps, actor, id, (question) => sentAgain(question, key));

export interface DropForm {
  question: string;
  key: string;
  words: string;
}

/** Gives a delivery up for good; the reason and the curator's name are kept with it. */
export async function drop(deps: Deps, actor: string, { question, key, words }: DropForm): Promise<Question | Refusal> {
  const reason = checkWords(words, LIMITS.reason);
  if (isRefusal(reason)) return reason;
  return changeAsCurator(deps, actor, question, (now, curator) => dropped(now, key, curator, reason));
}
