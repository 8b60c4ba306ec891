import { type Directory, isSmall, leaderOf, LEAST_AUDIENCE } from '../domain/directory.ts';
import { ask, type WaitingQuestion } from '../domain/life.ts';
import type { Finding } from '../domain/betray.ts';
import { isPublished, reachedBy } from '../domain/publication.ts';
import type { Question } from '../domain/question.ts';
import { waitsForAsker } from '../domain/thread.ts';
import { shorten } from '../domain/words.ts';
import { sayBlocked } from './blocking.ts';
import type { View } from './cards.ts';
import { toEdit } from './edit.ts';
import type { CardData, Color } from './data.ts';
import type { Say } from './say.ts';
import { toWarning } from './warning.ts';
import {
  isByComms,
  leaderChoices,
  leaderName,
  sayList,
  sayWeek,
  toDeclined,
  toLines,
  toThread,
  withError,
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
  error?: string | undefined;
}

const sendTitle = (say: Say, { found = [] }: Typed): string =>
  say(found.length > 0 ? 'shared.sendAnyway' : 'shared.send');

/** Ends the two honest lines. The address is the operator's, and read by the one element that knows links in a text. */
const linkToPrivacy = (say: Say, publicUrl: string): string =>
  publicUrl === '' ? '' : ` [${say('ask.privacy')}](${publicUrl}/privacy)`;

/** Said before somebody writes, not after. */
function saySmall(say: Say, directory: Directory): string {
  const small = directory.leaders.filter((leader) => isSmall(directory, leader)).map(({ name }) => name);
  if (small.length === 0) return '';
  const least = LEAST_AUDIENCE;
  if (small.length === directory.leaders.length) return say('ask.smallHere', { least });
  return say('ask.smallFor', { least, leaders: say.oneOf(small) });
}

/** The form to ask, with what was typed so far. */
export function askForm(say: Say, directory: Directory, typed: Typed, publicUrl: string): View {
  const { leaders, topics, defaults } = directory;
  const wanted = [typed.leader, defaults.leader, leaders[0]?.id].find((id) => id && leaderOf(directory, id));
  const small = saySmall(say, directory);
  return {
    card: 'ask',
    say,
    data: {
      submission: typed.submission,
      leader: wanted ?? '',
      leaders: leaderChoices(leaders),
      words: typed.words ?? '',
      hasTopics: topics.length > 0,
      topic: typed.topic ?? '',
      topics: topics.map((topic) => ({ title: topic, value: topic })),
      signed: typed.signed ? 'true' : 'false',
      isSmall: small !== '',
      small,
      privacy: linkToPrivacy(say, publicUrl),
      send: sendTitle(say, typed),
      ...toWarning(say, typed),
      ...withError(typed.error),
    },
  };
}

const NO_BUTTONS = { asks: false, asksAgain: false, mine: false, questions: false, queue: false };
type Buttons = Partial<Record<keyof typeof NO_BUTTONS, boolean>>;

/** A few fixed words from the bot, with the buttons that lead on. */
export const said = (say: Say, title: string, text: string, buttons: Buttons = {}): View => ({
  card: 'said',
  say,
  data: { title, text, ...NO_BUTTONS, ...buttons },
});

function stateOf(say: Say, directory: Directory, question: Question): { state: string; color: Color } {
  switch (question.state) {
    case 'open':
      if (waitsForAsker(question)) {
        const leader = leaderName(say, directory, question.leader);
        return { state: say('mine.asksBack', { leader }), color: 'Accent' };
      }
      if (question.promise === undefined) return { state: say('mine.waiting'), color: 'Default' };
      return { state: say('mine.promised', { day: say.day(question.promise) }), color: 'Accent' };
    case 'answered':
      return { state: say(ANSWERED[reachedBy(question)]), color: 'Good' };
    case 'declined':
      return { state: say('mine.declined'), color: 'Warning' };
    case 'merged':
      return { state: say('mine.merged'), color: 'Default' };
    case 'withdrawn':
      return { state: say('mine.withdrawn'), color: 'Default' };
  }
}

const ANSWERED = {
  nothing: 'mine.answered',
  planned: 'mine.answered',
  published: 'mine.published',
  retracted: 'mine.retracted',
} as const;

/** Why comms took it out of a channel. */
function sayRetracted(say: Say, question: Question): string {
  const publications = question.state === 'answered' ? question.publications : [];
  const reasons = publications.flatMap((one) => (one.state === 'retracted' ? [one.retraction.reason] : []));
  return reasons.length === 0 ? '' : say('mine.takenOut', { reasons: sayList(...new Set(reasons)) });
}

