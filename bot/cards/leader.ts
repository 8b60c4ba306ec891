import { type Directory, leaderOf, type Leader, queuesOf } from '../domain/directory.ts';
import { DECLINE_REASONS, type Question } from '../domain/question.ts';
import { waitsForReply } from '../domain/thread.ts';
import type { View } from './cards.ts';
import type { Say } from './say.ts';
import { type Shown, statusOf } from './status.ts';
import { noWarning } from './warning.ts';
import {
  leaderChoices,
  leaderName,
  sayAnswered,
  sayList,
  sayBriefly,
  sayReason,
  sayVotes,
  toAlso,
  toDeclined,
  toExcerpt,
  toLines,
  toThread,
  toTotal,
  upper,
  withError,
} from './words.ts';

function headingOf(say: Say, directory: Directory, question: Question, { reader, entry }: Shown): string {
  if (question.leader !== reader) {
    return say('question.forLeader', { leader: leaderName(say, directory, question.leader) });
  }
  const kind = question.thread.find(({ id }) => id === entry)?.kind;
  if (kind === 'clarification') return say('question.answeredBack');
  return say(kind === 'follow-up' ? 'question.followedUp' : 'question.forYou');
}

/** A question as its leader sees it, or a delegate of theirs. Buttons are only those that this reader may press. */
export function questionCard(say: Say, directory: Directory, question: Question, shown: Shown): View {
  const { reader } = shown;
  const leads = question.leader === reader;
  const drafts = leaderOf(directory, question.leader)?.delegates.some((delegate) => delegate.id === reader) ?? false;
  const { status, statusColor } = statusOf(say, directory, question, shown);
  const into = queuesOf(directory, reader).some(({ id }) => id === shown.into?.leader) ? shown.into : undefined;
  const notNow = question.state === 'answered' ? question.notNow : undefined;
  const isOpen = question.state === 'open';
  return {
    card: 'question',
    say,
    data: {
      ...toThread(say, question, leads ? 'leader' : 'reader'),
      ...toDeclined(say, question),
      leader: question.leader,
      heading: headingOf(say, directory, question, shown),
      hasStatus: status !== '',
      status,
      statusColor,
      hasNotNow: notNow !== undefined,
      notNow: notNow === undefined ? '' : say('question.notNow', { curator: notNow.by, reason: notNow.reason }),
      mayAnswer: leads && isOpen,
      mayDraft: drafts && isOpen,
      mayReply: leads && waitsForReply(question),
      mayCorrect: leads && question.state === 'answered',
      mayHandOn: leads && isOpen && directory.leaders.length > 1,
      hasInto: into !== undefined,
      into: into?.id ?? '',
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
function sayWaits(say: Say, question: Question): string {
  const last = question.thread.at(-1)?.kind;
  const said = last === 'ask-back' ? say('queue.waitsForAsker') : last === 'clarification' && say('queue.answeredBack');
  const promise = question.state === 'open' ? question.promise : undefined;
  return sayList(said, promise !== undefined && say('queue.promised', { day: say.day(promise) }));
}

/** A page of a leader's open questions, most wanted first. */
export function queueList(say: Say, page: Page, reader: string, isLater: boolean): View {
  const { leader, questions, total, next } = page;
  const leads = leader.id === reader;
  return {
    card: 'queue',
    say,
    data: {
      leader: leader.id,
      heading: say('queue.for', { leader: leader.name }),
      count: total === 0 ? say('queue.none') : say('queue.waiting', toTotal(say, total)),
      questions: questions.map((question) => ({
        id: question.id,
        words: toExcerpt(question.words),
        also: toAlso(say, question, toExcerpt),
        meta: upper(sayList(sayVotes(say, question.votes), sayBriefly(say, question), sayWaits(say, question))),
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
  reader: string;
  submission: string;
  words?: string | undefined;
  error?: string | undefined;
}

/** The form to answer, to correct an answer, or, for a delegate, to draft one. */
export function answerForm(say: Say, directory: Directory, question: Question, typed: AnswerTyped): View {
  const leads = question.leader === typed.reader;
  const answered = question.state === 'answered' ? question : undefined;
  const draft = (question.state === 'open' ? question : answered)?.draft?.words;
  const leader = leaderName(say, directory, question.leader);
  const ownTitle = answered ? 'question.correct' : 'answer.title';
  return {
    card: 'answer',
    say,
    data: {
      id: question.id,
      submission: typed.submission,
      title: leads ? say(ownTitle) : say('answer.draftFor', { leader }),
      context: toLines(question.words),
      before: toThread(say, question, leads ? 'leader' : 'reader').before,
      replaces: answered !== undefined,
      current: answered ? toLines(answered.answer.words) : [],
      authorship: answered ? sayAnswered(say, answered) : '',
      label: say(leads ? 'answer.answer' : 'answer.draft'),
      words: typed.words ?? draft ?? answered?.answer.words ?? '',
      hint: say(hintOf(question, leads), { leader }),
      maySend: leads && !answered,
      mayReplace: leads && answered !== undefined,
      revision: answered?.answer.revision ?? 0,
      ...withError(typed.error),
    },
  };
}

function hintOf(question: Question, leads: boolean): 'answer.decides' | 'answer.written' | 'answer.drafted' {
  if (!leads) return 'answer.decides';
  return question.drafted === undefined ? 'answer.written' : 'answer.drafted';
}

interface WriteTyped {
  submission: string;
  words?: string | undefined;
  error?: string | undefined;
}

/** The form to ask back, or to reply to a follow-up. */
export function speakForm(say: Say, as: 'ask-back' | 'reply', question: Question, typed: WriteTyped): View {
  const asksBack = as === 'ask-back';
  const unanswered = question.thread.slice(question.thread.findLastIndex((entry) => entry.kind === 'reply') + 1);
  const followUps = unanswered.filter((entry) => entry.kind === 'follow-up').map((entry) => entry.words);
  const context = asksBack ? question.words : followUps.join('\n\n');
  return {
    card: 'write',
    say,
    data: {
      id: question.id,
      submission: typed.submission,
      title: say(`speak.${as}.title`),
      context: toLines(context),
      label: say(`speak.${as}.label`),
      words: typed.words ?? '',
      hint: say('speak.hint'),
      send: say('shared.send'),
      verb: asksBack ? 'askBack.send' : 'reply.send',
      about: '',
      backVerb: 'question.show',
      ...noWarning,
      ...withError(typed.error),
    },
  };
}

export const declineForm = (say: Say, { id, words: asked }: Question, words = '', error?: string): View => ({
  card: 'decline',
  say,
  data: {
    id,
    context: toLines(asked),
    reason: '',
    reasons: DECLINE_REASONS.map((value) => ({ title: sayReason(say, value), value })),
    words,
    ...withError(error),
  },
});

export const handOnForm = (say: Say, { id, words }: Question, others: Leader[], error?: string): View => ({
  card: 'hand-on',
  say,
  data: { id, context: toLines(words), leaders: leaderChoices(others), ...withError(error) },
});

interface LaterTyped {
  /** The first day that can be chosen. */
  today: string;
  day: string;
  error?: string | undefined;
}

export const laterForm = (say: Say, { id, words }: Question, { today, day, error }: LaterTyped): View => ({
  card: 'later',
  say,
  data: { id, context: toLines(words), today, day, ...withError(error) },
});
