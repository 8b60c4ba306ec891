import type { Store } from '../app/ports.ts';
import type { Requests } from './cosmos-requests.ts';

type Votes = Pick<Store, 'addVote' | 'eraseVote' | 'voted' | 'votes'>;

/** Votes lie with their question: a question's votes are counted in one logical partition. */
export const makeVotes = (requests: Requests): Votes => ({
  addVote: ({ id, week }, tag) => requests.create('votes', { id: tag, question: id, epoch: week }),
  eraseVote: (question, tag) => requests.erase('votes', tag, question),
  async voted(pairs) {
    const found = pairs.map(async ({ question, tag }) => {
      const row = await requests.read('votes', tag, question);
      return row === undefined ? [] : [question];
    });
    return new Set((await Promise.all(found)).flat());
  },
  async votes(question) {
    const query = 'SELECT VALUE COUNT(1) FROM c WHERE c.question = @question';
    return (await requests.query<number>('votes', question, query, { question }))[0] ?? 0;
  },
});
