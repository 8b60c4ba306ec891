import { z } from 'zod';
import { linkToPost } from '../../app/links.ts';
import type { Deps } from '../../app/ports.ts';
import { ORDERS } from '../../app/search.ts';
import { toFew } from '../../domain/few.ts';
import { published } from '../../domain/published.ts';
import { type AnsweredQuestion, isOut } from '../../domain/question.ts';
import { shorten } from '../../domain/words.ts';
import { route } from './route.ts';
import { Id, People, Thread, toThread } from './thread.ts';

const PAGE = 20;
/** Of an answer, as much as shows whether it is the one looked for. */
const EXCERPT = 220;

const Row = Thread.omit({ thread: true, answer: true }).extend({
  question: Id,
  /** The beginning of the answer. */
  answer: z.string(),
  votes: People,
});

const findAnswers = route({
  method: 'get',
  path: '/api/answers',
  may: 'everyone',
  input: z.strictObject({
    words: z.string().max(200).default(''),
    leader: z.string().max(500).optional(),
    topic: z.string().max(500).optional(),
    by: z.enum(ORDERS).default('newest'),
    from: z.coerce.number().int().min(0).max(1_000_000).default(0),
  }),
  output: z.strictObject({ threads: z.array(Row), next: z.int().optional() }),
  async act({ deps }, wanted) {
    const { threads, next } = await deps.answers.find({ ...wanted, limit: PAGE });
    return { threads: threads.map((question) => toRow(deps, question)), ...(next === undefined ? {} : { next }) };
  },
});

function toRow(deps: Deps, question: AnsweredQuestion): z.input<typeof Row> {
  const { thread: _thread, answer, ...row } = toThread(deps.directory(), question, []);
  return { ...row, question: question.id, answer: shorten(answer?.words ?? '', EXCERPT), votes: toFew(question.votes) };
}

const Post = z.strictObject({
  channel: z.string(),
  team: z.string(),
  /** Where clients of Teams can go to it. */
  link: z.string().optional(),
});

const showAnswer = route({
  method: 'get',
  path: '/api/answers/:id',
  may: 'everyone',
  input: z.strictObject({ id: Id }),
  output: z.strictObject({ thread: Thread, votes: People, posts: z.array(Post) }),
  async act({ deps }, { id }) {
    const question = (await deps.store.question(id))?.question;
    const found = question && published(question);
    if (found === undefined) return { refused: 'not-found' };
    return {
      thread: toThread(deps.directory(), found.question, found.entries),
      votes: toFew(found.question.votes),
      posts: await postsOf(deps, found.question),
    };
  },
});

async function postsOf({ store }: Deps, { publications }: AnsweredQuestion): Promise<z.input<typeof Post>[]> {
  const posts = publications.filter(isOut).map(async (publication) => {
    const channel = await store.channel(publication.channel);
    if (channel === undefined || publication.root === undefined) return [];
    const link = linkToPost(channel, publication.root.post.activity);
    return [{ channel: channel.name, team: channel.teamName, ...(link === undefined ? {} : { link }) }];
  });
  return (await Promise.all(posts)).flat();
}

export const answers = [findAnswers, showAnswer] as const;
