import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export type Claims = Record<string, unknown>;

/** Whoever can sign in, as far as a token tells. */
export type Account = { readonly name: string; readonly aadObjectId: string };

/** A stand-in for Microsoft Entra ID: publishes keys, and makes the tokens that Teams hands to a tab. */
export type SignInIssuer = {
  readonly url: string;
  /** What the bot's settings have to say so that its tokens are taken. */
  readonly settings: Readonly<Record<'STAND_IN_ISSUER' | 'TAB_AUDIENCE' | 'MICROSOFT_APP_TENANT_ID', string>>;
  /** A token of this person, good for an hour, with other claims where a test wants them; `undefined` leaves one out. */
  tokenOf(account: Account, claims?: Claims, header?: Claims): string;
  /** Publishes another key in place of the one before, and signs with it from now on. */
  rotate(): void;
  /** The public half, as anybody can read it. */
  publicPem(): string;
  /** Answers with this status from now on. */
  answers(status: number): void;
  /** How often the keys were fetched. */
  fetched(): number;
  stop(): Promise<void>;
};

export type IssuerOptions = { audience: string; tenant: string; port?: number; now?: () => Date };

type Key = { kid: string; privateKey: KeyObject; publicKey: KeyObject };

const makeKey = (kid: string): Key => ({ kid, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) });
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function sign({ kid, privateKey }: Key, claims: Claims, header: Claims): string {
  const text = `${encode({ alg: 'RS256', typ: 'JWT', kid, ...header })}.${encode(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
}

/** The claims of an access token, version 2.0 (Microsoft: "Access token claims reference"). */
function claimsOf({ name, aadObjectId }: Account, issuer: string, { audience, tenant, now }: IssuerOptions): Claims {
  const seconds = Math.floor((now?.() ?? new Date()).getTime() / 1000);
  return {
    aud: audience,
    iss: issuer,
    tid: tenant,
    ver: '2.0',
    scp: 'access_as_user',
    azp: TEAMS_WEB,
    iat: seconds,
    nbf: seconds,
    exp: seconds + 3600,
    oid: aadObjectId,
    name,
    sub: `pairwise of ${aadObjectId}`,
    preferred_username: `${name.split(' ')[0]?.toLowerCase()}@fabrikam.example`,
  };
}

/** Teams on the web, as a client of Microsoft Entra ID. */
const TEAMS_WEB = '5e3ce6c0-2b1f-4285-8d4b-75ee78787346';

export async function startSignIn(options: IssuerOptions): Promise<SignInIssuer> {
  let [key, status, fetches, keys] = [makeKey('first'), 200, 0, 1];
  const server = createServer((_request, response) => {
    fetches += 1;
    const jwk = { ...key.publicKey.export({ format: 'jwk' }), kid: key.kid, use: 'sig' };
    response.writeHead(status, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ keys: [jwk] }));
  });
  await once(server.listen(options.port ?? 0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    settings: { STAND_IN_ISSUER: url, TAB_AUDIENCE: options.audience, MICROSOFT_APP_TENANT_ID: options.tenant },
    tokenOf: (account, claims = {}, header = {}) =>
      sign(key, { ...claimsOf(account, url, options), ...claims }, header),
    rotate: () => void (key = makeKey(`key ${(keys += 1)}`)),
    publicPem: () => key.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    answers: (next) => void (status = next),
    fetched: () => fetches,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
