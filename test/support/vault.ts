import { VaultAway } from '../../bot/app/ports.ts';
import { KeyFault } from '../../bot/seal/keyfile.ts';
import type { Vault } from '../../bot/seal/vault.ts';

/** A vault in memory that can be away. What it wraps is reversed, and closed for ever once its key is destroyed. */
export class FakeVault implements Vault {
  isAway = false;
  readonly keys = new Set<string>();
  readonly asked: string[] = [];

  async wrap(epoch: string, secret: Buffer): Promise<string> {
    await this.#answer(`wrap ${epoch}`);
    this.keys.add(epoch);
    return Buffer.concat([Buffer.from(secret).toReversed(), Buffer.alloc(16)]).toString('base64url');
  }

  async unwrap(epoch: string, wrapped: string): Promise<Buffer> {
    await this.#answer(`unwrap ${epoch}`);
    if (!this.keys.has(epoch)) throw new KeyFault(`There is no key of ${epoch}`);
    return Buffer.from(Buffer.from(wrapped, 'base64url').subarray(0, 32).toReversed());
  }

  async destroy(epoch: string): Promise<void> {
    await this.#answer(`destroy ${epoch}`);
    this.keys.delete(epoch);
  }

  async #answer(what: string): Promise<void> {
    this.asked.push(what);
    await Promise.resolve();
    if (this.isAway) throw new VaultAway('The vault is away');
  }
}
