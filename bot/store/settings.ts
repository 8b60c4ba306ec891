import type { Entry, KeptSettings, SettingsStore } from '../app/settings-store.ts';
import { Conflict } from '../app/thrown.ts';
import type { Database } from './database.ts';

/** The part of the Store that keeps what admins set, and the log of it. */
export const makeSettings = (db: Database): SettingsStore => ({
  async settings() {
    const row = await db.get('SELECT doc FROM settings');
    return row && (JSON.parse(String(row['doc'])) as KeptSettings);
  },
  async saveSettings(kept, last) {
    const sql =
      last === 0
        ? 'INSERT INTO settings (n, doc) SELECT ?, ? WHERE NOT EXISTS (SELECT 1 FROM settings WHERE n > ?)'
        : 'UPDATE settings SET n = ?, doc = ? WHERE n = ?';
    if ((await db.run(sql, kept.entry.n, JSON.stringify(kept), last)) !== 1) throw new Conflict(NOT_LAST);
  },
  async addEntry(entry) {
    const sql = 'INSERT INTO changes (n, doc) VALUES (?, ?) ON CONFLICT DO NOTHING';
    await db.run(sql, entry.n, JSON.stringify(entry));
  },
  async entries({ before, limit }) {
    const rows = await db.all('SELECT doc FROM changes WHERE n < ? ORDER BY n DESC LIMIT ?', before, limit);
    return rows.map(({ doc }) => JSON.parse(String(doc)) as Entry);
  },
});

const NOT_LAST = 'The settings were saved in between';
