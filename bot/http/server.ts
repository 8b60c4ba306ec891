import restify from 'restify';
import type { Store } from '../app/ports.ts';
import { type ApiNeeds, serveApi } from './api/serve.ts';
import { readBody } from './body.ts';
import { type PagesNeeds, servePages } from './pages.ts';
import { makeStop } from './stop.ts';

export interface ServerNeeds {
  /** Takes one activity, with its Authorization header; the status and body to answer with. */
  take(authorization: string, body: unknown): Promise<{ status: number; body?: unknown }>;
  store: Pick<Store, 'ready'>;
  fault(error: unknown): string;
  api: ApiNeeds;
  pages: PagesNeeds;
}

export interface Listening {
  port: number;
  /** Takes nothing more, and resolves when what was taken is answered, or after the patience. */
  stop(): Promise<void>;
}

export interface Listen {
  port: number;
  host: string;
  /** How long stopping waits, in milliseconds: less than whoever stops the process does. */
  patience?: number;
}

/** Every route for Teams, and for whoever looks after the process. */
export async function listen(needs: ServerNeeds, { port, host, patience = 8000 }: Listen): Promise<Listening> {
  const server = restify.createServer({ name: '' });
  const stop = makeStop(server, patience);
  server.head('/api/messages', (_request, response, next) => answer(response, next, 200));
  server.post('/api/messages', readBody, (request, response, next) => {
    needs.take(request.header('authorization', ''), request.body).then(
      ({ status, body }) => answer(response, next, status, body),
      (error: unknown) => {
        needs.fault(error);
        answer(response, next, 500);
      },
    );
  });
  server.get('/healthz', (_request, response, next) => answer(response, next, 200, { status: 'alive' }));
  server.get('/readyz', (_request, response, next) => {
    needs.store.ready().then(
      () => answer(response, next, 200, { status: 'ready' }),
      (error: unknown) => {
        needs.fault(error);
        answer(response, next, 503, { status: 'the store does not answer' });
      },
    );
  });
  serveApi(server, needs.api);
  servePages(server, needs.pages);
  server.on('restifyError', (_request, _response, error, done) => {
    // The parser's message can quote the body.
    error.message = 'The request was refused.';
    error.toJSON = () => ({ error: 'The request was refused.' });
    done();
  });
  return { port: await bind(server, { port, host }), stop };
}

/** The only route for operators: the figures, on a port of its own, so that it can be kept from everybody else. */
export async function listenForOperators(text: () => Promise<string>, at: Listen): Promise<Listening> {
  const server = restify.createServer({ name: '' });
  server.get('/metrics', (_request, response, next) => {
    text().then(
      (figures) => {
        response.sendRaw(200, figures, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
        next();
      },
      () => answer(response, next, 503),
    );
  });
  return { port: await bind(server, at), stop: makeStop(server, at.patience ?? 1000) };
}

async function bind(server: restify.Server, { port, host }: Listen): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return server.address().port;
}

/** Past restify's formatters, which write a header at a time and then the body by itself. */
function answer(response: restify.Response, next: restify.Next, status: number, body?: unknown): void {
  const text = body === undefined ? '' : JSON.stringify(body);
  const type = body === undefined ? {} : { 'content-type': 'application/json' };
  response.writeHead(status, { ...type, 'content-length': Buffer.byteLength(text) });
  response.end(text);
  next();
}
