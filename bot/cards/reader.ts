import { type Directory, leaderOf } from '../domain/directory.ts';
import type { AnsweredQuestion, Question } from '../domain/question.ts';
import { wordsInRegister } from '../domain/register.ts';
import type { View } from './cards.ts';
import type { Size } from './data.ts';
import type { Page } from './leader.ts';
import {
  leaderChoices,
  leaderName,
  sayAnswered,
  sayBriefly,
  sayList,
  sayMeta,
  sayVotes,
  sayWeek,
  sayWho,
  sizeOf,
  toDeclined,
  toLines,
  upper,
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
        meta: upper(sayList(sayVotes(question.votes), sayBriefly(question))),
        mayVote: !page.voted.has(question.id),
        voted: page.voted.has(question.id),
      })),
    },
  };
}

const listedWords = (question: Question): string =>
  (question.state === 'declined' ? wordsInRegister(question) : question.words) ??
  'The words are not shown here, because they are about one person.';

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
        const meta = sayList(`Declined by ${page.leader.name}`, question.topic, sayWeek(question.week));
        return { words: toLines(listedWords(question)), reason: declined, note: declinedWords, meta };
      }),
    },
  };
}

const post = (byline: string, words: string, meta: string, size: Size = 'Medium'): View => ({
  card: 'post',
  data: { size, byline, words: toLines(words), hasMeta: meta !== '', meta },
});

/** The question as the root of a thread in a channel. */
export function rootPost(directory: Directory, question: Question): View {
  const leader = leaderOf(directory, question.leader);
  const name = leaderName(directory, question.leader);
  const to = leader?.title === undefined ? name : `${name}, ${leader.title}`;
  return post(`A question for ${to}`, question.words, sayMeta(question), sizeOf(question.words));
}

/** What stands in the place of a post that was taken out. Who decided is a role: readers are told no curator's name. */
export const tombstone = (reason?: string): View => ({
  card: 'tombstone',
  data: {
    text:
      reason === undefined
        ? 'Taken out of this channel, like the question above.'
        : 'Comms took this question and its answer out of this channel. Nothing of it was deleted elsewhere.',
    hasReason: reason !== undefined,
    reason: reason === undefined ? [] : toLines(reason),
  },
});

/** A part of the thread as a reply in a channel: the answer, or something said around it. */
export function partPost(directory: Directory, question: AnsweredQuestion, key: string): View {
  const { answer, thread } = question;
  if (key === 'answer') return post(`${answer.authorship.leader} answers`, answer.words, sayAnswered(question));
  const entry = thread.find(({ id }) => id === key);
  if (entry === undefined) throw new Error('The thread has no such entry');
  return post(sayWho(entry, 'reader'), entry.words, '');
}
