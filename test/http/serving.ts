import assert from 'node:assert/strict';
import { type Listening, listen, type ServerNeeds } from '../../bot/http/server.ts';
import type { ApiNeeds } from '../../bot/http/api/serve.ts';
import { noor } from '../support/cast.ts';

export const JSON_TYPE = { 'content-type': 'application/json' };
/** Stands in every faulty request and fault, and in no answer. */
export const PLANTED = noor.conversationId;

/** A desk into which nobody can sign in. */
export const closedDesk = { routes: [], signIn: () => Promise.resolve('signed-out') } as unknown as ApiNeeds;

/** No desk was built. */
export const noPages = { built: new URL('nothing-here/', import.meta.url), standInHost: '' };

type Body = string | Buffer | FormData;
type Headers = Record<string, string>;

/** A server, anew for each test of the suite that calls this, and what it did. */
export interface Serving {
  url: string;
  needs: ServerNeeds;
  taken: { authorization: string; body: unknown }[];
  faults: unknown[];
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Posts an activity. Fails where the answer quotes what was planted. */
  send(body: Body, headers?: Headers): Promise<{ status: number; text: string }>;
  /** Posts what must be answered so, without a fault, and without being taken. */
  refuses(status: number, body: Body, headers?: Headers): Promise<void>;
}

const LIMIT_MS = 3000;

export function useServer(): Serving {
  let server: Listening;
  const serving = {
    get: (path, headers = {}) => fetch(serving.url + path, { headers, signal: AbortSignal.timeout(LIMIT_MS) }),
    async send(body, headers = JSON_TYPE) {
      const payload = Buffer.isBuffer(body) ? new Uint8Array(body) : body;
      const signal = AbortSignal.timeout(LIMIT_MS);
      const response = await fetch(`${serving.url}/api/messages`, { method: 'POST', body: payload, headers, signal });
      const text = await response.text();
      assert.ok(!text.includes(PLANTED), 'An answer quotes the request');
      return { status: response.status, text };
    },
    async refuses(status, body, headers) {
      assert.equal((await serving.send(body, headers)).status, status);
      assert.deepEqual(serving.taken, []);
      assert.deepEqual(serving.faults, []);
    },
  } as Serving;
  beforeEach(async () => {
    Object.assign(serving, { taken: [], faults: [], needs: needsOf(serving) });
    server = await listen(serving.needs, { port: 0, host: '127.0.0.1' });
    serving.url = `http://127.0.0.1:${server.port}`;
  });
  afterEach(() => server.stop());
  return serving;
}

const needsOf = (serving: Serving): ServerNeeds => ({
  async take(authorization, body) {
    serving.taken.push({ authorization, body });
    return { status: 200, body: { said: 'ok' } };
  },
  store: { ready: async () => {} },
  fault: (error) => `reference ${serving.faults.push(error)}`,
  api: closedDesk,
  pages: noPages,
});
