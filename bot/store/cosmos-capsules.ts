import type { Seal, Store } from '../app/ports.ts';
import type { Waiting } from '../app/waiting.ts';
import { ALL } from './cosmos-containers.ts';
import type { Requests } from './cosmos-requests.ts';

type Capsules = Pick<
  Store,
  | 'putSeal'
  | 'seal'
  | 'eraseSeal'
  | 'slips'
  | 'addSlip'
  | 'putSlip'
  | 'addWaiting'
  | 'waiting'
  | 'allWaiting'
  | 'eraseWaiting'
>;

/** What is sealed: Seals, Slips, and what waits to enter. */
export const makeCapsules = (requests: Requests): Capsules => ({
  putSeal: (id, { epoch, capsule }) => requests.put('seals', { id, epoch, capsule }),
  async seal(id) {
    const row = await requests.read('seals', id, id);
    return row && toSeal(row);
  },
  eraseSeal: async (id) => void (await requests.erase('seals', id, id)),
  slips: (epoch, tags) => slips(requests, epoch, tags),
  addSlip: (epoch, tag, slip) => requests.create('slips', { id: tag, epoch, slip }),
  putSlip: (epoch, tag, slip) => requests.put('slips', { id: tag, epoch, slip }),
  addWaiting: ({ id, epoch, capsule }) => requests.create('waiting', { id, partition: ALL, epoch, capsule }),
  async waiting(id) {
    const row = await requests.read('waiting', id, ALL);
    return row && toWaiting(row);
  },
  async allWaiting() {
    // By their random ids: Cosmos DB would give them in the order in which they came.
    const query = `SELECT * FROM c WHERE c.partition = '${ALL}' ORDER BY c.id`;
    return (await requests.query<Record<string, unknown>>('waiting', ALL, query)).map(toWaiting);
  },
  eraseWaiting: async (id) => void (await requests.erase('waiting', id, ALL)),
});

async function slips(requests: Requests, epoch: string, tags: string[]): Promise<Map<string, string>> {
  const rows = await requests.among<{ id: string; slip: string }>('slips', epoch, tags);
  return new Map(rows.map(({ id, slip }) => [id, slip]));
}

const toSeal = ({ epoch, capsule }: Record<string, unknown>): Seal => ({
  epoch: String(epoch),
  capsule: String(capsule),
});

const toWaiting = (row: Record<string, unknown>): Waiting => ({ id: String(row['id']), ...toSeal(row) });
