import {
  closeSync,
  existsSync,
  fstatSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';
import { locked, lockedAtStart } from './lock.ts';

const Week = z.string().regex(/^\d{4}-W\d{2}$/);
const Day = z.int().nonnegative();
const Key = z.base64url().length(43);

const shape = <Secret extends z.ZodType<string>>(secret: Secret) =>
  z.strictObject({
    version: z.literal(1),
    /** Never rotates: makes ids that must stay the same for a repeat. */
    lasting: secret,
    /** How far time has gone, see domain/epoch.ts; in milliseconds since 1970. */
    pace: z.int().optional(),
    epochs: z.record(
      Week,
      z.strictObject({
        /** The two halves of the capsules' key pair (X25519), and the key of the tags. */
        public: Key,
        private: secret,
        tag: secret,
        ended: Day.optional(),
        closed: Day.optional(),
      }),
    ),
    /** Epochs whose keys were destroyed. */
    gone: z.array(Week),
  });

/** Secrets in the clear, as the file keeps them by itself; or wrapped by a Vault, which may name the version of its key before. */
const File = { clear: shape(Key), wrapped: shape(z.string().regex(/^([\w-]+\.)?[\w-]{44,}$/)) };
export type Secrets = keyof typeof File;
export type KeyFile = z.infer<(typeof File)[Secrets]>;

/** The key file could not be used; the message tells how to mend it. */
export class KeyFault extends Error {
  override name = 'KeyFault';
}

const lockOf = (path: string): string => `${path}.lock`;

/** Waits for a lock that a killed process left: later, somebody who asks would wait for it. For a start. Throws KeyFault. */
export function clearLock(path: string): void {
  if (existsSync(lockOf(path))) usable(path, () => lockedAtStart(lockOf(path), () => {}));
}

/** Reads the key file; nothing where there is none and one may be made. Throws KeyFault. */
export function readKeyFile(path: string, secrets: Secrets, mayMake: boolean): KeyFile | undefined {
  return usable(path, () => {
    if (existsSync(path)) return read(path, secrets);
    if (!mayMake) throw new KeyFault(missing(path));
    return undefined;
  });
}

/** Writes the first key file, and its folder; of several instances one does, and all get what that one wrote. Throws KeyFault. */
export const makeKeyFile = (path: string, secrets: Secrets, content: KeyFile): KeyFile =>
  usable(path, () => {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    return lockedAtStart(lockOf(path), () => {
      if (existsSync(path)) return read(path, secrets);
      writeKeyFile(path, content);
      return content;
    });
  });

/**
 * Changes the file as it stands now, alone: what another instance wrote is kept, and what it destroyed does not come back. A
 * file that is gone is written anew from what is `known`, by which alone data can be opened still.
 */
export async function changeKeyFile(
  path: string,
  { secrets, known }: { secrets: Secrets; known: () => KeyFile },
  change: (file: KeyFile) => KeyFile,
): Promise<KeyFile> {
  return locked(lockOf(path), () => {
    const before = existsSync(path) ? read(path, secrets) : known();
    const after = change(before);
    if (after !== before) writeKeyFile(path, after);
    return after;
  });
}

/**
 * Replaces the file whole, or leaves it as it was; what it holds then survives a power cut. The old bytes are overwritten,
 * whatever the change: each key will be destroyed one day, and shall not stand in free blocks then. Disks that never write in
 * place may still hold them.
 */
function writeKeyFile(path: string, content: KeyFile): void {
  wipeLeft(path);
  const draft = `${path}.new`;
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeFileSync(file, JSON.stringify(content, null, 2));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  const old = hold(path);
  renameSync(draft, path);
  syncFolder(dirname(path));
  if (old !== undefined) overwrite(old);
  rmSync(`${path}.old`, { force: true });
}

/** Keeps hold of the file that is about to be replaced. */
function hold(path: string): number | undefined {
  if (!existsSync(path)) return undefined;
  try {
    // Nameless, its bytes would be out of reach after a crash.
    linkSync(path, `${path}.old`);
  } catch {
    // Some network shares know no second name of a file: there, a crash right now leaves its bytes to the disk.
  }
  return openSync(path, 'r+');
}

function overwrite(file: number): void {
  try {
    writeSync(file, Buffer.alloc(fstatSync(file).size), 0, undefined, 0);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
}

/** What a crash left: a draft, or the old file. Before the replacement, that one is still the file itself. */
function wipeLeft(path: string): void {
  for (const left of [`${path}.new`, `${path}.old`]) {
    const isFile = lstatSync(left, { throwIfNoEntry: false })?.isFile() === true;
    if (isFile && !isSame(left, path)) overwrite(openSync(left, 'r+'));
    rmSync(left, { force: true });
  }
}

function isSame(one: string, other: string): boolean {
  const [a, b] = [one, other].map((path) => statSync(path, { bigint: true, throwIfNoEntry: false }));
  return a !== undefined && a.ino === b?.ino && a.dev === b.dev;
}

/** A rename is durable once its folder is. Windows cannot open folders, and needs not. */
function syncFolder(path: string): void {
  if (process.platform === 'win32') return;
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** Where another instance replaces it right now, the bytes of the old one may be overwritten already: the new one stands then. */
function readText(path: string): string {
  const text = readFileSync(path, 'utf8');
  return text.includes('\0') ? readFileSync(path, 'utf8') : text;
}

function read(path: string, secrets: Secrets): KeyFile {
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new KeyFault(`KEY_FILE ${path} can be read by others. Run: chmod 600 ${path}`);
  }
  const text = readText(path);
  try {
    return File[secrets].parse(JSON.parse(text));
  } catch {
    if (isOther(text, secrets)) throw new KeyFault(other(path, secrets));
    throw new KeyFault(
      `KEY_FILE ${path} is damaged. Restore it from its backup: without it, nobody can be written back to.`,
    );
  }
}

function usable<Result>(path: string, use: () => Result): Result {
  try {
    return use();
  } catch (error) {
    if (error instanceof KeyFault) throw error;
    throw new KeyFault(
      `KEY_FILE ${path} cannot be read or written. Give the bot’s account, and nobody else, its folder.`,
    );
  }
}

/** Tells whether it is a whole key file of the other kind. */
function isOther(text: string, secrets: Secrets): boolean {
  try {
    return File[secrets === 'clear' ? 'wrapped' : 'clear'].safeParse(JSON.parse(text)).success;
  } catch {
    return false;
  }
}

const other = (path: string, secrets: Secrets): string =>
  secrets === 'clear'
    ? `KEY_FILE ${path} holds keys that a vault wrapped. Set KEY_VAULT_URL to that vault again.`
    : `KEY_FILE ${path} holds keys in the clear, made without a vault. Leave KEY_VAULT_URL out, or begin with a new DATA_DIR and KEY_FILE.`;

const missing = (path: string): string =>
  `KEY_FILE ${path} is missing, but there are data sealed under its keys. Restore it from its backup, or mend KEY_FILE.`;
