import { deliver } from './deliver.ts';
import type { Courier, Deps } from './ports.ts';

/** Questions carried out at the same time, and how many are read at once. */
const AT_ONCE = 8;
/** What a wake-up missed is found within this time. */
const SWEEP_MS = 30_000;

export interface Runner {
  /** Something is owed: begin now. */
  wake(): void;
  /** Begins no more, and waits for what has begun. */
  stop(): Promise<void>;
}

/** Runs deliveries after each write, when a later try falls due, and in a sweep. Faults are told, never thrown. */
export function startRunner(deps: Deps, courier: Courier, onFault: (error: unknown) => void): Runner {
  let running: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  /** Questions that could not be carried out in this round: they wait for the next, and hold up no others. */
  const failed = new Set<string>();

  async function round(): Promise<void> {
    failed.clear();
    do {
      again = false;
      const owing = await deps.store.owing(deps.clock.now().getTime(), AT_ONCE + failed.size);
      const due = owing.filter((id) => !failed.has(id));
      await Promise.all(due.map(carryOut));
      again ||= due.length >= AT_ONCE;
    } while (again && !stopped);
  }

  async function carryOut(id: string): Promise<void> {
    try {
      await deliver(deps, courier, id);
    } catch (error) {
      failed.add(id);
      onFault(error);
    }
  }

  async function plan(): Promise<void> {
    const at = failed.size > 0 ? undefined : await deps.store.nextOwed();
    const wait = at === undefined ? SWEEP_MS : Math.min(Math.max(at - deps.clock.now().getTime(), 50), SWEEP_MS);
    if (!stopped) timer = setTimeout(wake, wait).unref();
  }

  async function run(): Promise<void> {
    clearTimeout(timer);
    try {
      await round();
      await plan();
    } catch (error) {
      onFault(error);
      if (!stopped) timer = setTimeout(wake, SWEEP_MS).unref();
    } finally {
      running = undefined;
      if (again) wake();
    }
  }

  function wake(): void {
    if (stopped) return;
    if (running) again = true;
    else running = run();
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
