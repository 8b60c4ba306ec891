import { createLocalJWKSet, errors, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';

/** The keys could not be had, and those at hand are too old: nobody can be told from anybody. */
export class KeysAway extends Error {
  override name = 'KeysAway';
}

export interface SigningKeysNeeds {
  /** Where the issuer publishes its keys. */
  url: string;
  issuer: string;
  /** Milliseconds that only grow: a clock that is set back would stop all fetching. */
  uptime: () => number;
  fault: (error: unknown) => string;
}

/** Microsoft rolls keys over without notice, and publishes the next ones ahead. */
const FRESH_MS = 60 * 60_000;
/** A key nobody knows may be a new one, or made up: whoever makes keys up causes one request a minute. */
const UNKNOWN_MS = 60_000;
const RETRY_MS = 5000;
const FETCH_MS = 3000;

const Published = z.object({
  keys: z.array(z.looseObject({ kid: z.string(), kty: z.string(), issuer: z.string().optional() })),
});

/**
 * The keys with which sign-in tokens are signed. Fetched once an hour, and when a key is unknown; what is said by a token
 * never decides where from. Throws KeysAway. (jose's own remote set fetches for each token while the issuer is down.)
 */
export function makeSigningKeys({ url, issuer, uptime, fault }: SigningKeysNeeds): JWTVerifyGetKey {
  let known: { keyOf: JWTVerifyGetKey; at: number } | undefined;
  let tried = -Infinity;
  let pending: Promise<void> | undefined;

  async function fetchKeys(): Promise<void> {
    try {
      const answer = await fetch(url, { redirect: 'error', signal: AbortSignal.timeout(FETCH_MS) });
      if (!answer.ok) throw new KeysAway('The issuer refused its keys');
      const { keys } = Published.parse(await answer.json());
      known = { keyOf: createLocalJWKSet({ keys: keys.filter(isOf(issuer)) }), at: uptime() };
    } catch (error) {
      fault(error);
    }
  }

  async function refresh(atMostEvery: number): Promise<void> {
    if (pending === undefined && uptime() - tried >= atMostEvery) {
      tried = uptime();
      pending = fetchKeys().finally(() => void (pending = undefined));
    }
    await pending;
  }

  async function freshKeys(): Promise<JWTVerifyGetKey> {
    if (known === undefined || uptime() - known.at >= FRESH_MS) await refresh(RETRY_MS);
    if (known === undefined || uptime() - known.at >= FRESH_MS) throw new KeysAway('The keys of the issuer are away');
    return known.keyOf;
  }

  return async (header, token) => {
    const keyOf = await freshKeys();
    try {
      return await keyOf(header, token);
    } catch (error) {
      if (!(error instanceof errors.JWKSNoMatchingKey)) throw error;
      await refresh(UNKNOWN_MS);
      return (await freshKeys())(header, token);
    }
  };
}

/** Microsoft lists keys of other issuers beside a tenant's own ("Signing key rollover", validating the key's issuer). */
const isOf =
  (issuer: string) =>
  (key: { issuer?: string | undefined }): boolean => {
    const tenant = issuer.split('/').at(-2) ?? '';
    return key.issuer === undefined || key.issuer.replace('{tenantid}', tenant) === issuer;
  };
