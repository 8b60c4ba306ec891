import { accessSync, constants, existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DatabaseSync, type SQLInputValue, type SQLOutputValue } from 'node:sqlite';
import { toStoreFault } from './faults.ts';
import { migrate } from './migrations.ts';

/** A lock is waited for no longer than this, in milliseconds: an invoke has three seconds in all. */
export const BUSY_MS = 1500;

/** How often to look whether a lock is gone. */
const LOOK_MS = 5;
/** SQLITE_BUSY, "Result and Error Codes". */
const BUSY = 5;

/**
 * How much of the file is read where the system keeps it, and not copied for each look: SQLite's own most. A disk that fails
 * then ends the process. Not on Windows, which cannot shorten a file that is mapped: what was scattered would stay in its tail.
 */
const MAPPED_BYTES = process.platform === 'win32' ? 0 : 2 ** 31 - 2 ** 16;

type Row = Record<string, SQLOutputValue>;

/** Writes that become durable together. */
type Batch = { durable: Promise<void>; resolve: () => void; reject: (error: unknown) => void };

/** One connection to a SQLite file, with its prepared statements. */
export class Database {
  readonly #db: DatabaseSync;
  readonly #busyMs: number;
  readonly #statements = new Map<string, ReturnType<DatabaseSync['prepare']>>();
  #owesForgetting = false;
  #batch: Batch | undefined;

  private constructor(db: DatabaseSync, busyMs: number) {
    this.#db = db;
    this.#busyMs = busyMs;
    // The process may have been killed between an erasure and the emptying of the log.
    this.#forget();
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
         PRAGMA secure_delete = ON; PRAGMA temp_store = MEMORY;
         PRAGMA mmap_size = ${MAPPED_BYTES}`,
      );
      migrate(db);
      return new Database(db, busyMs);
    } catch (error) {
      db?.close();
      throw toStoreFault(path, error);
    }
  }

  async get(sql: string, ...values: SQLInputValue[]): Promise<Row | undefined> {
    return this.#settled(() => this.look(sql, ...values));
  }

  async all(sql: string, ...values: SQLInputValue[]): Promise<Row[]> {
    return this.#settled(() => this.#prepare(sql).all(...values));
  }

  /** For what decides on a write of the same moment: what is read may not be durable yet, and must not be told. */
  look(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.#prepare(sql).get(...values);
  }

  /** One row after the other, however many there are. */
  each(sql: string): IterableIterator<Row> {
    return this.#prepare(sql).iterate();
  }

  /** The number of rows that it changed, once that is durable. A statement that fails, fails alone. */
  async run(sql: string, ...values: SQLInputValue[]): Promise<number> {
    return this.#write(false, sql, values);
  }

  /** The same for what has to be gone: also from the write-ahead log, where erased rows live on until it is emptied. */
  async erase(sql: string, ...values: SQLInputValue[]): Promise<number> {
    return this.#write(true, sql, values);
  }

  /**
   * Writes the file anew in the order of its random keys: SQLite takes new pages in the order of writing, and words stand on
   * pages of their own. One transaction, in memory until it is written; nobody else is served meanwhile, so a file beyond
   * `maxBytes` is left as it is. False then, and where somebody else is writing.
   */
  async scatter(maxBytes: number): Promise<boolean> {
    // No transaction holds another one.
    while (this.#batch !== undefined) await this.#batch.durable.catch(() => {});
    if (this.#size() > maxBytes) return false;
    if (!this.#unlessBusy('VACUUM')) return false;
    this.#forget();
    return true;
  }

  /** Tries again what a backup kept from being forgotten. */
  forgetOwed(): void {
    if (this.#owesForgetting && this.#batch === undefined) this.#forget();
  }

  async close(): Promise<void> {
    await this.#batch?.durable.catch(() => {});
    if (this.#db.isOpen) this.#db.close();
  }

  async #write(erases: boolean, sql: string, values: SQLInputValue[]): Promise<number> {
    const batch = this.#batch ?? this.#begin() ?? (await this.#wait());
    try {
      const changed = Number(this.#prepare(sql).run(...values).changes);
      if (erases && changed > 0) this.#owesForgetting = true;
      await batch.durable;
      return changed;
    } catch (error) {
      // A full disk, for one, has SQLite take back everything.
      if (this.#batch === batch && !this.#db.isTransaction) this.#end(batch, error);
      throw error;
    }
  }

  /**
   * To make a write durable takes longer than the write: those of one turn of the event loop share that. All of them are
   * durable, or none is.
   */
  #begin(): Batch | undefined {
    if (!this.#unlessBusy('BEGIN IMMEDIATE')) return undefined;
    const { promise: durable, resolve, reject } = Promise.withResolvers<void>();
    // Whoever wrote is told; nobody else has to be.
    durable.catch(() => {});
    const batch = { durable, resolve, reject };
    setImmediate(() => {
      if (this.#batch === batch) this.#commit(batch);
    });
    this.#batch = batch;
    return batch;
  }

  /** Waits for whoever else writes, without holding up this process. */
  async #wait(): Promise<Batch> {
    for (let waited = 0; ; waited += LOOK_MS) {
      const batch = this.#batch ?? this.#begin();
      if (batch !== undefined) return batch;
      if (waited >= this.#busyMs) throw Object.assign(new Error('The database is locked'), { errcode: BUSY });
      await setTimeout(LOOK_MS);
    }
  }

  /** False where somebody else is writing. */
  #unlessBusy(sql: string): boolean {
    this.#db.exec('PRAGMA busy_timeout = 0');
    try {
      this.#db.exec(sql);
      return true;
    } catch (error) {
      if (((error as { errcode?: number }).errcode ?? 0) % 256 === BUSY) return false;
      throw error;
    } finally {
      this.#db.exec(`PRAGMA busy_timeout = ${this.#busyMs}`);
    }
  }

  #commit(batch: Batch): void {
    try {
      this.#db.exec('COMMIT');
    } catch (error) {
      if (this.#db.isTransaction) this.#db.exec('ROLLBACK');
      return this.#end(batch, error);
    }
    this.#batch = undefined;
    try {
      this.forgetOwed();
      batch.resolve();
    } catch (error) {
      batch.reject(error);
    }
  }

  #end(batch: Batch, error: unknown): void {
    this.#batch = undefined;
    batch.reject(error);
  }

  /** Nothing is told that may still be taken back: it is told once it is durable, or read anew. */
  async #settled<Result>(read: () => Result): Promise<Result> {
    const found = read();
    const batch = this.#batch;
    return batch === undefined
      ? found
      : batch.durable.then(
          () => found,
          () => this.#settled(read),
        );
  }

  /** Only TRUNCATE empties the log. */
  #forget(): void {
    // A backup that is reading keeps the log as it is. Nobody waits for its end: a later write or sweep tries again.
    this.#db.exec('PRAGMA busy_timeout = 0');
    try {
      this.#owesForgetting = this.look('PRAGMA wal_checkpoint(TRUNCATE)')?.['busy'] !== 0;
    } finally {
      this.#db.exec(`PRAGMA busy_timeout = ${this.#busyMs}`);
    }
  }

  #size(): number {
    const [pages, size] = [this.look('PRAGMA page_count'), this.look('PRAGMA page_size')];
    return Number(pages?.['page_count']) * Number(size?.['page_size']);
  }

  #prepare(sql: string) {
    const known = this.#statements.get(sql);
    if (known) return known;
    const statement = this.#db.prepare(sql);
    this.#statements.set(sql, statement);
    return statement;
  }
}