type Own = Question | WaitingQuestion;
const onItsWay = (say: Say) => ({ state: say('mine.onItsWay'), color: 'Default' }) as const;

/** The person's own questions. */
export function mineList(say: Say, directory: Directory, questions: Own[], next?: number): View {
  const rows = questions.map((question) => ({
    id: question.id,
    ...(question.state === 'waiting' ? onItsWay(say) : stateOf(say, directory, question)),
    words: shorten(question.words, 140),
    meta: sayList(say('mine.to', { leader: leaderName(say, directory, question.leader) }), sayWeek(say, question.week)),
  }));
  return {
    card: 'mine',
    say,
    data: { none: rows.length === 0, hasMore: next !== undefined, from: next ?? 0, questions: rows },
  };
}

function sayDeclined(say: Say, question: Question, by: { leader: string; reason: string }): string {
  if (question.state !== 'declined') return '';
  return isByComms(question) ? say('mine.declinedByComms', { reason: by.reason }) : say('mine.declinedBy', by);
}

/** One of the person's own questions, whole. */
export function myQuestion(say: Say, directory: Directory, question: Question, appealTo = ''): View {
  const declined = toDeclined(say, question);
  const stopped = [sayBlocked(say, question, appealTo), sayRetracted(say, question)].filter(Boolean).join('\n');
  const leader = leaderName(say, directory, question.leader);
  const data: CardData['my-question'] = {
    ...toThread(say, question, 'asker'),
    ...declined,
    declined: sayDeclined(say, question, { leader, reason: declined.declined }),
    ...stateOf(say, directory, question),
    heading: say('mine.title', { leader }),
    // Apart from the reason to decline: the leader had no say in this.
    isStopped: stopped !== '',
    stopped: toLines(stopped),
    ...toEdit(say, question),
    mayFollowUp: question.state === 'answered',
    mayClarify: waitsForAsker(question),
    mayAdd: question.state === 'open' && question.thread.at(-1)?.kind === 'clarification',
    maySign: question.signed === undefined && question.state !== 'declined',
    mayWithdraw: question.state === 'open' || (question.state === 'answered' && !isPublished(question)),
  };
  return { card: 'my-question', say, data };
}

/** One that waits to enter: nobody else can read it yet, and it can be taken back. */
export function myWaiting(say: Say, directory: Directory, waiting: WaitingQuestion): View {
  const view = myQuestion(say, directory, ask(waiting));
  return view.card === 'my-question' ? { ...view, data: { ...view.data, ...onItsWay(say), maySign: false } } : view;
}

/** The form to follow up, or to answer what was asked back. */
export function followUpForm(say: Say, directory: Directory, question: Question, typed: Typed): View {
  const leader = leaderName(say, directory, question.leader);
  const clarifies = question.state === 'open';
  const context = clarifies
    ? (question.thread.findLast((entry) => entry.kind === 'ask-back')?.words ?? '')
    : question.words;
  return {
    card: 'write',
    say,
    data: {
      id: question.id,
      submission: typed.submission,
      title: clarifies ? say('mine.asksBack', { leader }) : say('mine.followUp'),
      context: toLines(context),
      label: say(clarifies ? 'mine.yourAnswer' : 'mine.yourFollowUp'),
      words: typed.words ?? '',
      hint:
        question.signed === undefined
          ? say('mine.hint', { leader })
          : say('mine.hintSigned', { name: question.signed }),
      send: sendTitle(say, typed),
      verb: 'followUp.send',
      about: clarifies ? 'clarification' : 'follow-up',
      backVerb: 'mine.show',
      ...toWarning(say, typed),
      ...withError(typed.error),
    },
  };
}

export const withdrawForm = (say: Say, directory: Directory, { id, leader, state }: Own): View => ({
  card: 'confirm',
  say,
  data: {
    id,
    title: say('mine.withdrawTitle'),
    text:
      state === 'waiting'
        ? say('mine.withdrawWaiting')
        : say('mine.withdrawText', { leader: leaderName(say, directory, leader) }),
    yes: say('mine.withdraw'),
    verb: 'withdraw.send',
    style: 'destructive',
  },
});

export const signForm = (say: Say, { id }: Question): View => ({
  card: 'confirm',
  say,
  data: {
    id,
    title: say('mine.signTitle'),
    text: say('mine.signText'),
    yes: say('shared.signWithName'),
    verb: 'sign.send',
    style: 'positive',
  },
});
