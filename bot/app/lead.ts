import { answer as answered, draft as drafted } from '../domain/answer.ts';
import { curatorsAndAdmins, leaderOf, nameOf, queuesOf } from '../domain/directory.ts';
import { decline as declined, handOn as handedOn, promise as promised } from '../domain/life.ts';
import { type DeclineReason, type Question } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { askBack as askedBack, reply as replied } from '../domain/thread.ts';
import { dayOf, isDay } from '../domain/week.ts';
import { checkWords, clean, LIMITS } from '../domain/words.ts';
import { asLeader, curatorIds, mayDraft } from './authority.ts';
import { change } from './change.ts';
import type { SayForm } from './own.ts';
import type { Deps, Listed } from './ports.ts';

type Decide = (question: Question, leader: { id: string; name: string }) => Question | Refusal;

const changeAsLeader = (deps: Deps, actor: string, id: string, decide: Decide): Promise<Question | Refusal> =>
  change(deps, id, (question) => {
    const leader = asLeader(deps.directory(), question, actor);
    return isRefusal(leader) ? leader : decide(question, leader);
  });

export interface AnswerForm extends SayForm {
  /** The revision that the leader saw and agreed to replace. */
  replaces?: number | undefined;
}

/** Sends an answer, or replaces one that the leader has seen. */
export async function answer(deps: Deps, actor: string, form: AnswerForm): Promise<Question | Refusal> {
  const words = checkWords(form.words, LIMITS.answer);
  if (isRefusal(words)) return words;
  const directory = deps.directory();
  return changeAsLeader(deps, actor, form.question, (question, leader) => {
    const delegate = question.drafted && nameOf(directory, question.drafted.by);
    const sending = {
      words,
      leader,
      submission: form.submission,
      ...(delegate === undefined ? {} : { delegate }),
      ...(form.replaces === undefined ? {} : { replaces: form.replaces }),
    };
    return answered(question, sending, curatorIds(directory));
  });
}

/** Keeps a draft on the server, for the leader or from a delegate. */
export async function draft(
  deps: Deps,
  actor: string,
  form: { question: string; words: string },
): Promise<Question | Refusal> {
  const words = clean(form.words) === '' ? '' : checkWords(form.words, LIMITS.answer);
  if (isRefusal(words)) return words;
  return change(deps, form.question, (question) =>
    mayDraft(deps.directory(), question, actor) ? drafted(question, { words, by: actor }) : { refused: 'not-allowed' },
  );
}

export interface DeclineForm {
  question: string;
  reason: DeclineReason | undefined;
  words: string;
}

/** Declines in the open, with a reason. */
export async function decline(deps: Deps, actor: string, form: DeclineForm): Promise<Question | Refusal> {
  const { reason } = form;
  if (reason === undefined) return { refused: 'no-reason' };
  const words = clean(form.words) === '' ? undefined : checkWords(form.words, LIMITS.reason);
  if (isRefusal(words)) return words;
  return changeAsLeader(deps, actor, form.question, (question, leader) => {
    const comms = curatorsAndAdmins(deps.directory()).map(({ id }) => id);
    return declined(question, reason, words, { comms: comms.filter((id) => id !== leader.id) });
  });
}

/** Asks the asker something before answering, or replies to a follow-up. */
export async function speak(
  deps: Deps,
  actor: string,
  as: 'ask-back' | 'reply',
  form: SayForm,
): Promise<Question | Refusal> {
  const words = checkWords(form.words, LIMITS.reply);
  if (isRefusal(words)) return words;
  const saying = { id: form.submission, words };
  return changeAsLeader(deps, actor, form.question, (question, leader) =>
    as === 'ask-back'
      ? askedBack(question, saying, leader.name)
      : replied(question, saying, leader.name, curatorIds(deps.directory())),
  );
}

/** Gives the question to another leader. */
export const handOn = (deps: Deps, actor: string, id: string, to: string): Promise<Question | Refusal> =>
  changeAsLeader(deps, actor, id, (question) =>
    leaderOf(deps.directory(), to) ? handedOn(question, to) : { refused: 'unknown-leader' },
  );

/** Says by which day the answer will come. */
export const promise = (deps: Deps, actor: string, id: string, day: string): Promise<Question | Refusal> =>
  changeAsLeader(deps, actor, id, (question) =>
    isDay(day) ? promised(question, day, dayOf(deps.clock.now())) : { refused: 'no-day' },
  );

/** A page of a queue: the actor's own, or that of a leader they draft for. */
export async function queue(
  deps: Deps,
  actor: string,
  { leader, after }: { leader?: string | undefined; after?: string | undefined },
): Promise<(Listed & { leader: { id: string; name: string } }) | Refusal> {
  const queues = queuesOf(deps.directory(), actor);
  const whose = leader === undefined ? queues[0] : queues.find((one) => one.id === leader);
  if (whose === undefined) return { refused: 'not-allowed' };
  return { ...(await deps.store.list({ leader: whose.id, state: 'open', after, limit: 5 })), leader: whose };
}
