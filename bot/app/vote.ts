import type { Question } from '../domain/question.ts';
import { notOpen } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { count, uncount } from './limit.ts';
import type { Asker, Deps, Listed } from './ports.ts';

/**
 * "I'd ask this too", or its undoing. The vote is written, and the tally counts behind it. A vote taken back gives nothing
 * back to the day's limit.
 */
export async function vote(deps: Deps, asker: Asker, id: string, wanted: boolean): Promise<Question | Refusal> {
  const { store } = deps;
  const kept = await store.question(id);
  if (kept === undefined) return { refused: 'not-found' };
  if (kept.question.state !== 'open') return notOpen(kept.question);
  const tag = asker.voteTag(kept.question);
  if (tag === undefined) return { refused: 'too-old' };
  const refusal = wanted ? await addVote(deps, asker, kept.question, tag) : void (await store.eraseVote(id, tag));
  if (refusal !== undefined) return refusal;
  deps.tally(id);
  return kept.question;
}

async function addVote(deps: Deps, asker: Asker, question: Question, tag: string): Promise<Refusal | undefined> {
  const { store, ids } = deps;
  if ((await store.voted([{ question: question.id, tag }])).has(question.id)) return undefined;
  // Counted under a name that is used once: what is counted must not tell of a vote that was taken back.
  const counted = await count(deps, asker, 'votes', ids.fresh());
  if (isRefusal(counted)) return counted;
  if (!(await store.addVote(question, tag))) await uncount(deps, counted);
  return undefined;
}

/** As many as a card on a phone bears. */
const PAGE = 5;

interface Wanted {
  leader: string;
  after?: string | undefined;
  limit?: number;
}

/** A page of a leader's open questions, with which of them this person would ask too. */
export async function openQuestions(deps: Deps, asker: Asker, { leader, after, limit = PAGE }: Wanted) {
  const page: Listed = await deps.store.list({ leader, state: 'open', after, limit });
  const pairs = page.questions.map((question) => ({ question: question.id, tag: asker.voteTag(question) }));
  const voted = await deps.store.voted(
    pairs.flatMap(({ question, tag }) => (tag === undefined ? [] : [{ question, tag }])),
  );
  // One's own vote shows at once, whether or not it was counted yet.
  const questions = page.questions.map((question) =>
    voted.has(question.id) ? { ...question, votes: Math.max(question.votes, 1) } : question,
  );
  return { ...page, questions, voted };
}
