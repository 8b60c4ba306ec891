import type { ChannelSlots, SlotStore } from '../app/slots.ts';
import { Conflict } from '../app/thrown.ts';
import type { AnsweredQuestion } from '../domain/question.ts';
import { ALL } from './cosmos-containers.ts';
import type { Requests } from './cosmos-requests.ts';
import { toId } from './cosmos-roles.ts';

const IN_ALL = `c.partition = '${ALL}'`;
const SLOTS = `SELECT c.doc, c._etag FROM c WHERE ${IN_ALL}`;

/** The Slots of each channel, and what is planned. */
export const makeSlots = (requests: Requests): SlotStore => ({
  async slots() {
    const rows = await requests.query<{ doc: ChannelSlots; _etag: string }>('slots', ALL, SLOTS);
    return rows.map(({ doc, _etag }) => ({ ...doc, version: _etag }));
  },
  async saveSlots({ channel, slots, warned }, version) {
    const row = { id: toId(channel), partition: ALL, doc: { channel, slots, warned } };
    const isSaved =
      version === undefined ? await requests.create('slots', row) : await requests.replace('slots', row, version);
    if (!isSaved) throw new Conflict('Somebody else saved the Slots of this channel first');
  },
  planned: (limit) =>
    requests.query<AnsweredQuestion>(
      'questions',
      ALL,
      `SELECT TOP ${limit} VALUE c.doc FROM c WHERE ${IN_ALL} AND c.owes > '' AND CONTAINS(c.owes, 'planned')`,
    ),
});
