import type { Question } from '../domain/question.ts';
import { notOpen } from '../domain/question.ts';
import type { Refusal } from '../domain/refusal.ts';
import { change } from './change.ts';
import type { Asker, Deps, Listed } from './ports.ts';

/** "I'd ask this too", or its undoing. The vote is written first and counted then: a second one finds it there. */
export async function vote(deps: Deps, asker: Asker, id: string, wanted: boolean): Promise<Question | Refusal> {
  const { store } = deps;
  const kept = await store.question(id);
  if (kept === undefined) return { refused: 'not-found' };
  if (kept.question.state !== 'open') return notOpen(kept.question);
  const tag = asker.voteTag(id);
  await (wanted ? store.addVote(id, tag) : store.eraseVote(id, tag));
  return change(deps, id, async (question) => {
    // Counted anew at each attempt: whoever counts last has seen every vote.
    const votes = await store.votes(id);
    return votes === question.votes ? question : { ...question, votes };
  });
}

/** A page of a leader's open questions, with which of them this person would ask too. */
export async function openQuestions(deps: Deps, asker: Asker, leader: string, after?: string) {
  const page: Listed = await deps.store.list({ leader, state: 'open', after, limit: 5 });
  const voted = await deps.store.voted(page.questions.map(({ id }) => ({ question: id, tag: asker.voteTag(id) })));
  return { ...page, voted };
}
