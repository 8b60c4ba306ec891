import { z } from 'zod';
import { openQuestions, vote } from '../../app/vote.ts';
import { toFew } from '../../domain/few.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { leaderOf } from '../../domain/directory.ts';
import { Cursor, route } from './route.ts';
import { Id, People, toWordings, Wordings } from './thread.ts';

const PAGE = 20;

const OpenQuestion = z.strictObject({
  question: Id,
  words: z.string(),
  topic: z.string().optional(),
  week: z.string(),
  signed: z.string().optional(),
  wordings: Wordings,
  promise: z.string().optional(),
  votes: People,
  /** Whether this person would ask it too. */
  voted: z.boolean(),
});

/** A leader's open questions, most wanted first, by the use case of the chat's list. */
const showOpen = route({
  method: 'get',
  path: '/api/open',
  may: 'everyone',
  input: z.strictObject({ leader: z.string().max(500), after: Cursor.optional() }),
  output: z.strictObject({
    questions: z.array(OpenQuestion),
    /** Counted up to 100. */
    total: z.int(),
    next: Cursor.optional(),
  }),
  async act({ deps, caller }, { leader, after }) {
    if (leaderOf(deps.directory(), leader) === undefined) return { refused: 'unknown-leader' };
    const { questions, voted, total, next } = await openQuestions(deps, caller.hand(), { leader, after, limit: PAGE });
    return {
      total,
      ...(next === undefined ? {} : { next }),
      questions: questions.flatMap((question) => {
        if (question.state !== 'open') return [];
        const { id, words, week, topic, signed, promise, votes } = question;
        return [
          {
            question: id,
            words,
            week,
            votes: toFew(votes),
            voted: voted.has(id),
            ...(topic === undefined ? {} : { topic }),
            ...(signed === undefined ? {} : { signed }),
            ...toWordings(question),
            ...(promise === undefined ? {} : { promise }),
          },
        ];
      }),
    };
  },
});

/** "I'd ask this too", or its undoing. The question stands in the body: whoever keeps a list of requests learns no vote. */
const castVote = route({
  method: 'post',
  path: '/api/open/vote',
  may: 'everyone',
  input: z.strictObject({ question: Id, wanted: z.boolean() }),
  output: z.strictObject({ voted: z.boolean() }),
  async act({ deps, caller }, { question, wanted }) {
    const voted = await vote(deps, caller.hand(), question, wanted);
    return isRefusal(voted) ? voted : { voted: wanted };
  },
});

export const openToVote = [showOpen, castVote] as const;
