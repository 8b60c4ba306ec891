import { spawn, execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { settings } from './bot.ts';
import { environment, FLAGS } from './child.ts';
import { median, type Row, toFigure, withGoal } from './table.ts';

const STARTS = 7;
const PATIENCE_MS = 20_000;
/** What starts with the bot has ended by then. */
const IDLE_MS = 1500;
const GOALS = { readyMs: 800, idleMb: 150 };
const ENTRY = fileURLToPath(new URL('../../bot/start.mjs', import.meta.url));
const CREDENTIALS = { appId: 'b07f0247-3333-4444-8555-fab21ca0b075', appPassword: 'secret', endpoints: {} };

/** In MB; the operating system's own figure. */
function residentOf(pid: number): number {
  if (process.platform !== 'linux') return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)])) / 1e3;
  return Number(/VmRSS:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1e3;
}

async function ready(port: string): Promise<void> {
  const { status } = await fetch(`http://127.0.0.1:${port}/readyz`, { signal: AbortSignal.timeout(PATIENCE_MS) });
  if (status !== 200) throw new Error(`Not ready: ${status}`);
}

/** Starts the bot as `npm start` does, as in production, on files that are there. Milliseconds to ready; idle memory in MB. */
async function startOnce(env: Record<string, string>): Promise<{ readyMs: number; idleMb: number }> {
  const begun = performance.now();
  const args = [...FLAGS, ENTRY];
  const bot = spawn(process.execPath, args, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(bot, 'exit');
  const end = () => bot.kill('SIGKILL');
  const late = setTimeout(end, PATIENCE_MS);
  process.once('exit', end);
  try {
    let said = '';
    bot.stderr.on('data', (part) => (said += String(part)));
    const port = await new Promise<string>((resolve, reject) => {
      bot.once('exit', () => reject(new Error(`The bot did not start. ${said}`)));
      bot.stdout.on('data', (part) => {
        said += String(part);
        const found = /"port":(\d+)/.exec(said)?.[1];
        if (found !== undefined) resolve(found);
      });
    });
    await ready(port);
    const readyMs = performance.now() - begun;
    await delay(IDLE_MS);
    return { readyMs, idleMb: residentOf(bot.pid ?? 0) };
  } finally {
    bot.kill('SIGTERM');
    await ended;
    clearTimeout(late);
    process.off('exit', end);
  }
}

export async function startUp(folder: string): Promise<Row[]> {
  mkdirSync(folder, { recursive: true });
  const env = { ...environment(), ...settings(folder, CREDENTIALS), PORT: '0' };
  await startOnce(env);
  const starts: { readyMs: number; idleMb: number }[] = [];
  for (let n = 0; n < STARTS; n += 1) starts.push(await startOnce(env));
  const readyMs = median(starts.map((start) => start.readyMs));
  const idleMb = median(starts.map((start) => start.idleMb));
  const { readyMs: most, idleMb: largest } = GOALS;
  const libraries = 'most of it is Node and botbuilder';
  return [
    withGoal(toFigure('start to ready', readyMs, 'ms'), `at most ${most} ms`, readyMs <= most, libraries),
    withGoal(toFigure('idle memory (RSS)', idleMb, 'MB'), `under ${largest} MB`, idleMb < largest, libraries),
  ];
}
