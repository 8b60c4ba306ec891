import { dayOf } from '../domain/week.ts';
import type { Sending } from './attempt.ts';
import { warnOfDryStreams } from './dry.ts';
import { type EpochDeps, tend } from './epochs.ts';
import type { Job } from './jobs.ts';
import type { Runner } from './runner.ts';
import { makeRepair, type RepairDeps } from './tally.ts';

const MINUTE = 60_000;

export type TimedDeps = EpochDeps & RepairDeps & Sending;

/** Rows of an earlier release: a few seconds' work on Cosmos DB. */
const EARLIER_AT_ONCE = 200;

/** All work that is done because time passed. Deliveries are not among it: each instance takes what is owed. */
export const timedWork = (deps: TimedDeps, mixer: Pick<Runner, 'wake'>): Job[] => [
  // What other instances began and destroyed: keys are made a week before they are needed.
  { everyMs: MINUTE / 2, everywhere: true, run: () => deps.ring.refresh() },
  // What another instance took in, and what a fault left; and one that mixes no more forgets its wait.
  { everyMs: MINUTE / 2, everywhere: true, run: async () => mixer.wake() },
  { everyMs: MINUTE, run: async () => void (await deps.store.listEarlier(EARLIER_AT_ONCE)) },
  { everyMs: 5 * MINUTE, run: () => deps.store.forgetClaims(deps.clock.now().getTime()) },
  { everyMs: 5 * MINUTE, run: () => deps.store.forgetCounts(dayOf(deps.clock.now())) },
  { everyMs: 10 * MINUTE, run: makeRepair(deps) },
  { everyMs: 10 * MINUTE, run: () => warnOfDryStreams(deps) },
  { everyMs: 60 * MINUTE, run: (passed) => tend(deps, passed) },
];
