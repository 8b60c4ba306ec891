import { createCipheriv, createDecipheriv, type KeyObject, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const MAC_BYTES = 16;

/** AES-256-GCM, `bound` to what it belongs to: never the same twice. */
export function encrypt(key: KeyObject, bytes: Buffer, bound: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** Throws where the bytes were changed, or moved from what they are bound to. */
export function decrypt(key: KeyObject, bytes: Buffer, bound: string): Buffer {
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: MAC_BYTES })
    .setAAD(Buffer.from(bound))
    .setAuthTag(bytes.subarray(-MAC_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -MAC_BYTES)), decipher.final()]);
}
