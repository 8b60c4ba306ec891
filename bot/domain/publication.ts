import { type Delivery, keyOf, owe, type Post } from './delivery.ts';
import { type AnsweredQuestion, type Entry, leadsUp, next, type Question } from './question.ts';
import type { Refusal } from './refusal.ts';

/** A part of the thread as it stands in a channel. */
export interface Part {
  /** `answer`, or the id of an Entry. */
  key: string;
  /** The version that the channel shows. */
  shown: number;
  /** Absent where a curator saw the post that Teams never confirmed. */
  activity?: string;
}

/** A Thread on its way to, or in, a Channel. */
export interface Publication {
  channel: string;
  /** The curator's name. */
  by: string;
  state: 'posting' | 'posted' | 'uncertain';
  root?: { post: Post; signed: boolean };
  parts: Part[];
}

/** One send on the way to the state that the channel should show. */
export type Step =
  | { do: 'post-root' }
  | { do: 'edit-root'; post: Post }
  | { do: 'post-part'; root: Post; key: string }
  | { do: 'edit-part'; root: Post; key: string; activity: string };

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
  if (question.state !== 'answered') return { refused: 'not-answered' };
  const fresh = channels.filter((channel) => !question.publications.some((known) => known.channel === channel));
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
  if (question.state !== 'answered') return { refused: 'not-answered' };
  if (question.publications.length === 0) return { refused: 'not-published' };
  return wentOn(question) ? follow(question) : question;
}

function follow(question: AnsweredQuestion): AnsweredQuestion {
  const agreed = next({ ...question, agreed: publishable(question.thread) });
  return owe(agreed, ...agreed.publications.map(({ channel }) => ({ kind: 'publication', channel }) as const));
}

/** A curator sets the thread aside, with a reason that the leader reads. */
export function notNow(question: Question, by: string, reason: string): Question | Refusal {
  if (question.state !== 'answered') return { refused: 'not-answered' };
  const first = question.publications[0];
  if (first !== undefined) return { refused: 'already-published', by: first.by, state: first.state };
  if (question.notNow?.by === by && question.notNow.reason === reason) return question;
  return owe(next({ ...question, notNow: { by, reason } }), { kind: 'tell', person: question.leader, what: 'not-now' });
}

/** After an unknown or failed post: a curator looked, and it is there, or it is to be posted again. */
export function settle(question: Question, channel: string, saw: 'there' | 'nothing'): Question | Refusal {
  const publication = question.state === 'answered' && question.publications.find((known) => known.channel === channel);
  if (question.state !== 'answered' || !publication) return { refused: 'not-published' };
  if (publication.state !== 'uncertain' && !stopped(question, channel)) return question;
  const step = nextStep(question, publication);
  const seen =
    saw === 'there' && step?.do === 'post-part' ? [{ key: step.key, shown: versionOf(question, step.key) }] : [];
  const settled = { ...publication, parts: [...publication.parts, ...seen] };
  const state = nextStep(question, settled) === undefined ? 'posted' : 'posting';
  return owe(next(withPublication(question, { ...settled, state })), { kind: 'publication', channel });
}

/** The delivery that gave up on this channel, if one did. */
export const stopped = (question: AnsweredQuestion, channel: string): Delivery | undefined =>
  question.deliveries.find((owed) => owed.dead !== undefined && owed.key === keyOf({ kind: 'publication', channel }));

export function withPublication(question: AnsweredQuestion, changed: Publication): AnsweredQuestion {
  const publications = question.publications.map((known) => (known.channel === changed.channel ? changed : known));
  return { ...question, publications };
}

const versionOf = (question: AnsweredQuestion, key: string): number =>
  key === 'answer' ? question.answer.revision : 1;

/** The parts in reading order: what led to the answer, the answer, what followed. */
function partsOf(question: AnsweredQuestion): string[] {
  const agreed = question.thread.filter((entry) => question.agreed.includes(entry.id));
  return [
    ...agreed.filter(leadsUp).map((entry) => entry.id),
    'answer',
    ...agreed.filter((entry) => !leadsUp(entry)).map((entry) => entry.id),
  ];
}

/** What to send next so that the channel shows the thread; nothing when it does. */
export function nextStep(question: AnsweredQuestion, publication: Publication): Step | undefined {
  const { root } = publication;
  if (root === undefined) return { do: 'post-root' };
  for (const key of partsOf(question)) {
    const part = publication.parts.find((posted) => posted.key === key);
    if (part === undefined) return { do: 'post-part', root: root.post, key };
    if (part.activity !== undefined && part.shown < versionOf(question, key)) {
      return { do: 'edit-part', root: root.post, key, activity: part.activity };
    }
  }
  return root.signed === (question.signed !== undefined) ? undefined : { do: 'edit-root', post: root.post };
}

/** Records a step that Teams confirmed. `version` is what was sent, which may be older than what is now wanted. */
export function posted(publication: Publication, step: Step, post: Post, sent: AnsweredQuestion): Publication {
  switch (step.do) {
    case 'post-root':
    case 'edit-root':
      return { ...publication, root: { post, signed: sent.signed !== undefined } };
    case 'post-part':
    case 'edit-part': {
      const part: Part = { key: step.key, shown: versionOf(sent, step.key), activity: post.activity };
      return { ...publication, parts: [...publication.parts.filter(({ key }) => key !== step.key), part] };
    }
  }
}
