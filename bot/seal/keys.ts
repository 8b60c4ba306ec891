import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import {
  chmodSync,
  closeSync,
  existsSync,
  fsyncSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  writeSync,
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

  /** Reads the key file, or makes one. Throws KeyFault. */
  static open(path: string): Keys {
    if (existsSync(path)) return new Keys(path, read(path));
    const keys = new Keys(path, { version: 1, lasting: secret(), epochs: {} });
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
    keys.#write();
    return keys;
  }

  /** Epochs with a key, newest first. */
  epochs(): string[] {
    return Object.keys(this.#file.epochs).toSorted().toReversed();
  }

  /** Makes sure that this week has a key before anything is sealed under it. */
  begin(epoch: string): void {
    if (this.#file.epochs[epoch] !== undefined) return;
    this.#file = { ...this.#file, epochs: { ...this.#file.epochs, [epoch]: secret() } };
    this.#write();
  }

  /** A 32-byte key for one purpose. An epoch of `lasting` gives the key that never rotates. */
  derive(epoch: string, purpose: string): Buffer {
    const root = epoch === 'lasting' ? this.#file.lasting : this.#file.epochs[epoch];
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

  #write(): void {
    const draft = `${this.#path}.new`;
    const file = openSync(draft, 'w', 0o600);
    writeSync(file, JSON.stringify(this.#file, null, 2));
    fsyncSync(file);
    closeSync(file);
    chmodSync(draft, 0o600);
    renameSync(draft, this.#path);
  }
}

function read(path: string): File {
  if (process.platform !== 'win32' && (statSync(path).mode & 0o077) !== 0) {
    throw new KeyFault(`KEY_FILE ${path} can be read by others. Run: chmod 600 ${path}`);
  }
  try {
    return File.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch {
    throw new KeyFault(
      `KEY_FILE ${path} is damaged. Restore it from its backup: without it, nobody can be written back to.`,
    );
  }
}

const secret = (): string => randomBytes(32).toString('base64url');
