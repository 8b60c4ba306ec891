import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { directoryJson } from './cast.ts';

/** The bot as a process of its own, as an operator starts it. */
export type BotProcess = {
  /** All that it wrote so far. */
  readonly stdout: string;
  readonly stderr: string;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
  /** Waits until it wrote something, bounded. */
  says(pattern: RegExp): Promise<RegExpExecArray>;
  signal(name: NodeJS.Signals): void;
};

const LIMIT_MS = 12_000;
const ENTRY = new URL('../../bot/start.mjs', import.meta.url).pathname;
const PASSED_ON = ['PATH', 'HOME', 'TMPDIR', 'SystemRoot', 'NODE_V8_COVERAGE'];

/** Settings with which the bot keeps everything in this folder, at a free port. */
export function settingsIn(folder: string): Record<string, string> {
  const directory = join(folder, 'directory.json');
  writeFileSync(directory, JSON.stringify(directoryJson()));
  return {
    PORT: '0',
    DATA_DIR: join(folder, 'data'),
    KEY_FILE: join(folder, 'keys', 'forthright.json'),
    DIRECTORY_FILE: directory,
  };
}

/** Starts `node bot/start.mjs` with these settings and no others; it is killed when it lives longer than a test may. */
export function startProcess(settings: Record<string, string>): BotProcess {
  const passed = PASSED_ON.flatMap((name) => (process.env[name] === undefined ? [] : [[name, process.env[name]]]));
  const env = { ...(Object.fromEntries(passed) as Record<string, string>), ...settings };
  const child = spawn(process.execPath, [ENTRY], { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  child.stdout.on('data', (part) => (said.stdout += String(part)));
  child.stderr.on('data', (part) => (said.stderr += String(part)));
  const late = setTimeout(() => child.kill('SIGKILL'), LIMIT_MS);
  const ended = once(child, 'close').then(([code, signal]: (number | string | null)[]) => {
    clearTimeout(late);
    return code ?? signal ?? 'unknown';
  });
  return {
    get stdout() {
      return said.stdout;
    },
    get stderr() {
      return said.stderr;
    },
    ended,
    async says(pattern) {
      for (let waited = 0; waited < LIMIT_MS; waited += 20) {
        const found = pattern.exec(said.stdout + said.stderr);
        if (found) return found;
        await delay(20);
      }
      throw new Error(`It never said ${String(pattern)}, but:\n${said.stdout}${said.stderr}`);
    },
    signal: (name) => void child.kill(name),
  };
}
