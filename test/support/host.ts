import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Account } from './sign-in.ts';

/** Somebody who may sit before the desk, as the page's menu names them. */
export type Sitter = Account & { readonly key: string; readonly title: string };

/** A page that plays Teams around the desk, from another origin. It proves nothing about Teams itself. */
export type Host = {
  /** What STAND_IN_HOST has to say. */
  readonly origin: string;
  /** The bot whose desk it shows: known only once that runs. */
  shows(desk: string): void;
  /** What it hands to the desk from now on; undefined where nobody signs in. */
  hands(token: (who: Sitter) => string | undefined): void;
  /** The address of the page, for one person. */
  address(options: Readonly<Record<string, string>>): string;
  stop(): Promise<void>;
};

type HostOptions = { people: readonly Sitter[]; tokenOf: (who: Sitter) => string; port?: number };

const FILES: Readonly<Record<string, readonly [string, string]>> = {
  '/': ['host.html', 'text/html; charset=utf-8'],
  '/host.js': ['host.js', 'text/javascript; charset=utf-8'],
};

function answer(response: ServerResponse, type: string, body: string | undefined): void {
  response.writeHead(body === undefined ? 404 : 200, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
}

export async function startHost({ people, tokenOf, port = 0 }: HostOptions): Promise<Host> {
  const now = { desk: '', tokenOf: tokenOf as (who: Sitter) => string | undefined };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
    const [file, type] = FILES[pathname] ?? [];
    if (file !== undefined && type !== undefined)
      return answer(response, type, readFileSync(new URL(file, import.meta.url), 'utf8'));
    const sitters = people.map(({ key, title, aadObjectId }) => ({ key, title, id: aadObjectId }));
    if (pathname === '/people')
      return answer(response, 'application/json', JSON.stringify({ desk: now.desk, people: sitters }));
    const who = people.find(({ key }) => key === searchParams.get('as'));
    answer(response, 'text/plain', pathname === '/token' && who ? now.tokenOf(who) : undefined);
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    shows: (desk) => void (now.desk = desk),
    hands: (token) => void (now.tokenOf = token),
    address: (options) => `${origin}/?${new URLSearchParams(options).toString()}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
