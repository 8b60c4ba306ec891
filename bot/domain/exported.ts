import { type Directory, leaderOf } from './directory.ts';
import { toFew } from './few.ts';
import { published } from './published.ts';
import { isOut, type Authorship, type DeclineReason, type Entry, type Question } from './question.ts';

/** A thread as it leaves the desk: what comms may read of it, and no name of anybody who asked, not even of who signed. */
export interface ExportedThread {
  thread: string;
  state: Question['state'];
  leader: string;
  topic?: string;
  week: string;
  /** Whether its asker chose to sign; the name stays here. */
  signed: boolean;
  /** With the asker's consent. */
  edited: boolean;
  question: string;
  /** The words of others who asked the same. */
  alsoAsked: string[];
  /** How many would ask it too; `few` is a small number that stays unsaid. */
  votes: number | 'few';
  answer?: { words: string; authorship: Authorship; corrected: boolean };
  conversation: { kind: Entry['kind']; words: string }[];
  declined?: { reason: DeclineReason; role: 'leader' | 'curator'; words?: string };
  /** The thread that carries its words, where it was merged. */
  mergedInto?: string;
  /** Where it stands, by name. */
  channels: string[];
}

export interface Names {
  directory: Directory;
  channels: ReadonlyMap<string, string>;
}

/** What of a thread leaves the desk: all that was said, or only what readers see of it. */
export type Scope = 'all' | 'published';

/** Nothing of what was taken back: no words are left of it. */
export function exported(
  question: Question,
  { directory, channels }: Names,
  scope: Scope = 'all',
): ExportedThread | undefined {
  if (question.state === 'withdrawn') return undefined;
  const thread = scope === 'all' ? question.thread : published(question)?.entries;
  if (thread === undefined) return undefined;
  const { id, state, leader, topic, week, words, votes, wordings = [] } = question;
  const publications = question.state === 'answered' ? question.publications.filter(isOut) : [];
  return {
    thread: id,
    state,
    leader: leaderOf(directory, leader)?.name ?? '',
    ...(topic === undefined ? {} : { topic }),
    week,
    signed: question.signed !== undefined,
    edited: question.edited === true,
    question: words,
    alsoAsked: wordings.map((wording) => wording.words),
    votes: toFew(votes),
    conversation: thread.map(({ kind, words: said }) => ({ kind, words: said })),
    ...ended(question),
    channels: publications.map(({ channel }) => channels.get(channel) ?? ''),
  };
}

function ended(question: Question): Pick<ExportedThread, 'answer' | 'declined' | 'mergedInto'> {
  if (question.state === 'merged') return { mergedInto: question.into };
  if (question.state === 'declined') {
    const { reason, role, words } = question.decline;
    return { declined: { reason, role, ...(words === undefined ? {} : { words }) } };
  }
  if (question.state !== 'answered') return {};
  const { words, authorship, revision } = question.answer;
  return { answer: { words, authorship, corrected: revision > 1 } };
}
