import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import {
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname } from 'node:path';
import { z } from 'zod';

const File = z.strictObject({
  version: z.literal(1),
  /** Never rotates: makes ids that must stay the same for a repeat. */
  lasting: z.base64url().length(43),
  epochs: z.record(z.string().regex(/^\d{4}-W\d{2}$/), z.base64url().length(43)),
});
type File = z.infer<typeof File>;

/** The key file could not be used; the message tells how to mend it. */
export class KeyFault extends Error {
  override name = 'KeyFault';
}

/** The keys, by ISO week. Kept in a file of their own that only the bot's account may read. */
export class Keys {
  readonly #path: string;
  #file: File;

  private constructor(path: string, file: File) {
    this.#path = path;
    this.#file = file;
  }

  /** Reads the key file, or makes one where `mayMake`: beside data of old, new keys would cut everybody off. Throws KeyFault. */
  static open(path: string, { mayMake = true } = {}): Keys {
    try {
      if (existsSync(path)) return new Keys(path, read(path));
      if (!mayMake) throw new KeyFault(missing(path));
      const file: File = { version: 1, lasting: secret(), epochs: {} };
      mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
      write(path, file);
      return new Keys(path, file);
    } catch (error) {
      if (error instanceof KeyFault) throw error;
      throw new KeyFault(
        `KEY_FILE ${path} cannot be read or written. Give the bot’s account, and nobody else, its folder.`,
      );
    }
  }

  /** Epochs with a key, newest first. */
  epochs(): string[] {
    return Object.keys(this.#file.epochs).toSorted().toReversed();
  }

  /** Makes sure that this week has a key before anything is sealed under it. */
  begin(epoch: string): void {
    if (this.#file.epochs[epoch] !== undefined) return;
    const file = { ...this.#file, epochs: { ...this.#file.epochs, [epoch]: secret() } };
    // Written first: what is sealed under a key that only this process knows is lost with it.
    write(this.#path, file);
    this.#file = file;
  }

  /** A 32-byte key for one purpose. An epoch of `lasting` gives the key that never rotates. */
  derive(epoch: string, purpose: string): Buffer {
    const { lasting, epochs } = this.#file;
    const root = epoch === 'lasting' ? lasting : Object.hasOwn(epochs, epoch) ? epochs[epoch] : undefined;
    if (root === undefined) throw new KeyFault(`The key of ${epoch} is gone.`);
    return Buffer.from(hkdfSync('sha256', Buffer.from(root, 'base64url'), '', `forthright ${purpose}`, 32));
  }

  tag(epoch: string, purpose: string, ...parts: string[]): string {
    // Lengths stand before the parts, so that no two lists of parts read the same.
    const text = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('');
    return createHmac('sha256', this.derive(epoch, purpose))
      .update(text)
      .digest()
      .subarray(0, 16)
      .toString('base64url');
  }
}

/** Replaces the file whole, or leaves it as it was; what it holds then survives a power cut. */
function write(path: string, content: File): void {
  const draft = `${path}.new`;
  // A draft that lies there already may be open to others.
  rmSync(draft, { force: true });
  const file = openSync(draft, 'wx', 0o600);
  try {
    writeFileSync(file, JSON.stringify(content, null, 2));
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  renameSync(draft, path);
  syncFolder(dirname(path));
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

function read(path: string): File {
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new KeyFault(`KEY_FILE ${path} can be read by others. Run: chmod 600 ${path}`);
  }
  const text = readFileSync(path, 'utf8');
  try {
    return File.parse(JSON.parse(text));
  } catch {
    throw new KeyFault(
      `KEY_FILE ${path} is damaged. Restore it from its backup: without it, nobody can be written back to.`,
    );
  }
}

const secret = (): string => randomBytes(32).toString('base64url');

const missing = (path: string): string =>
  `KEY_FILE ${path} is missing, but there are data sealed under its keys. Restore it from its backup, or mend KEY_FILE.`;
