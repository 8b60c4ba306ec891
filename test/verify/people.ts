import { readText, Unlookable } from './files.ts';

/** One line of the list: somebody, by one or several names and ids. */
export type Listed = {
  readonly line: number;
  readonly texts: readonly string[];
  /** What they are in the directory file; nothing where they have no role. */
  readonly role?: string;
};

/** Shorter texts stand in any file by chance, and would prove nothing. */
const SHORTEST = 5;

/** Reads the list: one person, name or id per line; several texts of one person may stand on a line, parted by `;`. */
export function readPeople(path: string, directory?: string): Listed[] {
  const roles = directory === undefined ? new Map<string, string>() : readRoles(directory);
  const lines = readText(path, 'list of names')
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/);
  const people = lines.flatMap((text, at): Listed[] => {
    const texts = text
      .split(/[;\t]/)
      .map((part) => part.trim().normalize())
      .filter(Boolean);
    if (texts.length === 0) return [];
    const role = texts.map((one) => roles.get(one.toLowerCase())).find(Boolean);
    return [{ line: at + 1, texts, ...(role === undefined ? {} : { role }) }];
  });
  const short = people.filter(({ texts }) => texts.some((text) => text.length < SHORTEST)).map(({ line }) => line);
  if (people.length === 0) throw new Unlookable(`The list of names ${path} is empty. Write one name or id per line.`);
  if (short.length > 0)
    throw new Unlookable(
      `The list of names ${path} has texts of fewer than ${SHORTEST} characters, in line ${short.join(', ')}. They stand in any file by chance. Write whole names or ids.`,
    );
  return people;
}

type Entry = { id?: unknown; name?: unknown; delegates?: Entry[] };

/** Names and ids of those with a role, in lower case, with the role. */
function readRoles(path: string): Map<string, string> {
  const roles = new Map<string, string>();
  const add = (role: string, entries: Entry[] = []) => {
    for (const { id, name, delegates } of entries) {
      for (const text of [id, name])
        if (typeof text === 'string') roles.set(text.trim().normalize().toLowerCase(), role);
      add('delegate', delegates);
    }
  };
  const text = readText(path, 'directory file').replace(/^\uFEFF/, '');
  try {
    const file = JSON.parse(text) as Record<'leaders' | 'curators' | 'admins', Entry[]>;
    add('leader', file.leaders);
    add('curator', file.curators);
    add('admin', file.admins);
  } catch {
    throw new Unlookable(`The directory file ${path} cannot be understood. Give the one that DIRECTORY_FILE names.`);
  }
  return roles;
}
