import type { Question } from '../domain/question.ts';
import type { Refusal } from '../domain/refusal.ts';
import { change } from './change.ts';
import type { Deps } from './ports.ts';
import type { Ring } from './ring.ts';

/** Between two counts: whoever votes meanwhile is counted in one go. */
const PAUSE_MS = 100;
/** Questions of one leader that are counted anew at once. */
const PAGE = 50;

export interface TallyDeps {
  store: Deps['store'];
  clock: Deps['clock'];
  ring: Pick<Ring, 'epochs'>;
}
export type RepairDeps = TallyDeps & Pick<Deps, 'directory'>;

export interface Tally {
  /** Votes on this question changed: count them, at once where nothing was counted a moment ago. */
  count(question: string): void;
  /** Counts what is left, and no more. */
  stop(): Promise<void>;
}

/** Counts votes behind those who give them, so that a crowd on one question is one write, and no strife over it. */
export function startTally(deps: TallyDeps, onFault: (error: unknown) => void): Tally {
  const changed = new Set<string>();
  let running: Promise<void> | undefined;
  let stopped = false;
  let goOn: (() => void) | undefined;

  const pause = () =>
    new Promise<void>((settle) => {
      const timer = setTimeout(settle, PAUSE_MS);
      goOn = () => {
        clearTimeout(timer);
        settle();
      };
    });

  async function run(): Promise<void> {
    while (changed.size > 0) {
      const questions = [...changed];
      changed.clear();
      for (const question of questions) await recount(deps, question).catch(onFault);
      if (!stopped) await pause();
    }
    running = undefined;
  }

  return {
    count(question) {
      changed.add(question);
      running ??= run();
    },
    async stop() {
      stopped = true;
      goOn?.();
      await running;
    },
  };
}

/** Brings the number on an open question to that of its votes. That of a week whose keys are gone stays: its votes went too. */
export async function recount({ store, ring, clock }: TallyDeps, id: string): Promise<Question | Refusal> {
  return change({ store, clock, wake: () => {} }, id, async (question) => {
    // Counted anew at each attempt, and before the look at the keys, which go before the votes.
    const votes = await store.votes(id);
    const mayChange = question.state === 'open' && ring.epochs().includes(question.week);
    return mayChange && votes !== question.votes ? { ...question, votes } : question;
  });
}

/** Counts open questions anew, a page of each leader's at a time: what a crash left uncounted comes right. */
export function makeRepair(deps: RepairDeps): () => Promise<void> {
  const ends = new Map<string, string>();
  return async () => {
    for (const { id: leader } of deps.directory().leaders) {
      const listing = { leader, state: 'open', after: ends.get(leader), limit: PAGE } as const;
      const { questions, next } = await deps.store.list(listing);
      for (const { id } of questions) await recount(deps, id);
      if (next === undefined) ends.delete(leader);
      else ends.set(leader, next);
      // Between two leaders, whoever waits is served.
      await new Promise(setImmediate);
    }
  };
}
