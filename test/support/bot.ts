import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout } from 'node:timers/promises';
import { readConfig } from '../../bot/config.ts';
import { makeLog } from '../../bot/log.ts';
import { type Parts, REAL, start } from '../../bot/main.ts';
import { noPace } from './app.ts';
import { directoryJson, TENANT } from './cast.ts';

export type TestBot = {
  readonly url: string;
  /** Holds data/, keys/ and directory.json. */
  readonly folder: string;
  /** Every log line so far. */
  readonly lines: readonly string[];
  /** Writes another directory file, and waits until the bot reads it. */
  changeDirectory(directory: object): Promise<void>;
  /** Takes the questions away under the running bot: from now on its store fails. */
  breakStore(): void;
  /** Stops the bot; the folder stays. */
  stop(): Promise<void>;
  /** Stops it and starts another one on the same folder. */
  restart(): Promise<TestBot>;
  /** Stops it, and removes the folder. */
  remove(): Promise<void>;
};

export type BotOptions = {
  forms: 'dialog' | 'inline';
  serviceUrl: string;
  directory?: object;
  folder?: string;
  /** How often one person may act in one day; left out: as often as they like. */
  limits?: { questions?: number; votes?: number };
  /** Left out: each question enters at once. */
  mixing?: { size: number; minutes: number };
  /** Left out: as many messages at once as there are. */
  isPaced?: boolean;
  /** Left out: notices go out at once. */
  noticeMinutes?: number;
  /** Left out: the real ones. */
  parts?: Partial<Parts>;
  /** Other settings, by their names in the environment. */
  settings?: Readonly<Record<string, string>>;
  /** Left out: the data are kept in a file. */
  cosmos?: { endpoint: string; key: string; database: string };
};

const changesIn = (lines: readonly string[]) => lines.filter((line) => line.includes('directory-')).length;

/** Starts the real bot in this process, in local mode, on a folder of its own under the system's temporary one. */
export async function startBot(options: BotOptions): Promise<TestBot> {
  const folder = options.folder ?? mkdtempSync(join(tmpdir(), 'forthright-test-'));
  const directoryFile = join(folder, 'directory.json');
  writeFileSync(directoryFile, JSON.stringify(options.directory ?? directoryJson()));
  const config = readConfig({
    PORT: '0',
    FORMS: options.forms,
    DATA_DIR: join(folder, 'data'),
    KEY_FILE: join(folder, 'keys', 'forthright.json'),
    DIRECTORY_FILE: directoryFile,
    MICROSOFT_APP_TENANT_ID: TENANT.id,
    SERVICE_URL: options.serviceUrl,
    QUESTIONS_A_DAY: String(options.limits?.questions ?? 0),
    VOTES_A_DAY: String(options.limits?.votes ?? 0),
    MIX_SIZE: String(options.mixing?.size ?? 1),
    MIX_MINUTES: String(options.mixing?.minutes ?? 0),
    NOTICE_MINUTES: String(options.noticeMinutes ?? 0),
    COSMOS_ENDPOINT: options.cosmos?.endpoint,
    COSMOS_KEY: options.cosmos?.key,
    COSMOS_DATABASE: options.cosmos?.database,
    ...options.settings,
  });
  const lines: string[] = [];
  const running = await start(
    config,
    makeLog((line) => void lines.push(line)),
    { ...REAL, ...(options.isPaced === true ? {} : { makePace: () => noPace }), ...options.parts },
  );
  const bot: TestBot = {
    url: `http://127.0.0.1:${running.port}`,
    folder,
    lines,
    async changeDirectory(directory) {
      const before = changesIn(lines);
      writeFileSync(directoryFile, JSON.stringify(directory));
      for (let waited = 0; changesIn(lines) === before; waited += 20) {
        if (waited > 4000) throw new Error('The bot did not read the changed directory within 4 s');
        await setTimeout(20);
      }
    },
    breakStore() {
      const db = new DatabaseSync(join(folder, 'data', 'forthright.db'));
      db.exec('ALTER TABLE questions RENAME TO taken_away');
      db.close();
    },
    stop: () => running.stop(),
    async restart() {
      await running.stop();
      return startBot({ ...options, folder });
    },
    async remove() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  return bot;
}
