/**
 * Keeps the epochs' secrets from whoever holds the key file alone. One key of its own per epoch, so that destroying it closes
 * every copy of that file as well. Each method may throw VaultAway.
 */
export interface Vault {
  /** Wraps a secret under the epoch's key, which is made where there is none; of two that make it at once, both may unwrap. */
  wrap(epoch: string, secret: Buffer): Promise<string>;
  unwrap(epoch: string, wrapped: string): Promise<Buffer>;
  /** Destroys the epoch's key for ever. Done twice, it changes nothing. */
  destroy(epoch: string): Promise<void>;
}
