import { type Form, formsOf } from './forms.ts';
import type { RawFile, Taken } from './files.ts';
import { searchSeams } from './pages.ts';
import type { Listed } from './people.ts';
import { number, type Part, plural, wrapped } from './report.ts';
import type { FoundField } from './rows.ts';
import { type Found, makeSearch, type Search } from './search.ts';

/** One form of one text of one person of the list. */
export type Name = Form & { readonly person: Listed };

/** A file, and where in it names stand that should not. */
export type Searched = {
  readonly file: RawFile;
  readonly finds: readonly Found<Name>[];
  /** How often people with roles stand in it, as they may. */
  readonly byDesign: number;
};

const SHOWN = 20;

export const namesOf = (people: readonly Listed[]): Name[] =>
  people.flatMap((person) => person.texts.flatMap((text) => formsOf(text).map((form) => ({ ...form, person }))));

export const searchFor = (names: readonly Name[]): Search<Name> => makeSearch(names);

/** Searches the raw bytes of every file of the data folder, across the seams of the database's pages too. */
export function searchData({ database, wal, all }: Taken, names: readonly Name[], search: Search<Name>): Searched[] {
  const longest = Math.max(...names.map(({ bytes }) => bytes.length));
  const torn = searchSeams(database, wal, { search, longest });
  return all.map((file) => {
    const found = [...search(file.bytes), ...torn.filter((one) => one.file === file.file)];
    const finds = found.filter(({ needle }) => needle.person.role === undefined);
    return { file, finds, byDesign: found.length - finds.length };
  });
}

/** Searches the key file or the log, in which nobody may stand, with a role or without. */
export const searchApart = (file: RawFile, search: Search<Name>): Searched => ({
  file,
  finds: search(file.bytes),
  byDesign: 0,
});

/** Rows in which somebody stands who should not. */
export const strangers = (found: readonly FoundField<Name>[]): FoundField<Name>[] =>
  found.filter(({ needle }) => needle.person.role === undefined);

export function sayFiles(searched: readonly Searched[]): Part {
  return {
    title: 'Whether a name of the list stands in the files',
    lines: searched.flatMap(({ file, finds, byDesign }) => [
      `${file.file}: ${finds.length === 0 ? 'none of them' : `FOUND, ${plural(finds.length, 'time')}`}${
        byDesign > 0 ? ` (people with roles, by design: ${plural(byDesign, 'time')})` : ''
      }`,
      ...finds.slice(0, SHOWN).map(({ needle, offset }) => `    at byte ${number(offset)}: ${sayName(needle)}`),
      ...(finds.length > SHOWN ? [`    and ${plural(finds.length - SHOWN, 'time')} more`] : []),
    ]),
  };
}

export function sayRows(found: readonly FoundField<Name>[]): Part {
  const all = found.map(({ needle, table, field }) => `${table}.${field}: ${sayName(needle)}`);
  const distinct = [...new Set(all)];
  return {
    title: 'Whether a name of the list stands in a row, as SQLite reads it',
    lines: [
      ...(distinct.length === 0 ? ['none of them'] : distinct.slice(0, SHOWN).map((one) => `FOUND in ${one}`)),
      ...(distinct.length > SHOWN ? [`and ${plural(distinct.length - SHOWN, 'place')} more`] : []),
      ...(all.some((one) => one.startsWith('questions.doc.signed:'))
        ? wrapped('`doc.signed` is where a name stands when its owner chose to sign. Ask them whether they did.')
        : []),
    ],
  };
}

/** People are called by their line in the list: a report may lie about. */
const sayName = ({ person, form }: Name): string =>
  `line ${person.line} of the list${person.role ? ` (${person.role})` : ''}, as ${form}`;

/** How many there were to look for, and who of them may be found. */
export function sayList(people: readonly Listed[], names: readonly Name[], hasDirectory: boolean): Part {
  const withRole = people.filter(({ role }) => role !== undefined);
  const roles = Object.entries(Object.groupBy(withRole, ({ role }) => role ?? ''));
  const forms = [...new Set(names.map(({ form }) => form))];
  return {
    title: 'Who is looked for',
    lines: [
      `${plural(people.length, 'line')} of the list, ${plural(names.length, 'text')} in all, in these forms:`,
      ...wrapped(forms.join(', '), '    '),
      ...(hasDirectory
        ? wrapped(
            `With a role: ${roles.map(([role, all]) => plural(all?.length ?? 0, role)).join(', ') || 'none of them'}. People with roles stand in the database in the clear, by design: there they do not count. What they asked themselves this search cannot tell.`,
          )
        : wrapped('No directory file was given: leaders, curators and others with a role count like everybody else.')),
    ],
  };
}
