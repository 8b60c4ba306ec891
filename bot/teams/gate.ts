import { z } from 'zod';

/** A signed token of Teams is about 1.5 KB. */
const MAX_TOKEN = 8 * 1024;
/** Source: Microsoft, "Authenticate requests from the Bot Connector service to your bot". */
const ISSUER = 'https://api.botframework.com';
/** Clocks differ; Microsoft allows five minutes. */
const SKEW_S = 300;

const Header = z.object({ alg: z.literal('RS256'), kid: z.string().min(1).max(200) });
const Claims = z.object({
  iss: z.literal(ISSUER),
  aud: z.string(),
  exp: z.number(),
  serviceurl: z.string(),
  tid: z.string().optional(),
});

/** What the tokens of this bot name. */
export interface Own {
  appId: string;
  tenant: string;
}

/**
 * Turns away what cannot be a request of Teams, before the SDK sees it: the SDK keeps four issuers for every tenant that an
 * unverified token names in `tid`, for ever, whatever its issuer. Teams' own tokens name none. The signature is not checked
 * here; the SDK does that next.
 */
export function mayPass(authorization: string, serviceUrl: string, own: Own, now: Date): boolean {
  const token = /^Bearer ([\w-]+)\.([\w-]+)\.[\w-]+$/.exec(authorization.slice(0, MAX_TOKEN + 1));
  if (token === null || authorization.length > MAX_TOKEN) return false;
  const claims = Claims.safeParse(decode(token[2])).data;
  if (!Header.safeParse(decode(token[1])).success || claims === undefined) return false;
  const isFresh = claims.exp + SKEW_S > now.getTime() / 1000;
  const isOwn = claims.aud === own.appId && (claims.tid === undefined || claims.tid === own.tenant);
  return isFresh && isOwn && bare(claims.serviceurl) === bare(serviceUrl);
}

function decode(part = ''): unknown {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** A service URL, as two spellings of it compare. */
export const bare = (url: string): string => url.toLowerCase().replace(/\/$/, '');
