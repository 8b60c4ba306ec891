import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { codeOf, Unlookable } from './files.ts';
import { addRecord, type Kind, leavesOf } from './shape.ts';
import type { Needle, Search } from './search.ts';

/** Where a needle stands as whoever asks the database sees it. */
export type FoundField<N> = { readonly needle: N; readonly table: string; readonly field: string };

export type Rows<N> = {
  readonly kinds: readonly Kind[];
  readonly found: readonly FoundField<N>[];
  /** Columns in which one long value stands several times: with them rows can be linked to each other. */
  readonly repeats: readonly string[];
};

type Row = Record<string, SQLOutputValue>;

/** Ids, tags and capsules are longer than this; states and weeks are not. */
const TELLING = 16;

/** Reads every row of every table through SQLite alone. Throws Unlookable where the file is no whole database. */
export function readRows<N extends Needle>(path: string, search: Search<N>): Rows<N> {
  try {
    const db = new DatabaseSync(path, { readOnly: true });
    try {
      return readTables(db, search);
    } finally {
      db.close();
    }
  } catch (error) {
    if (error instanceof Unlookable) throw error;
    throw new Unlookable(
      `The database cannot be read by SQLite (${codeOf(error)}). Stop the bot and try again, or give a whole copy.`,
    );
  }
}

function readTables<N extends Needle>(db: DatabaseSync, search: Search<N>): Rows<N> {
  const check = db.prepare('PRAGMA quick_check(1)').get() as { quick_check: string };
  if (check.quick_check !== 'ok')
    throw new Unlookable('The database is damaged, or was copied while it was written. Give a whole copy.');
  const tables = db.prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'").all();
  const kinds: Kind[] = [];
  const found: FoundField<N>[] = [];
  const places = new Map<string, string[]>();
  for (const name of tables.map((table) => String(table['name'])).toSorted()) {
    const kind: Kind = { name, count: 0, fields: new Map() };
    kinds.push(kind);
    for (const row of db.prepare(`SELECT * FROM "${name.replaceAll('"', '""')}"`).iterate() as Iterable<Row>) {
      addRecord(kind, row);
      found.push(...searchRow(name, row, search));
      notePlaces(places, name, row);
    }
  }
  return { kinds, found, repeats: repeatsOf(places) };
}

/** Each value as it stands and, where it is a document, each value within: so the find has the name of its field. */
function searchRow<N extends Needle>(table: string, row: Row, search: Search<N>): FoundField<N>[] {
  const raw = Object.entries(row).flatMap(([column, value]) =>
    findIn(value, search).map((needle) => ({ needle, column })),
  );
  if (raw.length === 0) return [];
  const inner = [...leavesOf(row)].flatMap(([field, value]) =>
    findIn(value, search).map((needle) => ({ needle, table, field })),
  );
  const missed = raw.filter(({ needle }) => !inner.some((one) => one.needle === needle));
  return [...inner, ...missed.map(({ needle, column }) => ({ needle, table, field: column }))];
}

function findIn<N extends Needle>(value: unknown, search: Search<N>): N[] {
  const bytes = typeof value === 'string' ? Buffer.from(value) : value instanceof Uint8Array ? value : undefined;
  return bytes === undefined ? [] : search(bytes).map(({ needle }) => needle);
}

function notePlaces(places: Map<string, string[]>, table: string, row: Row): void {
  for (const [column, value] of Object.entries(row)) {
    const isTelling = typeof value === 'string' && value.length >= TELLING && !value.startsWith('{');
    if (isTelling) places.set(value, [...(places.get(value) ?? []), `${table}.${column}`]);
  }
}

function repeatsOf(places: Map<string, string[]>): string[] {
  const repeated = [...places.values()].filter((columns) => columns.length > 1);
  return [...new Set(repeated.map((columns) => [...new Set(columns)].toSorted().join(' = ')))].toSorted();
}
