import { writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { BOT, everyone, TENANT } from './cast.ts';
import type { DemoPerson, DemoTeam } from './cast.ts';
import { startChild } from './child.ts';
import type { Child } from './child.ts';

export type PlaygroundOptions = {
  /** Where the bot takes activities: `http://127.0.0.1:3978/api/messages`. */
  readonly botUrl: string;
  /** Who sits at this window. */
  readonly person: DemoPerson;
  readonly team: DemoTeam;
  /** An existing folder for the configuration and the log. */
  readonly folder: string;
  /** 0 is any free port. A busy port becomes another one. */
  readonly port?: number;
};

/** A running Microsoft 365 Agents Playground: a Teams world of its own, with one person at its window. */
export type Playground = {
  readonly person: DemoPerson;
  readonly port: number;
  /** The page that a person opens. */
  readonly url: string;
  /** What activities from here name as their service, and where the bot sends. */
  readonly serviceUrl: string;
  /**
   * Tells the bot that it was installed in this chat or channel, as opening it in the page does. So the bot knows the
   * place before anyone looks.
   */
  install(conversation: string): Promise<void>;
  readonly ended: Promise<string>;
  stop(): Promise<void>;
};

const STARTUP = 10_000;

/** Starts a Playground and waits until it listens, ten seconds at most. Its file names carry the person's name. */
export async function startPlayground(options: PlaygroundOptions): Promise<Playground> {
  const { person, folder } = options;
  const file = (kind: string): string => join(folder, `playground-${person.chat.slice(2)}.${kind}`);
  await writeFile(file('yml'), configuration(options));
  const child = startChild({
    name: `The Playground of ${person.name}`,
    args: [program(), 'start', '-e', options.botUrl, '-c', 'msteams', '-p', String(options.port ?? 0), '--dt'],
    env: {
      TEAMSAPPTESTER_BROWSER: 'none',
      M365_AGENTS_PLAYGROUND_CONFIG_PATH: file('yml'),
      M365_AGENTS_PLAYGROUND_LOGFILE: file('trace.log'),
    },
    logFile: file('log'),
  });
  return await listening(child, person);
}

const program = (): string => createRequire(import.meta.url).resolve('@microsoft/m365agentsplayground/cli.js');

async function listening(child: Child, person: DemoPerson): Promise<Playground> {
  try {
    // A busy port silently becomes another one: this line alone tells the truth.
    const port = Number((await child.heard(/Listening on (\d+)\s/, STARTUP))[1]);
    const url = `http://127.0.0.1:${port}/`;
    return {
      person,
      port,
      url,
      serviceUrl: `http://localhost:${port}/_connector`,
      install: async (conversation) => await install(url, conversation),
      ended: child.ended,
      stop: async () => await child.stop(),
    };
  } catch (error) {
    await child.stop();
    throw error;
  }
}

async function install(url: string, conversation: string): Promise<void> {
  const response = await fetch(`${url}_debug/conversation/${encodeURIComponent(conversation)}/installation`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: '{}',
    signal: AbortSignal.timeout(STARTUP),
  });
  if (!response.ok) throw new Error(`The Playground at ${url} did not install the bot: ${response.status}.`);
}

/** YAML, which JSON is a part of. */
function configuration({ person, team }: PlaygroundOptions): string {
  const others = everyone.filter((other) => other !== person);
  return JSON.stringify({
    version: '0.1.1',
    tenantId: TENANT,
    bot: BOT,
    currentUser: account(person),
    users: others.map(account),
    personalChat: { id: person.chat },
    groupChat: { id: '19:group@thread.v2', name: 'Group chat' },
    team,
  });
}

function account({ id, name, aadObjectId }: DemoPerson): object {
  const [givenName = '', surname = ''] = name.split(' ');
  const email = `${givenName.toLowerCase()}@contoso.example`;
  // The Playground spells this key so.
  return { id, name, aadObjectId, givenName, surname, email, userPrincipleName: email };
}
