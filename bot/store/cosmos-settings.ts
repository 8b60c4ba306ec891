import type { Entry, KeptSettings, SettingsStore } from '../app/settings-store.ts';
import { Conflict } from '../app/thrown.ts';
import { ALL } from './cosmos-containers.ts';
import type { Requests } from './cosmos-requests.ts';

/** The one row of settings. */
const ID = 'settings';

/** What admins set, and the log of it. */
export const makeSettings = (requests: Requests): SettingsStore => ({
  async settings() {
    const row = await requests.read('settings', ID, ID);
    return row && (row['doc'] as KeptSettings);
  },
  async saveSettings(kept, last) {
    const isSaved = await save(requests, { id: ID, doc: kept }, last);
    if (!isSaved) throw new Conflict('The settings were saved in between');
  },
  addEntry: async (entry) =>
    void (await requests.create('changes', { id: String(entry.n), partition: ALL, doc: entry })),
  entries: ({ before, limit }) => requests.query<Entry>('changes', ALL, newest(limit), { before }),
});

async function save(requests: Requests, row: { id: string; doc: KeptSettings }, last: number): Promise<boolean> {
  if (last === 0) return requests.create('settings', row);
  const there = await requests.read('settings', ID, ID);
  const isLast = (there?.['doc'] as KeptSettings | undefined)?.entry.n === last;
  return isLast && requests.replace('settings', row, String(there?.['_etag']));
}

const newest = (limit: number): string =>
  `SELECT TOP ${limit} VALUE c.doc FROM c WHERE c.partition = '${ALL}' AND c.doc.n < @before ORDER BY c.doc.n DESC`;
