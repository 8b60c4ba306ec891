import type { BlockStore } from '../app/blocks.ts';
import type { Database } from './database.ts';

/** The part of the Store that keeps who is stopped, without knowing who it is. */
export const makeBlocks = (db: Database): BlockStore => ({
  async addBlock({ tag, mark, epoch, until }) {
    const sql = 'INSERT INTO blocks (tag, mark, epoch, until) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING';
    const isNew = db.run(sql, tag, mark, epoch, until) === 1;
    return isNew || db.get('SELECT 1 FROM blocks WHERE mark = ?', mark) !== undefined;
  },
  async eraseBlock(mark) {
    if (db.run('DELETE FROM blocks WHERE mark = ?', mark) > 0) db.forget();
  },
  async blockedUntil(tags) {
    const sql = 'SELECT max(until) AS until FROM blocks WHERE tag IN (SELECT value FROM json_each(?))';
    const until = db.get(sql, JSON.stringify(tags))?.['until'];
    return typeof until === 'string' ? until : undefined;
  },
  async eraseBlocks(today) {
    if (db.run('DELETE FROM blocks WHERE until <= ?', today) > 0) db.forget();
  },
});
