import { type Directory, leaderOf } from '../domain/directory.ts';
import type { AnsweredQuestion, Question } from '../domain/question.ts';
import type { View } from './cards.ts';
import type { Page } from './leader.ts';
import {
  leaderChoices,
  leaderName,
  sayAnswered,
  sayList,
  sayMeta,
  saySigned,
  sayVotes,
  sayWeek,
  sayWho,
  sizeOf,
  toDeclined,
  toLines,
} from './words.ts';

const byLeader = (directory: Directory, { leader, next }: Page) => ({
  several: directory.leaders.length > 1,
  leader: leader.id,
  leaders: leaderChoices(directory.leaders),
  hasMore: next !== undefined,
  after: next ?? '',
});

const plural = (total: number, one: string): string =>
  total === 1 ? `1 ${one}` : `${total >= 100 ? '100 or more' : total} ${one}s`;

/** Open questions to a leader, with a vote on each. `here` is where this page began, so that a vote stays on it. */
export function questionsList(directory: Directory, page: Page & { voted: Set<string> }, here: string): View {
  const count =
    page.total === 0
      ? `No question to ${page.leader.name} is open. Yours could be the first.`
      : `${plural(page.total, 'question')} for ${page.leader.name}, most wanted first`;
  return {
    card: 'questions',
    data: {
      ...byLeader(directory, page),
      count,
      here,
      questions: page.questions.map((question) => ({
        id: question.id,
        words: toLines(question.words),
        meta: sayList(sayVotes(question.votes), sayMeta(question)),
        mayVote: !page.voted.has(question.id),
        voted: page.voted.has(question.id),
      })),
    },
  };
}

/** The Register: what was declined, and why. */
export function registerList(directory: Directory, page: Page): View {
  const count =
    page.total === 0
      ? `${page.leader.name} has declined none.`
      : `${plural(page.total, 'question')} declined by ${page.leader.name}.`;
  return {
    card: 'register',
    data: {
      ...byLeader(directory, page),
      count,
      questions: page.questions.map((question) => {
        const { declined, declinedWords } = toDeclined(question);
        const meta = sayList('Declined by the leader', question.topic, sayWeek(question.week));
        return { words: toLines(question.words), reason: declined, note: declinedWords, meta };
      }),
    },
  };
}

/** The question as the root of a thread in a channel. */
export function rootPost(directory: Directory, question: Question): View {
  const leader = leaderOf(directory, question.leader);
  const name = leaderName(directory, question.leader);
  const to = leader?.title === undefined ? name : `${name}, ${leader.title}`;
  return {
    card: 'post',
    data: {
      size: sizeOf(question.words),
      byline: `A question for ${to}`,
      words: toLines(question.words),
      meta: sayMeta(question),
    },
  };
}

/** A part of the thread as a reply in a channel: the answer, or something said around it. */
export function partPost(directory: Directory, question: AnsweredQuestion, key: string): View {
  if (key === 'answer') {
    const byline = `${question.answer.authorship.leader} answers`;
    return {
      card: 'post',
      data: { size: 'Medium', byline, words: toLines(question.answer.words), meta: sayAnswered(question) },
    };
  }
  const entry = question.thread.find(({ id }) => id === key);
  if (entry === undefined) throw new Error('The thread has no such entry');
  const meta = entry.leader === undefined ? saySigned(question) : `Written by ${entry.leader}`;
  const words = toLines(entry.words);
  return {
    card: 'post',
    data: {
      size: 'Medium',
      byline: sayWho(entry, 'reader'),
      words,
      meta: meta.charAt(0).toUpperCase() + meta.slice(1),
    },
  };
}
