import { Worker } from 'node:worker_threads';
import type { Job } from './client.ts';
import type { Subject } from './subjects.ts';
import type { Slice } from './table.ts';

const ROUNDS = 9;
const SLICE_MS = 220;
const WARM_UP = 40;
/** No round begins after this: with the start and the end, all takes less than a minute, also on a slow machine. */
const LAST_ROUND_MS = 34_000;

/** Sends jobs to the client's thread, one at a time. */
function makeClient(): { run(job: Job): Promise<Slice>; end(): Promise<number> } {
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

/** Every subject once in every round, each round beginning with another one, after a round to warm up and to find pace. */
export async function measure(subjects: Subject[]): Promise<Map<Subject, Slice[]>> {
  const client = makeClient();
  const slice = (subject: Subject, times: number): Promise<Slice> => {
    if ('act' in subject) return act(subject.act, times);
    const { url, body, expect, atOnce } = subject;
    return client.run({ url, bodies: Array.from({ length: times }, body), expect, atOnce });
  };
  const measured = new Map<Subject, Slice[]>(subjects.map((subject) => [subject, []]));
  const start = performance.now();
  try {
    const times = new Map<Subject, number>();
    for (const subject of subjects) {
      await slice(subject, WARM_UP);
      const { tookMs } = await slice(subject, WARM_UP);
      times.set(subject, Math.max(10, Math.min(1500, Math.round((SLICE_MS / tookMs) * WARM_UP))));
    }
    for (let round = 0; round < ROUNDS && performance.now() - start < LAST_ROUND_MS; round += 1) {
      const order = subjects.map((_, n) => subjects[(n + round) % subjects.length]);
      for (const subject of order) {
        if (subject) measured.get(subject)?.push(await slice(subject, times.get(subject) ?? WARM_UP));
      }
    }
  } finally {
    await client.end();
  }
  return measured;
}
