import { listen } from '../../bot/http/server.ts';
import { makeApi } from '../../bot/http/api/open.ts';
import type { AnyRoute } from '../../bot/http/api/route.ts';
import { routes } from '../../bot/http/api/routes.ts';
import { noPages } from '../http/serving.ts';
import type { App } from './app.ts';
import { type Person, TENANT } from './cast.ts';
import { type Claims, type SignInIssuer, startSignIn } from './sign-in.ts';

export const AUDIENCE = 'b07f0247-3333-4444-8555-fab21ca0b075';

export type Answered = { status: number; body: any; headers: Headers };

/** The desk's API before an App: real tokens, real routes, on a port of this machine. */
export type DeskApi = {
  readonly url: string;
  readonly issuer: SignInIssuer;
  /** Milliseconds that pass for what counts requests, and for keys. */
  passes(ms: number): void;
  /** What was counted for operators: path and status of each answer. */
  readonly counted: string[];
  get(who: Person, path: string, headers?: Record<string, string>): Promise<Answered>;
  post(who: Person, path: string, body?: object, headers?: Record<string, string>): Promise<Answered>;
  /** Anything at all. */
  send(path: string, init: RequestInit): Promise<Answered>;
  token(who: Person, claims?: Claims): string;
  stop(): Promise<void>;
};

/** `of` replaces the desk's own routes. */
export async function openDeskApi(app: App, of: readonly AnyRoute[] = routes): Promise<DeskApi> {
  const issuer = await startSignIn({ audience: AUDIENCE, tenant: TENANT.id, now: () => app.now });
  let up = 0;
  const counted: string[] = [];
  const signIn = { audience: AUDIENCE, issuer: issuer.url, keys: `${issuer.url}/keys`, tenant: TENANT.id };
  const config = {
    signIn,
    serviceUrl: 'https://smba.trafficmanager.net/teams/',
    publicUrl: '',
    tenant: TENANT.id,
  };
  const api = makeApi({
    deps: app.deps,
    routes: of,
    config,
    uptime: () => up,
    counted: ({ path }, status) => void counted.push(`${path} ${status}`),
  });
  const fault = (error: unknown) => app.deps.fault(error);
  const needs = { take: noChat, store: app.store, fault, api, pages: noPages };
  const listening = await listen(needs, { port: 0, host: '127.0.0.1' });
  const url = `http://127.0.0.1:${listening.port}`;
  const desk: DeskApi = {
    url,
    issuer,
    counted,
    passes: (ms) => void (up += ms),
    token: (who, claims) => issuer.tokenOf(who, claims),
    get: (who, path, headers) => desk.send(path, { headers: { ...bearer(desk.token(who)), ...headers } }),
    post: (who, path, body = {}, headers = {}) =>
      desk.send(path, {
        method: 'POST',
        headers: { ...bearer(desk.token(who)), 'content-type': 'application/json', ...headers },
        body: JSON.stringify(body),
      }),
    async send(path, init) {
      const response = await fetch(url + path, { ...init, signal: AbortSignal.timeout(3000) });
      const text = await response.text();
      const isJson = text !== '' && response.headers.get('content-type') === 'application/json';
      // A file is its text.
      const body: unknown = isJson ? JSON.parse(text) : text || undefined;
      return { status: response.status, body, headers: response.headers };
    },
    async stop() {
      await listening.stop();
      await issuer.stop();
    },
  };
  return desk;
}

const noChat = () => Promise.resolve({ status: 404 });

export const bearer = (token: string): Record<string, string> => ({ authorization: `Bearer ${token}` });
