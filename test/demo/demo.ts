import { mkdir, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:http';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { botReady, startBot } from './bot.ts';
import type { Bot } from './bot.ts';
import { startSignIn } from '../support/sign-in.ts';
import { ana, contoso, elsewhere, ines, kofi, noor, omar, TENANT } from './cast.ts';
import type { DemoPerson } from './cast.ts';
import { type Playing, playHost, type Sitter } from '../support/host.ts';
import { closing, freePort, HOST, listen } from './net.ts';
import { startPlayground } from './playground.ts';
import type { Playground } from './playground.ts';
import type { Stored } from './stored.ts';
import { watchStored } from './stored.ts';
import { serveWindow } from './window.ts';

export type DemoOptions = {
  /** Where data, keys, logs and configurations go: `.demo` unless said otherwise. */
  readonly folder?: string;
  /** Forgets data and keys of an earlier run. */
  readonly fresh?: boolean;
  /**
   * `usual`: 3900 for the page, 3978 for the bot, and their neighbours, or others where these are busy. Conversations
   * are remembered with their port, so a second run knows the people of the first only at the same ports.
   */
  readonly ports?: 'usual' | 'any';
  /** Gives up, and ends what was started so far, when this aborts before the demo is ready. */
  readonly signal?: AbortSignal;
};

/** The running demo: the bot, three Playgrounds, the desk in a page that plays Teams, and the page that shows them. */
export type Demo = {
  readonly url: string;
  readonly bot: Bot;
  /** Their `url` is that of the window in the demo's page. */
  readonly noor: Playground;
  readonly ines: Playground;
  readonly kofi: Playground;
  /** Resolves with a sentence for people when a part has ended, asked or not. */
  readonly ended: Promise<string>;
  /** Ends everything that was started. */
  stop(): Promise<void>;
};

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const PORTS = { page: 3900, window: 3901, issuer: 3904, bot: 3978, playground: 3981 };
const DESK_ID = '7d0c0de0-0000-4000-8000-0000000000d1';

const sitter = (key: string, person: DemoPerson, title: string): Sitter => ({ ...person, key, title });
/** Who may sit before the desk; the first one does at first. */
const SITTERS: readonly Sitter[] = [
  sitter('kofi', kofi, 'Kofi, who curates'),
  sitter('omar', omar, 'Omar, who reads'),
  sitter('ines', ines, 'Ines, who leads'),
  sitter('ana', ana, 'Ana, who administers'),
];

/** Starts the whole demo. Rejects, with nothing left running, if a part does not come up in time. */
export async function startDemo(options: DemoOptions = {}): Promise<Demo> {
  const folder = resolve(options.folder ?? join(ROOT, '.demo'));
  await prepare(folder, options.fresh ?? false);
  const parts: (() => Promise<void>)[] = [];
  const stop = async (): Promise<void> => void (await Promise.all(parts.map((end) => end())));
  options.signal?.addEventListener('abort', () => void stop(), { once: true });
  try {
    return { ...(await start({ folder, any: options.ports === 'any', parts })), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function prepare(folder: string, fresh: boolean): Promise<void> {
  for (const kept of fresh ? ['data', 'keys'] : []) await rm(join(folder, kept), { recursive: true, force: true });
  for (const needed of ['data', 'keys', 'logs']) await mkdir(join(folder, needed), { recursive: true });
}

/** What starting needs to know. Whatever is started puts its end into `parts` at once. */
type Start = { readonly folder: string; readonly any: boolean; readonly parts: (() => Promise<void>)[] };

async function start({ folder, any, parts }: Start): Promise<Omit<Demo, 'stop'>> {
  const port = (usual: number): number => (any ? 0 : usual);
  const issuer = await startSignIn({ audience: DESK_ID, tenant: TENANT, port: await freePort(port(PORTS.issuer)) });
  parts.push(async () => await issuer.stop());
  const page = await freePort(port(PORTS.page));
  const signIn = { ...issuer.settings, STAND_IN_HOST: `http://${HOST}:${page}` };
  const bot = startBot(folder, await freePort(port(PORTS.bot)), signIn);
  parts.push(async () => await bot.stop());
  const world = async (person: DemoPerson, index: number): Promise<Playground> => {
    const team = person === kofi ? contoso : elsewhere(person);
    const options = { botUrl: `${bot.url}/api/messages`, person, team, folder: join(folder, 'logs') };
    const playground = await startPlayground({ ...options, port: port(PORTS.playground + index) });
    parts.push(async () => await playground.stop());
    const window = await serveWindow(playground.port, port(PORTS.window + index));
    parts.push(async () => await window.stop());
    return { ...playground, url: window.url };
  };
  const [asking, leading, curating] = await settled([world(noor, 0), world(ines, 1), world(kofi, 2)], botReady(bot));
  const worlds = [asking!, leading!, curating!] as const;
  // Somebody who never opens a channel would find none to publish to.
  for (const channel of [contoso, ...contoso.channels]) await curating!.install(channel.id);
  const stored = watchStored(join(folder, 'data'));
  parts.push(async () => stored.stop());
  const playing = playHost({ people: SITTERS, tokenOf: (who) => issuer.tokenOf(who) });
  playing.desk = bot.url;
  const url = await servePage(worlds, page, { parts, stored, playing });
  const ended = Promise.race([bot, ...worlds].map(async (part) => await part.ended));
  return { url, bot, noor: worlds[0], ines: worlds[1], kofi: worlds[2], ended };
}

/** Waits for all even if one fails, so that nothing comes up after the demo was given up. */
async function settled<T>(parts: Promise<T>[], also: Promise<void>): Promise<T[]> {
  await Promise.allSettled([...parts, also]);
  await also;
  return await Promise.all(parts);
}

type Pages = { readonly parts: Start['parts']; readonly stored: Stored; readonly playing: Playing };

async function servePage(
  worlds: readonly Playground[],
  port: number,
  { parts, stored, playing }: Pages,
): Promise<string> {
  let page = await readFile(new URL('page.html', import.meta.url), 'utf8');
  for (const world of worlds) page = page.replace(`{{${world.person.chat.slice(2)}}}`, world.url);
  const server = createServer((request, response) => {
    if (playing.answers(request, response)) return;
    response.setHeader('content-type', 'text/html; charset=utf-8');
    response.end(request.url === '/stored' ? stored.page() : page);
  });
  parts.push(closing(server));
  return `http://${HOST}:${await listen(server, port)}/`;
}
