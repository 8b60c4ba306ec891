import type { SQLInputValue } from 'node:sqlite';
import { Conflict, COUNTED, type Kept, type Listed, type Listing, type Seal, type Store } from '../app/ports.ts';
import { LONGEST_CLAIM_MS, owedAt } from '../domain/delivery.ts';
import type { Question } from '../domain/question.ts';
import { sinceOf, stageOf } from '../domain/stage.ts';
import { statesOf } from '../domain/stuck.ts';
import { makeBlocks } from './blocks.ts';
import { makeClaims } from './claims.ts';
import { makeCounts } from './counts.ts';
import { makeCursors } from './cursor.ts';
import { BUSY_MS, Database } from './database.ts';
import { makeLeases } from './leases.ts';
import { makeSettings } from './settings.ts';
import { makeReactions } from './reactions.ts';
import { makeRoles } from './roles.ts';
import { makeStages } from './stages.ts';
import { makeSlots } from './slots.ts';
import { makeStuck } from './stuck.ts';
import { makeVotes } from './votes.ts';
import { makeWaiting } from './waiting.ts';

/**
 * Opens the database file, `:memory:` for one that is gone with the process. Waits no longer than `busyMs` for a lock.
 * Throws StoreFault where it cannot be used.
 */
export function openSqlite(path: string, busyMs = BUSY_MS): Store {
  const db = Database.open(path, busyMs);
  // It makes nobody wait but for a lock, which has its own limit.
  const within = () => store;
  const store: Store = Object.assign(new SqliteStore(db), makeParts(db), { within });
  return store;
}

/** What stands in files of its own. */
const makeParts = (db: Database) => ({
  ...makeCounts(db),
  ...makeWaiting(db),
  ...makeBlocks(db),
  ...makeLeases(db),
  ...makeSlots(db),
  ...makeStuck(db),
  ...makeSettings(db),
  ...makeStages(db),
  ...makeClaims(db),
  ...makeRoles(db),
  ...makeVotes(db),
  ...makeReactions(db),
});

class SqliteStore implements Omit<Store, 'within' | keyof ReturnType<typeof makeParts>> {
  readonly #db: Database;
  readonly #cursors = makeCursors();

  constructor(db: Database) {
    this.#db = db;
  }

  async ready(): Promise<void> {
    await this.#db.get('SELECT 1 FROM questions LIMIT 1');
  }

  async question(id: string): Promise<Kept | undefined> {
    const row = await this.#db.get('SELECT doc, version FROM questions WHERE id = ?', id);
    return row && { question: read(row['doc']) as Question, version: String(row['version']) };
  }

