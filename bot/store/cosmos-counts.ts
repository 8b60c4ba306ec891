import type { Requests } from './cosmos-requests.ts';
import type { Counts } from './counts.ts';

/** Rows of an earlier day that are erased with one act of today; as many acts follow as there were. */
const AT_ONCE = 20;

/** What people do in a day. Its rows also end by themselves, an hour after their day at the latest one day on. */
export function makeCounts(requests: Requests, known: { forgotten: string }): Counts {
  return {
    async counted(day, tags) {
      const rows = await requests.among<{ id: string; act: string }>('counts', day, tags);
      return new Map(rows.map(({ id, act }) => [id, act]));
    },
    addCount: (day, tag, act) => requests.create('counts', { id: tag, day, act }),
    eraseCount: async (day, tag) => void (await requests.erase('counts', tag, day)),
    async forgetCounts(before) {
      if (before <= known.forgotten) return;
      const query = 'SELECT c.id, c.day FROM c WHERE c.day < @before';
      const rows = await requests.queryAll<{ id: string; day: string }>('counts', query, { before }, AT_ONCE);
      await Promise.all(rows.map(({ id, day }) => requests.erase('counts', id, day)));
      if (rows.length < AT_ONCE) known.forgotten = before;
    },
  };
}
