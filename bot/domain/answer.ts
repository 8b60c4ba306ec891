import { owe } from './delivery.ts';
import {
  type Answer,
  type AnsweredQuestion,
  type Authorship,
  next,
  noticesOf,
  notOpen,
  publicationTargets,
  type Question,
  type Revision,
  standBefore,
} from './question.ts';
import type { Refusal } from './refusal.ts';

export interface Sending {
  words: string;
  leader: { id: string; name: string };
  /** The name of the delegate whose draft lies under it, looked up by the caller. */
  delegate?: string;
  submission: string;
  /** The revision of the answer that the leader saw and agreed to replace. */
  replaces?: number;
}

/**
 * Keeps a draft. A delegate's words stay on record, so that the answer cannot hide who drafted it, not even once the
 * delegate emptied the form.
 */
export function draft(question: Question, revision: Revision): Question | Refusal {
  if (question.state !== 'open' && question.state !== 'answered') return notOpen(question);
  const byDelegate = revision.by !== question.leader && revision.words !== '';
  return { ...question, draft: revision, ...(byDelegate ? { drafted: revision } : {}) };
}

/** Answers, or replaces an answer that the leader has seen. A repeat of the same submission changes nothing. */
export function answer(question: Question, sending: Sending, curators: string[]): Question | Refusal {
  if (question.state !== 'open' && question.state !== 'answered') return notOpen(question);
  if (question.state === 'answered') {
    if (question.answer.submission === sending.submission) return question;
    if (sending.replaces !== question.answer.revision) return { refused: 'replaces', words: question.answer.words };
    return owe(next(answered(question, sending)), ...noticesOf(question), ...publicationTargets(question));
  }
  return owe(standBefore(next(answered(question, sending)), 'curate', curators), ...noticesOf(question));
}

function answered(question: Question & { state: 'open' | 'answered' }, sending: Sending): AnsweredQuestion {
  const answer: Answer = {
    words: sending.words,
    authorship: authorship(question.drafted, sending),
    revision: question.state === 'answered' ? question.answer.revision + 1 : 1,
    submission: sending.submission,
  };
  const { draft: _draft, ...kept } = question;
  if (kept.state === 'answered') return { ...kept, answer };
  const { promise: _promise, ...rest } = kept;
  return { ...rest, state: 'answered', publications: [], agreed: [], answer };
}

/** Kept where a delegate's name is no longer known. Cards put their own words in its place. */
export const UNNAMED = 'a delegate';

function authorship(drafted: Revision | undefined, { words, leader, delegate }: Sending): Authorship {
  if (drafted === undefined) return { by: 'leader', leader: leader.name };
  const edited = drafted.words !== words;
  return { by: 'delegate', leader: leader.name, delegate: delegate ?? UNNAMED, edited };
}
