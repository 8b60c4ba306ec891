import { amend, type Delivery, owe } from './delivery.ts';
import { settle } from './publication.ts';
import { next, type Question } from './question.ts';
import type { Refusal } from './refusal.ts';

/** What somebody has to know of: it waits for another try, is uncertain, or was given up. */
export const isStuck = ({ state }: Delivery): boolean =>
  state === 'waiting' || state === 'uncertain' || state === 'dead';

/** A block that two people agreed on is not one curator's to drop; and what two questions owe each other keeps them in agreement. */
const KEPT = new Set<Delivery['target']['kind']>(['block', 'wording', 'release']);

/** Tells whether a curator may take it off the list. */
export const mayDrop = ({ state, target }: Delivery): boolean =>
  (state === 'waiting' || state === 'dead') && !KEPT.has(target.kind);

/** Tells whether it may be sent again unseen; what is uncertain may stand there, so somebody has to look first. */
export const maySendAgain = ({ state }: Delivery): boolean => state === 'waiting' || state === 'dead';

const find = (question: Question, key: string, may: (delivery: Delivery) => boolean): Delivery | undefined =>
  question.deliveries.find((delivery) => delivery.key === key && may(delivery));

/** A curator wants it tried now, with all its tries. */
export function sendAgain(question: Question, key: string): Question | Refusal {
  const stuck = find(question, key, maySendAgain);
  if (stuck === undefined) return { refused: 'not-stuck' };
  const { state, target } = stuck;
  if (target.kind === 'publication' && state === 'dead') return settle(question, target.channel, 'nothing');
  return owe(question, target);
}

/** A curator gives it up for good, by name and with a reason. A later change of the question is owed all the same. */
export function drop(question: Question, key: string, by: string, reason: string): Question | Refusal {
  const stuck = find(question, key, mayDrop);
  if (stuck === undefined) return { refused: 'not-stuck' };
  const dropped = amend(question, stuck, { state: 'dropped', by, reason });
  return stuck.target.kind === 'publication' ? next(dropped) : dropped;
}

/**
 * The states of what a question owes, for a store to index: from `stuck` on in the order of letters are those with
 * something that is stuck. Nothing where nothing is owed.
 */
export function statesOf({ deliveries }: Question): string | undefined {
  if (deliveries.length === 0) return undefined;
  const states = deliveries.map(({ state }) => state).toSorted();
  return [deliveries.some(isStuck) ? 'stuck' : 'going', ...states].join(' ');
}
