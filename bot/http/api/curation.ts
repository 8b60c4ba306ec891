import { z } from 'zod';
import { agree, disagree, lift, propose } from '../../app/block.ts';
import { declineAsCurator, setTopic } from '../../app/curate.ts';
import { proposeEdit } from '../../app/edit.ts';
import { merge, unmerge } from '../../app/merge.ts';
import { similarTo } from '../../app/similar.ts';
import type { Question } from '../../domain/question.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { COMMS } from './board.ts';
import { Curation, Other, toCuration, toOther } from './curation-shown.ts';
import { type Desk, route } from './route.ts';
import { doAll, Several } from './several.ts';
import { Id, Reason, Typed } from './thread.ts';

const ONE = z.strictObject({ id: Id });

const showCuration = route({
  method: 'get',
  path: '/api/questions/:id/curation',
  may: COMMS,
  input: ONE,
  output: Curation,
  async act(desk, { id }) {
    const kept = await desk.deps.store.question(id);
    return kept === undefined ? { refused: 'not-found' } : toCuration(desk, kept.question);
  },
});

const showSimilar = route({
  method: 'get',
  path: '/api/questions/:id/similar',
  may: ['curator'],
  input: ONE,
  output: z.strictObject({ questions: z.array(Other) }),
  async act({ deps, caller }, { id }) {
    const found = await similarTo(deps, caller.id, id);
    return isRefusal(found) ? found : { questions: found.map((one) => toOther(deps, one)) };
  },
});

/** What comms do to the words of one question, and how it stands then. */
const acting = <Path extends string, Input extends z.ZodType<{ id: string }>>(
  path: Path,
  { may = ['curator'], input }: { may?: typeof COMMS | readonly ['curator']; input: Input },
  act: (desk: Desk, input: z.output<Input>) => Promise<Question | Refusal>,
) =>
  route({
    method: 'post',
    path,
    may,
    input,
    output: Curation,
    async act(desk, given) {
      const result = await act(desk, given);
      return isRefusal(result) ? result : toCuration(desk, result);
    },
  });

const mergeOne = acting(
  '/api/questions/:id/merge',
  { input: ONE.extend({ into: Id }) },
  ({ deps, caller }, { id, into }) => merge(deps, caller.id, id, into),
);
const unmergeOne = acting('/api/questions/:id/unmerge', { input: ONE }, ({ deps, caller }, { id }) =>
  unmerge(deps, caller.id, id),
);
const proposeWords = acting(
  '/api/questions/:id/edit',
  { input: ONE.extend({ submission: Id, words: Typed, reason: Typed }) },
  ({ deps, caller }, { id, ...form }) => proposeEdit(deps, caller.id, { question: id, ...form }),
);
const declineOne = acting(
  '/api/questions/:id/decline',
  { input: ONE.extend({ reason: Reason, words: Typed }) },
  ({ deps, caller }, { id, reason, words }) => declineAsCurator(deps, caller.id, { question: id, reason, words }),
);

const WHY = { may: COMMS, input: ONE.extend({ words: Typed }) } as const;
const blocks = [
  acting(
    '/api/questions/:id/block',
    { input: ONE.extend({ days: z.int(), words: Typed }) },
    ({ deps, caller }, { id, days, words }) => propose(deps, caller.id, { question: id, days, words }),
  ),
  acting('/api/questions/:id/block/agree', { may: COMMS, input: ONE }, ({ deps, caller }, { id }) =>
    agree(deps, caller.id, id),
  ),
  acting('/api/questions/:id/block/disagree', WHY, ({ deps, caller }, { id, words }) =>
    disagree(deps, caller.id, { question: id, words }),
  ),
  acting('/api/questions/:id/block/lift', WHY, ({ deps, caller }, { id, words }) =>
    lift(deps, caller.id, { question: id, words }),
  ),
] as const;

const sort = route({
  method: 'post',
  path: '/api/topics',
  may: ['curator'],
  input: z.strictObject({
    questions: z.array(Id).min(1).max(50),
    /** Absent: none any more. */
    topic: z.string().max(500).optional(),
  }),
  output: Several,
  act: (desk, { questions, topic }) => doAll(desk, questions, (deps, id) => setTopic(deps, desk.caller.id, id, topic)),
});

export const curation = [
  showCuration,
  showSimilar,
  mergeOne,
  unmergeOne,
  proposeWords,
  declineOne,
  ...blocks,
  sort,
] as const;
