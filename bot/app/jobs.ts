import type { LeaseStore } from './leases.ts';
import type { Clock } from './ports.ts';

const BEAT_MS = 10_000;
/** Two beats may be missed. Whoever was killed is followed within this time; clocks may differ by as much. */
const LEASE_MS = 3 * BEAT_MS;

/** Timed work. It may be done twice, or twice at once, and does no harm: after a crash it is done again. */
export interface Job {
  /** Rounded to beats. */
  everyMs: number;
  /** By every instance, for itself. */
  everywhere?: true;
  /** `passed`: milliseconds that really passed since it was done last, as long as the work was ours; 0 at first. */
  run(passed: number): Promise<void>;
}

export interface JobDeps {
  store: LeaseStore;
  clock: Clock;
  /** A random name of this process. */
  holder: string;
  /** Milliseconds that really passed since some fixed moment: setting the clock does not move it. */
  uptime(): number;
  fault(error: unknown): string;
}

export interface Jobs {
  /** Tells whether the timed work is ours, by a lease that is still running. */
  areOurs(): boolean;
  /** Begins no more, waits for what has begun, and hands over to another instance. */
  stop(): Promise<void>;
}

/**
 * Does timed work at once, and then each time its time has come. Of several instances one does it: the one that holds the
 * lease, which is kept at each beat, whatever anybody does, so that its row tells the time of nothing else. What fails is
 * told, and done again when its time comes.
 */
export function startJobs(deps: JobDeps, jobs: readonly Job[]): Jobs {
  const { store, clock, holder } = deps;
  let heldUntil = Number.NEGATIVE_INFINITY;
  let stopped = false;
  const begun = new Map<Job, number>();
  const running = new Map<Job, Promise<void>>();

  const tell = (error: unknown) => void deps.fault(error);
  const areOurs = (): boolean => deps.uptime() < heldUntil;

  async function beat(): Promise<void> {
    const wereOurs = areOurs();
    const asked = deps.uptime();
    const lease = { holder, now: clock.now().getTime(), ms: LEASE_MS };
    const isGiven = await store.lease('jobs', lease).catch(tell);
    if (isGiven !== undefined) heldUntil = isGiven ? asked + LEASE_MS : Number.NEGATIVE_INFINITY;
    // What another instance did meanwhile is not known: all is done anew.
    if (!wereOurs) for (const job of jobs) if (job.everywhere === undefined) begun.delete(job);
    for (const job of jobs) if (job.everywhere || areOurs()) begin(job);
  }

  function begin(job: Job): void {
    const now = deps.uptime();
    const last = begun.get(job);
    const isDue = last === undefined || now - last >= job.everyMs - BEAT_MS / 2;
    if (stopped || !isDue || running.has(job)) return;
    begun.set(job, now);
    const done = job.run(last === undefined ? 0 : now - last).catch(tell);
    running.set(
      job,
      done.finally(() => running.delete(job)),
    );
  }

  let beating = beat();
  const timer = setInterval(() => void (beating = beating.then(beat)), BEAT_MS).unref();
  return {
    areOurs,
    async stop() {
      stopped = true;
      clearInterval(timer);
      await beating;
      await Promise.all(running.values());
      if (areOurs()) await store.release('jobs', holder).catch(tell);
      heldUntil = Number.NEGATIVE_INFINITY;
    },
  };
}
