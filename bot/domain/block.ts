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

/** Its leader's card shows nothing of it. */
const withBlock = (question: DeclinedQuestion, block: Block): DeclinedQuestion =>
  next({ ...question, block }, ({ card }) => card === 'block');

/** One person proposes; nothing happens to anybody yet. */
export function propose(
  question: Question,
  by: Person,
  { days, reason }: Pick<Block, 'days' | 'reason'>,
): Question | Refusal {
  const abusive = asAbusive(question, by);
  if ('refused' in abusive) return abusive;
  const { block } = abusive;
  if (block === undefined) return withBlock(abusive, { by, days, reason, state: 'proposed' });
  // For good: or whoever insists would only have to wait for somebody who agrees. Another question is another ground.
  if (block.state === 'turned-down') return turnedDown(block);
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
  if (block.state === 'turned-down') return turnedDown(block);
  if (block.state !== 'proposed') return question;
  const agreed: Block = { ...block, state: 'agreed', agreed: by, until: untilOf(block.days) };
  return owe(withBlock(abusive, agreed), { kind: 'block' }, { kind: 'notice' });
}

const turnedDown = ({ ended }: Block): Refusal => ({ refused: 'turned-down', by: ended?.by.name ?? '' });

/** Or the second person disagrees: nobody is stopped because of this question. */
export function disagree(question: Question, by: Person, reason: string): Question | Refusal {
  const abusive = asAbusive(question, by);
  if ('refused' in abusive) return abusive;
  const { block } = abusive;
  if (block === undefined) return { refused: 'not-proposed' };
  if (block.by.id === by.id) return { refused: 'same-person' };
  if (block.state === 'turned-down') return block.ended?.by.id === by.id ? question : turnedDown(block);
  if (block.state !== 'proposed') return { refused: 'agreed', by: block.agreed?.name ?? '' };
  return withBlock(abusive, { ...block, state: 'turned-down', ended: { by, reason } });
}

/** One person is enough to end early what takes two to begin. Its author is told once they may ask again. */
export function lift(
  question: Question,
  by: Person,
  { reason, today }: { reason: string; today: string },
): Question | Refusal {
  const abusive = asAbusive(question, by);
  if ('refused' in abusive) return abusive;
  const { block } = abusive;
  const isRepeat = (block?.state === 'lifting' || block?.state === 'lifted') && block.ended?.by.id === by.id;
  if (isRepeat) return question;
  if (block?.state !== 'standing' || (block.until ?? '') <= today) return { refused: 'not-stopped' };
  const lifting: Block = { ...block, state: 'lifting', ended: { by, reason } };
  return owe(withBlock(abusive, lifting), { kind: 'block' });
}

/** What is owed to a block: that it stands until its day, or that it stands no more. */
export function owedBlock(question: Question): { state: 'agreed'; until: string } | { state: 'lifting' } | undefined {
  const { state, until } = (question.state === 'declined' ? question.block : undefined) ?? {};
  if (state === 'agreed' && until !== undefined) return { state, until };
  return state === 'lifting' ? { state } : undefined;
}

/**
 * What became of it. With the keys of its week, a block is gone, and so is whoever could be stopped. By a Seal that is
 * broken nobody is found, neither to be stopped nor to be set free before the day.
 */
const SETTLED = {
  agreed: { sent: 'standing', 'epoch-gone': 'gone', 'seal-broken': 'gone' },
  lifting: { sent: 'lifted', 'epoch-gone': 'lifted', 'seal-broken': 'standing' },
} as const;
export type BlockOutcome = keyof (typeof SETTLED)['agreed'];

export const isBlockOutcome = (code: string): code is BlockOutcome => Object.hasOwn(SETTLED.agreed, code);

/** Writes down what became of what was owed, unless something else is owed by now. */
export function settleBlock(question: Question, owed: keyof typeof SETTLED, outcome: BlockOutcome): Question {
  if (question.state !== 'declined' || question.block?.state !== owed) return question;
  const state = SETTLED[owed][outcome];
  const settled = withBlock(question, { ...question.block, state });
  return state === 'lifted' ? owe(settled, { kind: 'notice' }) : settled;
}
