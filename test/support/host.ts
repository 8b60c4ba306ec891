import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
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

type Token = (who: Sitter) => string | undefined;
type Players = { people: readonly Sitter[]; tokenOf: Token };

/** Answers what the page that plays Teams asks; false where something else was asked. */
export type Playing = {
  desk: string;
  tokenOf: Token;
  answers(request: IncomingMessage, response: ServerResponse): boolean;
};

const FILES: Readonly<Record<string, readonly [string, string]>> = {
  '/host': ['host.html', 'text/html; charset=utf-8'],
  '/host/play.js': ['host.js', 'text/javascript; charset=utf-8'],
};

function send(response: ServerResponse, type: string, body: string | undefined): true {
  response.writeHead(body === undefined ? 404 : 200, { 'content-type': type, 'cache-control': 'no-store' });
  response.end(body);
  return true;
}

/** For a server that has other pages too: a frame of Teams stands in no page of another origin. */
export function playHost({ people, tokenOf }: Players): Playing {
  const sitters = people.map(({ key, title, aadObjectId }) => ({ key, title, id: aadObjectId }));
  const playing: Playing = {
    desk: '',
    tokenOf,
    answers(request, response) {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
      const [file, type] = FILES[pathname] ?? [];
      if (file !== undefined && type !== undefined)
        return send(response, type, readFileSync(new URL(file, import.meta.url), 'utf8'));
      if (pathname === '/host/people')
        return send(response, 'application/json', JSON.stringify({ desk: playing.desk, people: sitters }));
      if (pathname !== '/host/token') return false;
      const who = people.find(({ key }) => key === searchParams.get('as'));
      return send(response, 'text/plain', who && playing.tokenOf(who));
    },
  };
  return playing;
}

export async function startHost(players: Players): Promise<Host> {
  const playing = playHost(players);
  const server = createServer((request, response) => void (playing.answers(request, response) || response.end()));
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    origin,
    shows: (desk) => void (playing.desk = desk),
    hands: (token) => void (playing.tokenOf = token),
    address: (options) => `${origin}/host?${new URLSearchParams(options).toString()}`,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
