import type { BlockStore } from '../app/blocks.ts';
import { ALL } from './cosmos-containers.ts';
import type { Requests } from './cosmos-requests.ts';

const OF_MARK = `SELECT VALUE c.id FROM c WHERE c.partition = '${ALL}' AND c.mark = @mark`;
const OVER = `SELECT VALUE c.id FROM c WHERE c.partition = '${ALL}' AND c.until <= @today`;

/** Who is stopped, without knowing who it is. */
export const makeBlocks = (requests: Requests): BlockStore => ({
  async addBlock({ tag, mark, epoch, until }) {
    const isNew = await requests.create('blocks', { id: tag, partition: ALL, mark, epoch, until });
    return isNew || (await requests.query('blocks', ALL, OF_MARK, { mark })).length > 0;
  },
  eraseBlock: (mark) => eraseFound(requests, OF_MARK, { mark }),
  async blockedUntil(tags) {
    const rows = await requests.among<{ until: string }>('blocks', ALL, tags);
    return rows
      .map(({ until }) => until)
      .toSorted()
      .at(-1);
  },
  eraseBlocks: (today) => eraseFound(requests, OVER, { today }),
});

async function eraseFound(requests: Requests, query: string, values: Record<string, string>): Promise<void> {
  for (const id of await requests.query<string>('blocks', ALL, query, values)) await requests.erase('blocks', id, ALL);
}
