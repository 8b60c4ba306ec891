/** The database cannot be used as it is. The message tells the operator what to do. */
export class StoreFault extends Error {
  override name = 'StoreFault';
}

const LOCKED = 'is being written to by another process. Stop that one, or give this one a DATA_DIR of its own.';
const CLOSED =
  'cannot be opened, or cannot be written. Give the bot’s account permission to write the file and its folder.';
const DAMAGED =
  'is damaged, or is no database. Nothing was changed. Keep a copy of the folder, and restore its backup.';
const FULL = 'has no room: the disk is full. Nothing was lost. Make room: a bot that runs goes on by itself.';
const FAILING = 'cannot be read or written: the disk reports a fault. Keep a copy of the folder, and look at the disk.';

/** By primary result code (SQLite, "Result and Error Codes") or by Node's name of the system's error. */
const REMEDIES = new Map<unknown, string>([
  [3, CLOSED],
  [5, LOCKED],
  [6, LOCKED],
  [8, CLOSED],
  [10, FAILING],
  [11, DAMAGED],
  [13, FULL],
  [14, CLOSED],
  [26, DAMAGED],
  ['EACCES', CLOSED],
  ['EEXIST', CLOSED],
  ['ENOSPC', FULL],
  ['ENOTDIR', CLOSED],
  ['EPERM', CLOSED],
  ['EROFS', CLOSED],
]);

/** What went wrong with this file, as a StoreFault where there is a remedy. */
export function toStoreFault(path: string, error: unknown): unknown {
  if (error instanceof StoreFault) return new StoreFault(`The database ${path} ${error.message}`);
  const { errcode, code } = (error ?? {}) as { errcode?: unknown; code?: unknown };
  // Extended result codes hold the primary one in their lowest byte.
  const remedy = REMEDIES.get(typeof errcode === 'number' ? errcode & 0xff : code);
  return remedy === undefined ? error : new StoreFault(`The database ${path} ${remedy}`);
}
