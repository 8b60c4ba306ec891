import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';

const NONCE_BYTES = 12;
const MAC_BYTES = 16;

/** Where the next page of a list begins. */
export interface Position {
  votes: number;
  week: string;
  id: string;
}

/** Before every question. */
export const BEGINNING: Position = { votes: Number.MAX_SAFE_INTEGER, week: '', id: '' };

export interface Cursors {
  write(position: Position): string;
  /** Nothing where another process wrote it, or somebody else did. */
  read(cursor: string): Position | undefined;
}

/**
 * Cursors stand in the buttons of cards, where anybody can read them, and a position has a count of votes in it that cards
 * do not show while it is small. So they are encrypted, under a key that lives with the process: after a restart an old
 * button leads to the first page again.
 */
export function makeCursors(): Cursors {
  const key = createSecretKey(randomBytes(32));
  return {
    write({ votes, week, id }) {
      const nonce = randomBytes(NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const bytes = Buffer.concat([
        nonce,
        cipher.update(`${votes} ${week} ${id}`),
        cipher.final(),
        cipher.getAuthTag(),
      ]);
      return bytes.toString('base64url');
    },
    read(cursor) {
      const bytes = Buffer.from(cursor, 'base64url');
      try {
        const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES), {
          authTagLength: MAC_BYTES,
        }).setAuthTag(bytes.subarray(-MAC_BYTES));
        const text = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -MAC_BYTES)), decipher.final()]);
        const [votes = '', week = '', id = ''] = text.toString('utf8').split(' ');
        return { votes: Number(votes), week, id };
      } catch {
        return undefined;
      }
    },
  };
}
