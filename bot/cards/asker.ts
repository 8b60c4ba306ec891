import { type Directory, isSmall, leaderOf, LEAST_AUDIENCE } from '../domain/directory.ts';
import { ask, type WaitingQuestion } from '../domain/life.ts';
import type { Finding } from '../domain/betray.ts';
import { isPublished, reachedBy } from '../domain/publication.ts';
import type { Question } from '../domain/question.ts';
import { waitsForAsker } from '../domain/thread.ts';
import { shorten } from '../domain/words.ts';
import { sayBlocked } from './blocking.ts';
import type { View } from './cards.ts';
import type { CardData, Color } from './data.ts';
import { toWarning } from './warning.ts';
import {
  leaderChoices,
  leaderName,
  sayList,
  sayWeek,
  toDeclined,
  toLines,
  toThread,
  withError,
  sayDay,
  saySigned,
} from './words.ts';

export interface Typed {
  submission: string;
  leader?: string | undefined;
  words?: string | undefined;
  topic?: string | undefined;
  signed?: boolean | undefined;
  /** What may show who writes, to be asked about before it is sent; and the kinds that were shown before. */
  found?: readonly Finding[];
  shown?: readonly string[];
}

const sendTitle = ({ found = [] }: Typed): string => (found.length > 0 ? 'Send anyway' : 'Send');

/** Ends the two honest lines. The address is the operator's, and read by the one element that knows links in a text. */
const linkToPrivacy = (publicUrl: string): string =>
  publicUrl === '' ? '' : ` [What is kept, and who could learn what](${publicUrl}/privacy)`;

/** Said before somebody writes, not after. */
function saySmall(directory: Directory): string {
  const small = directory.leaders.filter((leader) => isSmall(directory, leader)).map(({ name }) => name);
  if (small.length === 0) return '';
  const isAll = small.length === directory.leaders.length;
  const whom = isAll ? 'here' : new Intl.ListFormat('en', { type: 'disjunction' }).format(small);
  return `Fewer than ${LEAST_AUDIENCE} people can ask ${whom}, so leaving out your name would hardly hide you. ${isAll ? 'Questions are' : 'Such a question is'} taken only with “Sign with my name”.`;
}

/** The form to ask, with what was typed so far. */
export function askForm(directory: Directory, typed: Typed, publicUrl: string, error?: string): View {
  const { leaders, topics, defaults } = directory;
  const wanted = [typed.leader, defaults.leader, leaders[0]?.id].find((id) => id && leaderOf(directory, id));
  return {
    card: 'ask',
    data: {
      submission: typed.submission,
      leader: wanted ?? '',
      leaders: leaderChoices(leaders),
      words: typed.words ?? '',
      hasTopics: topics.length > 0,
      topic: typed.topic ?? '',
      topics: topics.map((topic) => ({ title: topic, value: topic })),
      signed: typed.signed ? 'true' : 'false',
      isSmall: saySmall(directory) !== '',
      small: saySmall(directory),
      privacy: linkToPrivacy(publicUrl),
      send: sendTitle(typed),
      ...toWarning(typed.found, typed.shown),
      ...withError(error),
    },
  };
}

const NO_BUTTONS = { asks: false, asksAgain: false, mine: false, questions: false, queue: false };
type Buttons = Partial<Record<keyof typeof NO_BUTTONS, boolean>>;

/** A few fixed words from the bot, with the buttons that lead on. */
export const said = (title: string, text: string, buttons: Buttons = {}): View => ({
  card: 'said',
  data: { title, text, ...NO_BUTTONS, ...buttons },
});

function stateOf(directory: Directory, question: Question): { state: string; color: Color } {
  switch (question.state) {
    case 'open':
      if (waitsForAsker(question))
        return { state: `${leaderName(directory, question.leader)} asks you back`, color: 'Accent' };
      if (question.promise === undefined) return { state: 'Waiting for an answer', color: 'Default' };
      return { state: `Answer promised by ${sayDay(question.promise)}`, color: 'Accent' };
    case 'answered':
      return { state: ANSWERED[reachedBy(question)], color: 'Good' };
    case 'declined':
      return { state: 'Declined', color: 'Warning' };
    case 'withdrawn':
      return { state: 'Withdrawn', color: 'Default' };
  }
}

const ANSWERED = {
  nothing: 'Answered',
  planned: 'Answered',
  published: 'Answered and published',
  retracted: 'Answered, and taken out of the channel again',
};

