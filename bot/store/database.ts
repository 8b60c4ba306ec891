import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';
import { toStoreFault } from './faults.ts';
import { migrate } from './migrations.ts';

/** A lock is waited for no longer than this, in milliseconds: an invoke has three seconds in all. */
export const BUSY_MS = 1500;

type Row = Record<string, SQLOutputValue>;

/** One connection to a SQLite file, with its prepared statements. */
export class Database {
  readonly #db: DatabaseSync;
  readonly #busyMs: number;
  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  #owesForgetting = false;

  private constructor(db: DatabaseSync, busyMs: number) {
    this.#db = db;
    this.#busyMs = busyMs;
    // The process may have been killed between an erasure and the emptying of the log.
    this.forget();
  }

  /** Opens the file, or makes it, and brings it to the newest version. Throws StoreFault where it cannot be used. */
  static open(path: string, busyMs: number): Database {
    let db: DatabaseSync | undefined;
    try {
      if (path !== ':memory:') mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      // SQLite opens what it may only read, and would fail at the first question.
      if (existsSync(path)) accessSync(path, constants.W_OK);
      db = new DatabaseSync(path);
      // FULL: what was acknowledged survives a power cut. secure_delete: what was erased is overwritten. temp_store: no copy
      // of the file stands in a temporary one while it is scattered. The size of pages belongs to the first migration, which
      // tells why.
      db.exec(
        `PRAGMA busy_timeout = ${busyMs}; PRAGMA page_size = 1024; PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
         PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY`,
      );
      migrate(db);
      return new Database(db, busyMs);
    } catch (error) {
      db?.close();
      throw toStoreFault(path, error);
    }
  }

  get(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values);
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.#prepare(sql).all(...values);
  }

  /** The number of rows that it changed. */
  run(sql: string, ...values: SQLInputValue[]): number {
    const { changes } = this.#prepare(sql).run(...values);
    this.forgetOwed();
    return Number(changes);
  }

  /** Erased rows live on in the write-ahead log until it is emptied; only TRUNCATE empties it. */
  forget(): void {
    // A backup that is reading keeps the log as it is. Nobody waits for its end: a later write or sweep tries again.
    this.#db.exec('PRAGMA busy_timeout = 0');
    try {
      this.#owesForgetting = this.get('PRAGMA wal_checkpoint(TRUNCATE)')?.['busy'] !== 0;
    } finally {
      this.#db.exec(`PRAGMA busy_timeout = ${this.#busyMs}`);
    }
  }

  /**
   * Writes the file anew in the order of its random keys: SQLite takes new pages in the order of writing, and words stand on
   * pages of their own. One transaction, in memory until it is written; nobody else is served meanwhile, so a file beyond
   * `maxBytes` is left as it is. False then, and where somebody else is writing.
   */
  scatter(maxBytes: number): boolean {
    if (this.#size() > maxBytes) return false;
    this.#db.exec('PRAGMA busy_timeout = 0');
    try {
      this.#db.exec('VACUUM');
    } catch (error) {
      if (isBusy(error)) return false;
      throw error;
    } finally {
      this.#db.exec(`PRAGMA busy_timeout = ${this.#busyMs}`);
    }
    this.forget();
    return true;
  }

  /** Tries again what a backup kept from being forgotten. */
  forgetOwed(): void {
    if (this.#owesForgetting) this.forget();
  }

  close(): void {
    if (this.#db.isOpen) this.#db.close();
  }

  #size(): number {
    return Number(this.get('PRAGMA page_count')?.['page_count']) * Number(this.get('PRAGMA page_size')?.['page_size']);
  }

  #prepare(sql: string) {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}

/** SQLITE_BUSY, "Result and Error Codes". */
const isBusy = (error: unknown): boolean => ((error as { errcode?: number }).errcode ?? 0) % 256 === 5;
