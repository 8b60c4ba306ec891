import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { formsOf } from '../verify/forms.ts';
import { noor, type Person } from './cast.ts';

/** A text that must not be found, and the way in which it is written. */
export type Canary = { readonly name: string; readonly bytes: Buffer };

/** A privacy officer's `npm run verify` looks for the same forms. */
const encodings = (name: string, text: string): Canary[] =>
  formsOf(text).map(({ form, bytes }) => ({ name: `${name} (${form})`, bytes }));

/** Everything that names a person. */
export const canariesOf = ({ name, id, aadObjectId, email, conversationId }: Person = noor): Canary[] => [
  ...encodings('name', name),
  ...encodings('id', id),
  ...encodings('object id', aadObjectId),
  ...encodings('e-mail', email),
  ...encodings('conversation', conversationId),
];

export const canaryOf = (name: string, text: string): Canary[] => encodings(name, text);

/** The names of the canaries that stand in these bytes. */
export const foundIn = (bytes: Buffer | string, canaries: Canary[]): string[] => {
  const haystack = typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
  return canaries.filter((canary) => haystack.includes(canary.bytes)).map((canary) => canary.name);
};

/** Every file below a folder, as raw bytes: the database with its free pages, the write-ahead log, the keys. */
export const filesIn = (folder: string): { file: string; bytes: Buffer }[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => ({ file: entry.name, bytes: readFileSync(join(entry.parentPath, entry.name)) }));
