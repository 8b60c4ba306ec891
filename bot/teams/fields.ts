import { z } from 'zod';

/** 128 bits, base64url: ids of questions, entries and submissions. */
const id = z.string().regex(/^[\w-]{22}$/);
/** Far above every limit, so that the use case can say by how much a text is too long. */
const words = z.string().max(100_000).default('');
const short = z.string().max(500);
/** Kinds of findings that this form showed its writer. It comes back from a card, so it may only spare a question. */
const shown = short.default('').transform((kinds) => kinds.split(','));
const after = short.optional().transform((text) => (text === '' ? undefined : text));

/** The fields that cards send, by the forms that send them. */
export const fields = {
  none: z.object({}),
  ask: z.object({
    submission: id,
    leader: short.default(''),
    words,
    topic: short.optional(),
    signed: z.string().max(10).optional(),
    shown,
  }),
  mine: z.object({ from: z.int().min(0).max(100_000).default(0) }),
  question: z.object({ question: id }),
  edit: z.object({ question: id, proposal: id }),
  whole: z.object({ question: id, part: z.int().min(0).max(1000).default(0) }),
  say: z.object({ question: id, submission: id, words }),
  followUp: z.object({
    question: id,
    submission: id,
    words,
    shown,
    about: z.enum(['clarification', 'follow-up']).optional().catch(undefined),
  }),
  replace: z.object({ question: id, submission: id, words, replaces: z.number().int().positive() }),
  words: z.object({ question: id, words }),
  page: z.object({ leader: short.optional(), after }),
  vote: z.object({ question: id, leader: short, after }),
  decline: z.object({ question: id, reason: short.optional(), words }),
  block: z.object({ question: id, days: short.default(''), words }),
  handOn: z.object({ question: id, to: short.default('') }),
  later: z.object({ question: id, day: short.default('') }),
  channels: z.object({ question: id, channels: z.string().max(5000).default('') }),
  settle: z.object({ question: id, channel: short }),
  delivery: z.object({ question: id, key: short }),
  drop: z.object({ question: id, about: short, words }),
};

/** What a form sends, checked. */
export type Form<Name extends keyof typeof fields> = z.infer<(typeof fields)[Name]>;
