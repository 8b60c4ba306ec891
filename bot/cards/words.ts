import { type Directory, type Leader, leaderOf } from '../domain/directory.ts';
import { UNNAMED } from '../domain/answer.ts';
import { LEAST_TOLD, toFew } from '../domain/few.ts';
import {
  type AnsweredQuestion,
  type Authorship,
  type DeclineReason,
  type Entry,
  leadsUp,
  type Question,
} from '../domain/question.ts';
import { mondayOf } from '../domain/week.ts';
import { count, shorten } from '../domain/words.ts';
import type { Choice, Line, Said, Size } from './data.ts';
import type { Say } from './say.ts';

/** A card with more blocks than this is slow on a phone: what follows is shown as one. */
const MAX_LINES = 60;

/** Words as paragraphs: cards show one block for each, because a line break inside a block is lost. */
export function toLines(words: string): Line[] {
  const lines: Line[] = [];
  let blank = false;
  for (const text of words.split('\n')) {
    if (text.trim() === '') blank = true;
    else {
      lines.push({ text, gap: lines.length > 0 && blank ? 'Medium' : 'None' });
      blank = false;
    }
  }
  // The first block stands off from what is above it.
  return fold(lines).map((line, at) => (at === 0 ? { ...line, gap: 'Small' } : line));
}

function fold(lines: Line[]): Line[] {
  if (lines.length <= MAX_LINES) return lines;
  const rest = lines.slice(MAX_LINES - 1).map(({ text }) => text);
  return [...lines.slice(0, MAX_LINES - 1), { text: rest.join(' '), gap: 'None' }];
}

/** The beginning of somebody's words, for a list from which the whole can be opened. */
export const toExcerpt = (words: string): Line[] =>
  count(words) <= EXCERPT ? toLines(words) : toLines(shorten(words, EXCERPT));
const EXCERPT = 400;

const noError = { hasError: false, error: '' };
export const withError = (error: string | undefined) => (error === undefined ? noError : { hasError: true, error });

/** A week such as `2026-W48`, as a person reads it, and as the desk says it: by its Monday. */
export const sayWeek = (say: Say, week: string): string => say('shared.week', { day: say.date(mondayOf(week)) });

/** How many would ask the same. */
export function sayVotes(say: Say, votes: number): string {
  const told = toFew(votes);
  if (told === 0) return '';
  return told === 'few' ? say('thread.few', { least: LEAST_TOLD }) : say('thread.votes', { votes: told });
}

export const sayList = (...parts: (string | undefined | false)[]): string => parts.filter(Boolean).join(' · ');

export const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Who asked, as every reader sees it: a name only where the asker chose to sign. */
export const saySigned = (say: Say, { signed }: Question): string =>
  signed === undefined ? say('thread.unsigned') : say('thread.signed', { name: signed });

export const sayMeta = (say: Say, question: Question): string =>
  upper(sayList(question.topic, sayWeek(say, question.week), saySigned(say, question), sayEdited(say, question)));

const sayEdited = (say: Say, { edited }: Question): string | undefined => edited && say('thread.editedWords');

/** The same for lists, where most carry no name. */
export const sayBriefly = (say: Say, question: Question): string =>
  sayList(
    question.topic,
    sayWeek(say, question.week),
    question.signed !== undefined && saySigned(say, question),
    sayEdited(say, question),
  );

export const leaderName = (say: Say, directory: Directory, id: string): string =>
  leaderOf(directory, id)?.name ?? say('shared.formerLeader');

/** How long a list is, for a plural: it is counted up to a hundred. */
export const toTotal = (say: Say, count: number) => ({ count, total: count >= 100 ? say('shared.hundred') : count });

/** With what each answers for: a card cannot offer other topics once a leader is chosen. */
export const leaderChoices = (leaders: Leader[]): Choice[] =>
  leaders.map(({ id, name, title, topics = [] }) => {
    const known = title === undefined ? name : `${name}, ${title}`;
    return { title: topics.length === 0 ? known : `${known} (${topics.join(', ')})`, value: id };
  });

/** Who is speaking, seen from one of the sides. */
export type Side = 'asker' | 'leader' | 'reader';

export function sayWho(say: Say, { kind, leader, of }: Entry, side: Side): string {
  switch (kind) {
    case 'ask-back':
    case 'reply':
      if (side === 'leader') return say(`thread.you.${kind}`);
      return leader === undefined ? say(`thread.someLeader.${kind}`) : say(`thread.leader.${kind}`, { leader });
    case 'clarification':
    case 'follow-up':
      if (of !== undefined) return say(`thread.another.${kind}`);
      return side === 'asker' ? say(`thread.you.${kind}`) : say(`thread.asker.${kind}`);
  }
}

/** The words of others who asked the same: a merge keeps each of them. */
export const toAlso = (say: Say, { wordings = [] }: Question, show = toLines): Said[] =>
  wordings.map(({ words, signed }) => ({
    who: signed === undefined ? say('thread.alsoAsked') : say('thread.alsoSigned', { name: signed }),
    lines: show(words),
  }));

/** Whether comms declined it, and not its leader. */
export const isByComms = (question: Question): boolean =>
  question.state === 'declined' && question.decline.role === 'curator';

export const sizeOf = (words: string): Size => (count(words) <= 200 ? 'Large' : 'Medium');

/** Question, answer and what was said around it, for any card that shows a whole thread. */
export function toThread(say: Say, question: Question, side: Side) {
  const said = (entry: Entry): Said => ({ who: sayWho(say, entry, side), lines: toLines(entry.words) });
  return {
    id: question.id,
    size: sizeOf(question.words),
    words: toLines(question.words),
    meta: question.state === 'withdrawn' ? upper(sayWeek(say, question.week)) : sayMeta(say, question),
    also: toAlso(say, question),
    before: question.thread.filter(leadsUp).map(said),
    after: question.thread.filter((entry) => !leadsUp(entry)).map(said),
    ...toAnswer(say, question),
  };
}

function toAnswer(say: Say, question: Question) {
  if (question.state !== 'answered') return { hasAnswer: false, answer: [], authorship: '' };
  return { hasAnswer: true, answer: toLines(question.answer.words), authorship: sayAnswered(say, question) };
}

/** Authorship, and that a correction was made, as one line. */
export const sayAnswered = (say: Say, { answer }: AnsweredQuestion): string =>
  sayList(sayAuthorship(say, answer.authorship), answer.revision > 1 && say('thread.corrected'));

/** Readers see this line under every answer. */
export function sayAuthorship(say: Say, authorship: Authorship): string {
  const { leader } = authorship;
  if (authorship.by === 'leader') return say('thread.written', { leader });
  const delegate = authorship.delegate === UNNAMED ? say('thread.someDelegate') : authorship.delegate;
  return say(authorship.edited ? 'thread.edited' : 'thread.approved', { leader, delegate });
}

export const sayReason = (say: Say, reason: DeclineReason): string => say(`thread.reasons.${reason}`);

export function toDeclined(say: Say, question: Question) {
  if (question.state !== 'declined') return { isDeclined: false, declined: '', declinedWords: [] };
  const { reason, words } = question.decline;
  return {
    isDeclined: true,
    declined: sayReason(say, reason),
    declinedWords: words === undefined ? [] : toLines(words),
  };
}
