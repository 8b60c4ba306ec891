import type { Question } from '../domain/question.ts';
import { sign as signed, withdraw as withdrawn, withdrawUnseen } from '../domain/life.ts';
import { mayTakeBack } from '../domain/merge.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { clarify as clarified, followUp as followedUp, type Saying } from '../domain/thread.ts';
import { checkWords, LIMITS } from '../domain/words.ts';
import { refuseBlocked } from './block.ts';
import { change } from './change.ts';
import { carried } from './wordings.ts';
import { eraseTraces, owns } from './mine.ts';
import { find } from './mix.ts';
import type { Asker, Deps } from './ports.ts';

/** What an asker may do with a question of their own. Anybody else is told that it is not here. */
export async function changeOwn(
  deps: Deps,
  asker: Asker,
  id: string,
  decide: (question: Question) => Question | Refusal,
) {
  return (await owns(deps, asker, id)) ? change(deps, id, decide) : ({ refused: 'not-found' } satisfies Refusal);
}

export interface SayForm {
  question: string;
  submission: string;
  words: string;
}

export interface FollowUpForm extends SayForm {
  /** What the form said that it is. */
  about?: 'clarification' | 'follow-up' | undefined;
}

/** Follows up on an answer, or answers what the leader asked back: where the question was merged, in the thread that carries it. */
export async function followUp(deps: Deps, asker: Asker, form: FollowUpForm): Promise<Question | Refusal> {
  const words = checkWords(form.words, LIMITS.question);
  if (isRefusal(words)) return words;
  const saying = { id: asker.entryId(form.submission), words };
  const blocked = await refuseBlocked(deps, asker);
  const say = (question: Question, said: Saying): Question | Refusal => {
    const isNew = !question.thread.some(({ id }) => id === said.id);
    if (isNew && blocked !== undefined) return blocked;
    if (question.state === 'open') return clarified(question, said);
    // What was said to the leader alone, before the answer, must not turn into a public follow-up unasked.
    if (form.about === 'clarification' && question.state === 'answered' && isNew)
      return { refused: 'answered-meanwhile' };
    return followedUp(question, said);
  };
  const own = await changeOwn(deps, asker, form.question, (question) =>
    question.state === 'merged' ? question : say(question, saying),
  );
  if (isRefusal(own) || own.state !== 'merged') return own;
  const said = await change(deps, own.into, (question) => say(question, { ...saying, of: own.id }));
  return isRefusal(said) ? said : own;
}

/** Takes a question back: first its words go, then what leads to its asker. One that waits never enters. */
export async function withdraw(deps: Deps, asker: Asker, id: string): Promise<Question | Refusal> {
  if (!(await owns(deps, asker, id))) return { refused: 'not-found' };
  const own = await find(deps, id);
  // Where it enters at this moment, whichever was added first stands, and is withdrawn as any other.
  if (own?.state === 'waiting') await deps.store.add(withdrawUnseen(own));
  const question = await change(deps, id, async (now) => {
    const into = now.state === 'merged' ? await deps.store.question(now.into) : undefined;
    return (into && mayTakeBack(into.question)) ?? withdrawn(now);
  });
  if (isRefusal(question)) return question;
  // The words go from the question that carries them, before anybody is told that they are gone.
  await carried(deps, question);
  await eraseTraces(deps, asker, id);
  // Nobody's wait counts for others any more.
  if (own?.state === 'waiting') deps.wake();
  return question;
}

/** Puts the asker's name under the question, one way. */
export async function sign(deps: Deps, asker: Asker, id: string, name: string): Promise<Question | Refusal> {
  const own = await changeOwn(deps, asker, id, (question) => signed(question, name));
  return isRefusal(own) ? own : carried(deps, own);
}
