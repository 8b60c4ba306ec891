import { join } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';

/** A row as whoever steals the database reads it. */
export type Row = { readonly table: string; readonly values: Readonly<Record<string, SQLOutputValue>> };

export const openDatabase = (folder: string): DatabaseSync =>
  new DatabaseSync(join(folder, 'data', 'forthright.db'), { timeout: 2000 });

export const tablesOf = (db: DatabaseSync): string[] =>
  db
    .prepare("SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name")
    .all()
    .map(({ name }) => String(name));

/** Every row of every table, in the order in which the file gives them. */
export function rowsIn(folder: string): Row[] {
  const db = openDatabase(folder);
  try {
    return tablesOf(db).flatMap((table) =>
      db
        .prepare(`SELECT * FROM "${table}"`)
        .all()
        .map((values) => ({ table, values })),
    );
  } finally {
    db.close();
  }
}

/** Every text in a value, those inside a document too, and bytes as base64url. */
export function textsIn(value: unknown): string[] {
  if (value instanceof Uint8Array) return [Buffer.from(value).toString('base64url')];
  if (typeof value === 'string') return value.startsWith('{') ? textsIn(JSON.parse(value)) : [value];
  if (typeof value === 'number' || typeof value === 'bigint') return [String(value)];
  return typeof value === 'object' && value !== null ? Object.values(value).flatMap(textsIn) : [];
}
