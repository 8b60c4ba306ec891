import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createWriteStream } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

/** A process that this one started, and will end. */
export type Child = {
  readonly name: string;
  readonly pid: number;
  /** Resolves with a sentence for people when the process has ended, wanted or not. Never rejects. */
  readonly ended: Promise<string>;
  /** The end of what it said so far, and where the rest is, to put behind a sentence. */
  readonly lastWords: () => string;
  /** Waits for a line that matches, at most `ms`. Rejects, telling what was said instead. */
  heard(pattern: RegExp, ms: number): Promise<RegExpExecArray>;
  /** Asks the process to end (SIGTERM), and after twelve seconds makes it. */
  stop(): Promise<void>;
};

export type ChildOptions = {
  readonly name: string;
  /** Arguments for this same Node. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** Everything that the process says, for whoever looks for a fault. */
  readonly logFile: string;
};

// The bot gives itself ten seconds to finish what it took.
const PATIENCE = 12_000;
const KEPT = 8_000;

// A shell may hold the settings of a real bot, or of another Playground; the demo must not pick them up.
const ORDINARY = ['PATH', 'HOME', 'TMPDIR', 'TEMP', 'TMP', 'LANG', 'SystemRoot', 'USERPROFILE', 'APPDATA'];

const ordinaryEnvironment = (): Record<string, string> =>
  Object.fromEntries(ORDINARY.flatMap((key) => (process.env[key] === undefined ? [] : [[key, process.env[key]]])));

// Whoever started the demo may crash, and its children would live on, at the demo's ports.
const running = new Set<ChildProcess>();
process.on('exit', () => {
  for (const child of running) child.kill('SIGKILL');
});

/** Starts this same Node with the arguments. The file named in them may still fail: see `heard` and `ended`. */
export function startChild({ name, args, env, logFile }: ChildOptions): Child {
  const child = spawn(process.execPath, [...args], {
    env: { ...ordinaryEnvironment(), ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  const said = remember(child, logFile);
  const lastWords = (): string =>
    `\n${said().trim().slice(-1_500) || 'It said nothing.'}\nAll it said is in ${logFile}`;
  const ended = ending(child, name).then((how) => `${how}${lastWords()}`);
  const late = (ms: number) => (): string => `${name} was not ready after ${ms / 1000} s.${lastWords()}`;
  return {
    name,
    pid: child.pid ?? -1,
    ended,
    lastWords,
    heard: async (pattern, ms) => await until(() => pattern.exec(said()) ?? undefined, { ms, ended, late: late(ms) }),
    stop: async () => await stop(child, ended),
  };
}

/** Writes what a process says to a file, and keeps the end of it at hand. */
function remember(child: ChildProcess, logFile: string): () => string {
  const log = createWriteStream(logFile);
  let said = '';
  const keep = (chunk: Buffer): void => {
    said = (said + chunk.toString()).slice(-KEPT);
    log.write(chunk);
  };
  child.stdout?.on('data', keep);
  child.stderr?.on('data', keep);
  child.once('close', () => {
    running.delete(child);
    log.end();
  });
  return () => said;
}

async function ending(child: ChildProcess, name: string): Promise<string> {
  return await new Promise((resolve) => {
    child.once('error', (error) => resolve(`${name} could not be started: ${error.message}.`));
    child.once('close', (code, signal) => resolve(`${name} has ended (${signal ?? `exit code ${code}`}).`));
  });
}

type Waiting = { readonly ms: number; readonly ended: Promise<string>; readonly late: () => string };

/** Looks every 50 ms until there is something. Rejects when the process has ended, or with `late()` after `ms`. */
export async function until<T>(look: () => T | undefined | Promise<T | undefined>, waiting: Waiting): Promise<T> {
  const deadline = Date.now() + waiting.ms;
  const process = { end: undefined as string | undefined };
  void waiting.ended.then((how) => (process.end = how));
  for (;;) {
    const found = await look();
    if (found !== undefined) return found;
    if (process.end !== undefined) throw new Error(process.end);
    if (Date.now() > deadline) throw new Error(waiting.late());
    await delay(50);
  }
}

async function stop(child: ChildProcess, ended: Promise<string>): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const force = setTimeout(() => child.kill('SIGKILL'), PATIENCE);
  await ended;
  clearTimeout(force);
}
