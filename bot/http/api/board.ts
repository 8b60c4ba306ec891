import { z } from 'zod';
import { board, counts } from '../../app/board.ts';
import { claimsNow } from '../../app/claim.ts';
import type { Deps } from '../../app/ports.ts';
import type { Person } from '../../domain/directory.ts';
import { toFew } from '../../domain/few.ts';
import { isOverdue } from '../../domain/overdue.ts';
import { plannedIn } from '../../domain/plan.ts';
import { stopped, wentOn } from '../../domain/publication.ts';
import type { Question } from '../../domain/question.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { sinceOf, stageOf, STAGES } from '../../domain/stage.ts';
import { waitsForAsker } from '../../domain/thread.ts';
import { shorten } from '../../domain/words.ts';
import { Cursor, route } from './route.ts';
import { Id, Leader, leaderIn, People } from './thread.ts';

/** Two lines of a wide window. */
const EXCERPT = 240;

export const COMMS = ['curator', 'admin'] as const;
export const Stage = z.enum(STAGES);
export const PUBLICATION_STATES = ['posting', 'posted', 'uncertain', 'scheduled', 'retracted'] as const;
const text = z.string().max(500).optional();

/** A question in a column of the board. */
export const BoardRow = z.strictObject({
  question: Id,
  /** The beginning of its words. */
  words: z.string(),
  leader: Leader,
  topic: z.string().optional(),
  week: z.string(),
  signed: z.string().optional(),
  votes: People,
  /** The day on which it came to its stage; none for what waits. */
  since: z.string().optional(),
  /** When it is posted first, in milliseconds since 1970. */
  at: z.number().optional(),
  isOverdue: z.boolean(),
  /** The day by which its leader said that they will answer. */
  promise: z.string().optional(),
  /** The last word was an ask-back: its leader waits as well. */
  waitsForAsker: z.boolean(),
  /** A curator set its answer aside. */
  isAside: z.boolean(),
  /** Something was said since a curator last agreed to publish it. */
  wentOn: z.boolean(),
  channels: z.array(z.strictObject({ channel: z.string(), state: z.enum(PUBLICATION_STATES), isStopped: z.boolean() })),
});
export type BoardRow = z.infer<typeof BoardRow>;

const listQuestions = route({
  method: 'get',
  path: '/api/questions',
  may: COMMS,
  input: z.strictObject({
    stage: Stage,
    leader: text,
    topic: text,
    week: z
      .string()
      .regex(/^\d{4}-W\d\d$/)
      .optional(),
    search: z.string().max(200).optional(),
    after: Cursor.optional(),
  }),
  output: z.strictObject({ questions: z.array(BoardRow), next: Cursor.optional() }),
  async act({ deps, caller }, wanted) {
    const page = await board(deps, caller.id, wanted);
    if (isRefusal(page)) return page;
    const questions = page.questions.map((question) => toRow(deps, question));
    return page.next === undefined ? { questions } : { questions, next: page.next };
  },
});

function toRow(deps: Deps, question: Question): BoardRow {
  const { id, words, leader, topic, week, signed, votes } = question;
  return {
    question: id,
    words: shorten(words, EXCERPT),
    leader: leaderIn(deps.directory(), leader),
    ...(topic === undefined ? {} : { topic }),
    week,
    ...(signed === undefined ? {} : { signed }),
    votes: toFew(votes),
    ...promised(deps, question),
    waitsForAsker: waitsForAsker(question),
    ...answered(question),
  };
}

/** How long it may still wait: nothing of that once it is answered. */
export function promised(deps: Deps, question: Question) {
  if (question.state !== 'open') return { isOverdue: false };
  const { week, promise } = question;
  const isLate = isOverdue(week, deps.policy().overdueDays, deps.clock.now());
  return { isOverdue: isLate, ...(promise === undefined ? {} : { promise }) };
}

function answered(question: Question) {
  const [stage, thread] = [stageOf(question), question.state === 'answered' ? question : undefined];
  const at = stage === 'scheduled' && thread ? plannedIn(thread)[0]?.at : undefined;
  const publications = thread?.publications ?? [];
  return {
    ...(stage === 'waiting' || stage === 'scheduled' ? {} : { since: sinceOf(question) }),
    ...(at === undefined ? {} : { at }),
    isAside: thread?.notNow !== undefined,
    wentOn: thread !== undefined && wentOn(thread),
    channels: publications.map(({ channel, state }) => ({
      channel,
      state,
      isStopped: thread !== undefined && stopped(thread, channel) !== undefined,
    })),
  };
}

/** Who works on a question. */
export const Claim = z.strictObject({ by: z.string(), isMine: z.boolean() });
export const toClaim = ({ id, name }: Person, reader: string): z.infer<typeof Claim> => ({
  by: name,
  isMine: id === reader,
});

/** What all of the board has in common: polled, so that two curators see each other's claims. */
const showBoard = route({
  method: 'get',
  path: '/api/board',
  may: COMMS,
  input: z.strictObject({ leader: text }),
  output: z.strictObject({
    /** Up to 100, which is as many or more. */
    counts: z.record(Stage, z.int()),
    claims: z.array(Claim.extend({ question: Id })),
    channels: z.array(z.strictObject({ id: z.string(), name: z.string(), team: z.string() })),
    overdueDays: z.number(),
  }),
  async act({ deps, caller }, { leader }) {
    const counted = await counts(deps, caller.id, leader);
    if (isRefusal(counted)) return counted;
    const [claims, channels] = await Promise.all([claimsNow(deps), deps.store.channels()]);
    return {
      counts: counted,
      claims: [...claims].map(([question, by]) => ({ question, ...toClaim(by, caller.id) })),
      channels: channels.map(({ id, name, teamName }) => ({ id, name, team: teamName })),
      overdueDays: deps.policy().overdueDays,
    };
  },
});

export const boardRoutes = [listQuestions, showBoard] as const;
