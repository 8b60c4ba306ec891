import { type Delivery, keyOf, owe, type Target } from './delivery.ts';
import { heard, nextStep, setOut, versionOf } from './posting.ts';
import {
  type AnsweredQuestion,
  type Entry,
  isOut,
  isRetracted,
  next,
  notAnswered,
  type Publication,
  publicationTargets,
  type Question,
} from './question.ts';
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
  !question.publications.every(isRetracted) && publishable(question.thread).some((id) => !question.agreed.includes(id));

export const inChannel = (question: AnsweredQuestion, channel: string): Publication | undefined =>
  question.publications.find((known) => known.channel === channel);

export const targetOf = (channel: string): Target => ({ kind: 'publication', channel });

/** Taken out, and nothing of it is left to take down: the channel is free for a new publication. */
const isOver = (question: AnsweredQuestion, publication: Publication): boolean =>
  isRetracted(publication) &&
  publication.begun === undefined &&
  (nextStep(question, publication) === undefined || stopped(question, publication.channel)?.state === 'dropped');

/** Tells whether readers have seen it and its words still stand, or may stand, in a channel. */
export const isPublished = (question: AnsweredQuestion): boolean =>
  question.publications.some((one) => one.state !== 'scheduled' && !isOver(question, one));

/** Where a thread has come to, over all its channels: what most people want to know of it. */
export function reachedBy(question: AnsweredQuestion): 'nothing' | 'planned' | 'published' | 'retracted' {
  const { publications } = question;
  if (publications.some(isOut)) return 'published';
  if (publications.some(({ state }) => state === 'scheduled')) return 'planned';
  return publications.length > 0 ? 'retracted' : 'nothing';
}

/** The publication that keeps another one out of its channel. */
export function taken(question: AnsweredQuestion, channel: string): Publication | undefined {
  const known = inChannel(question, channel);
  return known === undefined || isOver(question, known) ? undefined : known;
}

export const alreadyPublished = ({ by, state }: Publication): Refusal => ({ refused: 'already-published', by, state });

/**
 * Publishes the thread so far in these channels, at once, whatever was planned there. The second of two curators reads
 * who was first.
 */
export function publish(question: Question, by: string, channels: string[]): Question | Refusal {
  if (question.state !== 'answered') return notAnswered(question);
  const bars = (channel: string) => {
    const known = taken(question, channel);
    return known?.state === 'scheduled' ? undefined : known;
  };
  const fresh = new Set(channels.filter((channel) => bars(channel) === undefined));
  const known = channels.map(bars).find((one) => one !== undefined);
  if (fresh.size === 0 && known !== undefined) return alreadyPublished(known);
  const { notNow: _notNow, ...rest } = question;
  const begun = [...fresh].map((channel): Publication => ({ channel, by, state: 'posting', parts: [] }));
  return follow({
    ...rest,
    publications: [...question.publications.filter((one) => !fresh.has(one.channel)), ...begun],
  });
}

/** Appends what was said since to every channel where the thread stands. */
export function publishOn(question: Question): Question | Refusal {
  if (question.state !== 'answered') return notAnswered(question);
  if (question.publications.every(isRetracted)) return { refused: 'not-published' };
  return wentOn(question) ? follow(question) : question;
}

function follow(question: AnsweredQuestion): AnsweredQuestion {
  const agreed = next({ ...question, agreed: publishable(question.thread) });
  return owe(agreed, ...publicationTargets(agreed));
}

/** A curator sets the thread aside, with a reason that the leader reads. */
export function notNow(question: Question, by: string, reason: string): Question | Refusal {
  if (question.state !== 'answered') return notAnswered(question);
  const first = question.publications.find((one) => !isOver(question, one));
  if (first !== undefined) return alreadyPublished(first);
  if (question.notNow?.by === by && question.notNow.reason === reason) return question;
  return owe(next({ ...question, notNow: { by, reason } }), { kind: 'tell', person: question.leader, what: 'not-now' });
}

/**
 * After an unknown or failed post: a curator looked, and it is there, or it is not. A root can't be said to be there:
 * without its id nothing could follow it. Of a thread that was taken out, nothing is posted again.
 */
export function settle(question: Question, channel: string, saw: 'there' | 'nothing'): Question | Refusal {
  const publication = question.state === 'answered' ? inChannel(question, channel) : undefined;
  if (question.state !== 'answered' || publication === undefined) return { refused: 'not-published' };
  const isOpen = publication.state === 'uncertain' || mayLinger(publication) || stopped(question, channel);
  if (!isOpen) return question;
  const seen = saw === 'there' ? mayStand(publication) : undefined;
  if (saw === 'there' && seen === undefined) return question;
  const found = seen === undefined ? [] : [{ key: seen, shown: versionOf(question, seen) }];
  const told = heard(publication);
  const settled = settledAs(question, { ...told, parts: [...told.parts, ...found] });
  return owe(next(withPublication(question, settled)), targetOf(channel));
}

function settledAs(question: AnsweredQuestion, publication: Publication): Publication {
  if (publication.state === 'retracted') return publication;
  return { ...setOut(publication), state: nextStep(question, publication) === undefined ? 'posted' : 'posting' };
}

/** The part that may stand in the channel, though Teams never confirmed it. */
export const mayStand = ({ state, begun }: Publication): string | undefined =>
  state === 'uncertain' && begun !== 'root' ? begun : undefined;

/** Taken out, and yet a post of it may stand there that Teams never named: a curator has to look. */
export const mayLinger = ({ state, begun }: Publication): boolean => state === 'retracted' && begun !== undefined;

/** The delivery that gave up on this channel, if one did. */
export function stopped(question: AnsweredQuestion, channel: string): GivenUp | undefined {
  const owed = question.deliveries.find(({ key }) => key === keyOf(targetOf(channel)));
  return owed?.state === 'dead' || owed?.state === 'dropped' ? owed : undefined;
}
/** A delivery that nobody carries on with by itself. */
export type GivenUp = Extract<Delivery, { state: 'dead' | 'dropped' }>;

export function withPublication(question: AnsweredQuestion, changed: Publication): AnsweredQuestion {
  const publications = question.publications.map((known) => (known.channel === changed.channel ? changed : known));
  return { ...question, publications };
}
