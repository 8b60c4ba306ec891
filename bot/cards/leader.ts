import { type Directory, leaderOf, type Leader } from '../domain/directory.ts';
import { DECLINE_REASONS, type Entry, type Question } from '../domain/question.ts';
import { reachedBy } from '../domain/publication.ts';
import { waitsForReply } from '../domain/thread.ts';
import type { View } from './cards.ts';
import type { Color } from './data.ts';
import { noWarning } from './warning.ts';
import {
  leaderChoices,
  leaderName,
  sayAnswered,
  sayDay,
  sayList,
  sayBriefly,
  sayVotes,
  toDeclined,
  toExcerpt,
  toLines,
  toThread,
  upper,
  withError,
} from './words.ts';

function statusOf(directory: Directory, question: Question, reader: string): { status: string; statusColor: Color } {
  if (question.leader !== reader) {
    const named = leaderName(directory, question.leader);
    if (leaderOf(directory, reader)) return { status: `Handed on to ${named}`, statusColor: 'Default' };
  }
  switch (question.state) {
    case 'open':
      if (question.promise === undefined) return { status: '', statusColor: 'Default' };
      return { status: `Answer promised by ${sayDay(question.promise)}`, statusColor: 'Accent' };
    case 'answered':
      return { status: ANSWERED[reachedBy(question)], statusColor: 'Good' };
    case 'declined':
      return { status: 'Declined', statusColor: 'Warning' };
    case 'withdrawn':
      return { status: 'Withdrawn by the person who asked. The words are erased.', statusColor: 'Default' };
  }
}

const ANSWERED = {
  nothing: 'Answered. Comms choose what is published.',
  planned: 'Answered. Comms planned when it is published.',
  published: 'Answered and published',
  retracted: 'Answered. Comms took it out of the channel again.',
};

export interface Shown {
  /** The card answers what its reader did, so that the queue is where they go next. */
  seesQueue?: boolean;
  /** The entry that called for this card. */
  entry?: string | undefined;
}

const NEWS: Partial<Record<Entry['kind'], string>> = {
  clarification: 'The person who asked answered back',
  'follow-up': 'The person who asked followed up',
};

function headingOf(directory: Directory, question: Question, reader: string, entry: string | undefined): string {
  if (question.leader !== reader) return `A question for ${leaderName(directory, question.leader)}`;
  const kind = question.thread.find(({ id }) => id === entry)?.kind;
  return (kind && NEWS[kind]) ?? 'A question for you';
}

/** A question as its leader sees it, or a delegate of theirs. Buttons are only those that this reader may press. */
export function questionCard(directory: Directory, question: Question, reader: string, shown: Shown = {}): View {
  const leads = question.leader === reader;
  const drafts = leaderOf(directory, question.leader)?.delegates.some((delegate) => delegate.id === reader) ?? false;
  const { status, statusColor } = statusOf(directory, question, reader);
  const notNow = question.state === 'answered' ? question.notNow : undefined;
  const isOpen = question.state === 'open';
  return {
    card: 'question',
    data: {
      ...toThread(question, leads ? 'leader' : 'reader'),
      ...toDeclined(question),
      leader: question.leader,
      heading: headingOf(directory, question, reader, shown.entry),
      hasStatus: status !== '',
      status,
      statusColor,
      hasNotNow: notNow !== undefined,
      notNow: notNow === undefined ? '' : `${notNow.by} is not publishing this now: ${notNow.reason}`,
      mayAnswer: leads && isOpen,
      mayDraft: drafts && isOpen,
      mayReply: leads && waitsForReply(question),
      mayCorrect: leads && question.state === 'answered',
      mayHandOn: leads && isOpen && directory.leaders.length > 1,
      seesQueue: shown.seesQueue === true || (leads && !isOpen),
    },
  };
}

export interface Page {
  questions: Question[];
  total: number;
  next?: string;
  leader: { id: string; name: string };
}

/** What a leader should know of an open question before opening it. */
function sayWaits(question: Question): string {
  const last = question.thread.at(-1)?.kind;
  const said = last === 'ask-back' ? 'waits for the person who asked' : last === 'clarification' && 'answered back';
  const promised =
    question.state === 'open' && question.promise !== undefined && `promised by ${sayDay(question.promise)}`;
  return sayList(said, promised);
}

const sayTotal = (total: number): string => (total >= 100 ? '100 or more' : String(total));

