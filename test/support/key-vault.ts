import { constants, generateKeyPairSync, type KeyObject, privateDecrypt, publicEncrypt } from 'node:crypto';
import { createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { makeAzureVault } from '../../bot/seal/vault-azure.ts';
import type { Vault } from '../../bot/seal/vault.ts';

/** The address that the SDK is given; its requests are led to the stand-in, as it sends none that are not encrypted. */
const NAMED = 'https://stand-in.vault.azure.net';
const OAEP = { padding: constants.RSA_PKCS1_OAEP_PADDING, oaepHash: 'sha256' };

type Signal = PromiseWithResolvers<void>;
type KeyPair = { publicKey: KeyObject; privateKey: KeyObject };

/** A stand-in for Azure Key Vault, which does the RSA itself: keys, deleted keys, wrap, unwrap, purge. */
export class KeyVault {
  /** Every request, as "GET /keys/name/". */
  readonly asked: string[] = [];
  /** Each with its versions, the newest one last. */
  readonly keys = new Map<string, KeyPair[]>();
  readonly deleted = new Map<string, KeyPair[]>();
  /** Answers these requests with this status instead. */
  fails: { status: number; match: RegExp } | undefined;
  #race: { looks: number; looked: Signal; makes: number; wrapped: Signal } | undefined;
  readonly #server = createServer(
    (asked, response) => void this.#answer(asked, response).catch(() => say(response, 400, FAULT)),
  );
  #url = '';
  #made = 0;

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

  /** Of the next two that want a key, both find none, and the second makes its own once the first has wrapped with its own. */
  race(): void {
    this.#race = { looks: 2, looked: Promise.withResolvers(), makes: 2, wrapped: Promise.withResolvers() };
  }

  async #raced(what: string): Promise<void> {
    const race = this.#race;
    if (what.startsWith('GET /keys/') && race !== undefined && race.looks > 0) {
      race.looks -= 1;
      if (race.looks === 0) race.looked.resolve();
      await race.looked.promise;
    }
    if (what.endsWith('/create') && race !== undefined) {
      race.makes -= 1;
      if (race.makes === 0) await race.wrapped.promise;
    }
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
    await this.#raced(what);
    const body = JSON.parse(text || '{}') as { value?: string; alg?: string };
    const done = this.#do(incoming.method ?? '', path.split('/').filter(Boolean), body);
    if (what.endsWith('/wrapkey')) this.#race?.wrapped.resolve();
    tell(
      done === undefined ? 404 : incoming.method === 'DELETE' && path.startsWith('/deleted') ? 204 : 200,
      done ?? FAULT,
    );
  }

  #do(method: string, [kind, name = '', ...rest]: string[], { value = '', alg }: { value?: string; alg?: string }) {
    const versions = this.keys.get(name);
    const bytes = Buffer.from(value, 'base64url');
    const [act, version] = [rest.at(-1), VERSION.exec(rest[0] ?? '')?.[0]];
    if (kind === 'deletedkeys') {
      if (!this.deleted.has(name)) return undefined;
      if (method === 'DELETE') this.deleted.delete(name);
      return bundle(kid(name));
    }
    if (act === 'create') {
      const made = [...(versions ?? []), makePair((this.#made += 1))];
      this.keys.set(name, made);
      return bundle(kid(name, made.length));
    }
    const nth = version === undefined ? versions?.length : Number(version);
    const pair = versions?.[(nth ?? 0) - 1];
    if (versions === undefined || pair === undefined) return undefined;
    if (method === 'DELETE') {
      this.keys.delete(name);
      this.deleted.set(name, versions);
    }
    if ((act === 'wrapkey' || act === 'unwrapkey') && alg !== 'RSA-OAEP-256') return undefined;
    if (act === 'wrapkey') return result(kid(name, nth), publicEncrypt({ key: pair.publicKey, ...OAEP }, bytes));
    if (act === 'unwrapkey') return result(kid(name, nth), privateDecrypt({ key: pair.privateKey, ...OAEP }, bytes));
    return bundle(kid(name, nth), pair);
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
/** Versions are numbered here; a real one is 32 digits of chance, too. */
const VERSION = /^\d{32}$/;
const kid = (name: string, version = 1) => `${NAMED}/keys/${name}/${String(version).padStart(32, '0')}`;
const result = (kid: string, bytes: Buffer) => ({ kid, value: bytes.toString('base64url') });
const bundle = (kid: string, pair?: KeyPair) => ({
  key: {
    kid,
    key_ops: ['wrapKey', 'unwrapKey'],
    ...(pair ? pair.publicKey.export({ format: 'jwk' }) : { kty: 'RSA' }),
  },
  attributes: { enabled: true },
  recoveryId: kid.replace('/keys/', '/deletedkeys/'),
});
