import { createCipheriv, createDecipheriv, createSecretKey, randomBytes } from 'node:crypto';
import { isNewestFirst, type Stage } from '../domain/stage.ts';

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

/** Where the next page of a stage begins. */
export interface Place {
  since: string;
  id: string;
}

/** Before every question of a stage. Weeks, days, times and ids lie between the two. */
export const startOf = (stage: Stage): Place =>
  isNewestFirst(stage) ? { since: '~', id: '~' } : { since: '', id: '' };

/**
 * A place holds nothing that its page does not show, so it is no secret; and the next page may be asked of another instance,
 * which would not know this one's key.
 */
export const writePlace = ({ since, id }: Place): string => Buffer.from(`${since} ${id}`).toString('base64url');

/** Nothing where somebody else wrote it. */
export function readPlace(cursor: string | undefined): Place | undefined {
  const [, since, id] = /^([\dTWZ:.-]+) ([\w-]+)$/.exec(Buffer.from(cursor ?? '', 'base64url').toString()) ?? [];
  return since === undefined || id === undefined ? undefined : { since, id };
}
