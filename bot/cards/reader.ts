import { type Directory, leaderOf } from '../domain/directory.ts';
import { partsOf } from '../domain/posting.ts';
import { publishable } from '../domain/publication.ts';
import type { AnsweredQuestion, Question } from '../domain/question.ts';
import { wordsInRegister } from '../domain/register.ts';
import type { View } from './cards.ts';
import type { Said, Size } from './data.ts';
import type { Page } from './leader.ts';
import type { Say } from './say.ts';
import {
  isByComms,
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
  toAlso,
  toDeclined,
  toLines,
  toTotal,
  upper,
} from './words.ts';

const byLeader = (directory: Directory, { leader, next }: Page) => ({
  several: directory.leaders.length > 1,
  leader: leader.id,
  leaders: leaderChoices(directory.leaders),
  hasMore: next !== undefined,
  after: next ?? '',
});

/** Open questions to a leader, with a vote on each. `here` is where this page began, so that a vote stays on it. */
export function questionsList(say: Say, directory: Directory, page: Page & { voted: Set<string> }, here: string): View {
  const leader = page.leader.name;
  const count =
    page.total === 0
      ? say('questions.none', { leader })
      : say('questions.count', { leader, ...toTotal(say, page.total) });
  return {
    card: 'questions',
    say,
    data: {
      ...byLeader(directory, page),
      count,
      here,
      questions: page.questions.map((question) => ({
        id: question.id,
        words: toLines(question.words),
        also: toAlso(say, question),
        meta: upper(sayList(sayVotes(say, question.votes), sayBriefly(say, question))),
        mayVote: !page.voted.has(question.id),
        voted: page.voted.has(question.id),
      })),
    },
  };
}

const listedWords = (say: Say, question: Question): string =>
  (question.state === 'declined' ? wordsInRegister(question) : question.words) ?? say('register.personal');

const isHidden = (question: Question): boolean =>
  question.state === 'declined' && wordsInRegister(question) === undefined;

/** The Register: what was declined, and why. */
export function registerList(say: Say, directory: Directory, page: Page): View {
  const leader = page.leader.name;
  const count =
    page.total === 0
      ? say('register.none', { leader })
      : say('register.count', { leader, ...toTotal(say, page.total) });
  return {
    card: 'register',
    say,
    data: {
      ...byLeader(directory, page),
      count,
      questions: page.questions.map((question) => {
        const { declined, declinedWords } = toDeclined(say, question);
        const by = isByComms(question) ? say('register.declinedByComms') : say('register.declinedBy', { leader });
        const meta = sayList(by, question.topic, sayWeek(say, question.week));
        const also = isHidden(question) ? [] : toAlso(say, question);
        return { words: toLines(listedWords(say, question)), also, reason: declined, note: declinedWords, meta };
      }),
    },
  };
}

interface Part {
  byline: string;
  words: string;
  meta: string;
  size?: Size;
  also?: Said[];
}

const post = (say: Say, { byline, words, meta, size = 'Medium', also = [] }: Part): View => ({
  card: 'post',
  say,
  data: { size, byline, words: toLines(words), hasMeta: meta !== '', meta, also },
});

/** The question as the root of a thread in a channel. */
export function rootPost(say: Say, directory: Directory, question: Question): View {
  const title = leaderOf(directory, question.leader)?.title;
  const name = leaderName(say, directory, question.leader);
  const byline = say('post.question', { leader: title === undefined ? name : `${name}, ${title}` });
  const [meta, size, also] = [sayMeta(say, question), sizeOf(question.words), toAlso(say, question)];
  return post(say, { byline, words: question.words, meta, size, also });
}

/** Every card of a thread as it would be posted now, root first. */
export function wholePost(say: Say, directory: Directory, question: AnsweredQuestion): View[] {
  const agreed = { ...question, agreed: publishable(question.thread) };
  return [rootPost(say, directory, agreed), ...partsOf(agreed).map((key) => partPost(say, agreed, key))];
}

/** What stands in the place of a post that was taken out. Who decided is a role: readers are told no curator's name. */
export const tombstone = (say: Say, reason?: string): View => ({
  card: 'tombstone',
  say,
  data: {
    text: say(reason === undefined ? 'post.tombstonePart' : 'post.tombstone'),
    hasReason: reason !== undefined,
    reason: reason === undefined ? [] : toLines(reason),
  },
});

/** A part of the thread as a reply in a channel: the answer, or something said around it. */
export function partPost(say: Say, question: AnsweredQuestion, key: string): View {
  const { answer, thread } = question;
  if (key === 'answer') {
    const byline = say('post.answers', { leader: answer.authorship.leader });
    return post(say, { byline, words: answer.words, meta: sayAnswered(say, question) });
  }
  const entry = thread.find(({ id }) => id === key);
  if (entry === undefined) throw new Error('The thread has no such entry');
  return post(say, { byline: sayWho(say, entry, 'reader'), words: entry.words, meta: '' });
}
