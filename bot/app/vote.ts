import type { Question } from '../domain/question.ts';
import { notOpen } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { count, uncount } from './limit.ts';
import type { Asker, Deps, Listed } from './ports.ts';
import { ballotsOf } from './votes.ts';

/**
 * "I'd ask this too", or its undoing. The vote is written, and the tally counts behind it. A vote taken back gives nothing
 * back to the day's limit.
 */
export async function vote(deps: Deps, asker: Asker, id: string, wanted: boolean): Promise<Question | Refusal> {
  const { store } = deps;
  const kept = await store.question(id);
  if (kept === undefined) return { refused: 'not-found' };
  if (kept.question.state !== 'open') return notOpen(kept.question);
  const pairs = pairsOf(asker, kept.question);
  if (pairs === undefined) return { refused: 'too-old' };
  const refusal = wanted ? await addVote(deps, asker, kept.question, pairs) : await eraseVotes(deps, pairs);
  if (refusal !== undefined) return refusal;
  deps.tally(id);
  return kept.question;
}

interface Pair {
  question: string;
  tag: string;
}

/** Where this person's vote may stand: on the question, or on one that was merged into it. Nothing once keys are gone. */
function pairsOf(asker: Asker, question: Question): [Pair, ...Pair[]] | undefined {
  const pairs: Pair[] = [];
  for (const one of ballotsOf(question)) {
    const tag = asker.voteTag(one);
    if (tag === undefined) return undefined;
    pairs.push({ question: one.id, tag });
  }
  const [own, ...merged] = pairs;
  return own === undefined ? undefined : [own, ...merged];
}

async function addVote(
  deps: Deps,
  asker: Asker,
  question: Question,
  pairs: [Pair, ...Pair[]],
): Promise<Refusal | undefined> {
  const { store, ids } = deps;
  const [{ tag }] = pairs;
  const voted = await store.voted(pairs);
  if (voted.has(question.id)) return undefined;
  if (voted.size > 0) return { refused: 'already-voted' };
  // Counted under a name that is used once: what is counted must not tell of a vote that was taken back.
  const counted = await count(deps, asker, 'votes', ids.fresh());
  if (isRefusal(counted)) return counted;
  if (!(await store.addVote(question, tag, asker.sealVoter(question, tag)))) await uncount(deps, counted);
  return undefined;
}

async function eraseVotes({ store }: Deps, pairs: Pair[]): Promise<undefined> {
  await Promise.all(pairs.map(({ question, tag }) => store.eraseVote(question, tag)));
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
  const voted = await votedOf(deps, asker, page.questions);
  // One's own vote shows at once, whether or not it was counted yet.
  const questions = page.questions.map((question) =>
    voted.has(question.id) ? { ...question, votes: Math.max(question.votes, 1) } : question,
  );
  return { ...page, questions, voted };
}

/** Which of these questions this person would ask too, by a vote on it or on one that was merged into it. */
export async function votedOf({ store }: Deps, asker: Asker, questions: Question[]): Promise<Set<string>> {
  const pairs = questions.map((question) => ({ question, pairs: pairsOf(asker, question) ?? [] }));
  const voted = await store.voted(pairs.flatMap((one) => one.pairs));
  const isVoted = ({ question }: Pair) => voted.has(question);
  return new Set(pairs.filter((one) => one.pairs.some(isVoted)).map(({ question }) => question.id));
}
