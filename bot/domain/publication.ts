import { type Delivery, keyOf, owe } from './delivery.ts';
import { heard, nextStep, versionOf } from './posting.ts';
import { type AnsweredQuestion, type Entry, next, notAnswered, type Publication, type Question } from './question.ts';
import type { Refusal } from './refusal.ts';

const answers = { 'ask-back': 'clarification', 'follow-up': 'reply' } as const;

/** Entries fit to publish: an ask-back or follow-up only once somebody has answered it. */
export function publishable(thread: Entry[]): string[] {
  const open = (entry: Entry, at: number) =>
    (entry.kind === 'ask-back' || entry.kind === 'follow-up') &&
    !thread.slice(at + 1).some((later) => later.kind === answers[entry.kind as keyof typeof answers]);
  return thread.filter((entry, at) => !open(entry, at)).map((entry) => entry.id);
}

/** Tells whether the thread went on after a curator last agreed to publish it. */
export const wentOn = (question: AnsweredQuestion): boolean =>
  question.publications.length > 0 && publishable(question.thread).some((id) => !question.agreed.includes(id));

/** Publishes the thread so far in these channels. The second of two curators reads who was first. */
export function publish(question: Question, by: string, channels: string[]): Question | Refusal {
  if (question.state !== 'answered') return notAnswered(question);
  const fresh = [...new Set(channels)].filter(
    (channel) => !question.publications.some((known) => known.channel === channel),
  );
  const known = question.publications.find((publication) => channels.includes(publication.channel));
  if (fresh.length === 0 && known !== undefined) {
    return { refused: 'already-published', by: known.by, state: known.state };
  }
  const { notNow: _notNow, ...rest } = question;
  const begun = fresh.map((channel): Publication => ({ channel, by, state: 'posting', parts: [] }));
  return follow({ ...rest, publications: [...question.publications, ...begun] });
}

/** Appends what was said since to every channel where the thread stands. */
export function publishOn(question: Question): Question | Refusal {
  if (question.state !== 'answered') return notAnswered(question);
  if (question.publications.length === 0) return { refused: 'not-published' };
  return wentOn(question) ? follow(question) : question;
}

function follow(question: AnsweredQuestion): AnsweredQuestion {
  const agreed = next({ ...question, agreed: publishable(question.thread) });
  return owe(agreed, ...agreed.publications.map(({ channel }) => ({ kind: 'publication', channel }) as const));
}

/** A curator sets the thread aside, with a reason that the leader reads. */
export function notNow(question: Question, by: string, reason: string): Question | Refusal {
  if (question.state !== 'answered') return notAnswered(question);
  const first = question.publications[0];
  if (first !== undefined) return { refused: 'already-published', by: first.by, state: first.state };
  if (question.notNow?.by === by && question.notNow.reason === reason) return question;
  return owe(next({ ...question, notNow: { by, reason } }), { kind: 'tell', person: question.leader, what: 'not-now' });
}

/**
 * After an unknown or failed post: a curator looked, and it is there, or it is to be posted again. A root can't be said
 * to be there: without its id nothing could follow it.
 */
export function settle(question: Question, channel: string, saw: 'there' | 'nothing'): Question | Refusal {
  const publication = question.state === 'answered' && question.publications.find((known) => known.channel === channel);
  if (question.state !== 'answered' || !publication) return { refused: 'not-published' };
  if (publication.state !== 'uncertain' && !stopped(question, channel)) return question;
  const seen = saw === 'there' ? mayStand(publication) : undefined;
  if (saw === 'there' && seen === undefined) return question;
  const found = seen === undefined ? [] : [{ key: seen, shown: versionOf(question, seen) }];
  const told = heard(publication);
  const settled = { ...told, parts: [...told.parts, ...found] };
  const state = nextStep(question, settled) === undefined ? 'posted' : 'posting';
  return owe(next(withPublication(question, { ...settled, state })), { kind: 'publication', channel });
}

/** The part that may stand in the channel, though Teams never confirmed it. */
export const mayStand = ({ state, begun }: Publication): string | undefined =>
  state === 'uncertain' && begun !== 'root' ? begun : undefined;

/** The delivery that gave up on this channel, if one did. */
export function stopped(question: AnsweredQuestion, channel: string): GivenUp | undefined {
  const owed = question.deliveries.find(({ key }) => key === keyOf({ kind: 'publication', channel }));
  return owed?.state === 'dead' || owed?.state === 'dropped' ? owed : undefined;
}
/** A delivery that nobody carries on with by itself. */
export type GivenUp = Extract<Delivery, { state: 'dead' | 'dropped' }>;

export function withPublication(question: AnsweredQuestion, changed: Publication): AnsweredQuestion {
  const publications = question.publications.map((known) => (known.channel === changed.channel ? changed : known));
  return { ...question, publications };
}
