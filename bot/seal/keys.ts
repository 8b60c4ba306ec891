import { createHmac, createSecretKey, generateKeyPairSync, hkdfSync, type KeyObject, randomBytes } from 'node:crypto';
import { EpochGone } from '../app/ports.ts';
import type { Ring } from '../app/ring.ts';
import type { Watched } from '../domain/epoch.ts';
import { changeKeyFile, clearLock, KeyFault, type KeyFile, makeKeyFile, readKeyFile } from './keyfile.ts';
import type { Vault } from './vault.ts';

type Epoch = KeyFile['epochs'][string];

/** New keys where there is no file yet: beside data of old, they would cut everybody off. */
interface Making {
  mayMake?: boolean;
}

const LASTING = 'lasting';

/**
 * The keys, by ISO week: a key pair for capsules, of which sealing needs the public half, and a key for tags. Kept in a file
 * of their own that only the bot's account may read; with a Vault, their secrets stand there wrapped. Keys of tags are then
 * unwrapped once and stay in memory, so that asking goes on while a vault is away; private halves are unwrapped each time.
 * Several instances may share the file: each change is made to the file as it stands, never to what is remembered of it.
 */
export class Keys implements Ring {
  readonly #path: string;
  readonly #vault: Vault | undefined;
  /** Keys of tags in the clear, by epoch, and the lasting one. An epoch that has none yet is as if it were not in the file. */
  readonly #tags: Map<string, Buffer>;
  /**
   * My questions makes hundreds of tags under the same few keys. All are made anew once an epoch is destroyed. Node copies
   * and inspects the bytes of a Buffer at every use, which costs eight times the tag.
   */
  readonly #derived = new Map<string, KeyObject>();
  #file: KeyFile;

  private constructor(path: string, file: KeyFile, tags: Map<string, Buffer>, vault?: Vault) {
    this.#path = path;
    this.#file = file;
    this.#tags = tags;
    this.#vault = vault;
  }

  /** Reads the key file, or makes one. Throws KeyFault. */
  static open(path: string, { mayMake = true }: Making = {}): Keys {
    clearLock(path);
    const known = readKeyFile(path, 'clear', mayMake);
    const file = known ?? makeKeyFile(path, 'clear', blank(clear(randomBytes(32))));
    return new Keys(path, file, new Map(tagsOf(file).map(([epoch, key]) => [epoch, bytes(key)])));
  }

  /** The same with a Vault, which has to answer once at the start. Throws KeyFault or VaultAway. */
  static async unlock(path: string, vault: Vault, { mayMake = true }: Making = {}): Promise<Keys> {
    clearLock(path);
    const known = readKeyFile(path, 'wrapped', mayMake);
    const file = known ?? makeKeyFile(path, 'wrapped', blank(await vault.wrap(LASTING, randomBytes(32))));
    const tags = tagsOf(file).map(async ([epoch, key]) => [epoch, await vault.unwrap(epoch, key)] as const);
    return new Keys(path, file, new Map(await Promise.all(tags)), vault);
  }

