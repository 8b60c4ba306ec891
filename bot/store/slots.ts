import type { ChannelSlots, SlotStore } from '../app/slots.ts';
import { Conflict } from '../app/thrown.ts';
import type { AnsweredQuestion } from '../domain/question.ts';
import type { Database } from './database.ts';

/** The part of the Store that keeps Slots, and finds what is planned by the column `owes`: see domain/stuck.ts. */
export const makeSlots = (db: Database): SlotStore => ({
  async slots() {
    const rows = await db.all('SELECT doc, version FROM slots');
    return rows.map(({ doc, version }) => ({ ...(JSON.parse(String(doc)) as ChannelSlots), version: String(version) }));
  },
  async saveSlots({ channel, slots, warned }, version) {
    const doc = JSON.stringify({ channel, slots, warned });
    const insert = 'INSERT INTO slots (channel, version, doc) VALUES (?, 1, ?) ON CONFLICT DO NOTHING';
    const update = 'UPDATE slots SET doc = ?, version = version + 1 WHERE channel = ? AND version = ?';
    const changed =
      version === undefined ? await db.run(insert, channel, doc) : await db.run(update, doc, channel, Number(version));
    if (changed !== 1) throw new Conflict('Somebody else saved the Slots of this channel first');
  },
  async planned(limit) {
    const sql = `SELECT doc FROM questions WHERE owes > '' AND owes LIKE '%planned%' LIMIT ?`;
    return (await db.all(sql, limit)).map(({ doc }) => JSON.parse(String(doc)) as AnsweredQuestion);
  },
});
