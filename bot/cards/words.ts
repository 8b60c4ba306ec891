import { sayAuthorship } from '../domain/answer.ts';
import { type Directory, type Leader, leaderOf } from '../domain/directory.ts';
import { type AnsweredQuestion, DECLINE_REASONS, type Entry, leadsUp, type Question } from '../domain/question.ts';
import { sayFew } from '../domain/few.ts';
import { count, shorten } from '../domain/words.ts';
import type { Choice, Line, Said, Size } from './data.ts';

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

export { sayDay } from '../domain/week.ts';

/** A week such as `2026-W48`, as a person reads it. */
export const sayWeek = (week: string): string => `week ${Number(week.slice(-2))}`;

/** How many would ask the same. */
export const sayVotes = (votes: number): string => (votes === 0 ? '' : `${sayFew(votes)} would ask this too`);

export const sayList = (...parts: (string | undefined | false)[]): string => parts.filter(Boolean).join(' · ');

export const upper = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Who asked, as every reader sees it: a name only where the asker chose to sign. */
export const saySigned = (question: Question): string =>
  question.signed === undefined ? 'asked without a name' : `signed by ${question.signed}`;

export const sayMeta = (question: Question): string =>
  upper(sayList(question.topic, sayWeek(question.week), saySigned(question)));

/** The same for lists, where most carry no name. */
export const sayBriefly = (question: Question): string =>
  sayList(question.topic, sayWeek(question.week), question.signed !== undefined && saySigned(question));

export const leaderName = (directory: Directory, id: string): string =>
  leaderOf(directory, id)?.name ?? 'a former leader';

export const leaderChoices = (leaders: Leader[]): Choice[] =>
  leaders.map(({ id, name, title }) => ({ title: title === undefined ? name : `${name}, ${title}`, value: id }));

/** A time, in the zone in which it was planned. */
export const sayTime = (at: number, zone = 'UTC'): string => {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  return `${time.format(at)} (${zone.replaceAll('_', ' ')})`;
};

/** Who is speaking, seen from one of the sides. */
export type Side = 'asker' | 'leader' | 'reader';

export function sayWho({ kind, leader }: Entry, side: Side): string {
  const theLeader = side === 'leader' ? 'You' : (leader ?? 'The leader');
  switch (kind) {
    case 'ask-back':
      return `${theLeader} asked back`;
    case 'reply':
      return `${theLeader} replied`;
    case 'clarification':
      return side === 'asker' ? 'You answered back' : 'The person who asked answered back';
    case 'follow-up':
      return side === 'asker' ? 'You followed up' : 'Follow-up from the person who asked';
  }
}

export const sizeOf = (words: string): Size => (count(words) <= 200 ? 'Large' : 'Medium');

/** Question, answer and what was said around it, for any card that shows a whole thread. */
export function toThread(question: Question, side: Side) {
  const said = (entry: Entry): Said => ({ who: sayWho(entry, side), lines: toLines(entry.words) });
  return {
    id: question.id,
    size: sizeOf(question.words),
    words: toLines(question.words),
    meta: question.state === 'withdrawn' ? upper(sayWeek(question.week)) : sayMeta(question),
    before: question.thread.filter(leadsUp).map(said),
    after: question.thread.filter((entry) => !leadsUp(entry)).map(said),
    ...toAnswer(question),
  };
}

function toAnswer(question: Question) {
  if (question.state !== 'answered') return { hasAnswer: false, answer: [], authorship: '' };
  return { hasAnswer: true, answer: toLines(question.answer.words), authorship: sayAnswered(question) };
}

/** Authorship, and that a correction was made, as one line. */
export const sayAnswered = ({ answer }: AnsweredQuestion): string =>
  sayList(sayAuthorship(answer.authorship), answer.revision > 1 && 'Corrected');

export function toDeclined(question: Question) {
  if (question.state !== 'declined') return { isDeclined: false, declined: '', declinedWords: [] };
  const { reason, words } = question.decline;
  return {
    isDeclined: true,
    declined: DECLINE_REASONS[reason],
    declinedWords: words === undefined ? [] : toLines(words),
  };
}
