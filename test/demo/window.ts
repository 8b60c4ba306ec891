import { createServer, request } from 'node:http';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { readFile } from 'node:fs/promises';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { closing, HOST, listen } from './net.ts';

// The Playground fetches fonts and animations from afar. Without a network its page would wait for them.
const POLICY = [
  "default-src 'self' 'unsafe-inline' data: blob:",
  "script-src 'self' 'unsafe-inline' 'unsafe-eval' blob:",
  "connect-src 'self' ws:",
].join('; ');

const PATIENCE = 5_000;
// The page greets the bot once it knows its own chats. What reached it earlier it has thrown away.
const GREETING = /^\/_debug\/conversation\/[^/]+\/installation$/;
const STREAM = '/_ws_conversation/';

/** The same Playground, at another address, in a shape that fits a third of a screen. */
export type Window = { readonly url: string; stop(): Promise<void> };

/**
 * Passes everything on to the Playground, with three changes that a page of another origin can't make from outside of
 * the frame. `window.html` is added to its page, which wants 1,200 px for itself and opens its log over the chat below
 * that. It fetches nothing from afar. And what the bot said before somebody looked waits until the page can show it.
 */
export async function serveWindow(playground: number, port: number): Promise<Window> {
  const addition = await readFile(new URL('window.html', import.meta.url), 'utf8');
  let greeting = Promise.withResolvers<void>();
  const server = createServer((incoming, outgoing) => {
    const path = incoming.url?.split('?')[0] ?? '/';
    if (path !== '/') return passOn(playground, incoming, outgoing, GREETING.test(path) ? greeting.resolve : undefined);
    greeting = Promise.withResolvers();
    void servePage(playground, addition, outgoing);
  });
  server.on('upgrade', (incoming, socket, head) => {
    const open = (): void => passSocketOn(playground, incoming, socket as Socket, head);
    if (incoming.url?.startsWith(STREAM))
      void Promise.race([greeting.promise, delay(PATIENCE, undefined, { ref: false })]).then(open);
    else open();
  });
  const stop = closing(server);
  return { url: `http://${HOST}:${await listen(server, port)}/`, stop };
}

async function servePage(playground: number, addition: string, outgoing: ServerResponse): Promise<void> {
  try {
    const page = await fetch(`http://${HOST}:${playground}/`, { signal: AbortSignal.timeout(5_000) });
    outgoing.setHeader('content-type', 'text/html; charset=utf-8');
    outgoing.setHeader('content-security-policy', POLICY);
    // Three windows in one page else share a process, and wait for each other.
    outgoing.setHeader('origin-agent-cluster', '?1');
    outgoing.setHeader('cache-control', 'no-store');
    outgoing.end((await page.text()).replace('</head>', () => `${addition}</head>`));
  } catch {
    refuse(outgoing);
  }
}

function passOn(
  playground: number,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  passed: (() => void) | undefined,
): void {
  const { url = '/', method = 'GET', headers } = incoming;
  const onward = request({ host: HOST, port: playground, path: url, method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
    passed?.();
  });
  onward.on('error', () => refuse(outgoing));
  outgoing.on('close', () => onward.destroy());
  incoming.pipe(onward);
}

function refuse(outgoing: ServerResponse): void {
  if (!outgoing.headersSent) outgoing.writeHead(502, { 'content-type': 'text/plain; charset=utf-8' });
  outgoing.end('The Playground does not answer. Is the demo still running?');
}

function passSocketOn(playground: number, incoming: IncomingMessage, socket: Socket, head: Buffer): void {
  const onward = connect(playground, HOST, () => {
    onward.write(`${incoming.method} ${incoming.url} HTTP/1.1\r\n${headerLines(incoming.rawHeaders)}\r\n`);
    onward.write(head);
    socket.pipe(onward).pipe(socket);
  });
  for (const [one, other] of [
    [socket, onward],
    [onward, socket],
  ] as const) {
    one.on('error', () => other.destroy());
    one.on('close', () => other.destroy());
  }
}

function headerLines(raw: readonly string[]): string {
  let lines = '';
  for (let i = 0; i < raw.length; i += 2) lines += `${raw[i]}: ${raw[i + 1]}\r\n`;
  return lines;
}
