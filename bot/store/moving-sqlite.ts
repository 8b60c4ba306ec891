import { existsSync } from 'node:fs';
import { BUSY_MS, Database } from './database.ts';
import { StoreFault } from './faults.ts';
import { type Kind, type Movable, plainDoc, type PlainRow } from './moving.ts';
import { openSqlite } from './sqlite.ts';

const ROWS: Record<Kind, string> = {
  questions: 'SELECT doc FROM questions',
  seals: 'SELECT id, epoch, capsule FROM seals',
  slips: 'SELECT tag, epoch, slip FROM slips',
  waiting: 'SELECT id, epoch, capsule FROM waiting',
  votes: `SELECT v.question, q.week, v.tag, coalesce(v.voter, '') AS voter
          FROM votes v JOIN questions q ON q.id = v.question`,
  reactions: `SELECT r.question, q.week, r.tag, r.reaction FROM reactions r JOIN questions q ON q.id = r.question`,
  counts: 'SELECT day, tag, act FROM counts',
  blocks: 'SELECT tag, mark, epoch, until FROM blocks',
  greetings: 'SELECT tag FROM greetings',
  met: 'SELECT doc FROM met',
  channels: 'SELECT doc FROM channels',
  settings: 'SELECT doc FROM settings',
  changes: 'SELECT doc FROM changes',
  slots: 'SELECT doc FROM slots',
};

/** The file as a side of a move. Throws StoreFault where it cannot be used, or is missing though it should be there. */
export function openMovableSqlite(path: string, { isThere }: { isThere: boolean }): Movable {
  if (isThere && !existsSync(path))
    throw new StoreFault(`The database ${path} is missing. See that DATA_DIR is right.`);
  const store = openSqlite(path);
  const db = Database.open(path, BUSY_MS);
  return {
    store,
    async *rows(kind) {
      for (const row of db.each(ROWS[kind])) yield toPlain(row);
    },
    async close() {
      await db.close();
      await store.close();
    },
  };
}

const toPlain = (row: Record<string, unknown>): PlainRow =>
  Object.fromEntries(
    Object.entries(row).map(([name, value]) => [
      name,
      name === 'doc' ? plainDoc(JSON.parse(String(value))) : String(value),
    ]),
  );
