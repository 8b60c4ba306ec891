import type { Clock } from './ports.ts';

const MINUTE = 60_000;

/**
 * Says when a notice that is owed now goes out: with all others of its batch, at a multiple of these minutes and one
 * jitter for the batch. Whoever watches the screens of a room learns which batch, not which answer. 0 minutes: at once.
 * `jitter`, in [0, 1), is the same for a batch each time and in every instance, or batches would fall apart.
 */
export function makeNextNotices(clock: Clock, minutes: number, jitter: (batch: number) => number): () => number {
  const step = minutes * MINUTE;
  const at = (batch: number) => batch * step + Math.floor((jitter(batch) * step) / 2);
  return () => {
    if (step === 0) return 0;
    const now = clock.now().getTime();
    const begun = Math.floor(now / step);
    return at(begun) > now ? at(begun) : at(begun + 1);
  };
}
