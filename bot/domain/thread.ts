import { owe } from './delivery.ts';
import {
  type Entry,
  isRetracted,
  next,
  noticesOf,
  notAnswered,
  notOpen,
  type Place,
  type Question,
  standBefore,
} from './question.ts';
import type { Refusal } from './refusal.ts';

const has = (question: Question, id: string) => question.thread.some((entry) => entry.id === id);

const append = <Q extends Question>(question: Q, entry: Entry, which?: (place: Place) => boolean): Q =>
  next({ ...question, thread: [...question.thread, entry] }, which);

/** The leader gets a new card, and may be typing into an older one: an update would throw away what stands there. */
const isNotTheLeaders = ({ card }: Place): boolean => card !== 'question';

export interface Saying {
  id: string;
  words: string;
  /** The merged question whose asker says it. */
  of?: string;
}

/** The leader asks the asker something before answering. */
export function askBack(question: Question, saying: Saying, leader: string): Question | Refusal {
  if (question.state !== 'open') return notOpen(question);
  if (has(question, saying.id)) return question;
  return owe(append(question, { ...saying, kind: 'ask-back', leader }), ...noticesOf(question));
}

/** The asker answers what was asked back: the leader gets a new card. */
export function clarify(question: Question, saying: Saying): Question | Refusal {
  if (has(question, saying.id)) return question;
  if (question.state !== 'open') return notOpen(question);
  if (!question.thread.some((entry) => entry.kind === 'ask-back')) return { refused: 'not-asked-back' };
  const said = append(question, { ...saying, kind: 'clarification' }, isNotTheLeaders);
  return standBefore(said, 'question', [question.leader], saying.id);
}

/** The asker follows up on an answer: the leader gets a new card. */
export function followUp(question: Question, saying: Saying): Question | Refusal {
  if (question.state !== 'answered') return notAnswered(question);
  if (has(question, saying.id)) return question;
  const said = append(question, { ...saying, kind: 'follow-up' }, isNotTheLeaders);
  return standBefore(said, 'question', [question.leader], saying.id);
}

/** The leader replies to a follow-up; of a published thread, curators are asked about the continuation. */
export function reply(question: Question, saying: Saying, leader: string, curators: string[]): Question | Refusal {
  if (question.state !== 'answered') return notAnswered(question);
  if (has(question, saying.id)) return question;
  const said = owe(append(question, { ...saying, kind: 'reply', leader }), ...noticesOf(question));
  return question.publications.some((one) => !isRetracted(one))
    ? standBefore(said, 'curate', curators, saying.id)
    : said;
}

/** Tells whether the asker is waited for: the last word before the answer was an ask-back. */
export const waitsForAsker = (question: Question): boolean =>
  question.state === 'open' && question.thread.at(-1)?.kind === 'ask-back';

/** Tells whether the leader is waited for: the last word after the answer was a follow-up. */
export const waitsForReply = (question: Question): boolean =>
  question.state === 'answered' && question.thread.at(-1)?.kind === 'follow-up';
