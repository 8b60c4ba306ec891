import { once } from 'node:events';
import { createServer } from 'node:http';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { now, pause, serve } from './teams-http.ts';
import type { Armed, Fault, Seen, Service } from './teams-http.ts';
import { Conversations } from './teams-state.ts';
import type { Message } from './teams-state.ts';

export type { Fault, Seen } from './teams-http.ts';
export type { Card, Message, Sent } from './teams-state.ts';

export type Teams = {
  /** A service URL, with a path and a closing slash as Microsoft's have. Any other path is accepted as well. */
  readonly url: string;
  readonly requests: readonly Seen[];
  /** How many connections were made to it so far. */
  connections(): number;
  conversation(id: string): Message[];
  chatWith(person: { id: string }): Message[];
  /** The messages of a channel's nth thread, the root post first; empty when there is none. */
  channelThread(channelId: string, nth?: number): Message[];
  channelThreads(channelId: string): Message[][];
  /** `left()` tells how many requests it still waits for. */
  fail(fault: Fault): { left(): number };
  /** Resolves with the first truthy value; after `ms` (6 s) rejects with a list of what was seen. */
  until<T>(predicate: () => T | Promise<T>, limits?: { ms?: number }): Promise<NonNullable<T>>;
  /** Resolves when no request has come, and none was open, for `quietMs` (150); after `ms` (5 s) rejects. */
  settled(limits?: { quietMs?: number; ms?: number }): Promise<void>;
  stop(): Promise<void>;
};

const POLL_MS = 5;

async function until<T>(service: Service, predicate: () => T | Promise<T>, ms: number): Promise<NonNullable<T>> {
  const deadline = now() + ms;
  for (;;) {
    const value = await predicate();
    if (value) return value;
    if (now() > deadline) throw new Error(`Nothing of the kind within ${ms} ms. Teams saw:\n${story(service)}`);
    await pause(POLL_MS);
  }
}

async function settled(service: Service, quietMs: number, ms: number): Promise<void> {
  const start = now();
  const quiet = () => service.open === 0 && now() - Math.max(start, service.lastAt) >= quietMs;
  await until(service, quiet, ms);
}

async function stop(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

function story({ requests }: Service): string {
  const lines = requests.map(
    ({ method, path, body }) => `  ${method} ${path} ${JSON.stringify(body ?? '').slice(0, 300)}`,
  );
  return lines.join('\n') || '  no request';
}

function arm(service: Service, fault: Fault): { left(): number } {
  const fails = fault.status !== undefined || fault.reset === true;
  if (fault.deliver === false && !fails)
    throw new TypeError('A message that is not delivered needs a status or a reset.');
  if (!fails && !fault.delayMs) throw new TypeError('A fault needs a status, a reset or delayMs.');
  const armed: Armed = { ...fault, left: fault.times ?? 1 };
  service.faults.push(armed);
  return { left: () => armed.left };
}

/** Starts a stand-in for Teams (the Bot Connector's REST service) on loopback. It proves nothing about Teams itself. */
export async function startTeams(): Promise<Teams> {
  const service: Service = { state: new Conversations(), requests: [], faults: [], open: 0, lastAt: now() };
  const { state, requests } = service;
  const server = createServer((request, response) => void serve(service, request, response));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const { port } = server.address() as AddressInfo;
  let connections = 0;
  server.on('connection', () => (connections += 1));
  return {
    url: `http://127.0.0.1:${port}/amer/`,
    requests,
    connections: () => connections,
    conversation: (id) => state.of(id),
    chatWith: (person) => state.of(state.chatOf(person.id)),
    channelThread: (channelId, nth = 0) => state.threads(channelId)[nth] ?? [],
    channelThreads: (channelId) => state.threads(channelId),
    fail: (fault) => arm(service, fault),
    until: (predicate, { ms = 6000 } = {}) => until(service, predicate, ms),
    settled: ({ quietMs = 150, ms = 5000 } = {}) => settled(service, quietMs, ms),
    stop: () => stop(server),
  };
}
