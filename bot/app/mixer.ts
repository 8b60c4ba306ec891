import { enter, gathered } from './mix.ts';
import type { Deps } from './ports.ts';
import type { Runner } from './runner.ts';
import { scatterBatch } from './scatter.ts';

const MINUTE = 60_000;
/** What another instance left waiting is found within this time; after a fault, it is tried again. */
const SWEEP_MS = 30_000;

/**
 * Says when questions enter: once enough have gathered, or the first has waited for long enough. The wait is kept in
 * memory alone, as a time on disk would tell when somebody asked: after a restart it begins anew.
 */
export function startMixer(deps: Deps, onFault: (error: unknown) => void): Runner {
  const { ids, mixing } = deps;
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  let wait: 'none' | 'begun' | 'over' = 'none';
  const told = new Set<string>();

  const onUnreadable = (id: string, error: unknown) => {
    if (!told.has(id)) onFault(error);
    told.add(id);
  };

  async function look(): Promise<void> {
    const askings = await gathered(deps, onUnreadable);
    const isTime = wait === 'over' || askings.length >= mixing.size;
    if (askings.length > 0 && isTime) {
      await enter(deps, askings);
      // They have entered, whatever becomes of this; it is tried again within the hour.
      await scatterBatch(deps.store).catch(onFault);
    }
    if (askings.length === 0 || isTime) sweepLater();
    else if (wait === 'none') begin();
  }

  /** Jitter only shortens the wait, so that nobody waits longer than the setting says. */
  function begin(): void {
    wait = 'begun';
    plan(mixing.minutes * MINUTE * (0.5 + ids.chance() / 2), () => (wait = 'over'));
  }

  function sweepLater(): void {
    wait = 'none';
    plan(SWEEP_MS);
  }

  function plan(ms: number, then: () => void = () => {}): void {
    clearTimeout(timer);
    if (stopped) return;
    timer = setTimeout(() => {
      then();
      wake();
    }, ms).unref();
  }

  async function run(): Promise<void> {
    try {
      do {
        again = false;
        await look();
      } while (again && !stopped);
    } catch (error) {
      onFault(error);
      again = false;
      plan(SWEEP_MS, () => (wait = wait === 'begun' ? 'over' : wait));
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
