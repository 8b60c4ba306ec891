import type { Post } from './delivery.ts';
import type { Part, Publication } from './question.ts';
import { type AnsweredQuestion, leadsUp } from './question.ts';

/** One send on the way to the state that the channel should show. */
export type Step =
  | { do: 'post-root' }
  | { do: 'edit-root'; post: Post }
  | { do: 'post-part'; root: Post; key: string }
  | { do: 'edit-part'; root: Post; key: string; activity: string }
  | { do: 'retract-root'; post: Post; reason: string }
  | { do: 'retract-part'; root: Post; key: string; activity: string };

/** The version of a part that the channel should show. */
export const versionOf = (question: AnsweredQuestion, key: string): number =>
  key === 'answer' ? question.answer.revision : 1;

/** The parts in reading order: what led to the answer, the answer, what followed. */
export function partsOf(question: AnsweredQuestion): string[] {
  const agreed = question.thread.filter((entry) => question.agreed.includes(entry.id));
  return [
    ...agreed.filter(leadsUp).map((entry) => entry.id),
    'answer',
    ...agreed.filter((entry) => !leadsUp(entry)).map((entry) => entry.id),
  ];
}

/** What to send next so that the channel shows the thread, or its tombstone; nothing when it does. */
export function nextStep(question: AnsweredQuestion, publication: Publication): Step | undefined {
  if (publication.state === 'retracted') return nextTombstone(publication);
  const { root } = publication;
  if (root === undefined) return { do: 'post-root' };
  for (const key of partsOf(question)) {
    const part = publication.parts.find((posted) => posted.key === key);
    if (part === undefined) return { do: 'post-part', root: root.post, key };
    if (part.activity !== undefined && part.shown < versionOf(question, key)) {
      return { do: 'edit-part', root: root.post, key, activity: part.activity };
    }
  }
  const isCurrent = root.signed === (question.signed !== undefined) && (root.face ?? 0) === (question.face ?? 0);
  return isCurrent ? undefined : { do: 'edit-root', post: root.post };
}

function nextTombstone({ root, parts, retraction }: Publication & { state: 'retracted' }): Step | undefined {
  if (root === undefined) return undefined;
  if (!root.isTombstone) return { do: 'retract-root', post: root.post, reason: retraction.reason };
  for (const { key, activity, isTombstone } of parts) {
    if (activity !== undefined && !isTombstone) return { do: 'retract-part', root: root.post, key, activity };
  }
  return undefined;
}

/** The post that a step puts a tombstone in the place of. */
export function postToRetract(step: Step): Post | undefined {
  if (step.do === 'retract-root') return step.post;
  return step.do === 'retract-part' ? { conversation: step.root.conversation, activity: step.activity } : undefined;
}

/** The time of a planned one has come: from now on it is on its way. */
export function setOut(publication: Publication): Publication {
  if (publication.state !== 'scheduled') return publication;
  const { at: _at, ...rest } = publication;
  return { ...rest, state: 'posting' };
}

/** Tells whether a post shows an older version that no edit can reach: a curator saw it there, Teams never named it. */
export const outOfReach = (question: AnsweredQuestion, { parts }: Publication): boolean =>
  parts.some(({ key, activity, shown }) => activity === undefined && shown < versionOf(question, key));

/** The new post that a step makes; nothing for an edit, which may be sent twice without harm. */
export function newPost(step: Step): string | undefined {
  if (step.do === 'post-root') return 'root';
  return step.do === 'post-part' ? step.key : undefined;
}

/** Writes down that a new post is about to be sent. */
export function begin(publication: Publication, step: Step): Publication {
  const begun = newPost(step);
  return begun === undefined ? publication : { ...publication, begun };
}

/** Nobody knows whether the post that was begun has arrived: only a curator can say. What is taken out stays so. */
export const unsure = (publication: Publication): Publication =>
  publication.state === 'retracted' ? publication : { ...setOut(publication), state: 'uncertain' };

/** Nothing more is to be sent. */
export const arrived = (publication: Publication): Publication =>
  publication.state === 'retracted' ? publication : { ...setOut(publication), state: 'posted' };

/** Teams told what became of the post that was begun. */
export function heard({ begun: _begun, ...publication }: Publication): Publication {
  return publication;
}

/** Records a step that Teams confirmed. `sent` is what was sent, which may be older than what is now wanted. */
export function posted(publication: Publication, step: Step, post: Post, sent: AnsweredQuestion): Publication {
  const told = heard(publication);
  switch (step.do) {
    case 'post-root':
    case 'edit-root':
      return { ...told, root: { post, signed: sent.signed !== undefined, ...(sent.face && { face: sent.face }) } };
    case 'post-part':
    case 'edit-part': {
      const part: Part = { key: step.key, shown: versionOf(sent, step.key), activity: post.activity };
      return { ...told, parts: [...told.parts.filter(({ key }) => key !== step.key), part] };
    }
    case 'retract-root':
      return { ...publication, root: { post, signed: false, isTombstone: true } };
    case 'retract-part': {
      const bury = (part: Part): Part => (part.key === step.key ? { ...part, isTombstone: true } : part);
      return { ...publication, parts: publication.parts.map(bury) };
    }
  }
}
