import { claims, owe, type Target } from './delivery.ts';
import { releases } from './merge.ts';
import { isPublished } from './publication.ts';
import {
  type Asking,
  type DeclinedQuestion,
  type DeclineReason,
  next,
  noticesOf,
  notOpen,
  type OpenQuestion,
  publicationTargets,
  type Question,
  standBefore,
  type WithdrawnQuestion,
  withFace,
} from './question.ts';
import type { Refusal } from './refusal.ts';

/** Accepted, and in no queue yet: it waits to be mixed with others, and only its asker can read it. */
export interface WaitingQuestion extends Asking {
  state: 'waiting';
}

/** A new question, owing its leader a card. */
export function ask(asking: Asking): OpenQuestion {
  const question: OpenQuestion = {
    ...asking,
    state: 'open',
    votes: 0,
    revision: 1,
    thread: [],
    places: [],
    deliveries: [],
  };
  return standBefore(question, 'question', [asking.leader]);
}

/** The asker puts a name under the question, one way. Cards and posts follow. */
export function sign(question: Question, name: string): Question | Refusal {
  if (question.state === 'withdrawn') return notOpen(question);
  if (question.signed !== undefined) return { refused: 'already-signed' };
  const signed = next({ ...question, signed: name });
  if (signed.state === 'merged') return owe(signed, { kind: 'wording', into: signed.into });
  return signed.state === 'answered' ? owe(signed, ...publicationTargets(signed)) : signed;
}

/** The asker takes the question back: the words go at once, a tombstone stays. Wins over an unpublished answer. */
export function withdraw(question: Question): WithdrawnQuestion | Refusal {
  if (question.state === 'withdrawn') return question;
  if (question.state === 'declined') return notOpen(question);
  if (question.state === 'answered' && isPublished(question)) return { refused: 'published' };
  const { id, leader, week, votes, revision, places } = question;
  const bare = { id, leader, week, votes, revision, places, words: '', thread: [], deliveries: claims(question) };
  const wording: Target[] = question.state === 'merged' ? [{ kind: 'wording', into: question.into }] : [];
  return owe(
    next<WithdrawnQuestion>({ ...bare, state: 'withdrawn' }),
    { kind: 'tell', person: leader, what: 'withdrawn' },
    ...wording,
    ...releases(question),
  );
}

/** What stays of a question that was taken back before it entered: nobody saw it, so nobody is told. */
export const withdrawUnseen = ({ id, leader, week }: Asking): WithdrawnQuestion => ({
  id,
  leader,
  week,
  state: 'withdrawn',
  words: '',
  votes: 0,
  revision: 1,
  thread: [],
  places: [],
  deliveries: [],
});

/** The leader says by which day they will answer. */
export function promise(question: Question, day: string, today: string): Question | Refusal {
  if (question.state !== 'open') return notOpen(question);
  if (question.promise === day) return question;
  if (day < today) return { refused: 'no-day' };
  return owe(next({ ...question, promise: day }), ...noticesOf(question));
}

/** Gives the question to another leader, who finds it in their queue. A leader does, or comms for one who left. */
export function handOn(question: Question, to: string, by: 'leader' | 'comms' = 'leader'): Question | Refusal {
  if (question.state !== 'open') return notOpen(question);
  if (question.leader === to) return question;
  const { draft: _draft, drafted: _drafted, promise: _promise, entrusted: _entrusted, ...rest } = question;
  const handed: OpenQuestion = { ...rest, leader: to, ...(by === 'comms' ? { entrusted: to } : {}) };
  return owe(standBefore(next(handed), 'question', [to]), ...noticesOf(question));
}

interface Declining {
  role?: DeclinedQuestion['decline']['role'];
  /** Before whom the question comes where it is not respectful. */
  comms?: string[];
}

/** An open refusal to answer; the Register lists it. A leader for whom comms declined is told. */
export function decline(
  question: Question,
  reason: DeclineReason,
  words?: string,
  { role = 'leader', comms = [] }: Declining = {},
): Question | Refusal {
  if (question.state === 'declined') return question;
  if (question.state !== 'open') return notOpen(question);
  const { draft: _draft, drafted: _drafted, promise: _promise, ...rest } = question;
  const decline = { reason, role, ...(words === undefined ? {} : { words }) };
  const told: Target[] = role === 'leader' ? [] : [{ kind: 'tell', person: question.leader, what: 'declined' }];
  const declined = owe(next<DeclinedQuestion>({ ...rest, state: 'declined', decline }), ...noticesOf(rest), ...told);
  return reason === 'respect' ? standBefore(declined, 'block', comms) : declined;
}

/** What it is about, for readers who look for it. */
export function setTopic(question: Question, topic: string | undefined): Question | Refusal {
  if (question.state === 'withdrawn') return notOpen(question);
  if (question.topic === topic) return question;
  const { topic: _topic, ...rest } = question;
  return withFace(topic === undefined ? rest : { ...rest, topic });
}
