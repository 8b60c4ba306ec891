import type { Store } from '../app/ports.ts';
import type { Database } from './database.ts';

/** The part of the Store that counts what people do in a day. */
export type Counts = Pick<Store, 'counted' | 'addCount' | 'eraseCount' | 'forgetCounts'>;

export const makeCounts = (db: Database): Counts => ({
  async counted(day, tags) {
    const sql = 'SELECT tag, act FROM counts WHERE day = ? AND tag IN (SELECT value FROM json_each(?))';
    const rows = await db.all(sql, day, JSON.stringify(tags));
    return new Map(rows.map((row) => [String(row['tag']), String(row['act'])]));
  },
  async addCount(day, tag, act) {
    const sql = 'INSERT INTO counts (day, tag, act) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
    return (await db.run(sql, day, tag, act)) === 1;
  },
  async eraseCount(day, tag) {
    await db.erase('DELETE FROM counts WHERE day = ? AND tag = ?', day, tag);
  },
  async forgetCounts(before) {
    if (db.look('SELECT 1 FROM counts WHERE day < ? LIMIT 1', before) === undefined) return;
    // The whole table, later days with it: emptied at once, its pages are zeroed whole, with the copies that SQLite left
    // behind when it moved rows. Where two clocks differ at midnight, a few people may act once more.
    await db.erase('DELETE FROM counts');
  },
});
