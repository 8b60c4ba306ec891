import { deliver } from './deliver.ts';
import type { Courier, Deps } from './ports.ts';
import { shuffle } from './shuffle.ts';

/** Questions carried out at the same time. */
const AT_ONCE = 8;
/** How many are read at once, and carried out in an order of chance: that of their ids would be the same each time. */
const PAGE = 200;
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
      const owing = await deps.store.owing(deps.clock.now().getTime(), PAGE + failed.size);
      const due = shuffle(
        owing.filter((id) => !failed.has(id)),
        deps.ids,
      );
      const isMore = due.length >= PAGE;
      await Promise.all(Array.from({ length: AT_ONCE }, () => workOff(due)));
      again ||= isMore;
    } while (again && !stopped);
  }

  async function workOff(due: string[]): Promise<void> {
    for (let id = due.pop(); id !== undefined && !stopped; id = due.pop()) await carryOut(id);
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
