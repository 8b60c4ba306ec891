import type { BlockStore } from '../app/blocks.ts';
import { ALL } from './cosmos-containers.ts';
import type { Requests } from './cosmos-requests.ts';

/** Who is stopped, without knowing who it is. */
export const makeBlocks = (requests: Requests): BlockStore => ({
  addBlock: ({ tag, epoch, until }) => requests.create('blocks', { id: tag, partition: ALL, epoch, until }),
  async blockedUntil(tags) {
    const rows = await requests.among<{ until: string }>('blocks', ALL, tags);
    return rows
      .map(({ until }) => until)
      .toSorted()
      .at(-1);
  },
  async eraseBlocks(today) {
    const query = `SELECT VALUE c.id FROM c WHERE c.partition = '${ALL}' AND c.until <= @today`;
    for (const id of await requests.query<string>('blocks', ALL, query, { today })) {
      await requests.erase('blocks', id, ALL);
    }
  },
});
