import { existsSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import type { Channel, Store } from '../../bot/app/ports.ts';
import type { Question } from '../../bot/domain/question.ts';
import type { Settings } from '../../bot/domain/settings.ts';
import { StoreFault } from '../../bot/store/faults.ts';
import { MIGRATIONS } from '../../bot/store/migrations.ts';

type Sealed = Pick<Question, 'id' | 'week' | 'state'>;

/** What the doctor reads of a store, and nothing else. */
export interface Contents {
  settings(): Promise<Settings | undefined>;
  channels(): Promise<Pick<Channel, 'name'>[]>;
  /** Questions whose deliveries are in that state. */
  stuck(): Promise<{ dead: number; uncertain: number }>;
  /** Some questions. */
  questions(): Promise<Sealed[]>;
  hasSeal(id: string): Promise<boolean>;
  close(): Promise<void>;
}

const SOME = 100;

export const contentsOf = (store: Store): Contents => ({
  settings: async () => (await store.settings())?.settings,
  channels: () => store.channels(),
  stuck: () => store.deliveries(),
  questions: () => store.all({ limit: SOME }),
  hasSeal: async (id) => (await store.seal(id)) !== undefined,
  close: () => store.close(),
});

/** A file that is read and left as it is: opening it as the bot does would bring an older one to the newest version. */
export function openToRead(file: string): DatabaseSync {
  // Where nobody has it open, not even SQLite's own files are made beside it.
  const address = pathToFileURL(file);
  if (!existsSync(`${file}-wal`)) address.searchParams.set('immutable', '1');
  return new DatabaseSync(address, { readOnly: true });
}

/** Whether the file is whole, and of which release. Throws StoreFault where it is not. */
export function examine(db: DatabaseSync): 'current' | 'older' {
  const { quick_check: said } = db.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
  if (said !== 'ok')
    throw new StoreFault('is damaged. Stop the bot, keep a copy of the folder, and restore its backup.');
  const { user_version: version } = db.prepare('PRAGMA user_version').get() as { user_version: number };
  if (version > MIGRATIONS.length) throw new StoreFault('is of a newer release. Install the newer release.');
  return version === MIGRATIONS.length ? 'current' : 'older';
}

export function contentsOfFile(db: DatabaseSync): Contents {
  const all = (sql: string, ...values: (string | number)[]) => db.prepare(sql).all(...values);
  const docs = (sql: string) => all(sql).map(({ doc }) => JSON.parse(String(doc)) as unknown);
  const owing = (state: string) =>
    Number(all(`SELECT count(*) AS many FROM questions WHERE ' ' || owes || ' ' LIKE ?`, `% ${state} %`)[0]?.['many']);
  return {
    settings: async () => (docs('SELECT doc FROM settings') as { settings: Settings }[])[0]?.settings,
    channels: async () => docs('SELECT doc FROM channels') as Channel[],
    stuck: async () => ({ dead: owing('dead'), uncertain: owing('uncertain') }),
    questions: async () =>
      all('SELECT id, week, state FROM questions ORDER BY week DESC LIMIT ?', SOME) as unknown as Sealed[],
    hasSeal: async (id) => all('SELECT 1 FROM seals WHERE id = ?', id).length > 0,
    close: async () => db.close(),
  };
}
