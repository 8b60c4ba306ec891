import { readConfig } from '../../bot/config.ts';
import { makeLog } from '../../bot/log.ts';
import { REAL, start } from '../../bot/main.ts';
import { type Credentials as Given, makeAuthentication } from '../../bot/teams/adapter.ts';
import { TENANT } from '../support/cast.ts';
import { settingsIn } from '../support/process.ts';
import type { Credentials } from './serve.ts';
import { LIMITS, MIXING } from './stage.ts';

/** The settings of production, where they have a cost. It writes to nobody: that address is none of Teams'. */
export const settings = (folder: string, credentials?: Credentials): Record<string, string> => ({
  ...settingsIn(folder),
  HOST: '127.0.0.1',
  FORMS: 'inline',
  SERVICE_URL: 'https://nowhere.invalid/',
  MICROSOFT_APP_TENANT_ID: TENANT.id,
  QUESTIONS_A_DAY: String(LIMITS.questions),
  VOTES_A_DAY: String(LIMITS.votes),
  MIX_SIZE: String(MIXING.size),
  MIX_MINUTES: String(MIXING.minutes),
  ...(credentials && { MICROSOFT_APP_ID: credentials.appId, MICROSOFT_APP_PASSWORD: credentials.appPassword }),
});

/** The real bot on the files of a folder; its port. */
export async function startProductionBot(folder: string, credentials?: Credentials): Promise<number> {
  const log = makeLog((line) => process.stdout.write(line));
  const parts = { ...REAL, makeAuthentication: (given: Given) => makeAuthentication(given, credentials?.endpoints) };
  return (await start(readConfig(settings(folder, credentials)), log, parts)).port;
}
