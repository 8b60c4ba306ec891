import { type Finding, mend, ok } from './finding.ts';

/** Signatures and tokens are taken five minutes early or late at most; beyond one it is time to look. */
const APART_MS = 60_000;
const WAIT_MS = 2000;

/** Where Microsoft Entra says how it signs people and bots of this tenant in. */
export const ENTRA = (tenant: string): string =>
  `https://login.microsoftonline.com/${tenant}/v2.0/.well-known/openid-configuration`;

/** One request tells whether Microsoft is reached, knows the tenant, and has the same time. `waitMs` bounds it. */
export async function lookAtMicrosoft(address: string, now: () => Date, waitMs = WAIT_MS): Promise<Finding[]> {
  const answer = await fetch(address, { redirect: 'error', signal: AbortSignal.timeout(waitMs) }).catch(() => {});
  if (answer === undefined)
    return [mend('Microsoft', 'login.microsoftonline.com cannot be reached. Let the bot out to it by https.')];
  await answer.body?.cancel();
  return [ofAnswer(answer.status), ofClock(answer.headers.get('date'), now())];
}

function ofAnswer(status: number): Finding {
  if (status === 200) return ok('Microsoft: reached, and it knows the tenant');
  return status === 400 || status === 404
    ? mend(
        'Microsoft',
        'it does not know the tenant. Set MICROSOFT_APP_TENANT_ID to the id that Microsoft Entra shows.',
      )
    : mend('Microsoft', `it answers ${status}. See whether a proxy stands between, and try again.`);
}

function ofClock(date: string | null, now: Date): Finding {
  const apart = Math.abs(Date.parse(date ?? '') - now.getTime());
  if (Number.isNaN(apart)) return mend('clock', 'Microsoft’s answer had no time. See whether a proxy stands between.');
  return apart <= APART_MS
    ? ok('clock: as Microsoft’s')
    : mend('clock', `it is ${Math.round(apart / 1000)} seconds off Microsoft’s. Have the machine set it by NTP.`);
}
