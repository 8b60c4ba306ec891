import type { ReactionStore } from '../app/reactions.ts';
import { NO_REACTIONS, type Reaction } from '../domain/reaction.ts';
import type { Database } from './database.ts';

export const makeReactions = (db: Database): ReactionStore => ({
  async putReaction({ id }, tag, reaction) {
    const put = 'INSERT OR REPLACE INTO reactions (question, tag, reaction) VALUES (?, ?, ?)';
    // What stood there before is gone from every file, too.
    if (reaction !== undefined) await db.erase(put, id, tag, reaction);
    else await db.erase('DELETE FROM reactions WHERE question = ? AND tag = ?', id, tag);
  },
  async reaction(question, tag) {
    const row = await db.get('SELECT reaction FROM reactions WHERE question = ? AND tag = ?', question, tag);
    return row?.['reaction'] as Reaction | undefined;
  },
  async reactions(question) {
    const sql = 'SELECT reaction, count(*) AS total FROM reactions WHERE question = ? GROUP BY reaction';
    const rows = await db.all(sql, question);
    return { ...NO_REACTIONS, ...Object.fromEntries(rows.map((row) => [row['reaction'], Number(row['total'])])) };
  },
});
