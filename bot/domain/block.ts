import { owe } from './delivery.ts';
import { type Block, type DeclinedQuestion, next, notOpen, type Question } from './question.ts';
import type { Refusal } from './refusal.ts';

/** For how many days an author is stopped at most, and unless somebody chooses otherwise. */
export const MOST_DAYS = 30;
export const USUAL_DAYS = 7;

interface Person {
  id: string;
  name: string;
}

/** Only what its leader declined as not respectful, and in public, may cost its author their voice for a while. */
function asAbusive(question: Question, actor: Person): DeclinedQuestion | Refusal {
  if (question.state === 'withdrawn') return notOpen(question);
  if (question.state !== 'declined' || question.decline.reason !== 'respect') return { refused: 'not-abusive' };
  // Whoever was offended has had their say by declining.
  return question.leader === actor.id ? { refused: 'not-allowed' } : question;
}

/** One person proposes; nothing happens to anybody yet. */
export function propose(
  question: Question,
  by: Person,
  { days, reason }: Pick<Block, 'days' | 'reason'>,
): Question | Refusal {
  const abusive = asAbusive(question, by);
  if ('refused' in abusive) return abusive;
  const { block } = abusive;
  if (block === undefined) return next({ ...abusive, block: { by, days, reason, state: 'proposed' as const } });
  const isRepeat = block.by.id === by.id && block.days === days && block.reason === reason;
  return isRepeat ? question : { refused: 'block-proposed', by: block.by.name };
}

/** A second person agrees: the block is owed, and its author a notice. Once agreed, it stays as it is. */
export function agree(question: Question, by: Person, untilOf: (days: number) => string): Question | Refusal {
  const abusive = asAbusive(question, by);
  if ('refused' in abusive) return abusive;
  const { block } = abusive;
  if (block === undefined) return { refused: 'not-proposed' };
  if (block.by.id === by.id) return { refused: 'same-person' };
  if (block.state !== 'proposed') return question;
  const agreed: Block = { ...block, state: 'agreed', agreed: by, until: untilOf(block.days) };
  return owe(next({ ...abusive, block: agreed }), { kind: 'block' }, { kind: 'notice' });
}

/** The day until which an agreed block is to last. */
export const untilOf = (question: Question): string | undefined =>
  question.state === 'declined' ? question.block?.until : undefined;

/** What became of an agreed block. `gone`: the keys of its week were destroyed, so that nobody can be stopped. */
export const settleBlock = (question: Question, state: 'standing' | 'gone'): Question =>
  question.state === 'declined' && question.block !== undefined
    ? next({ ...question, block: { ...question.block, state } })
    : question;
