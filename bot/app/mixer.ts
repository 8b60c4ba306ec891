import { enter, gathered, mixes } from './mix.ts';
import type { Deps } from './ports.ts';
import type { Runner } from './runner.ts';
import { scatterBatch } from './scatter.ts';

const MINUTE = 60_000;
/** In a rush, everybody waits for a scattering no more often than this. */
const SCATTER_MS = 30_000;

/**
 * Says when questions enter: once enough have gathered, or the first has waited for long enough. The wait is kept in
 * memory alone, as a time on disk would tell when somebody asked: after a restart it begins anew. Of several instances one
 * mixes, the one for which `isOurs`: of two, each would let in its half of a batch, or end a wait that the other began.
 * It hears of what others took in by the sweep that wakes it.
 */
export function startMixer(deps: Deps, isOurs: () => boolean, onFault: (error: unknown) => void): Runner {
  const { ids } = deps;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let wait: 'none' | 'begun' | 'over' = 'none';
  let [isScattered, scatteredAt] = [true, Number.NEGATIVE_INFINITY];
  const told = new Set<string>();

  const onUnreadable = (id: string, error: unknown) => {
    if (!told.has(id)) onFault(error);
    told.add(id);
  };

  async function look(): Promise<void> {
    if (!isOurs()) return rest();
    const askings = await gathered(deps, onUnreadable);
    const { mixing } = deps.policy();
    const isTime = wait === 'over' || !mixes(mixing) || askings.length >= mixing.size;
    if (askings.length > 0 && isTime) {
      isScattered = false;
      await enter(deps, askings);
    }
    await scatter();
    if (askings.length === 0 || isTime) rest();
    else if (wait === 'none') begin();
  }

  /** What has entered has entered, whatever becomes of this: it is tried again within the hour. */
  async function scatter(): Promise<void> {
    const now = deps.clock.now().getTime();
    if (isScattered || Math.abs(now - scatteredAt) < SCATTER_MS) return;
    [isScattered, scatteredAt] = [true, now];
    await scatterBatch(deps.store).catch(onFault);
  }

  function rest(): void {
    clearTimeout(timer);
    wait = 'none';
  }

  /** Jitter only shortens the wait, so that nobody waits longer than the setting says. */
  function begin(): void {
    if (stopped) return;
    wait = 'begun';
    const end = () => {
      wait = 'over';
      wake();
    };
    timer = setTimeout(end, deps.policy().mixing.minutes * MINUTE * (0.5 + ids.chance() / 2)).unref();
  }

  async function run(): Promise<void> {
    try {
      do {
        again = false;
        await look();
      } while (again && !stopped);
    } catch (error) {
      onFault(error);
    } finally {
      running = undefined;
    }
  }

  function wake(): void {
    if (stopped) return;
    again = true;
    running ??= run();
  }

  return {
    wake,
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await running;
    },
  };
}
