import type { VoteStore } from '../app/votes.ts';
import type { Database } from './database.ts';

export const makeVotes = (db: Database): VoteStore => ({
  async addVote({ id }, tag, voter) {
    const sql = 'INSERT INTO votes (question, tag, voter) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
    return (await db.run(sql, id, tag, voter ?? null)) === 1;
  },
  async eraseVote(question, tag) {
    return (await db.erase('DELETE FROM votes WHERE question = ? AND tag = ?', question, tag)) === 1;
  },
  async voted(pairs) {
    const sql = `SELECT v.question FROM votes v JOIN json_each(?) p
                 ON v.question = p.value ->> 'question' AND v.tag = p.value ->> 'tag'`;
    return new Set((await db.all(sql, JSON.stringify(pairs))).map((row) => String(row['question'])));
  },
  async votes(question) {
    return Number((await db.get('SELECT count(*) AS total FROM votes WHERE question = ?', question))?.['total']);
  },
  async ballot(question) {
    const rows = await db.all('SELECT tag, voter FROM votes WHERE question = ?', question);
    return rows.map(({ tag, voter }) => ({ tag: String(tag), ...(voter === null ? {} : { voter: String(voter) }) }));
  },
});
