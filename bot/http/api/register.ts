import { z } from 'zod';
import { leaderOf } from '../../domain/directory.ts';
import { wordsInRegister } from '../../domain/register.ts';
import { Cursor, route } from './route.ts';
import { Reason, toWordings, Wordings } from './thread.ts';

const PAGE = 20;

const Declined = z.strictObject({
  /** Absent where they are about one person: a public list would do the harm. */
  words: z.string().optional(),
  topic: z.string().optional(),
  week: z.string(),
  reason: Reason,
  /** Whose refusal it is: the leader's, or that of comms. */
  role: z.enum(['leader', 'curator']),
  wordings: Wordings,
  /** What was said about it. */
  note: z.string().optional(),
});

/** The Register: what was declined, and why. */
const showRegister = route({
  method: 'get',
  path: '/api/register',
  may: 'everyone',
  input: z.strictObject({ leader: z.string().max(500), after: Cursor.optional() }),
  output: z.strictObject({ questions: z.array(Declined), total: z.int(), next: Cursor.optional() }),
  async act({ deps }, { leader, after }) {
    if (leaderOf(deps.directory(), leader) === undefined) return { refused: 'unknown-leader' };
    const { questions, total, next } = await deps.store.list({ leader, state: 'declined', after, limit: PAGE });
    return {
      total,
      ...(next === undefined ? {} : { next }),
      questions: questions.flatMap((question) => {
        if (question.state !== 'declined') return [];
        const { week, topic, decline } = question;
        const words = wordsInRegister(question);
        return [
          {
            week,
            reason: decline.reason,
            role: decline.role,
            ...(words === undefined ? {} : { words, ...toWordings(question) }),
            ...(topic === undefined ? {} : { topic }),
            ...(decline.words === undefined ? {} : { note: decline.words }),
          },
        ];
      }),
    };
  },
});

export const register = [showRegister] as const;
