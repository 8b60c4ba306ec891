import { published } from '../domain/published.ts';
import type { Reaction } from '../domain/reaction.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { count } from './limit.ts';
import type { Asker, Deps } from './ports.ts';

export interface Reacting {
  question: string;
  /** Nothing takes it back. */
  reaction?: Reaction | undefined;
}

/** A reader says whether a published answer helped them, or takes that back. The tally counts behind them. */
export async function react(
  deps: Deps,
  asker: Asker,
  { question: id, reaction }: Reacting,
): Promise<undefined | Refusal> {
  const { store, ids } = deps;
  const question = (await store.question(id))?.question;
  if (question === undefined || published(question) === undefined) return { refused: 'not-found' };
  const tag = asker.reactionTag(question);
  if (tag === undefined) return { refused: 'closed' };
  if ((await store.reaction(id, tag)) === reaction) return undefined;
  // Among the votes of the day, under a name that is used once: what is counted tells of no reaction.
  const counted = reaction === undefined ? undefined : await count(deps, asker, 'votes', ids.fresh());
  if (isRefusal(counted)) return counted;
  await store.putReaction(question, tag, reaction);
  deps.tally(id);
  return undefined;
}

/** What this reader said of it. */
export async function ownReaction(
  { store }: Pick<Deps, 'store'>,
  asker: Asker,
  question: { id: string; week: string },
): Promise<Reaction | undefined> {
  const tag = asker.reactionTag(question);
  return tag === undefined ? undefined : store.reaction(question.id, tag);
}
