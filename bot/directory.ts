import { readFileSync, statSync } from 'node:fs';
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
  return directory;
}

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

export interface LoadedDirectory {
  /** As the file stood when it last could be read. */
  now: () => Directory;
  stop: () => void;
}

/**
 * Reads the file, and again whenever it changes, looking every `interval` milliseconds. A change that cannot be read is
 * told, and the last good one stays.
 */
export function loadDirectory(
  path: string,
  onChange: (fault?: DirectoryFault) => void,
  interval = 500,
): LoadedDirectory {
  let seen = stamp(path);
  let directory = read(path);
  const look = () => {
    const now = stamp(path);
    if (now === seen) return;
    seen = now;
    try {
      directory = read(path);
      onChange();
    } catch (error) {
      onChange(error instanceof DirectoryFault ? error : new DirectoryFault('the file cannot be read'));
    }
  };
  // Polled: a watch on the file itself is lost when an editor, or a mounted volume, replaces it.
  const timer = setInterval(look, interval).unref();
  return { now: () => directory, stop: () => clearInterval(timer) };
}

/** Tells one state of the file from another. Taken before the file is read, so that no change falls between. */
function stamp(path: string): string {
  const { ino, size, mtimeMs, ctimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return [ino, size, mtimeMs, ctimeMs].join(' ');
}

function read(path: string): Directory {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new DirectoryFault(`DIRECTORY_FILE ${path} cannot be read. README.md shows how to write one.`);
  }
  try {
    return parseDirectory(text);
  } catch (error) {
    throw error instanceof DirectoryFault ? new DirectoryFault(`DIRECTORY_FILE ${path}\n${error.message}`) : error;
  }
}
