import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { startChild, until } from './child.ts';
import type { Child } from './child.ts';
import { HOST } from './net.ts';

/** The bot as a process of its own, with the settings of the demo. */
export type Bot = Child & { readonly url: string };

const ENTRY = fileURLToPath(new URL('../../bot/start.mjs', import.meta.url));
const DIRECTORY = fileURLToPath(new URL('directory.json', import.meta.url));
const STARTUP = 15_000;

/** Starts the bot on SQLite, with its data, keys and log in the folder. `signIn`: whose tokens it takes. It is not ready yet. */
export function startBot(folder: string, port: number, signIn: Readonly<Record<string, string>>): Bot {
  const child = startChild({
    name: 'The bot',
    args: [ENTRY],
    env: {
      PORT: String(port),
      HOST,
      // The Playground can't open dialogs.
      FORMS: 'inline',
      // Whoever tries the demo asks as often as they like.
      QUESTIONS_A_DAY: '0',
      APPEAL_TO: 'Ana Petrov, who administers Forthright',
      DATA_DIR: join(folder, 'data'),
      KEY_FILE: join(folder, 'keys', 'forthright.json'),
      DIRECTORY_FILE: DIRECTORY,
      ...signIn,
    },
    logFile: join(folder, 'logs', 'bot.log'),
  });
  return { ...child, url: `http://${HOST}:${port}` };
}

/** Waits until the bot says that it is ready, 15 seconds at most. */
export async function botReady({ url, ended, lastWords }: Bot): Promise<void> {
  const late = (): string => `The bot did not answer ${url}/readyz within ${STARTUP / 1000} s.${lastWords()}`;
  await until(async () => await answersWell(`${url}/readyz`), { ms: STARTUP, ended, late });
}

async function answersWell(url: string): Promise<true | undefined> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
  await answer?.body?.cancel();
  return answer?.ok ? true : undefined;
}
