import { constants, generateKeyPairSync, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { makeAzureVault } from '../../bot/seal/vault-azure.ts';
import type { Vault } from '../../bot/seal/vault.ts';

/** The address that the SDK is given; its requests are led to the stand-in, as it sends none that are not encrypted. */
const NAMED = 'https://stand-in.vault.azure.net';
const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };

type KeyPair = { publicKey: KeyObject; privateKey: KeyObject };

/** A stand-in for Azure Key Vault, which does the RSA itself: keys, deleted keys, wrap, unwrap, purge. */
export class KeyVault {
  /** Every request, as "GET /keys/name/". */
  readonly asked: string[] = [];
  readonly keys = new Map<string, KeyPair>();
  readonly deleted = new Map<string, KeyPair>();
  /** Answers these requests with this status instead. */
  fails: { status: number; match: RegExp } | undefined;
  readonly #server = createServer(
    (asked, response) => void this.#answer(asked, response).catch(() => say(response, 400, FAULT)),
  );
  #url = '';

  async start(): Promise<this> {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.#url = `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
    return this;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    this.#server.close();
    await once(this.#server, 'close');
  }

  /** The vault as the bot knows it, by the real SDK. */
  open(): Vault {
    const token = { token: 'a token', expiresOnTimestamp: Number.MAX_SAFE_INTEGER };
    return makeAzureVault(
      NAMED,
      { getToken: () => Promise.resolve(token) },
      { httpClient: this.#transport() as never },
    );
  }

  #transport() {
    return {
      sendRequest: async (asked: SdkRequest) => {
        const { method, abortSignal: signal, body } = asked;
        const url = asked.url.replace(NAMED, this.#url);
        const sent = request(url, {
          method,
          headers: asked.headers.toJSON(),
          agent: false,
          ...(signal ? { signal } : {}),
        });
        sent.end(body);
        const [answer] = (await once(sent, 'response')) as [IncomingMessage];
        const headers = toSdkHeaders(answer.headers as Record<string, string>);
        return { request: asked, status: answer.statusCode ?? 0, headers, bodyAsText: await read(answer) };
      },
    };
  }

  async #answer(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = new URL(incoming.url ?? '', NAMED).pathname;
    const what = `${incoming.method} ${path}`;
    const tell = (status: number, body?: object) => say(response, status, body);
    if (incoming.headers.authorization === undefined) return tell(401);
    this.asked.push(what);
    const text = await read(incoming);
    if (this.fails?.match.test(what)) return tell(this.fails.status, FAULT);
    const body = JSON.parse(text || '{}') as { value?: string; alg?: string };
    const done = this.#do(incoming.method ?? '', path.split('/').filter(Boolean), body);
    tell(
      done === undefined ? 404 : incoming.method === 'DELETE' && path.startsWith('/deleted') ? 204 : 200,
      done ?? FAULT,
    );
  }

  #do(method: string, [kind, name = '', ...rest]: string[], { value = '', alg }: { value?: string; alg?: string }) {
    const pair = this.keys.get(name);
    const bytes = Buffer.from(value, 'base64url');
    const act = rest.at(-1);
    if (kind === 'deletedkeys') {
      if (!this.deleted.has(name)) return undefined;
      if (method === 'DELETE') this.deleted.delete(name);
      return bundle(name);
    }
    if (act === 'create') {
      this.keys.set(name, makePair(this.keys.size));
      return bundle(name);
    }
    if (pair === undefined) return undefined;
    if (method === 'DELETE') {
      this.keys.delete(name);
      this.deleted.set(name, pair);
    }
    if ((act === 'wrapkey' || act === 'unwrapkey') && alg !== 'RSA-OAEP-256') return undefined;
    if (act === 'wrapkey') return result(name, publicEncrypt({ key: pair.publicKey, ...OAEP }, bytes));
    if (act === 'unwrapkey') return result(name, privateDecrypt({ key: pair.privateKey, ...OAEP }, bytes));
    return bundle(name, pair);
  }
}

/** Making RSA keys takes long on a busy machine, and more than two are never compared. */
const pairs: KeyPair[] = [];
function makePair(nth: number): KeyPair {
  return (pairs[nth % 2] ??= generateKeyPairSync('rsa', { modulusLength: 2048 }));
}

interface SdkRequest {
  url: string;
  method: string;
  headers: { toJSON(): Record<string, string> };
  body?: string;
  abortSignal?: AbortSignal;
}

/** Not in one chain: restify, where it was loaded, has `writeHead` return nothing. */
function say(response: ServerResponse, status: number, body?: object): void {
  response.writeHead(status, HEADERS);
  response.end(body && JSON.stringify(body));
}

async function read(message: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of message) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString();
}

/** The few methods of the SDK's headers that it calls on an answer. */
const toSdkHeaders = (headers: Record<string, string>) => ({
  get: (name: string) => headers[name.toLowerCase()],
  has: (name: string) => name.toLowerCase() in headers,
  toJSON: () => headers,
  [Symbol.iterator]: () => Object.entries(headers)[Symbol.iterator](),
});

const HEADERS = {
  'content-type': 'application/json',
  'www-authenticate': 'Bearer authorization="https://login.example/tenant", resource="https://vault.azure.net"',
};
const FAULT = { error: { code: 'Fault', message: 'xylophagous words of the vault' } };
const kid = (name: string) => `${NAMED}/keys/${name}/1`;
const result = (name: string, bytes: Buffer) => ({ kid: kid(name), value: bytes.toString('base64url') });
const bundle = (name: string, pair?: KeyPair) => ({
  key: {
    kid: kid(name),
    key_ops: ['wrapKey', 'unwrapKey'],
    ...(pair ? pair.publicKey.export({ format: 'jwk' }) : { kty: 'RSA' }),
  },
  attributes: { enabled: true },
  recoveryId: `${NAMED}/deletedkeys/${name}`,
});
