import { z } from 'zod';
import type { Directory } from './domain/directory.ts';

const id = z
  .string()
  .trim()
  .min(1)
  .transform((text) => text.toLowerCase());
const Person = z.strictObject({ id, name: z.string().trim().min(1).max(100) });
/** How many people can ask: a whole number, 1 or more. */
const audience = z.int().min(1).optional();
const Leader = Person.extend({
  title: z.string().trim().max(100).optional(),
  topics: z.array(z.string().trim().min(1).max(60)).optional(),
  delegates: z.array(Person).default([]),
  audience,
});

const File = z.strictObject({
  $schema: z.string().optional(),
  leaders: z.array(Leader).min(1),
  curators: z.array(Person).default([]),
  admins: z.array(Person).default([]),
  topics: z.array(z.string().trim().min(1).max(60)).default([]),
  audience,
  defaults: z.strictObject({ leader: id.optional(), channel: z.string().trim().min(1).optional() }).default({}),
});

/** The directory file cannot be used; the message names the line or the key. */
export class DirectoryFault extends Error {
  override name = 'DirectoryFault';
}

/** Reads the text of a directory file. Throws DirectoryFault. */
export function parseDirectory(text: string): Directory {
  const read = File.safeParse(parseJson(text));
  if (!read.success) throw new DirectoryFault(read.error.issues.map(sayIssue).join('\n'));
  const { $schema: _schema, ...directory } = read.data;
  const ids = directory.leaders.map((leader) => leader.id);
  const twice = ids.find((leader, at) => ids.indexOf(leader) !== at);
  if (twice !== undefined) throw new DirectoryFault(`leaders: ${twice} stands there twice`);
  const { leader } = directory.defaults;
  if (leader !== undefined && !ids.includes(leader))
    throw new DirectoryFault(`defaults.leader: ${leader} is not one of the leaders`);
  for (const { name, topics = [] } of directory.leaders) {
    const strange = topics.find((topic) => !directory.topics.includes(topic));
    if (strange !== undefined)
      throw new DirectoryFault(`leaders: ${strange}, a topic of ${name}, is not one of the topics`);
  }
  return directory;
}

/** The text of a file that says the same. */
export const writeDirectory = (directory: Directory): string => `${JSON.stringify(directory, null, 2)}\n`;

function parseJson(text: string): unknown {
  try {
    // Windows' editors begin a file with a mark that JSON does not know.
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    throw new DirectoryFault(
      `line ${lineOf(error, text)}: this is not JSON. Look for a missing comma, quote or bracket just before it`,
    );
  }
}

function lineOf(error: unknown, text: string): number {
  const position = / in JSON at position (\d+)/.exec(String(error))?.[1];
  if (position !== undefined) return text.slice(0, Number(position)).split('\n').length;
  // V8 tells no position of an unexpected token. It meets the token in every beginning of the file that goes so far, and
  // in no shorter one.
  const lines = text.split('\n');
  let [low, high] = [1, lines.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (meetsToken(`${lines.slice(0, middle).join('\n')}\n`)) high = middle;
    else low = middle + 1;
  }
  return low;
}

function meetsToken(text: string): boolean {
  try {
    JSON.parse(text);
    return false;
  } catch (error) {
    return String(error).includes('Unexpected token');
  }
}

const sayIssue = ({ path, message }: { path: PropertyKey[]; message: string }): string =>
  `${
    path
      .map((key) => (typeof key === 'number' ? `[${key}]` : `.${String(key)}`))
      .join('')
      .replace(/^\./, '') || 'the file'
  }: ${message}`;
