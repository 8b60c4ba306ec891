import type { Waiting, WaitingStore } from '../app/waiting.ts';
import type { Database } from './database.ts';

/** The rows of what waits to enter. Nothing in them tells who, what or when; erased, they are in no byte of any file. */
export const makeWaiting = (db: Database): WaitingStore => ({
  async addWaiting({ id, epoch, capsule }) {
    const sql = 'INSERT INTO waiting (id, epoch, capsule) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
    return (await db.run(sql, id, epoch, capsule)) === 1;
  },
  async waiting(id) {
    const row = await db.get('SELECT id, epoch, capsule FROM waiting WHERE id = ?', id);
    return row && toWaiting(row);
  },
  async allWaiting() {
    return (await db.all('SELECT id, epoch, capsule FROM waiting')).map(toWaiting);
  },
  async eraseWaiting(id) {
    await db.erase('DELETE FROM waiting WHERE id = ?', id);
  },
});

const toWaiting = ({ id, epoch, capsule }: Record<string, unknown>): Waiting => ({
  id: String(id),
  epoch: String(epoch),
  capsule: String(capsule),
});
