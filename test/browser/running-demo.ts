import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { eventually } from './eventually.ts';

/** The demo as a person runs it: a command in a terminal. */
export type RunningDemo = {
  readonly url: string;
  /** From the command to the address, in ms. */
  readonly readyAfter: number;
  /** All that it printed so far. */
  readonly output: () => string;
  /** The processes that it runs now, by their ids; none where the system does not tell. */
  readonly children: () => number[];
  /** Ctrl-C: the terminal tells the command and all of its children. Resolves with the exit code. */
  readonly interrupt: () => Promise<number | null>;
  /** Ends whatever is left, however it stands. */
  readonly kill: () => Promise<void>;
};

const MAIN = join(import.meta.dirname, '../demo/main.ts');

/** Runs the command, and waits until it has printed an address, twice the patience of other waits at most. */
export async function runDemo(folder: string, ...options: readonly string[]): Promise<RunningDemo> {
  const start = performance.now();
  // A group of its own, as a terminal makes for each command.
  const args = [MAIN, '--folder', folder, ...options];
  const child = spawn(process.execPath, args, { detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = once(child, 'close').then(([code]) => code as number | null);
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output += String(chunk)));
  const signal = async (name: NodeJS.Signals): Promise<number | null> => {
    if (child.exitCode === null && child.signalCode === null) process.kill(-child.pid!, name);
    return await ended;
  };
  const url = await eventually(
    async () => /^http:\S+$/m.exec(output)?.[0],
    async () => `the address of the demo. It says:\n${output}`,
    20_000,
  ).catch(async (error: unknown) => {
    await signal('SIGKILL');
    throw error;
  });
  return {
    url,
    readyAfter: Math.round(performance.now() - start),
    output: () => output,
    children: () => childrenOf(child.pid!),
    interrupt: async () => await signal('SIGINT'),
    kill: async () => void (await signal('SIGKILL')),
  };
}

function childrenOf(parent: number): number[] {
  if (process.platform !== 'linux') return [];
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === parent)
    .map(Number);
}

/** Nothing where the process has ended meanwhile. */
function parentOf(pid: string): number | undefined {
  try {
    // The second field is the command in parentheses, and may hold spaces.
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[1]);
  } catch {
    return undefined;
  }
}
