import { z } from 'zod';
import { linkToPost } from '../../app/links.ts';
import type { Deps } from '../../app/ports.ts';
import { ownReaction, react } from '../../app/react.ts';
import { ORDERS } from '../../app/search.ts';
import { toFew } from '../../domain/few.ts';
import { type AnsweredQuestion, isOut } from '../../domain/question.ts';
import { NO_REACTIONS, REACTIONS } from '../../domain/reaction.ts';
import { shorten } from '../../domain/words.ts';
import { NOTHING, route } from './route.ts';
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

const Said = z.enum(REACTIONS);

/** Whether an answer helped. As with votes, no address names what somebody said of what. */
const sayReaction = route({
  method: 'post',
  path: '/api/answers/react',
  may: 'everyone',
  input: z.strictObject({ question: Id, reaction: Said.optional() }),
  output: NOTHING,
  act: async ({ deps, caller }, reacting) => (await react(deps, caller.hand(), reacting)) ?? {},
});

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
  output: z.strictObject({
    thread: Thread,
    votes: People,
    posts: z.array(Post),
    /** How many readers say each of the answer. */
    reactions: z.strictObject({ helped: People, partly: People, not: People }),
    /** What this reader said. */
    own: Said.optional(),
  }),
  async act({ deps, caller }, { id }) {
    const found = await deps.answers.read(id);
    if (found === undefined) return { refused: 'not-found' };
    const { helped, partly, not } = found.question.reactions ?? NO_REACTIONS;
    const own = await ownReaction(deps, caller.hand(), found.question);
    return {
      thread: toThread(deps.directory(), found.question, found.entries),
      votes: toFew(found.question.votes),
      posts: await postsOf(deps, found.question),
      reactions: { helped: toFew(helped), partly: toFew(partly), not: toFew(not) },
      ...(own === undefined ? {} : { own }),
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

export const answers = [findAnswers, showAnswer, sayReaction] as const;
