/**
 * The client, in a thread of its own. It speaks just enough HTTP over plain sockets that keep their connection: Node's own
 * client costs more than the fastest server here, and would even out their differences.
 */
import { connect, type Socket } from 'node:net';
import { parentPort } from 'node:worker_threads';
import type { Slice } from './table.ts';

export interface Job {
  port: number;
  authorization: string;
  bodies: string[];
  /** What every answer holds, in ASCII. */
  expect: string;
  atOnce: number;
}

/** As many at once wait for each other. */
const PATIENCE_MS = 30_000;

function requestOf({ port, authorization }: Job, body: string): string {
  const lines = [
    'POST /api/messages HTTP/1.1',
    `Host: 127.0.0.1:${port}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(body)}`,
    ...(authorization === '' ? [] : [`Authorization: ${authorization}`]),
  ];
  return `${lines.join('\r\n')}\r\n\r\n${body}`;
}

/** A whole answer, or nothing yet. All servers here say how long theirs is. */
function wholeIn(received: string): string | undefined {
  const end = received.indexOf('\r\n\r\n');
  if (end === -1) return undefined;
  const length = /\r\ncontent-length: *(\d+)/i.exec(received.slice(0, end + 2))?.[1];
  if (length === undefined) throw new Error(`An answer without its length: ${received.slice(0, end)}`);
  return received.length < end + 4 + Number(length) ? undefined : received;
}

function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true }).setEncoding('latin1');
  socket.setTimeout(PATIENCE_MS, () => socket.destroy(new Error('No answer in time')));
  return new Promise((resolve, reject) => {
    socket.once('error', reject);
    socket.once('connect', () => {
      socket.off('error', reject);
      resolve(socket);
    });
  });
}

function exchange(socket: Socket, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let received = '';
    const settle = (error?: Error | null, answer = '') => {
      socket.off('data', onData).off('error', settle).off('close', onClose);
      if (error) reject(error);
      else resolve(answer);
    };
    const onClose = () => settle(new Error('The connection was closed without an answer'));
    const onData = (part: string) => {
      received += part;
      try {
        const answer = wholeIn(received);
        if (answer !== undefined) settle(null, answer);
      } catch (error) {
        settle(error as Error);
      }
    };
    socket.on('data', onData).on('error', settle).on('close', onClose);
    socket.write(request);
  });
}

async function run(job: Job): Promise<Slice> {
  const { bodies, expect, atOnce, port } = job;
  const requests = bodies.map((body) => requestOf(job, body)).values();
  const sockets = await Promise.all(Array.from({ length: atOnce }, () => open(port)));
  const each: number[] = [];
  const workOff = async (socket: Socket) => {
    for (const request of requests) {
      const start = performance.now();
      const answer = await exchange(socket, request);
      each.push(performance.now() - start);
      if (!answer.includes(expect)) throw new Error(`Not what was expected (${expect}): ${answer.slice(0, 600)}`);
    }
  };
  try {
    const begun = performance.now();
    await Promise.all(sockets.map(workOff));
    return { each, tookMs: performance.now() - begun };
  } finally {
    for (const socket of sockets) socket.destroy();
  }
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