/** Why comms took it out of a channel. */
function sayRetracted(question: Question): string {
  const publications = question.state === 'answered' ? question.publications : [];
  const reasons = publications.flatMap((one) => (one.state === 'retracted' ? [one.retraction.reason] : []));
  return reasons.length === 0 ? '' : `Comms took it out of a channel: ${[...new Set(reasons)].join(' · ')}`;
}

type Own = Question | WaitingQuestion;
const ON_ITS_WAY = { state: 'On its way', color: 'Default' } as const;

/** The person's own questions. */
export function mineList(directory: Directory, questions: Own[], next?: number): View {
  const rows = questions.map((question) => ({
    id: question.id,
    ...(question.state === 'waiting' ? ON_ITS_WAY : stateOf(directory, question)),
    words: shorten(question.words, 140),
    meta: sayList(`To ${leaderName(directory, question.leader)}`, sayWeek(question.week)),
  }));
  return {
    card: 'mine',
    data: { none: rows.length === 0, hasMore: next !== undefined, from: next ?? 0, questions: rows },
  };
}

/** One of the person's own questions, whole. */
export function myQuestion(directory: Directory, question: Question, appealTo = ''): View {
  const declined = toDeclined(question);
  const stopped = [sayBlocked(question, appealTo), sayRetracted(question)].filter(Boolean).join('\n');
  const leader = leaderName(directory, question.leader);
  const data: CardData['my-question'] = {
    ...toThread(question, 'asker'),
    ...declined,
    declined: declined.isDeclined ? `Declined by ${leader}: ${declined.declined}` : '',
    ...stateOf(directory, question),
    leader,
    // Apart from the reason to decline: the leader had no say in this.
    isStopped: stopped !== '',
    stopped: toLines(stopped),
    mayFollowUp: question.state === 'answered',
    mayClarify: waitsForAsker(question),
    mayAdd: question.state === 'open' && question.thread.at(-1)?.kind === 'clarification',
    maySign: question.signed === undefined && question.state !== 'declined',
    mayWithdraw: question.state === 'open' || (question.state === 'answered' && !isPublished(question)),
  };
  return { card: 'my-question', data };
}

/** One that waits to enter: nobody else can read it yet, and it can be taken back. */
export function myWaiting(directory: Directory, waiting: WaitingQuestion): View {
  const view = myQuestion(directory, ask(waiting));
  return view.card === 'my-question' ? { ...view, data: { ...view.data, ...ON_ITS_WAY, maySign: false } } : view;
}

/** The form to follow up, or to answer what was asked back. */
export function followUpForm(directory: Directory, question: Question, typed: Typed, error?: string): View {
  const leader = leaderName(directory, question.leader);
  const clarifies = question.state === 'open';
  const context = clarifies
    ? (question.thread.findLast((entry) => entry.kind === 'ask-back')?.words ?? '')
    : question.words;
  return {
    card: 'write',
    data: {
      id: question.id,
      submission: typed.submission,
      title: clarifies ? `${leader} asks you back` : 'Follow up',
      context: toLines(context),
      label: clarifies ? 'Your answer' : 'Your follow-up',
      words: typed.words ?? '',
      hint:
        question.signed === undefined
          ? `${leader} and comms read your words, not your name. They may be published with the answer: leave out what only you could know.`
          : `Readers see that it is ${saySigned(question)}. It may be published with the answer.`,
      send: sendTitle(typed),
      verb: 'followUp.send',
      about: clarifies ? 'clarification' : 'follow-up',
      backVerb: 'mine.show',
      ...toWarning(typed.found, typed.shown),
      ...withError(error),
    },
  };
}

export const withdrawForm = (directory: Directory, { id, leader, state }: Own): View => ({
  card: 'confirm',
  data: {
    id,
    title: 'Withdraw this question?',
    text:
      state === 'waiting'
        ? 'Your words are erased at once. Nobody has seen them, and nobody is told. This cannot be undone.'
        : `Your words are erased from our store and from ${leaderName(directory, leader)}’s card at once. A list that somebody opened before may still show them. This cannot be undone.`,
    yes: 'Withdraw',
    verb: 'withdraw.send',
    style: 'destructive',
  },
});

export const signForm = ({ id }: Question): View => ({
  card: 'confirm',
  data: {
    id,
    title: 'Sign with your name?',
    text: 'Everybody who reads this question will see your name. This cannot be undone.',
    yes: 'Sign with my name',
    verb: 'sign.send',
    style: 'positive',
  },
});