/** A page of a leader's open questions, most wanted first. */
export function queueList(page: Page, reader: string, isLater: boolean): View {
  const { leader, questions, total, next } = page;
  const leads = leader.id === reader;
  return {
    card: 'queue',
    data: {
      leader: leader.id,
      leaderName: leader.name,
      count:
        total === 0
          ? 'Nothing waits for an answer. New questions arrive here as cards.'
          : `${sayTotal(total)} waiting, most wanted first`,
      questions: questions.map((question) => ({
        id: question.id,
        words: toExcerpt(question.words),
        meta: upper(sayList(sayVotes(question.votes), sayBriefly(question), sayWaits(question))),
        mayAnswer: leads,
        mayDraft: !leads,
      })),
      hasMore: next !== undefined,
      after: next ?? '',
      isLater,
    },
  };
}

export interface AnswerTyped {
  submission: string;
  words?: string | undefined;
  error?: string | undefined;
}

/** The form to answer, to correct an answer, or, for a delegate, to draft one. */
export function answerForm(directory: Directory, question: Question, reader: string, typed: AnswerTyped): View {
  const leads = question.leader === reader;
  const answered = question.state === 'answered' ? question : undefined;
  const draft = (question.state === 'open' ? question : answered)?.draft?.words;
  const name = leaderName(directory, question.leader);
  return {
    card: 'answer',
    data: {
      id: question.id,
      submission: typed.submission,
      title: leads ? (answered ? 'Correct the answer' : 'Your answer') : `Draft for ${name}`,
      context: toLines(question.words),
      before: toThread(question, leads ? 'leader' : 'reader').before,
      replaces: answered !== undefined,
      current: answered ? toLines(answered.answer.words) : [],
      authorship: answered ? sayAnswered(answered) : '',
      label: leads ? 'Answer' : 'Draft',
      words: typed.words ?? draft ?? answered?.answer.words ?? '',
      hint: answerHint(name, question, leads),
      maySend: leads && !answered,
      mayReplace: leads && answered !== undefined,
      revision: answered?.answer.revision ?? 0,
      ...withError(typed.error),
    },
  };
}

function answerHint(name: string, question: Question, leads: boolean): string {
  if (!leads) return `${name} decides. Readers will see that you drafted it.`;
  if (question.drafted === undefined) return `Readers will see “Written by ${name}”.`;
  return 'A delegate drafted this. Readers will see who, and that you approved it, or edited and approved it.';
}

interface WriteTyped {
  submission: string;
  words?: string | undefined;
  error?: string | undefined;
}

/** The form to ask back, or to reply to a follow-up. */
export function speakForm(as: 'ask-back' | 'reply', question: Question, typed: WriteTyped): View {
  const asksBack = as === 'ask-back';
  const unanswered = question.thread.slice(question.thread.findLastIndex((entry) => entry.kind === 'reply') + 1);
  const followUps = unanswered.filter((entry) => entry.kind === 'follow-up').map((entry) => entry.words);
  const context = asksBack ? question.words : followUps.join('\n\n');
  return {
    card: 'write',
    data: {
      id: question.id,
      submission: typed.submission,
      title: asksBack ? 'Ask back' : 'Reply',
      context: toLines(context),
      label: asksBack ? 'What would you like to know?' : 'Your reply',
      words: typed.words ?? '',
      hint: 'The person who asked gets a short notice, and reads your words under My questions.',
      send: 'Send',
      verb: asksBack ? 'askBack.send' : 'reply.send',
      about: '',
      backVerb: 'question.show',
      ...noWarning,
      ...withError(typed.error),
    },
  };
}

export const declineForm = ({ id, words: asked }: Question, words = '', error?: string): View => ({
  card: 'decline',
  data: {
    id,
    context: toLines(asked),
    reason: '',
    reasons: Object.entries(DECLINE_REASONS).map(([value, title]) => ({ title, value })),
    words,
    ...withError(error),
  },
});

export const handOnForm = ({ id, words }: Question, others: Leader[], error?: string): View => ({
  card: 'hand-on',
  data: { id, context: toLines(words), leaders: leaderChoices(others), ...withError(error) },
});

export const laterForm = ({ id, words }: Question, today: string, day: string, error?: string): View => ({
  card: 'later',
  data: { id, context: toLines(words), today, day, ...withError(error) },
});