  epochs(): string[] {
    const epochs = Object.keys(this.#file.epochs).filter((epoch) => this.#has(epoch));
    return epochs.toSorted().toReversed();
  }

  gone(): string[] {
    return this.#file.gone;
  }

  pace(): number | undefined {
    return this.#file.pace;
  }

  watched(epoch: string): Watched {
    const { ended, closed } = this.#file.epochs[epoch] ?? {};
    return { ended, closed };
  }

  async note(pace: number, watched: ReadonlyMap<string, Watched>): Promise<void> {
    const file = await this.#change((before) => {
      const noted = Object.entries(before.epochs).map(([epoch, { public: half, private: other, tag, ...noted }]) => {
        const { ended, closed } = watched.get(epoch) ?? noted;
        const days = { ...(ended === undefined ? {} : { ended }), ...(closed === undefined ? {} : { closed }) };
        return [epoch, { public: half, private: other, tag, ...days }] as const;
      });
      return { ...before, pace: Math.round(pace), epochs: Object.fromEntries(noted) };
    });
    await this.#adopt(file);
  }

  async refresh(): Promise<void> {
    await this.#adopt(readKeyFile(this.#path, this.#secrets, true) ?? this.#file);
  }

  /** Makes sure that this week has keys before anything is sealed under them: at once, or when the Vault has answered. */
  async begin(epoch: string): Promise<void> {
    if (this.#has(epoch)) return;
    // A vault makes a key for each that wraps: nothing is wrapped for an epoch that another instance began.
    if (this.#vault !== undefined) await this.refresh();
    if (this.#has(epoch)) return;
    const { publicHalf, privateHalf } = makePair();
    const tag = randomBytes(32);
    const vault = this.#vault;
    const made: Epoch = vault
      ? { public: publicHalf, private: await vault.wrap(epoch, privateHalf), tag: await vault.wrap(epoch, tag) }
      : { public: publicHalf, private: clear(privateHalf), tag: clear(tag) };
    // Written first: what is sealed under a key that only this process knows is lost with it. Somebody else may have begun
    // it meanwhile, and sealed under it.
    const file = await this.#change((before) =>
      Object.hasOwn(before.epochs, epoch) ? before : withEpoch(before, epoch, made),
    );
    if (file.epochs[epoch] === made) this.#tags.set(epoch, tag);
    await this.#adopt(file);
  }

  async destroy(epoch: string): Promise<void> {
    if (!this.#has(epoch)) return;
    await this.#vault?.destroy(epoch);
    const file = await this.#change((before) => withoutEpoch(before, epoch));
    await this.#adopt(file);
  }

  /** The half that seals. Throws EpochGone. */
  publicHalf(epoch: string): Buffer {
    return bytes(this.#epoch(epoch).public);
  }

  /** The half that opens. Throws EpochGone, or VaultAway. */
  async privateHalf(epoch: string): Promise<Buffer> {
    // Another instance may have begun it a moment ago: what is called gone is given up.
    if (!this.#has(epoch)) await this.refresh();
    const { private: kept } = this.#epoch(epoch);
    return this.#vault === undefined ? bytes(kept) : this.#vault.unwrap(epoch, kept);
  }

  /** A 32-byte key for one purpose. An epoch of `lasting` gives the key that never rotates. Throws EpochGone. */
  derive(epoch: string, purpose: string): KeyObject {
    const name = `${epoch} ${purpose}`;
    const known = this.#derived.get(name);
    if (known !== undefined) return known;
    const root = this.#tags.get(epoch);
    if (root === undefined) throw new EpochGone(`The key of ${epoch} is gone.`);
    const bytes = Buffer.from(hkdfSync('sha256', root, '', `forthright ${purpose}`, 32));
    const derived = createSecretKey(bytes);
    bytes.fill(0);
    this.#derived.set(name, derived);
    return derived;
  }

  tag(epoch: string, purpose: string, ...parts: string[]): string {
    // Lengths stand before the parts, so that no two lists of parts read the same.
    const text = parts.map((part) => `${Buffer.byteLength(part)}:${part}`).join('');
    const mac = createHmac('sha256', this.derive(epoch, purpose)).update(text).digest();
    return mac.toString('base64url', 0, 16);
  }

  /** A number in [0, 1) for each of a row of things: the same each time, and in every instance. */
  chance(purpose: string, nth: number): number {
    return Buffer.from(this.tag('lasting', purpose, String(nth)), 'base64url').readUIntBE(0, 6) / 2 ** 48;
  }

  #has(epoch: string): boolean {
    return Object.hasOwn(this.#file.epochs, epoch) && this.#tags.has(epoch);
  }

  #epoch(epoch: string): Epoch {
    const found = this.#has(epoch) ? this.#file.epochs[epoch] : undefined;
    if (found === undefined) throw new EpochGone(`The keys of ${epoch} are gone.`);
    return found;
  }

  get #secrets(): 'clear' | 'wrapped' {
    return this.#vault === undefined ? 'clear' : 'wrapped';
  }

  #change(change: (file: KeyFile) => KeyFile): Promise<KeyFile> {
    return changeKeyFile(this.#path, { secrets: this.#secrets, known: () => this.#file }, change);
  }

  /** Goes by this file from now on: forgets at once what it holds no more, and unwraps what is new in it. */
  async #adopt(file: KeyFile): Promise<void> {
    if (file.lasting !== this.#file.lasting)
      throw new KeyFault(`KEY_FILE ${this.#path} is another one now. Restore the one of before.`);
    const before = this.#file;
    this.#file = file;
    for (const [epoch, { public: half }] of Object.entries(before.epochs))
      if (file.epochs[epoch]?.public !== half) this.#forget(epoch);
    for (const [epoch, key] of tagsOf(file)) {
      if (this.#tags.has(epoch)) continue;
      const tag = this.#vault === undefined ? bytes(key) : await this.#vault.unwrap(epoch, key);
      // Meanwhile it may have been destroyed.
      if (this.#file.epochs[epoch]?.tag === key) this.#tags.set(epoch, tag);
    }
  }

  #forget(epoch: string): void {
    this.#tags.get(epoch)?.fill(0);
    this.#tags.delete(epoch);
    // Node zeroes a key's memory when it collects it.
    this.#derived.clear();
  }
}

const withEpoch = (file: KeyFile, epoch: string, made: Epoch): KeyFile => ({
  ...file,
  epochs: { ...file.epochs, [epoch]: made },
  gone: file.gone.filter((destroyed) => destroyed !== epoch),
});

function withoutEpoch(file: KeyFile, epoch: string): KeyFile {
  if (!Object.hasOwn(file.epochs, epoch)) return file;
  const { [epoch]: _destroyed, ...epochs } = file.epochs;
  return { ...file, epochs, gone: [...file.gone, epoch] };
}

const blank = (lasting: string): KeyFile => ({ version: 1, lasting, epochs: {}, gone: [] });

const tagsOf = ({ lasting, epochs }: KeyFile): [epoch: string, key: string][] => [
  [LASTING, lasting],
  ...Object.entries(epochs).map(([epoch, { tag }]): [string, string] => [epoch, tag]),
];

function makePair(): { publicHalf: string; privateHalf: Buffer } {
  const { x, d } = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });
  if (x === undefined || d === undefined) throw new KeyFault('This Node makes no X25519 keys. Install a newer one.');
  return { publicHalf: x, privateHalf: bytes(d) };
}

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url');
const clear = (secret: Buffer): string => secret.toString('base64url');
