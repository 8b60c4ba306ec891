import { STATUS_CODES } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { buffer } from 'node:stream/consumers';
import { answer, failure } from './teams-routes.ts';
import type { Answer } from './teams-routes.ts';
import type { Conversations } from './teams-state.ts';

/** A request of the bot. `path` begins at /v3 and is decoded; `prefix` is what stood before it, as in `/amer`. */
export type Seen = {
  readonly method: string;
  readonly path: string;
  readonly prefix: string;
  readonly body: unknown;
  /** Length of the body. */
  readonly bytes: number;
  /** Without authorization: a record must never hold a token. */
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  readonly at: number;
};

/**
 * What befalls the next `times` matching requests: a status, a connection `reset`, or only a late answer (`delayMs`).
 * `deliver` says whether people get to see the message all the same; only a late answer delivers by itself.
 */
export type Fault = {
  times?: number;
  status?: number;
  headers?: Record<string, string>;
  deliver?: boolean;
  match?: (request: Seen) => boolean;
  reset?: boolean;
  delayMs?: number;
};

/** Microsoft: "Format your bot messages", bot message size limit. */
const SIZE_LIMIT = 100 * 1024;

// A test may put its own clock in place of these while it waits for the real network.
const { setTimeout } = globalThis;
export const now = performance.now.bind(performance);
export const pause = (ms: number) => new Promise<void>((resolve) => void setTimeout(resolve, ms));

export type Armed = Fault & { left: number };
export type Service = { state: Conversations; requests: Seen[]; faults: Armed[]; open: number; lastAt: number };

function parsed(body: Buffer): unknown {
  return body.length === 0 ? undefined : JSON.parse(body.toString('utf8'));
}

async function read(request: IncomingMessage): Promise<{ seen: Seen; path: string }> {
  const body = await buffer(request);
  const { pathname } = new URL(request.url ?? '/', 'http://teams');
  const start = Math.max(pathname.indexOf('/v3/'), 0);
  const path = pathname.slice(start);
  const { authorization: _, ...headers } = request.headers;
  const wire = { method: request.method ?? '', prefix: pathname.slice(0, start), headers, at: Date.now() };
  return { path, seen: { ...wire, path: decodeURIComponent(path), body: parsed(body), bytes: body.length } };
}

function nextFault(faults: Armed[], seen: Seen): Armed | undefined {
  const fault = faults.find((one) => one.left > 0 && (one.match?.(seen) ?? true));
  if (fault) fault.left -= 1;
  return fault;
}

function outcome(service: Service, { seen, path }: { seen: Seen; path: string }, fault: Armed | undefined): Answer {
  const fails = fault?.status !== undefined || fault?.reset === true;
  const deliver = fault?.deliver ?? !fails;
  const tooBig = seen.bytes > SIZE_LIMIT;
  const real = tooBig ? failure(413, 'MessageSizeTooBig', 'The message is larger than 100 KB') : undefined;
  const result = real ?? (deliver ? answer(service.state, seen.method, path, seen.body) : { status: 500 });
  if (fault?.status === undefined) return result;
  const status = STATUS_CODES[fault.status] ?? 'Error';
  return { ...failure(fault.status, status.replaceAll(' ', ''), status), headers: fault.headers ?? {} };
}

function respond(response: ServerResponse, { status, body, headers }: Answer): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  response.writeHead(status, { ...(text && { 'content-type': 'application/json; charset=utf-8' }), ...headers });
  response.end(text);
}

/** Receives one request, records it, and answers as Teams does or as the fault says. */
export async function serve(service: Service, request: IncomingMessage, response: ServerResponse): Promise<void> {
  service.open += 1;
  try {
    const received = await read(request);
    service.requests.push(received.seen);
    const fault = nextFault(service.faults, received.seen);
    const result = outcome(service, received, fault);
    if (fault?.delayMs) await pause(fault.delayMs);
    if (fault?.reset) request.socket.resetAndDestroy();
    else respond(response, result);
  } catch (error) {
    respond(response, failure(400, 'BadSyntax', String(error)));
  } finally {
    service.open -= 1;
    service.lastAt = now();
  }
}
