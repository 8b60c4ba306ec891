import type { Deps } from './ports.ts';

const MINUTE = 60_000;

/**
 * Says when a notice that is owed now goes out: with all others of its batch, at a multiple of these minutes and one
 * jitter for the batch. Whoever watches the screens of a room learns which batch, not which answer. 0 minutes: at once.
 */
export function makeNextNotices({ clock, ids }: Pick<Deps, 'clock' | 'ids'>, minutes: number): () => number {
  const step = minutes * MINUTE;
  let batch = 0;
  return () => {
    if (step === 0) return 0;
    const now = clock.now().getTime();
    const isAhead = batch > now && batch <= now + 2 * step;
    if (!isAhead) batch = (Math.floor(now / step) + 1) * step + Math.floor((ids.chance() * step) / 2);
    return batch;
  };
}
