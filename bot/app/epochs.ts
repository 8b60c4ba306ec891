import { isDue, type Keep, type Moment, pace, watch, type Watched } from '../domain/epoch.ts';
import { dayOf, weekOf } from '../domain/week.ts';
import type { Clock, Store } from './ports.ts';
import type { Ring } from './ring.ts';
import { scatterHourly } from './scatter.ts';

const HOUR_MS = 3_600_000;
const WEEK_MS = 7 * 24 * HOUR_MS;
/** Rows erased at once: other people's questions wait no longer than that takes. */
const AT_ONCE = 500;

export interface EpochDeps {
  store: Pick<Store, 'hasOpen' | 'eraseEpoch' | 'eraseBlocks' | 'scatter'>;
  ring: Ring;
  clock: Clock;
  keep: Keep;
  fault(error: unknown): string;
}

/** Looks after all epochs, `passed` milliseconds after the last look of this process: destruction, and the next week's keys. */
export async function tend(deps: EpochDeps, passed: number): Promise<void> {
  const { store, ring, clock, keep } = deps;
  // Another instance may have looked last.
  await ring.refresh();
  const now = clock.now().getTime();
  const live = [now, now + WEEK_MS].map((time) => weekOf(new Date(time)));
  const moment: Moment = { clock: now, pace: pace(ring.pace() ?? now, now, passed) };
  const watched = await look(deps, live, moment);
  await ring.note(moment.pace, watched);
  // One that fails, because a vault is away, keeps no other from its end; the next look tries again.
  const guard = (act: Promise<unknown>) => act.catch((error: unknown) => void deps.fault(error));
  for (const [epoch, seen] of watched) if (isDue(seen, keep, moment)) await guard(ring.destroy(epoch));
  // Rows of every epoch that is gone: a crash may have come between keys and rows, and a restored backup brings rows back.
  for (const epoch of ring.gone()) await guard(erase(deps, epoch));
  await guard(store.eraseBlocks(dayOf(new Date(Math.min(moment.clock, moment.pace)))));
  await guard(scatterHourly(store, clock.now()));
  // A week ahead, so that a turn of the week never waits for a vault.
  for (const epoch of live) await guard(ring.begin(epoch));
}

async function look({ store, ring }: Pick<EpochDeps, 'store' | 'ring'>, live: string[], moment: Moment) {
  const watched = new Map<string, Watched>();
  for (const epoch of ring.epochs()) {
    const seen = { isLive: live.includes(epoch), hasOpen: await store.hasOpen(epoch) };
    watched.set(epoch, watch(ring.watched(epoch), seen, moment));
  }
  return watched;
}

async function erase({ store }: Pick<EpochDeps, 'store'>, epoch: string): Promise<void> {
  // Between two batches, whoever waits is served.
  while ((await store.eraseEpoch(epoch, AT_ONCE)) > 0) await new Promise(setImmediate);
}
