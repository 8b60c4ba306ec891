import type { VoteStore } from '../app/votes.ts';
import type { Requests } from './cosmos-requests.ts';

/** Votes lie with their question: a question's votes are counted in one logical partition. */
export const makeVotes = (requests: Requests): VoteStore => ({
  addVote: ({ id, week }, tag, voter) =>
    requests.create('votes', { id: tag, question: id, epoch: week, ...(voter === undefined ? {} : { voter }) }),
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
  ballot: (question) =>
    requests.query('votes', question, 'SELECT c.id AS tag, c.voter FROM c WHERE c.question = @question', { question }),
});
