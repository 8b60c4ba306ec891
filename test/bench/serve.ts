/** A server in a process of its own, so that each has the same conditions. It says its port, and how it stands when asked. */
import { readdirSync } from 'node:fs';
import { createServer } from 'node:http';
import { CARD } from './echo-card.ts';

/** A bot's own, and where the SDK looks for keys in place of Microsoft's. */
export interface Credentials {
  appId: string;
  appPassword: string;
  endpoints: Record<string, string | boolean>;
}

export interface Serving {
  server: keyof typeof servers;
  /** The bot's files. */
  folder?: string;
  /** Absent: nobody is authenticated. */
  credentials?: Credentials;
}

/** How a process stands after its garbage was collected. */
export interface Standing {
  heap: number;
  rss: number;
  /** What keeps the event loop alive, and open files where the system lists them. */
  handles: number;
  files: number;
}

const servers = {
  // Loaded where they run: nothing of one server stands in the memory of another.
  bot: async ({ folder = '', credentials }: Serving) =>
    (await import('./bot.ts')).startProductionBot(folder, credentials),
  echo: async ({ credentials }: Serving) => (await import('./echo.ts')).startEcho(credentials),
  'agents-hosting': async () => (await import('./echo-agents.ts')).startAgentsEcho(),
  /** What the machine and its client can do at all. */
  'node:http': () =>
    new Promise<number>((resolve) => {
      const body = JSON.stringify({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value: CARD });
      const server = createServer((request, response) => {
        request.resume().once('end', () => response.setHeader('content-type', 'application/json').end(body));
      });
      server.listen(0, '127.0.0.1', () => resolve((server.address() as { port: number }).port));
    }),
};

function look(): Standing {
  // Once is not enough: what the first finds to be finalised, the second collects.
  for (let n = 0; n < 3; n += 1) globalThis.gc?.();
  const { heapUsed: heap, rss } = process.memoryUsage();
  const files = process.platform === 'linux' ? readdirSync('/proc/self/fd').length : 0;
  return { heap, rss, handles: process.getActiveResourcesInfo().length, files };
}

const given = JSON.parse(process.argv[2] ?? '') as Serving;
process.once('disconnect', () => process.exit());
process.on('message', () => process.send?.(look()));
process.send?.(await servers[given.server](given));
