import { readFileSync } from 'node:fs';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { KINDS, UNKNOWN } from '../verify/explain.ts';
import { take, type Taken, Unlookable, withCopy } from '../verify/files.ts';
import { namesOf, searchData, searchFor } from '../verify/names.ts';
import { noor } from './cast.ts';

/** The page "What is stored": the rows of the newest question, as an administrator with the database sees them. */
export type Stored = { page(): string; stop(): void };

type Row = Record<string, SQLOutputValue>;
type Section = { readonly title: string; readonly words: string; readonly rows: readonly Row[]; shown?: number };

const WATCH_MS = 1000;
const LONG = 160;
const SHOWN = 3;

/** Watches the data folder from now on: the database itself does not say which question is the newest. */
export function watchStored(data: string): Stored {
  const page = readFileSync(new URL('stored.html', import.meta.url), 'utf8');
  const stopped = new AbortController();
  const seen = new Set<string>();
  void watch(() => idsIn(take(data)).forEach((id) => seen.add(id)), stopped.signal);
  return {
    page() {
      try {
        const taken = take(data);
        idsIn(taken).forEach((id) => seen.add(id));
        const sections = reading(taken, (db) => sectionsOf(db, [...seen].at(-1)));
        return fill(page, showSearch(taken), sections.map(showSection));
      } catch (error) {
        if (error instanceof Unlookable) return fill(page, `<p>${escape(error.message)}</p>`, []);
        throw error;
      }
    },
    stop: () => stopped.abort(),
  };
}

const fill = (page: string, search: string, sections: string[]): string =>
  page.replace('{{search}}', () => search).replace('{{sections}}', () => sections.join('\n'));

async function watch(look: () => void, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      look();
    } catch (error) {
      // There is no database until the bot has made one.
      if (!(error instanceof Unlookable)) throw error;
    }
    await delay(WATCH_MS, undefined, { ref: false, signal }).catch(() => undefined);
  }
}

const reading = <Result>(taken: Taken, act: (db: DatabaseSync) => Result): Result =>
  withCopy(taken, (path) => {
    const db = new DatabaseSync(path, { readOnly: true });
    try {
      return act(db);
    } finally {
      db.close();
    }
  });

const idsIn = (taken: Taken): string[] =>
  reading(taken, (db) => {
    const made = db.prepare("SELECT 1 FROM sqlite_schema WHERE name = 'questions'").get();
    return made
      ? db
          .prepare('SELECT id FROM questions ORDER BY week, id')
          .all()
          .map(({ id }) => String(id))
      : [];
  });

function sectionsOf(db: DatabaseSync, newest: string | undefined): Section[] {
  const question = newest === undefined ? [] : db.prepare('SELECT * FROM questions WHERE id = ?').all(newest);
  const votes = newest === undefined ? [] : db.prepare('SELECT * FROM votes WHERE question = ?').all(newest);
  const [seals, slips] = ['seals', 'slips'].map((table) => db.prepare(`SELECT * FROM ${table}`).all()) as [
    Row[],
    Row[],
  ];
  return [
    {
      title: 'The question',
      words:
        question.length === 0
          ? 'Nothing was asked yet. Ask something as Noor, then look again.'
          : 'The words can be read, the week, and the leader. Who asked is not in it, nor when. But `activity` is the id that Teams gave to the leader’s card, and in Teams it tells when that card arrived. `room` is empty: it keeps the words on pages of their own.',
      rows: question,
    },
    { title: 'The way back to whoever asked', words: oneOf(seals, 'Seal'), rows: seals },
    { title: 'The entry in “My questions”', words: oneOf(slips, 'Slip'), rows: slips },
    {
      title: 'Votes for it',
      words: 'One mark per vote. The same person leaves another mark on every other question.',
      rows: votes,
    },
    ...othersIn(db),
  ];
}

/** What is there beside the question; a later table shows up by itself. */
function othersIn(db: DatabaseSync): Section[] {
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
  const shown = new Set(['questions', 'seals', 'slips', 'votes']);
  return tables
    .map(({ name }) => String(name))
    .filter((name) => !shown.has(name))
    .map((name) => ({
      title: `Beside it: ${name}`,
      words: KINDS[name] ?? UNKNOWN,
      rows: db.prepare(`SELECT * FROM "${name}"`).all(),
      shown: 1,
    }));
}

/** Neither Seals nor Slips say which question they belong to, so neither can this page. */
const oneOf = (rows: readonly Row[], name: string): string =>
  rows.length < 2
    ? `Encrypted. It is the only ${name}, so it must be this question’s; whose it is, only the keys tell.`
    : `Encrypted. One of these ${rows.length} is this question’s. Which one, and whose it is, only the keys tell. All have one size.`;

function showSection({ title, words, rows, shown = SHOWN }: Section): string {
  const more = rows.length - shown;
  return `<section>
  <h2>${escape(title)} <span>${rows.length === 1 ? '1 row' : `${rows.length} rows`}</span></h2>
  <p>${escape(words).replace(/`([^`]+)`/g, '<code>$1</code>')}</p>
  ${rows.slice(0, shown).map(showRow).join('\n')}
  ${more > 0 ? `<p class="more">and ${more} more</p>` : ''}
</section>`;
}

const showRow = (row: Row): string =>
  `<dl>${Object.entries(row)
    .map(([column, value]) => `<div><dt>${escape(column)}</dt><dd>${showValue(value)}</dd></div>`)
    .join('')}</dl>`;

function showValue(value: SQLOutputValue): string {
  if (value === null) return '<i>empty</i>';
  if (value instanceof Uint8Array)
    return `<i>${value.length} bytes, ${value.some(Boolean) ? 'not shown' : 'all zero'}</i>`;
  const text = String(value);
  if (!text.startsWith('{')) return escape(cut(text));
  const document = JSON.stringify(
    JSON.parse(text),
    (_, inner: unknown) => (typeof inner === 'string' ? cut(inner) : inner),
    2,
  );
  return `<pre>${escape(document)}</pre>`;
}

const cut = (text: string): string =>
  text.length <= LONG ? text : `${text.slice(0, LONG)}… (${text.length.toLocaleString('en')} characters)`;

/** The search of `npm run verify`, for Noor. */
function showSearch(taken: Taken): string {
  const names = namesOf([{ line: 1, texts: [noor.name, noor.id, noor.aadObjectId, noor.chat] }]);
  const found = searchData(taken, names, searchFor(names)).filter(({ finds }) => finds.length > 0);
  const forms = new Set(names.map(({ form }) => form)).size;
  const what = `${noor.name}’s name and ids, in ${forms} forms, plain, encoded and hashed, in the raw bytes of ${taken.all
    .map(({ file }) => file)
    .join(', ')}`;
  return found.length === 0
    ? `<p><strong>Not found:</strong> ${escape(what)}.</p>`
    : `<p><strong>Found in ${escape(found.map(({ file }) => file.file).join(', '))}:</strong> ${escape(what)}. Did Noor sign, or did somebody write the name into a question?</p>`;
}

const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (character) => ESCAPES[character] ?? '');
