import type { Sending } from './attempt.ts';
import { AT_ONCE, deliver, type Room } from './deliver.ts';
import { shuffle } from './shuffle.ts';

/** How many are read at once, and carried out in an order of chance: that of their ids would be the same each time. */
const PAGE = 200;
/** What a wake-up missed is found within this time. */
const SWEEP_MS = 30_000;
/** Whoever has to let others go first is looked at again within this time. */
const HELD_MS = 10 * 60_000;
/** How soon to look again where something is due and in somebody's hands. */
const SOON_MS = 1000;

export interface Runner {
  /** Something is owed: begin now. */
  wake(): void;
  /** Begins no more, and waits for what has begun. */
  stop(): Promise<void>;
}

/** Runs deliveries after each write, when a later try falls due, and in a sweep. Faults are told, never thrown. */
export function startRunner(deps: Sending, onFault: (error: unknown) => void): Runner {
  const busy = new Map<string, Promise<void>>();
  /** Questions whose turn comes later, and those that could not be carried out: they hold up no others. */
  const held = new Map<string, number>();
  const room: Room = { left: AT_ONCE, isClosed: false };
  let due: string[] = [];
  let looking: Promise<void> | undefined;
  let again = false;
  let stopped = false;
  let timer: NodeJS.Timeout | undefined;
  const now = () => deps.clock.now().getTime();

  async function look(): Promise<void> {
    // One that is further away was noted before the clock was set back.
    for (const [id, until] of held) if (until <= now() || until > now() + HELD_MS) held.delete(id);
    const owing = await deps.store.owing(now(), PAGE + busy.size + held.size);
    if (stopped) return;
    due = shuffle(
      owing.filter((id) => !busy.has(id) && !held.has(id)),
      deps.ids,
    );
    begin();
    plan(await deps.store.nextOwed());
  }

  function begin(): void {
    while (busy.size < AT_ONCE) {
      const id = due.pop();
      if (id === undefined || stopped) return;
      busy.set(id, carryOut(id));
    }
  }

  async function carryOut(id: string): Promise<void> {
    try {
      const until = await deliver(deps, id, room);
      if (until !== undefined) held.set(id, Math.min(until, now() + HELD_MS));
    } catch (error) {
      held.set(id, now() + SWEEP_MS);
      onFault(error);
    } finally {
      busy.delete(id);
    }
    // It may have come to owe more at the very end.
    if (due.length > 0) begin();
    else wake();
  }

  function plan(nextOwed = Infinity): void {
    const next = Math.min(nextOwed <= now() ? now() + SOON_MS : nextOwed, ...held.values());
    const wait = Math.min(Math.max(next - now(), 50), SWEEP_MS);
    clearTimeout(timer);
    if (!stopped) timer = setTimeout(wake, wait).unref();
  }

  async function run(): Promise<void> {
    do {
      again = false;
      try {
        await look();
      } catch (error) {
        onFault(error);
        again = false;
        plan();
      }
    } while (again && !stopped);
    looking = undefined;
  }

  function wake(): void {
    again = true;
    if (!stopped) looking ??= run();
  }

  return {
    wake,
    async stop() {
      stopped = true;
      room.isClosed = true;
      clearTimeout(timer);
      await looking;
      await Promise.all(busy.values());
    },
  };
}
