import type { ReactionStore } from '../app/reactions.ts';
import { NO_REACTIONS, type Reaction } from '../domain/reaction.ts';
import type { Requests } from './cosmos-requests.ts';

/** Reactions lie with their question, as votes do. */
export const makeReactions = (requests: Requests): ReactionStore => ({
  async putReaction({ id, week }, tag, reaction) {
    if (reaction === undefined) await requests.erase('reactions', tag, id);
    else await requests.put('reactions', { id: tag, question: id, epoch: week, reaction });
  },
  async reaction(question, tag) {
    return (await requests.read('reactions', tag, question))?.['reaction'] as Reaction | undefined;
  },
  async reactions(question) {
    const query = 'SELECT VALUE c.reaction FROM c WHERE c.question = @question';
    const counts = { ...NO_REACTIONS };
    for (const said of await requests.query<Reaction>('reactions', question, query, { question })) counts[said] += 1;
    return counts;
  },
});
