import { type Delivery, owe, type Post, type Target } from './delivery.ts';
import type { Noted } from './deeds.ts';
import type { Reactions } from './reaction.ts';
import type { Refusal } from './refusal.ts';

/** Words that someone with a role wrote: the ground on which Authorship is derived. */
export interface Revision {
  words: string;
  by: string;
}

/** Who wrote an Answer: derived from who submitted which Revision, never typed in. */
export type Authorship =
  | { by: 'leader'; leader: string }
  | { by: 'delegate'; leader: string; delegate: string; edited: boolean };

export interface Answer {
  words: string;
  authorship: Authorship;
  /** Counts from 1; a correction is the next number. */
  revision: number;
  /** The form that sent it, so that a repeat changes nothing. */
  submission: string;
}

/** What was said before the answer (ask-back, clarification) and after it (follow-up, reply). */
export interface Entry {
  id: string;
  kind: 'ask-back' | 'clarification' | 'follow-up' | 'reply';
  words: string;
  /** The leader's name, where a leader said it. */
  leader?: string;
  /** The merged question whose asker said it; absent where the question's own asker did. */
  of?: string;
}

/** What the asker of a question that was merged into this one had written. */
export interface Wording {
  /** Of their question. */
  id: string;
  words: string;
  /** Whose keys their votes need. */
  week: string;
  signed?: string;
}

/** Other words for a question, which only its asker can put in their place. */
export type Edit =
  | { state: 'proposed'; id: string; words: string; reason: string; by: string }
  | { state: 'refused'; by: string };

/** Tells whether it was said before the answer. */
export const leadsUp = ({ kind }: Entry): boolean => kind === 'ask-back' || kind === 'clarification';

/** A card that stands in the chat of someone with a role and follows the question's state. */
export interface Place {
  key: string;
  card: 'question' | 'curate' | 'block';
  to: string;
  /** The entry that called for this card; absent for the first one. */
  entry?: string;
  post?: Post;
}

/** A part of the thread as it stands in a channel. */
export interface Part {
  /** `answer`, or the id of an Entry. */
  key: string;
  /** The version that the channel shows. */
  shown: number;
  /** Absent where a curator saw the post that Teams never confirmed. */
  activity?: string;
  /** A tombstone stands in its place. */
  isTombstone?: true;
}

interface Posts {
  channel: string;
  /** The name of the curator who chose this channel. */
  by: string;
  /**
   * The new post that is being sent, or that is uncertain: `root`, or the key of a part. Written down before it is sent,
   * so that a crash in between cannot make it twice.
   */
  begun?: string;
  root?: { post: Post; signed: boolean; face?: number; isTombstone?: true };
  parts: Part[];
}

/** A Thread on its way to, or in, a Channel. */
export type Publication = Posts &
  (
    | { state: 'posting' | 'posted' | 'uncertain' }
    /** To be posted from `at` on, in milliseconds since 1970: the time of a Slot. */
    | { state: 'scheduled'; at: number }
    /** Taken out again by a curator, openly: each of its posts becomes a tombstone. */
    | { state: 'retracted'; retraction: { by: string; reason: string } }
  );

/** Tells whether it stands in the channel or is on its way there: neither planned nor taken out. */
export const isOut = ({ state }: Publication): boolean => state !== 'scheduled' && state !== 'retracted';

export const isRetracted = ({ state }: Publication): boolean => state === 'retracted';

/** What an asker brings. */
export interface Asking {
  id: string;
  leader: string;
  /** Verbatim. Empty only once withdrawn. */
  words: string;
  topic?: string;
  /** ISO week of the asking, the only time kept of it. */
  week: string;
  /** The asker's name, only where the asker chose to sign. */
  signed?: string;
}

interface Common extends Asking {
  votes: number;
  /** Grows with every change that a card shows. */
  revision: number;
  thread: Entry[];
  places: Place[];
  deliveries: Delivery[];
  /** The day on which it came to its stage of the board: domain/stage.ts. None while it waits for its leader. */
  since?: string;
  /** What was done to it since it was asked: domain/history.ts. */
  history?: Noted[];
  /** The last words a delegate drafted. */
  drafted?: Revision;
  wordings?: Wording[];
  edit?: Edit;
  /** The asker agreed to other words than those first asked. */
  edited?: true;
  /** Grows with every change of what was asked, as it is shown and kept: words, wordings, topic. Absent: 0. */
  face?: number;
}

