import type { Question } from '../domain/question.ts';
import { sign as signed, withdraw as withdrawn } from '../domain/life.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { clarify as clarified, followUp as followedUp } from '../domain/thread.ts';
import { checkWords, LIMITS } from '../domain/words.ts';
import { change } from './change.ts';
import { eraseTraces, owns } from './mine.ts';
import type { Asker, Deps } from './ports.ts';

/** What an asker may do with a question of their own. Anybody else is told that it is not here. */
async function changeOwn(deps: Deps, asker: Asker, id: string, decide: (question: Question) => Question | Refusal) {
  return (await owns(deps, asker, id)) ? change(deps, id, decide) : ({ refused: 'not-found' } satisfies Refusal);
}

export interface SayForm {
  question: string;
  submission: string;
  words: string;
}

/** Follows up on an answer, or answers what the leader asked back. */
export async function followUp(deps: Deps, asker: Asker, form: SayForm): Promise<Question | Refusal> {
  const words = checkWords(form.words, LIMITS.question);
  if (isRefusal(words)) return words;
  const saying = { id: asker.entryId(form.submission), words };
  return changeOwn(deps, asker, form.question, (question) =>
    question.state === 'open' ? clarified(question, saying) : followedUp(question, saying),
  );
}

/** Takes a question back: first its words go, then what leads to its asker. */
export async function withdraw(deps: Deps, asker: Asker, id: string): Promise<Question | Refusal> {
  const question = await changeOwn(deps, asker, id, withdrawn);
  if (!isRefusal(question)) await eraseTraces(deps, asker, id);
  return question;
}

/** Puts the asker's name under the question, one way. */
export const sign = (deps: Deps, asker: Asker, id: string, name: string): Promise<Question | Refusal> =>
  changeOwn(deps, asker, id, (question) => signed(question, name));
