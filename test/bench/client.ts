/** The client, in a thread of its own: what it costs must not slow the bots, nor even out their differences. */
import { Agent, request } from 'node:http';
import { parentPort } from 'node:worker_threads';
import type { Slice } from './table.ts';

export interface Job {
  url: string;
  bodies: string[];
  /** What every answer holds. */
  expect: string;
  atOnce: number;
}

const PATIENCE_MS = 10_000;
const agents = new Map<number, Agent>();

function agentFor(atOnce: number): Agent {
  const agent = agents.get(atOnce) ?? new Agent({ keepAlive: true, maxSockets: atOnce });
  agents.set(atOnce, agent);
  return agent;
}

function post(url: string, body: string, agent: Agent): Promise<string> {
  const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) };
  return new Promise((resolve, reject) => {
    const sent = request(
      `${url}/api/messages`,
      { method: 'POST', agent, headers, timeout: PATIENCE_MS },
      (response) => {
        const parts: Buffer[] = [];
        response.on('data', (part: Buffer) => parts.push(part));
        response.on('end', () => resolve(Buffer.concat(parts).toString()));
        response.on('error', reject);
      },
    );
    sent.on('timeout', () => sent.destroy(new Error('No answer in time')));
    sent.on('error', reject);
    sent.end(body);
  });
}

async function run({ url, bodies, expect, atOnce }: Job): Promise<Slice> {
  const agent = agentFor(atOnce);
  const each: number[] = [];
  const left = bodies.values();
  const begun = performance.now();
  const one = async () => {
    for (const body of left) {
      const start = performance.now();
      const answer = await post(url, body, agent);
      each.push(performance.now() - start);
      if (!answer.includes(expect)) throw new Error(`Not what was expected (${expect}): ${answer.slice(0, 300)}`);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, one));
  return { each, tookMs: performance.now() - begun };
}

type Told = { slice: Slice } | { fault: string };

// A thread has no origin.
// oxlint-disable-next-line unicorn/require-post-message-target-origin
const tell = (told: Told): void => parentPort?.postMessage(told);

parentPort?.on('message', (job: Job) => {
  void run(job).then(
    (slice) => tell({ slice }),
    (error: unknown) => tell({ fault: String(error) }),
  );
});
