import { Worker } from 'node:worker_threads';
import type { Job } from './client.ts';
import { type Goal, type Row, type Slice, toRows } from './table.ts';

/** A request with what its answer holds. */
export interface Request extends Omit<Job, 'bodies' | 'atOnce'> {
  body: () => string;
}

/** Something to measure, a request or an act in this process, beside another that is in the same rounds. */
export type Subject = { name: string; beside: string; atOnce: number; goal?: Goal } & (
  | Request
  | { act: () => Promise<unknown> }
);

export interface Pace {
  rounds: number;
  sliceMs: number;
  /** As many of each come first, and count for nothing. */
  warmUp: number;
  /** No round begins after this. */
  lastRoundMs: number;
}

/** Sends jobs to the client's thread, one at a time. */
export function makeClient(): { run(job: Job): Promise<Slice>; end(): Promise<number> } {
  const worker = new Worker(new URL('client.ts', import.meta.url));
  const run = (job: Job) =>
    new Promise<Slice>((resolve, reject) => {
      worker.once('message', ({ slice, fault }: { slice?: Slice; fault?: string }) =>
        slice === undefined ? reject(new Error(fault)) : resolve(slice),
      );
      // A thread has no origin.
      // oxlint-disable-next-line unicorn/require-post-message-target-origin
      worker.postMessage(job);
    });
  return { run, end: () => worker.terminate() };
}

async function act(act: () => Promise<unknown>, times: number): Promise<Slice> {
  const each: number[] = [];
  const begun = performance.now();
  for (let n = 0; n < times; n += 1) {
    const start = performance.now();
    await act();
    each.push(performance.now() - start);
  }
  return { each, tookMs: performance.now() - begun };
}

/** How many fill a slice, by how long some took: enough for each connection to send twice. */
const timesIn = (sliceMs: number, atOnce: number, { each, tookMs }: Slice): number =>
  Math.max(10, 2 * atOnce, Math.min(4000, Math.round((sliceMs / tookMs) * each.length)));

/** Every subject once in every round, each round beginning with another one, after a round to warm up and to find pace. */
export async function measure(subjects: Subject[], pace: Pace): Promise<Map<Subject, Slice[]>> {
  const client = makeClient();
  const slice = async (subject: Subject, times: number): Promise<Slice> => {
    try {
      if ('act' in subject) return await act(subject.act, times);
      const { port, authorization, body, expect, atOnce } = subject;
      return await client.run({ port, authorization, bodies: Array.from({ length: times }, body), expect, atOnce });
    } catch (error) {
      throw new Error(`${subject.name}: ${String(error)}`, { cause: error });
    }
  };
  const measured = new Map<Subject, Slice[]>(subjects.map((subject) => [subject, []]));
  const start = performance.now();
  try {
    const times = new Map<Subject, number>();
    for (const subject of subjects) {
      await slice(subject, pace.warmUp);
      const warm = await slice(subject, Math.max(pace.warmUp, subject.atOnce));
      times.set(subject, timesIn(pace.sliceMs, subject.atOnce, warm));
    }
    for (let round = 0; round < pace.rounds && performance.now() - start < pace.lastRoundMs; round += 1) {
      const order = subjects.map((_, n) => subjects[(n + round) % subjects.length]);
      for (const subject of order) {
        if (subject) measured.get(subject)?.push(await slice(subject, times.get(subject) ?? pace.warmUp));
      }
    }
  } finally {
    await client.end();
  }
  return measured;
}

/** Each beside the other that it names. */
export function rowsOf(measured: Map<Subject, Slice[]>): Row[] {
  const roundsOf = (name: string) => [...measured].find(([subject]) => subject.name === name)?.[1] ?? [];
  return [...measured].flatMap(([{ name, beside, goal }, rounds]) => toRows({ name, rounds, goal }, roundsOf(beside)));
}

/** Those that have this in their name, and those beside which they are measured. */
export function choose(subjects: Subject[], only: string): Subject[] {
  const chosen = subjects.filter(({ name }) => name.toLowerCase().includes(only.toLowerCase()));
  const beside = new Set(chosen.map((one) => one.beside));
  return subjects.filter((one) => chosen.includes(one) || beside.has(one.name));
}
