import { once } from 'node:events';
import { createServer, type IncomingMessage, request as send, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

/** What a request asks of Cosmos DB, as its address and headers tell. */
export interface Seen {
  does: 'read' | 'query' | 'create' | 'put' | 'replace' | 'erase';
  container: string;
  /** The one logical partition that it stays in; nothing where it asks all of them. */
  partition: string | undefined;
  /** Address and body, as they were sent. */
  text: string;
  /** Length of the body. */
  bytes: number;
  /** What Cosmos DB answered; nothing where it was not asked. */
  status?: number;
}

/** What befalls a request. Refused or cut, it may have taken effect all the same. */
export type Fault = { takesEffect?: boolean } & (
  | { status: number; retryAfterMs?: number }
  | { cut: 'reset' | 'silence' }
);

export interface Wire {
  endpoint: string;
  /** Every request for rows so far. */
  seen: Seen[];
  /** Has this befall the next requests for rows, one after the other. */
  next(faults: Fault[]): void;
  /** Has this befall every request from now on, or each of those for rows that match. */
  always(fault: Fault | undefined, matches?: (seen: Seen) => boolean): void;
  close(): Promise<void>;
}

/** A wire to Cosmos DB that writes down what goes over it, and fails where it is told to. */
export async function startWire(target: string): Promise<Wire> {
  const seen: Seen[] = [];
  const planned: Fault[] = [];
  let constant: { fault: Fault | undefined; matches?: ((seen: Seen) => boolean) | undefined } = { fault: undefined };
  const faultFor = (request: Seen | undefined): Fault | undefined => {
    const { fault, matches } = constant;
    const isMeant = matches === undefined || (request !== undefined && matches(request));
    return (request && planned.shift()) ?? (isMeant ? fault : undefined);
  };
  const server = createServer((request, response) => {
    void buffer(request).then(async (body) => {
      const row = toSeen(request, body);
      if (row) seen.push(row);
      const fault = faultFor(row);
      const answer = fault === undefined || fault.takesEffect ? await pass(target, request, body) : undefined;
      if (row && answer) row.status = answer.status;
      if (fault) return befall(fault, response);
      // Two statements: in a process that loads restify, the first returns nothing.
      response.writeHead(answer?.status ?? 500, answer?.headers);
      response.end(answer?.body);
    });
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    seen,
    next: (faults) => void planned.push(...faults),
    always: (fault, matches) => void (constant = { fault, matches }),
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}

function befall(fault: Fault, response: ServerResponse): void {
  if ('status' in fault) {
    const { status, retryAfterMs } = fault;
    response.writeHead(status, retryAfterMs === undefined ? {} : { 'x-ms-retry-after-ms': String(retryAfterMs) });
    response.end(JSON.stringify({ message: 'not now' }));
  } else if (fault.cut === 'reset') response.socket?.resetAndDestroy();
}

async function pass(target: string, { method, url, headers }: IncomingMessage, body: Buffer) {
  const forwarded = send(new URL(url ?? '/', target), { method, headers: { ...headers, host: new URL(target).host } });
  forwarded.end(body);
  const [answer] = (await once(forwarded, 'response')) as [IncomingMessage];
  return { status: answer.statusCode ?? 500, headers: answer.headers, body: await buffer(answer) };
}

const DOES: Record<string, Seen['does']> = { GET: 'read', POST: 'create', PUT: 'replace', DELETE: 'erase' };

function toSeen({ method = '', url = '', headers }: IncomingMessage, body: Buffer): Seen | undefined {
  const container = /\/colls\/([^/]+)\/docs/.exec(url)?.[1];
  if (container === undefined) return undefined;
  const [partition] = JSON.parse(String(headers['x-ms-documentdb-partitionkey'] ?? '[]')) as string[];
  const isQuery = headers['x-ms-documentdb-isquery'] !== undefined;
  const isPut = headers['x-ms-documentdb-is-upsert'] !== undefined;
  const does = isQuery ? 'query' : isPut ? 'put' : (DOES[method] ?? 'read');
  return { does, container, partition, bytes: body.length, text: `${decodeURIComponent(url)} ${body.toString()}` };
}
