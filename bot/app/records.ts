import { type LeaderRecord, medianWeeks } from '../domain/record.ts';
import type { Deps } from './ports.ts';

/** So many of the newest answers tell how long one waits now. */
const NEWEST = 50;

/** How a leader answers, counted up to COUNTED in each stage. */
export async function recordOf({ store }: Pick<Deps, 'store'>, leader: string): Promise<LeaderRecord> {
  const counts = (['waiting', 'declined', 'answered', 'scheduled', 'published'] as const).map((stage) =>
    store.countStaged({ stage, leader }),
  );
  const newest = store.staged({ stage: 'published', leader, limit: NEWEST });
  const [waiting = 0, declined = 0, ...answered] = await Promise.all(counts);
  const weeks = medianWeeks((await newest).questions);
  return {
    waiting,
    declined,
    answered: answered.reduce((sum, count) => sum + count, 0),
    ...(weeks === undefined ? {} : { weeks }),
  };
}
