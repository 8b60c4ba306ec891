import { z } from 'zod';
import type { Deps } from '../../app/ports.ts';
import { diff } from '../../domain/diff.ts';
import { toFew } from '../../domain/few.ts';
import type { Block, Question } from '../../domain/question.ts';
import { dayOf } from '../../domain/week.ts';
import { shorten } from '../../domain/words.ts';
import type { Desk } from './route.ts';
import { Id, Leader, leaderIn, People } from './thread.ts';

/** Two lines of a wide window. */
const EXCERPT = 240;

/** Another question, in short. */
export const Other = z.strictObject({
  question: Id,
  words: z.string(),
  leader: Leader,
  week: z.string(),
  votes: People,
});

export const toOther = (deps: Deps, { id, words, leader, week, votes }: Question): z.input<typeof Other> => ({
  question: id,
  words: shorten(words, EXCERPT),
  leader: leaderIn(deps.directory(), leader),
  week,
  votes: toFew(votes),
});

const Edit = z.discriminatedUnion('state', [
  z.strictObject({
    state: z.literal('proposed'),
    by: z.string(),
    reason: z.string(),
    words: z.string(),
    changes: z.array(z.strictObject({ is: z.enum(['kept', 'removed', 'added']), text: z.string() })),
  }),
  z.strictObject({ state: z.literal('refused'), by: z.string() }),
]);

const BLOCK_STATES = ['proposed', 'turned-down', 'agreed', 'standing', 'gone', 'lifting', 'lifted'] as const;
const BlockShown = z.strictObject({
  state: z.enum(BLOCK_STATES),
  by: z.string(),
  days: z.int(),
  reason: z.string(),
  agreed: z.string().optional(),
  until: z.string().optional(),
  ended: z.strictObject({ by: z.string(), reason: z.string() }).optional(),
});

const STEPS = ['merge', 'unmerge', 'edit', 'decline', 'sort', 'block', 'agree', 'lift'] as const;

/** What comms have done with the words of a question, and what this person may do about it now. */
export const Curation = z.strictObject({
  question: Id,
  words: z.string(),
  topic: z.string().optional(),
  /** Those there are. */
  topics: z.array(z.string()),
  /** It was merged: who did it, and the question that carries its words. */
  merged: z.strictObject({ by: z.string(), into: Other.optional() }).optional(),
  /** The questions whose words it carries. */
  carries: z.array(z.strictObject({ question: Id, words: z.string(), signed: z.string().optional() })),
  edit: Edit.optional(),
  block: BlockShown.optional(),
  may: z.record(z.enum(STEPS), z.boolean()),
});
export type Curation = z.infer<typeof Curation>;

export async function toCuration(desk: Desk, question: Question): Promise<z.input<typeof Curation>> {
  const { deps } = desk;
  const { id, words, topic, wordings = [] } = question;
  const into = question.state === 'merged' ? await deps.store.question(question.into) : undefined;
  return {
    question: id,
    words,
    ...(topic === undefined ? {} : { topic }),
    topics: deps.directory().topics,
    ...(question.state === 'merged' && {
      merged: { by: question.by, ...(into === undefined ? {} : { into: toOther(deps, into.question) }) },
    }),
    carries: wordings.map(({ id: other, words: asked, signed }) => ({
      question: other,
      words: asked,
      ...(signed === undefined ? {} : { signed }),
    })),
    ...toEdit(question),
    ...toBlock(question),
    may: stepsOf(desk, question),
  };
}

function toEdit({ words, edit }: Question): { edit?: z.input<typeof Edit> } {
  if (edit === undefined) return {};
  if (edit.state === 'refused') return { edit };
  const { by, reason } = edit;
  return { edit: { state: 'proposed', by, reason, words: edit.words, changes: diff(words, edit.words) } };
}

const blockOf = (question: Question): Block | undefined => (question.state === 'declined' ? question.block : undefined);

function toBlock(question: Question): { block?: z.input<typeof BlockShown> } {
  const block = blockOf(question);
  if (block === undefined) return {};
  const { state, by, days, reason, agreed, until, ended } = block;
  return {
    block: {
      state,
      by: by.name,
      days,
      reason,
      ...(agreed === undefined ? {} : { agreed: agreed.name }),
      ...(until === undefined ? {} : { until }),
      ...(ended === undefined ? {} : { ended: { by: ended.by.name, reason: ended.reason } }),
    },
  };
}

/** What is offered; whether it may be is decided in app/, when it is done. */
function stepsOf({ deps, caller }: Desk, question: Question): z.input<typeof Curation>['may'] {
  const curates = caller.roles.includes('curator');
  const isOpen = question.state === 'open';
  const block = blockOf(question);
  const isAbusive = question.state === 'declined' && question.decline.reason === 'respect';
  const mayStop = isAbusive && question.leader !== caller.id;
  const stands = block?.state === 'standing' && (block.until ?? '') > dayOf(deps.clock.now());
  return {
    merge: curates && isOpen && (question.wordings ?? []).length === 0,
    unmerge: curates && question.state === 'merged',
    edit: curates && question.state !== 'withdrawn',
    decline: curates && isOpen,
    sort: curates && question.state !== 'withdrawn' && deps.directory().topics.length > 0,
    block: curates && mayStop && block === undefined,
    agree: mayStop && block?.state === 'proposed' && block.by.id !== caller.id,
    lift: mayStop && stands,
  };
}
