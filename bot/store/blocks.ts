import type { BlockStore } from '../app/blocks.ts';
import type { Database } from './database.ts';

/** The part of the Store that keeps who is stopped, without knowing who it is. */
export const makeBlocks = (db: Database): BlockStore => ({
  async addBlock({ tag, mark, epoch, until }) {
    const sql = 'INSERT INTO blocks (tag, mark, epoch, until) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING';
    const isNew = (await db.run(sql, tag, mark, epoch, until)) === 1;
    return isNew || (await db.get('SELECT 1 FROM blocks WHERE mark = ?', mark)) !== undefined;
  },
  async eraseBlock(mark) {
    await db.erase('DELETE FROM blocks WHERE mark = ?', mark);
  },
  async blockedUntil(tags) {
    const sql = 'SELECT max(until) AS until FROM blocks WHERE tag IN (SELECT value FROM json_each(?))';
    const until = (await db.get(sql, JSON.stringify(tags)))?.['until'];
    return typeof until === 'string' ? until : undefined;
  },
  async eraseBlocks(today) {
    await db.erase('DELETE FROM blocks WHERE until <= ?', today);
  },
});
