import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

export const ISSUER = 'https://api.botframework.com';

export type Claims = Record<string, unknown>;

/** A stand-in for the place where the Bot Framework publishes its signing keys; it signs tokens as well. */
export type Issuer = {
  /** What the SDK takes in place of Microsoft's endpoints. */
  readonly endpoints: Record<string, string | boolean>;
  /** Signs claims; `key` names one of the keys that were ever made, the newest if left out. */
  sign(claims: Claims, header?: Claims): string;
  /** Publishes another key in place of the one before, and signs with it from now on. */
  rotate(): void;
  /** Signs with a key that is not published. */
  forge(claims: Claims): string;
  /** How often the keys were fetched. */
  fetched(): number;
  stop(): Promise<void>;
};

type Key = { kid: string; privateKey: KeyObject; publicKey: KeyObject };

const makeKey = (kid: string): Key => ({ kid, ...generateKeyPairSync('rsa', { modulusLength: 2048 }) });
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

function signWith({ kid, privateKey }: Key, claims: Claims, header: Claims = {}): string {
  const text = `${encode({ alg: 'RS256', typ: 'JWT', kid, x5t: kid, ...header })}.${encode(claims)}`;
  return `${text}.${createSign('RSA-SHA256').update(text).sign(privateKey, 'base64url')}`;
}

export async function startIssuer(): Promise<Issuer> {
  let published = makeKey('published');
  const unpublished = makeKey('published');
  let fetches = 0;
  const server = createServer((request, response) => {
    fetches += 1;
    const jwk = published.publicKey.export({ format: 'jwk' });
    const keys = [{ ...jwk, kid: published.kid, use: 'sig', x5t: published.kid, endorsements: ['msteams'] }];
    const body = request.url?.endsWith('/keys') ? { keys } : { issuer: ISSUER, jwks_uri: `${url}/keys` };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    endpoints: {
      ToChannelFromBotLoginUrl: `${url}/login`,
      ToChannelFromBotOAuthScope: ISSUER,
      ToBotFromChannelTokenIssuer: ISSUER,
      OAuthUrl: ISSUER,
      ToBotFromChannelOpenIdMetadataUrl: `${url}/openid`,
      ToBotFromEmulatorOpenIdMetadataUrl: `${url}/openid`,
      CallerId: 'urn:botframework:azure',
      ValidateAuthority: false,
    },
    sign: (claims, header) => signWith(published, claims, header),
    rotate: () => void (published = makeKey('rotated')),
    forge: (claims) => signWith(unpublished, claims),
    fetched: () => fetches,
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
