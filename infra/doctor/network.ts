import type { Config } from '../../bot/config.ts';
import { type Finding, mend, ok } from './finding.ts';

/** Signatures and tokens are taken five minutes early or late at most; beyond one it is time to look. */
const APART_MS = 60_000;
const WAIT_MS = 2000;

/** Who signs people and bots of this tenant in. */
export const ENTRA = (tenant: string): string => `https://login.microsoftonline.com/${tenant}`;
const ABOUT = '/v2.0/.well-known/openid-configuration';
const TOKEN = '/oauth2/v2.0/token';

/** One request tells whether Microsoft is reached, knows the tenant, and has the same time. `waitMs` bounds it. */
export async function lookAtMicrosoft(entra: string, now: () => Date, waitMs = WAIT_MS): Promise<Finding[]> {
  const answer = await fetch(`${entra}${ABOUT}`, { redirect: 'error', signal: AbortSignal.timeout(waitMs) }).catch(
    () => {},
  );
  if (answer === undefined)
    return [mend('Microsoft', 'login.microsoftonline.com cannot be reached. Let the bot out to it by https.')];
  await answer.body?.cancel();
  return [ofAnswer(answer.status), ofClock(answer.headers.get('date'), now())];
}

type Secret = Pick<Config, 'appId' | 'appPassword'>;

/** Asks for the token that the bot asks for, with its secret, where the bot sends it. What comes is not read. */
export async function lookAtSecret(
  entra: string,
  { appId, appPassword }: Secret,
  waitMs = WAIT_MS,
): Promise<Finding[]> {
  const body = new URLSearchParams({
    grant_type: 'client_credentials',
    client_id: appId,
    client_secret: appPassword,
    scope: 'https://api.botframework.com/.default',
  });
  const init = { method: 'POST', body, redirect: 'error', signal: AbortSignal.timeout(waitMs) } as const;
  const answer = await fetch(`${entra}${TOKEN}`, init).catch(() => {});
  await answer?.body?.cancel();
  if (answer?.status === 200) return [ok('secret of the bot: Microsoft takes it')];
  return [
    answer?.status === 400 || answer?.status === 401
      ? mend(
          'secret of the bot',
          'Microsoft does not take it, or does not know the application. Make another one: infra/identity.md.',
        )
      : mend('secret of the bot', 'it could not be tried: Microsoft gave no token. Run the doctor again.'),
  ];
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