export interface OpenQuestion extends Common {
  state: 'open';
  draft?: Revision;
  /** The day by which the leader says that they will answer. */
  promise?: string;
  /** The leader to whom comms gave it, as the one before left. */
  entrusted?: string;
}

export interface AnsweredQuestion extends Common {
  state: 'answered';
  answer: Answer;
  draft?: Revision;
  publications: Publication[];
  /** Entries that a curator agreed to publish. */
  agreed: string[];
  notNow?: { by: string; reason: string };
  /** What readers say of it, as counted last. */
  reactions?: Reactions;
}

export const DECLINE_REASONS = ['personal', 'confidential', 'unclear', 'elsewhere', 'respect'] as const;
export type DeclineReason = (typeof DECLINE_REASONS)[number];

/** To stop the unknown author of a question for some days. Whoever has a say in it is kept here by name. */
export interface Block {
  state: 'proposed' | 'turned-down' | 'agreed' | 'standing' | 'gone' | 'lifting' | 'lifted';
  by: { id: string; name: string };
  days: number;
  reason: string;
  agreed?: { id: string; name: string };
  /** The first day on which they may ask again. */
  until?: string;
  /** Who turned it down, or lifted it, and why. */
  ended?: { by: { id: string; name: string }; reason: string };
}

export interface DeclinedQuestion extends Common {
  state: 'declined';
  decline: { reason: DeclineReason; words?: string; role: 'leader' | 'curator' };
  block?: Block;
}

export interface WithdrawnQuestion extends Common {
  state: 'withdrawn';
}

/** Somebody else asked the same: that question carries these words, and its answer is for this asker, too. */
export interface MergedQuestion extends Common, Pick<OpenQuestion, 'draft' | 'promise'> {
  state: 'merged';
  /** The question that carries them. */
  into: string;
  /** The curator's name. */
  by: string;
}

export type Question = OpenQuestion | AnsweredQuestion | DeclinedQuestion | WithdrawnQuestion | MergedQuestion;
export type State = Question['state'];

/** The next visible state: a new revision, and every card that stands, or only these, owes an update. */
export function next<Q extends Question>(question: Q, which: (place: Place) => boolean = () => true): Q {
  const changed = { ...question, revision: question.revision + 1 };
  const targets = changed.places.filter(which).map((place): Target => ({ kind: 'card', place: place.key }));
  return owe(changed, ...targets);
}

/** Puts a new card before each of these people; one that stands there already is updated in its place. */
export function standBefore<Q extends Question>(question: Q, card: Place['card'], people: string[], entry?: string): Q {
  const places = people.map((to): Place => {
    const key = [card, to, entry].filter(Boolean).join(':');
    return entry === undefined ? { key, card, to } : { key, card, to, entry };
  });
  const fresh = places.filter((place) => !question.places.some((known) => known.key === place.key));
  return owe(
    { ...question, places: [...question.places, ...fresh] },
    ...places.map((place): Target => ({ kind: 'card', place: place.key })),
  );
}

export const notOpen = (question: Exclude<Question, OpenQuestion>): Refusal => ({
  refused: 'not-open',
  state: question.state,
});

/** Says why there is no answer to act on: not yet, or never. */
export const notAnswered = (question: Exclude<Question, AnsweredQuestion>): Refusal =>
  question.state === 'open' ? { refused: 'not-answered' } : notOpen(question);

/** A change of what was asked: every card and every post follows. */
export function withFace<Q extends Question>(question: Q): Q {
  const changed = next({ ...question, face: (question.face ?? 0) + 1 });
  return changed.state === 'answered' ? owe(changed, ...publicationTargets(changed)) : changed;
}

/** To everybody who asked: each reads it under their own question. */
export const noticesOf = ({ wordings = [] }: Pick<Common, 'wordings'>): Target[] => [
  { kind: 'notice' },
  ...wordings.map(({ id }): Target => ({ kind: 'notice', of: id })),
];

/** The channels that follow the thread at once. What is planned keeps its time; what was taken out follows no more. */
export const publicationTargets = (question: AnsweredQuestion): Target[] =>
  question.publications.filter(isOut).map(({ channel }) => ({ kind: 'publication', channel }));
