import { LIMITS } from './explain.ts';
import { openTo, readRaw, take, withCopy } from './files.ts';
import { namesOf, sayFiles, sayList, sayRows, searchApart, searchData, searchFor, strangers } from './names.ts';
import { readPeople } from './people.ts';
import { plural, print, sayDatabase, sayKeys, sayLog, wrapped } from './report.ts';
import { readRows } from './rows.ts';

/** Where the files of an installation lie. */
export type Places = {
  readonly data: string;
  readonly keys: string;
  readonly log: string;
  readonly names: string;
  readonly directory?: string | undefined;
};

export type Verdict = { readonly report: string; readonly clean: boolean };

/** Looks at the files, changes none, and says in plain words what they show. Throws Unlookable. */
export function verify(places: Places): Verdict {
  const people = readPeople(places.names, places.directory);
  const names = namesOf(people);
  const search = searchFor(names);
  const [keys, log] = [readRaw(places.keys, 'key file'), readRaw(places.log, 'log')];
  const taken = take(places.data);
  const rows = withCopy(taken, (path) => readRows(path, search));
  const searched = [...searchData(taken, names, search), searchApart(keys, search), searchApart(log, search)];
  const inRows = strangers(rows.found);
  const clean = inRows.length === 0 && searched.every(({ finds }) => finds.length === 0);
  const parts = [
    sayDatabase(taken.all, rows.kinds, rows.repeats),
    sayKeys(keys, openTo(places.keys)),
    sayLog(log),
    sayList(people, names, places.directory !== undefined),
    sayFiles(searched),
    sayRows(inRows),
    {
      title: 'Result',
      lines: [...wrapped(clean ? sayClean(people.length, searched.length) : DIRTY), ...wrapped(LIMITS)],
    },
  ];
  return { report: print(parts), clean };
}

const sayClean = (people: number, files: number): string =>
  `CLEAN. In ${plural(files, 'file')}, ${people === 1 ? 'the one listed' : `none of the ${plural(people, 'person', 'people')} listed`} ${people === 1 ? 'does not occur' : 'occurs'}, but for those with a role in the database.`;

const DIRTY =
  'A NAME WAS FOUND. Above stands where. It may be somebody’s own signature, or a name that somebody wrote into a question. Anywhere else it is a fault: tell whoever runs the bot, and keep these files apart.';
