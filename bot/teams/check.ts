import type { Activity } from 'botbuilder';
import type { BotFrameworkAuthentication, ClaimsIdentity } from 'botframework-connector';
import type { Incoming } from './activity.ts';
import { bare, mayPass, type Own } from './gate.ts';

/** What an activity has to share with the one for which its token was verified. */
interface Verified {
  serviceUrl: string;
  channelId: string | undefined;
  /** In seconds since 1970. */
  exp: number;
}

/** Teams sends a token of about 2 KB for an hour; a few regions have a few of them each. */
const REMEMBERED = 500;

/** Tells whether a request is one of Teams. May throw what the SDK throws at one that is not. */
export type Check = (authorization: string, activity: Incoming) => Promise<boolean>;

/**
 * Verifies a token once, and then knows it by its whole text until it expires: checking the signature anew takes as long as
 * the rest of a request. Whatever the SDK compares with the activity is compared each time.
 */
export function makeCheck(auth: BotFrameworkAuthentication, own: Own, now: () => Date): Check {
  const known = new Map<string, Verified>();

  function isKnown(authorization: string, activity: Incoming): boolean {
    const verified = known.get(authorization);
    if (verified === undefined) return false;
    const isFresh = verified.exp > now().getTime() / 1000;
    if (!isFresh) known.delete(authorization);
    return isFresh && verified.channelId === activity.channelId && verified.serviceUrl === bare(activity.serviceUrl);
  }

  function remember(authorization: string, { serviceUrl, channelId }: Incoming, identity: ClaimsIdentity): void {
    const exp = Number(identity.getClaimValue('exp'));
    const [oldest] = known.keys();
    if (known.size >= REMEMBERED && oldest !== undefined) known.delete(oldest);
    known.set(authorization, { serviceUrl: bare(serviceUrl), channelId, exp });
  }

  return async (authorization, activity) => {
    // Local mode authenticates nobody.
    if (own.appId === '' || isKnown(authorization, activity)) return true;
    if (!mayPass(authorization, activity.serviceUrl, own, now())) return false;
    const { claimsIdentity } = await auth.authenticateRequest(activity as Partial<Activity> as Activity, authorization);
    remember(authorization, activity, claimsIdentity);
    return true;
  };
}
