import { jwtVerify, type JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { KeysAway } from './signing-keys.ts';

/** Whose tokens are taken. Each is compared as a whole. */
export interface SignInSettings {
  /** The application that the token was made for: its client id, or its `api://` address. */
  readonly audience: string;
  readonly issuer: string;
  /** Where the issuer publishes its keys. */
  readonly keys: string;
  /** Lower case. */
  readonly tenant: string;
}

/** Somebody whose token was verified. Nothing else of it is kept. */
export interface SignedIn {
  /** The Microsoft Entra object id, lower case: the same in every chat of the tenant. E-mail addresses change owners. */
  id: string;
  /** As the token tells it; used only where an asker chooses to sign. */
  name?: string | undefined;
  /** An account of another organisation, invited into this one. */
  isGuest: boolean;
}

/** Verifies an Authorization header. */
export type SignIn = (authorization: string) => Promise<SignedIn | 'signed-out' | 'keys-away'>;

/** What the tab asks for, and nothing that Microsoft Graph would take. */
const SCOPE = 'access_as_user';
/** Microsoft's clock and ours are not the same. */
const SKEW_SECONDS = 30;
const BEARER = /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/i;

const Guid = z
  .string()
  .toLowerCase()
  .regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
/** Source: Microsoft, "Access token claims reference"; `acct` is an optional claim, 1 for a guest. */
const Claims = z.object({
  aud: z.string(),
  tid: Guid,
  oid: Guid,
  scp: z.string(),
  name: z.string().max(200).optional(),
  idp: z.string().optional(),
  acct: z.number().optional(),
});
type Claims = z.infer<typeof Claims>;

export interface SignInNeeds {
  keyOf: JWTVerifyGetKey;
  now: () => Date;
}

/** Takes tokens of one issuer, for one application and tenant, that a person's own client asked for. */
export function makeSignIn(settings: SignInSettings, { keyOf, now }: SignInNeeds): SignIn {
  const { issuer, audience, tenant } = settings;
  return async (authorization) => {
    const token = BEARER.exec(authorization)?.[1];
    if (token === undefined) return 'signed-out';
    try {
      const { payload } = await jwtVerify(token, keyOf, {
        algorithms: ['RS256'],
        issuer,
        audience,
        requiredClaims: ['exp', 'nbf'],
        clockTolerance: SKEW_SECONDS,
        currentDate: now(),
      });
      const claims = Claims.parse(payload);
      const isOurs = claims.tid === tenant && claims.scp.split(' ').includes(SCOPE);
      return isOurs ? { id: claims.oid, name: claims.name, isGuest: isGuest(claims, settings) } : 'signed-out';
    } catch (error) {
      // Of what a token lacks nothing is said, here or in the log: the rest of it is somebody's.
      return error instanceof KeysAway ? 'keys-away' : 'signed-out';
    }
  };
}

/** `idp` is left out, or names the tenant itself, for whoever belongs to it. */
function isGuest({ idp, acct }: Claims, { issuer, tenant }: SignInSettings): boolean {
  const isElsewhere = idp !== undefined && idp !== issuer && !idp.toLowerCase().includes(`/${tenant}/`);
  return acct === 1 || isElsewhere;
}