  async add(question: Question): Promise<boolean> {
    const sql = `INSERT INTO questions (id, leader, state, votes, week, owed_at, owes, stage, since, version, doc)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, 1, ?) ON CONFLICT DO NOTHING`;
    return (await this.#db.run(sql, question.id, ...columns(question))) === 1;
  }

  async save(question: Question, version: string): Promise<void> {
    const sql = `UPDATE questions SET leader = ?, state = ?, votes = ?, week = ?, owed_at = ?, owes = ?, stage = ?, since = ?,
                 doc = ?, version = version + 1 WHERE id = ? AND version = ?`;
    const was = this.#db.look(WAS, question.id);
    // The time of a later try tells about when the first one was; once it is settled, no log keeps it.
    const isSettled = Number(was?.['owedAt'] ?? 0) > 0 && (owedAt(question) ?? 0) === 0;
    // Words that their asker let change or took back, or would not have changed, are in no log either.
    const lostWords = was?.['face'] !== (question.face ?? 0) || hasOther(was?.['edit'], question.edit);
    const erases = question.state === 'withdrawn' || isSettled || lostWords;
    const values = [...columns(question), question.id, Number(version)];
    const changed = await (erases ? this.#db.erase(sql, ...values) : this.#db.run(sql, ...values));
    if (changed !== 1) throw new Conflict(`Version ${version} of the question is no longer the current one`);
  }

  async all({ after = '', limit }: { after?: string | undefined; limit: number }): Promise<Question[]> {
    const rows = await this.#db.all('SELECT doc FROM questions WHERE id > ? ORDER BY id LIMIT ?', after, limit);
    return rows.map((row) => read(row['doc']) as Question);
  }

  async list({ leader, state, after, limit }: Listing): Promise<Listed> {
    const last = after === undefined ? undefined : this.#cursors.read(after);
    const rows = last ? await this.#db.all(AS_MANY, leader, state, last.votes, last.week, last.id, limit + 1) : [];
    rows.push(...(await this.#db.all(FEWER, leader, state, last?.votes ?? EVERY, limit + 1 - rows.length)));
    const count = await this.#db.get(
      'SELECT count(*) AS total FROM (SELECT 1 FROM questions WHERE leader = ? AND state = ? LIMIT ?)',
      leader,
      state,
      COUNTED,
    );
    const questions = rows.slice(0, limit).map((row) => read(row['doc']) as Question);
    const end = questions.at(-1);
    const total = Number(count?.['total'] ?? 0);
    return rows.length > limit && end ? { questions, total, next: this.#cursors.write(end) } : { questions, total };
  }

  async owing(now: number, limit: number): Promise<string[]> {
    this.#db.forgetOwed();
    const due = await this.#db.all('SELECT id FROM questions WHERE owed_at <= ? ORDER BY owed_at LIMIT ?', now, limit);
    const fromAhead = `SELECT id FROM questions WHERE owed_at > ? AND owes LIKE '%claimed%' ORDER BY owed_at LIMIT ?`;
    due.push(...(await this.#db.all(fromAhead, now + LONGEST_CLAIM_MS, limit - due.length)));
    return due.map((row) => String(row['id']));
  }

  async nextOwed(): Promise<number | undefined> {
    const row = await this.#db.get('SELECT min(owed_at) AS at FROM questions WHERE owed_at IS NOT NULL');
    const owed = row?.['at'];
    return typeof owed === 'number' ? owed : undefined;
  }

  async putSeal(id: string, { epoch, capsule }: Seal): Promise<void> {
    await this.#db.run('INSERT OR REPLACE INTO seals (id, epoch, capsule) VALUES (?, ?, ?)', id, epoch, capsule);
  }

  async seal(id: string): Promise<Seal | undefined> {
    const row = await this.#db.get('SELECT epoch, capsule FROM seals WHERE id = ?', id);
    return row && { epoch: String(row['epoch']), capsule: String(row['capsule']) };
  }

  async eraseSeal(id: string): Promise<void> {
    await this.#db.erase('DELETE FROM seals WHERE id = ?', id);
  }

  async slips(_epoch: string, tags: string[]): Promise<Map<string, string>> {
    const rows = await this.#db.all(
      'SELECT tag, slip FROM slips WHERE tag IN (SELECT value FROM json_each(?))',
      JSON.stringify(tags),
    );
    return new Map(rows.map((row) => [String(row['tag']), String(row['slip'])]));
  }

  async addSlip(epoch: string, tag: string, slip: string): Promise<boolean> {
    const sql = 'INSERT INTO slips (tag, epoch, slip) VALUES (?, ?, ?) ON CONFLICT DO NOTHING';
    return (await this.#db.run(sql, tag, epoch, slip)) === 1;
  }

  async putSlip(epoch: string, tag: string, slip: string): Promise<void> {
    await this.#db.erase('INSERT OR REPLACE INTO slips (tag, epoch, slip) VALUES (?, ?, ?)', tag, epoch, slip);
  }

  async hasOpen(week: string): Promise<boolean> {
    for (const sql of HAS_OPEN) if ((await this.#db.get(sql, week)) !== undefined) return true;
    return false;
  }

  async eraseEpoch(epoch: string, limit: number): Promise<number> {
    const erased = await Promise.all(ERASE_EPOCH.map((sql) => this.#db.erase(sql, epoch, limit)));
    return erased.reduce((sum, rows) => sum + rows, 0);
  }

  async scatter(maxBytes: number): Promise<boolean> {
    return this.#db.scatter(maxBytes);
  }

  async close(): Promise<void> {
    await this.#db.close();
  }
}

const read = (doc: SQLInputValue | undefined): unknown => JSON.parse(typeof doc === 'string' ? doc : '');

const columns = (question: Question): SQLInputValue[] => [
  question.leader,
  question.state,
  question.votes,
  question.week,
  owedAt(question) ?? null,
  statesOf(question) ?? null,
  stageOf(question) ?? null,
  sinceOf(question),
  JSON.stringify(question),
];

const WAS = `SELECT owed_at AS owedAt, coalesce(doc ->> 'face', 0) AS face, doc ->> '$.edit.words' AS edit
             FROM questions WHERE id = ?`;
const hasOther = (words: SQLInputValue | undefined, edit: Question['edit']): boolean =>
  typeof words === 'string' && (edit?.state !== 'proposed' || edit.words !== words);

/** What keeps the keys of a week: its asker may still have to be written to. */
const HAS_OPEN = [
  "SELECT 1 FROM questions WHERE week = ? AND state = 'open' LIMIT 1",
  'SELECT 1 FROM waiting WHERE epoch = ? LIMIT 1',
  `SELECT 1 FROM questions m CROSS JOIN questions q ON q.id = m.doc ->> 'into'
   WHERE m.week = ? AND m.state = 'merged' AND q.state = 'open' LIMIT 1`,
];

/** Two ranges of the index: as one condition, a page would read again all that have as many votes and came before. */
const AS_MANY = `SELECT doc FROM questions WHERE leader = ? AND state = ? AND votes = ? AND (week, id) > (?, ?)
                 ORDER BY week, id LIMIT ?`;
const FEWER = `SELECT doc FROM questions WHERE leader = ? AND state = ? AND votes < ?
               ORDER BY votes DESC, week, id LIMIT ?`;

/** What dies with an epoch, a bounded number of rows at once. */
const ERASE_EPOCH = [
  'DELETE FROM seals WHERE id IN (SELECT id FROM seals WHERE epoch = ? LIMIT ?)',
  'DELETE FROM waiting WHERE id IN (SELECT id FROM waiting WHERE epoch = ? LIMIT ?)',
  'DELETE FROM slips WHERE tag IN (SELECT tag FROM slips WHERE epoch = ? LIMIT ?)',
  'DELETE FROM blocks WHERE tag IN (SELECT tag FROM blocks WHERE epoch = ? LIMIT ?)',
  `DELETE FROM votes WHERE (question, tag) IN
     (SELECT v.question, v.tag FROM questions q CROSS JOIN votes v ON v.question = q.id WHERE q.week = ? LIMIT ?)`,
  `DELETE FROM reactions WHERE (question, tag) IN
     (SELECT r.question, r.tag FROM questions q CROSS JOIN reactions r ON r.question = q.id WHERE q.week = ? LIMIT ?)`,
];

/** More votes than any question has. */
const EVERY = Number.MAX_SAFE_INTEGER;
