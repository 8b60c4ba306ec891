import type { Question } from '../domain/question.ts';
import { NO_REACTIONS } from '../domain/reaction.ts';
import type { Refusal } from '../domain/refusal.ts';
import { change } from './change.ts';
import type { Deps } from './ports.ts';
import type { Ring } from './ring.ts';
import { ballotsOf } from './votes.ts';

/** Between two counts: whoever votes meanwhile is counted in one go. */
const PAUSE_MS = 100;
/** Questions of one leader that are counted anew at once. */
const PAGE = 50;

export interface TallyDeps {
  store: Deps['store'];
  clock: Deps['clock'];
  ring: Pick<Ring, 'epochs'>;
  sealer: Pick<Deps['sealer'], 'countVoters'>;
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

/**
 * Brings the number on a question to that of the people who would ask it. That of a week whose keys are gone stays: its votes
 * went too.
 */
export async function recount({ store, ring, clock, sealer }: TallyDeps, id: string): Promise<Question | Refusal> {
  const mayChange = (question: Question) =>
    (question.state === 'open' || (question.state === 'answered' && question.wordings !== undefined)) &&
    ballotsOf(question).every(({ week }) => ring.epochs().includes(week));
  return change({ store, clock, wake: () => {} }, id, async (now) => {
    const question = await withReactions({ store, ring }, now);
    if (!mayChange(question)) return question;
    // Counted anew at each attempt, and before the last look at the keys, which go before the votes.
    const votes = await countOf({ store, sealer }, question);
    return mayChange(question) && votes !== question.votes ? { ...question, votes } : question;
  });
}

/** Likewise what readers say of its answer. */
async function withReactions(
  { store, ring }: Pick<TallyDeps, 'store' | 'ring'>,
  question: Question,
): Promise<Question> {
  if (question.state !== 'answered') return question;
  const reactions = await store.reactions(question.id);
  const isSame = JSON.stringify(reactions) === JSON.stringify(question.reactions ?? NO_REACTIONS);
  return isSame || !ring.epochs().includes(question.week) ? question : { ...question, reactions };
}

/** Those who voted for several of the questions that were merged count once. */
async function countOf({ store, sealer }: Pick<TallyDeps, 'store' | 'sealer'>, question: Question): Promise<number> {
  const all = ballotsOf(question);
  if (all.length === 1) return store.votes(question.id);
  return sealer.countVoters(
    await Promise.all(all.map(async (one) => ({ question: one, votes: await store.ballot(one.id) }))),
  );
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
