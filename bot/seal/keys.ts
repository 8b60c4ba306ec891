import { createHmac, generateKeyPairSync, hkdfSync, randomBytes } from 'node:crypto';
import { EpochGone, type Ring } from '../app/ports.ts';
import type { Watched } from '../domain/epoch.ts';
import { KeyFault, type KeyFile, makeKeyFile, readKeyFile, replaceKeyFile, writeKeyFile } from './keyfile.ts';
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
 */
export class Keys implements Ring {
  readonly #path: string;
  readonly #vault: Vault | undefined;
  /** Keys of tags in the clear, by epoch, and the lasting one. */
  readonly #tags: Map<string, Buffer>;
  /** My questions makes hundreds of tags under the same few keys. All are made anew once an epoch is destroyed. */
  readonly #derived = new Map<string, Buffer>();
  #file: KeyFile;

  private constructor(path: string, file: KeyFile, tags: Map<string, Buffer>, vault?: Vault) {
    this.#path = path;
    this.#file = file;
    this.#tags = tags;
    this.#vault = vault;
  }

  /** Reads the key file, or makes one. Throws KeyFault. */
  static open(path: string, { mayMake = true }: Making = {}): Keys {
    const known = readKeyFile(path, 'clear', mayMake);
    const file = known ?? blank(clear(randomBytes(32)));
    if (known === undefined) makeKeyFile(path, file);
    return new Keys(path, file, new Map(tagsOf(file).map(([epoch, key]) => [epoch, bytes(key)])));
  }

  /** The same with a Vault, which has to answer once at the start. Throws KeyFault or VaultAway. */
  static async unlock(path: string, vault: Vault, { mayMake = true }: Making = {}): Promise<Keys> {
    const known = readKeyFile(path, 'wrapped', mayMake);
    const file = known ?? blank(await vault.wrap(LASTING, randomBytes(32)));
    if (known === undefined) makeKeyFile(path, file);
    const tags = tagsOf(file).map(async ([epoch, key]) => [epoch, await vault.unwrap(epoch, key)] as const);
    return new Keys(path, file, new Map(await Promise.all(tags)), vault);
  }

  epochs(): string[] {
    return Object.keys(this.#file.epochs).toSorted().toReversed();
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

  note(pace: number, watched: ReadonlyMap<string, Watched>): void {
    const noted = Object.entries(this.#file.epochs).map(([epoch, { public: half, private: other, tag }]) => {
      const { ended, closed } = watched.get(epoch) ?? this.watched(epoch);
      const days = { ...(ended === undefined ? {} : { ended }), ...(closed === undefined ? {} : { closed }) };
      return [epoch, { public: half, private: other, tag, ...days }] as const;
    });
    this.#write({ ...this.#file, pace: Math.round(pace), epochs: Object.fromEntries(noted) });
  }

  /** Makes sure that this week has keys before anything is sealed under them: at once, or when the Vault has answered. */
  async begin(epoch: string): Promise<void> {
    if (this.#has(epoch)) return;
    const { publicHalf, privateHalf } = makePair();
    const tag = randomBytes(32);
    if (this.#vault === undefined) {
      this.#add(epoch, tag, { public: publicHalf, private: clear(privateHalf), tag: clear(tag) });
      return;
    }
    const [wrapped, wrappedTag] = [await this.#vault.wrap(epoch, privateHalf), await this.#vault.wrap(epoch, tag)];
    // Somebody else may have begun it meanwhile, and sealed under it.
    if (!this.#has(epoch)) this.#add(epoch, tag, { public: publicHalf, private: wrapped, tag: wrappedTag });
  }

  async destroy(epoch: string): Promise<void> {
    if (!this.#has(epoch)) return;
    await this.#vault?.destroy(epoch);
    const { [epoch]: _destroyed, ...epochs } = this.#file.epochs;
    const file = { ...this.#file, epochs, gone: [...this.#file.gone, epoch] };
    replaceKeyFile(this.#path, file);
    this.#file = file;
    this.#tags.get(epoch)?.fill(0);
    this.#tags.delete(epoch);
    this.#forgetDerived();
  }

  /** The half that seals. Throws EpochGone. */
  publicHalf(epoch: string): Buffer {
    return bytes(this.#epoch(epoch).public);
  }

  /** The half that opens. Throws EpochGone, or VaultAway. */
  async privateHalf(epoch: string): Promise<Buffer> {
    const { private: kept } = this.#epoch(epoch);
    return this.#vault === undefined ? bytes(kept) : this.#vault.unwrap(epoch, kept);
  }

  /** A 32-byte key for one purpose. An epoch of `lasting` gives the key that never rotates. Throws EpochGone. */
  derive(epoch: string, purpose: string): Buffer {
    const name = `${epoch} ${purpose}`;
    const known = this.#derived.get(name);
    if (known !== undefined) return known;
    const root = this.#tags.get(epoch);
    if (root === undefined) throw new EpochGone(`The key of ${epoch} is gone.`);
    const derived = Buffer.from(hkdfSync('sha256', root, '', `forthright ${purpose}`, 32));
    this.#derived.set(name, derived);
    return derived;
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

  #has(epoch: string): boolean {
    return Object.hasOwn(this.#file.epochs, epoch);
  }

  #epoch(epoch: string): Epoch {
    const found = this.#has(epoch) ? this.#file.epochs[epoch] : undefined;
    if (found === undefined) throw new EpochGone(`The keys of ${epoch} are gone.`);
    return found;
  }

  #add(epoch: string, tag: Buffer, made: Epoch): void {
    const gone = this.#file.gone.filter((destroyed) => destroyed !== epoch);
    // Written first: what is sealed under a key that only this process knows is lost with it.
    this.#write({ ...this.#file, epochs: { ...this.#file.epochs, [epoch]: made }, gone });
    this.#tags.set(epoch, tag);
  }

  #forgetDerived(): void {
    for (const derived of this.#derived.values()) derived.fill(0);
    this.#derived.clear();
  }

  #write(file: KeyFile): void {
    writeKeyFile(this.#path, file);
    this.#file = file;
  }
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
