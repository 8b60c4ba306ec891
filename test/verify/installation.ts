import { spawn, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { directoryJson } from '../support/cast.ts';
import type { Scene } from '../support/scene.ts';
import { verify, type Verdict } from './verify.ts';

/** The files of an installation, as a privacy officer is given them. */
export type Files = {
  readonly data: string;
  readonly keys: string;
  readonly log: string;
  readonly directory: string;
};

/** What a run of `npm run verify` said. */
export type Run = { readonly code: number | null; readonly report: string; readonly complaint: string };

const MAIN = new URL('main.ts', import.meta.url).pathname;
/** As in package.json: Node 22 warns that its SQLite is new. */
const QUIET = ['--disable-warning=ExperimentalWarning'];
const LIMIT_MS = 20_000;

/** Copies what a scene's bot has on disk at this moment, its log with it. */
export function keep(scene: Scene, folder: string): void {
  for (const part of ['data', 'keys']) cpSync(join(scene.bot.folder, part), join(folder, part), { recursive: true });
  writeFileSync(join(folder, 'bot.log'), scene.bot.lines.join(''));
  writeFileSync(join(folder, 'directory.json'), JSON.stringify(directoryJson()));
}

export const filesIn = (folder: string): Files => ({
  data: join(folder, 'data'),
  keys: join(folder, 'keys', 'forthright.json'),
  log: join(folder, 'bot.log'),
  directory: join(folder, 'directory.json'),
});

/** Writes a list of names; its path. */
export function listIn(folder: string, lines: readonly string[]): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, 'names.txt');
  writeFileSync(path, `${lines.join('\n')}\n`);
  return path;
}

const argsFor = ({ data, keys, log, directory }: Files, names: string): string[] => [
  MAIN,
  '--data',
  data,
  '--keys',
  keys,
  '--log',
  log,
  '--names',
  names,
  '--directory',
  directory,
];

/** What it says, without a process of its own. */
export const look = (files: Files, names: string, { withDirectory = true } = {}): Verdict => {
  const { directory, ...places } = files;
  return verify({ ...places, names, ...(withDirectory ? { directory } : {}) });
};

/** Runs it as a privacy officer does, in a process of its own. */
export const run = (files: Files, names: string): Run => runWith(argsFor(files, names));

export function runWith(args: string[]): Run {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [...QUIET, ...(args.includes(MAIN) ? args : [MAIN, ...args])],
    {
      encoding: 'utf8',
      timeout: LIMIT_MS,
    },
  );
  return { code: status, report: stdout, complaint: stderr };
}

/** The same, while this process goes on. */
export function runMeanwhile(files: Files, names: string): Promise<Run> {
  const child = spawn(process.execPath, [...QUIET, ...argsFor(files, names)], { timeout: LIMIT_MS });
  const said = { report: '', complaint: '' };
  child.stdout.on('data', (part) => (said.report += String(part)));
  child.stderr.on('data', (part) => (said.complaint += String(part)));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, ...said }));
  });
}
