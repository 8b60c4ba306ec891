import { z } from 'zod';
import type { Own as OwnQuestion } from '../../app/mix.ts';
import type { Deps } from '../../app/ports.ts';
import { diff } from '../../domain/diff.ts';
import { ask, type WaitingQuestion } from '../../domain/life.ts';
import { stepsOf } from '../../domain/own.ts';
import type { AnsweredQuestion, Question } from '../../domain/question.ts';
import { reachedBy } from '../../domain/publication.ts';
import { waitsForAsker } from '../../domain/thread.ts';
import { Declined, Id, Thread, toDeclined, toThread } from './thread.ts';

const STANDINGS = [
  'on-its-way',
  'waiting',
  'asked-back',
  'promised',
  'answered',
  'published',
  'retracted',
  'declined',
  'withdrawn',
  'merged',
] as const;

/** Two people agreed to stop the author of this question; the names of those who did are none of theirs. */
const Stopped = z.strictObject({ until: z.string(), reason: z.string(), lifted: z.string().optional() });

/** Other words that comms propose: nothing changes unless the asker agrees to this very proposal. */
const Edit = z.strictObject({
  proposal: Id,
  by: z.string(),
  reason: z.string(),
  words: z.string(),
  /** Joined, what is not added is what stands there, what is not removed what would. */
  changes: z.array(z.strictObject({ is: z.enum(['kept', 'removed', 'added']), text: z.string() })),
});

/** A question as its own asker sees it. */
export const Own = Thread.extend({
  question: Id,
  standing: z.enum(STANDINGS),
  /** The day by which an answer was promised. */
  promise: z.string().optional(),
  declined: Declined.optional(),
  stopped: Stopped.optional(),
  appealTo: z.string().optional(),
  edit: Edit.optional(),
  may: z.strictObject({
    followUp: z.boolean(),
    clarify: z.boolean(),
    add: z.boolean(),
    sign: z.boolean(),
    withdraw: z.boolean(),
  }),
});
export type Own = z.infer<typeof Own>;

type Needs = Pick<Deps, 'directory' | 'appealTo'>;

/** Past what stands between a form and its queue, what is on its way is like any other; but nobody can sign it yet. */
export function toOwn(deps: Needs, own: OwnQuestion): Own {
  if (own.state !== 'waiting') return shown(deps, own);
  const seen = shown(deps, ask(own));
  return { ...seen, standing: 'on-its-way', may: { ...seen.may, sign: false } };
}

function shown({ directory, appealTo }: Needs, question: Question): Own {
  const { id } = question;
  const promise = question.state === 'open' ? question.promise : undefined;
  const declined = question.state === 'declined' ? question.decline : undefined;
  const stopped = stoppedBy(question);
  return {
    ...toThread(directory(), question, question.thread),
    question: id,
    standing: standingOf(question),
    may: stepsOf(question),
    ...(promise === undefined ? {} : { promise }),
    ...(declined && {
      declined: toDeclined(declined),
    }),
    ...(stopped && { stopped, appealTo }),
    ...toEdit(question),
  };
}

function standingOf(question: Exclude<Question, WaitingQuestion>): (typeof STANDINGS)[number] {
  switch (question.state) {
    case 'open':
      if (waitsForAsker(question)) return 'asked-back';
      return question.promise === undefined ? 'waiting' : 'promised';
    case 'answered':
      return standingOfAnswer(question);
    case 'declined':
      return 'declined';
    case 'withdrawn':
    case 'merged':
      return question.state;
  }
}

const standingOfAnswer = (question: AnsweredQuestion) => {
  const reached = reachedBy(question);
  return reached === 'published' || reached === 'retracted' ? reached : 'answered';
};

function toEdit({ words, edit }: Question): { edit?: z.infer<typeof Edit> } {
  if (edit?.state !== 'proposed') return {};
  const { id, by, reason } = edit;
  return { edit: { proposal: id, by, reason, words: edit.words, changes: diff(words, edit.words) } };
}

function stoppedBy(question: Question): z.infer<typeof Stopped> | undefined {
  const block = question.state === 'declined' ? question.block : undefined;
  if (block?.until === undefined || block.state === 'gone') return undefined;
  const lifted = block.state === 'lifted' ? (block.ended?.reason ?? '') : undefined;
  return { until: block.until, reason: block.reason, ...(lifted === undefined ? {} : { lifted }) };
}
