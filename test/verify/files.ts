import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, relative } from 'node:path';

/** It could not be looked at; the message says why, and what to do. Nothing is proven then. */
export class Unlookable extends Error {
  override name = 'Unlookable';
}

export type RawFile = { readonly file: string; readonly bytes: Buffer };

/** The data folder at one moment. */
export type Taken = {
  readonly database: RawFile;
  readonly wal?: RawFile;
  /** Every file of the folder, those two included. */
  readonly all: readonly RawFile[];
};

const DATABASE = 'forthright.db';
const ATTEMPTS = 50;
const PAUSE_MS = 20;

/** Reads a file that must be there. Throws Unlookable. */
export function readRaw(path: string, what: string): RawFile {
  try {
    return { file: basename(path), bytes: readFileSync(path) };
  } catch (error) {
    throw new Unlookable(
      `The ${what} ${path} cannot be read (${codeOf(error)}). Give its path, and run as an account that may read it.`,
    );
  }
}

export const readText = (path: string, what: string): string => readRaw(path, what).bytes.toString('utf8');

/** Octal permissions beside the owner's; undefined where the system has none. */
export const openTo = (path: string): string | undefined =>
  process.platform === 'win32' ? undefined : (statSync(path).mode & 0o777).toString(8);

/**
 * Reads the whole data folder while the bot may write it. Database and log belong together if the database stayed as it
 * was from before it was read until after the log was: else it is read again. Throws Unlookable.
 */
export function take(folder: string, read = readRaw): Taken {
  const path = join(folder, DATABASE);
  for (let attempt = 0; attempt < ATTEMPTS; attempt += 1) {
    const before = stampOf(path);
    const database = read(path, 'database');
    const files = listed(folder).flatMap((name) => present(join(folder, name), name));
    if (stampOf(path) === before) {
      const all = [database, ...files];
      const wal = files.find(({ file }) => file === `${DATABASE}-wal`);
      return wal === undefined ? { database, all } : { database, wal, all };
    }
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
  }
  throw new Unlookable(`The database ${path} is written without a pause. Try again later, or look at a copy.`);
}

const stampOf = (path: string): string => {
  try {
    const { mtimeNs, size } = statSync(path, { bigint: true });
    return `${mtimeNs} ${size}`;
  } catch (error) {
    throw new Unlookable(`There is no database at ${path} (${codeOf(error)}). Give the folder that DATA_DIR names.`);
  }
};

const listed = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((name) => name !== DATABASE);

/** The bot may take a file away between the look at the folder and the look at the file. */
function present(path: string, file: string): RawFile[] {
  try {
    return [{ file, bytes: readFileSync(path) }];
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return [];
    throw new Unlookable(`The file ${path} cannot be read (${codeOf(error)}). Run as an account that may read it.`);
  }
}

/** Does something with a copy of database and log, which is gone afterwards. SQLite itself would write beside the original. */
export function withCopy<Result>({ database, wal }: Taken, act: (path: string) => Result): Result {
  const folder = mkdtempSync(join(tmpdir(), 'forthright-verify-'));
  try {
    const path = join(folder, DATABASE);
    writeFileSync(path, database.bytes, { mode: 0o600 });
    if (wal) writeFileSync(`${path}-wal`, wal.bytes, { mode: 0o600 });
    return act(path);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

export const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException).code ?? 'no code';
