import { ALL, type Name } from './cosmos-containers.ts';
import type { Requests } from './cosmos-requests.ts';

/** Erased at the same time: an epoch's end must not take the throughput from those who ask. */
const AT_ONCE = 10;

interface Found {
  id: string;
  partition: string;
}

type Find = (requests: Requests, epoch: string, limit: number) => Promise<Found[]>;

/**
 * How the rows of an epoch are found. Seals, votes and reactions lie in partitions of their own, so these ask every partition: only
 * here, for work that nobody waits for, and through an index.
 */
const FIND: Record<string, Find> = {
  seals: (requests, epoch, limit) =>
    requests.queryAll<Found>('seals', 'SELECT c.id, c.id AS partition FROM c WHERE c.epoch = @epoch', { epoch }, limit),
  votes: withQuestion('votes'),
  reactions: withQuestion('reactions'),
  slips: inOne('slips', (epoch) => epoch),
  waiting: inOne('waiting', () => ALL),
  blocks: inOne('blocks', () => ALL),
} satisfies Partial<Record<Name, Find>>;

function withQuestion(name: 'votes' | 'reactions'): Find {
  const query = 'SELECT c.id, c.question AS partition FROM c WHERE c.epoch = @epoch';
  return (requests, epoch, limit) => requests.queryAll<Found>(name, query, { epoch }, limit);
}

function inOne(name: 'slips' | 'waiting' | 'blocks', partitionOf: (epoch: string) => string): Find {
  return async (requests, epoch, limit) => {
    const partition = partitionOf(epoch);
    const where = name === 'slips' ? 'c.epoch = @epoch' : `c.partition = '${ALL}' AND c.epoch = @epoch`;
    const ids = await requests.query<string>(name, partition, `SELECT TOP ${limit} VALUE c.id FROM c WHERE ${where}`, {
      epoch,
    });
    return ids.map((id) => ({ id, partition }));
  };
}

/** Erases what dies with an epoch, up to `limit` rows of each kind. How many it erased. */
export async function eraseEpoch(requests: Requests, epoch: string, limit: number): Promise<number> {
  let erased = 0;
  for (const [name, find] of Object.entries(FIND)) {
    const found = (await find(requests, epoch, limit)).slice(0, limit);
    erased += found.length;
    const eraseNext = async () => {
      for (let row = found.pop(); row !== undefined; row = found.pop()) {
        await requests.erase(name as Name, row.id, row.partition);
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, eraseNext));
  }
  return erased;
}
