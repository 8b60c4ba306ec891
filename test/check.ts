/** The whole check in one command: format, lint, types, tests with coverage, browser tests. */
import { spawn } from 'node:child_process';
import type { ChildProcess, StdioOptions } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import type { Stats } from './support/reporter.ts';

type Ended = { code: number | null; output: string; overdue: boolean };
type Result = Stats & { name: string; ms: number };

const root = resolve(import.meta.dirname, '..');
const scratch = mkdtempSync(join(tmpdir(), 'forthright-check-'));

/** A package's command as a JavaScript file: the links in node_modules/.bin are no such thing on Windows. */
function bin(name: string, command = name): string {
  const manifest = join(root, 'node_modules', name, 'package.json');
  const { bin } = JSON.parse(readFileSync(manifest, 'utf8')) as { bin: string | Record<string, string> };
  return join(dirname(manifest), typeof bin === 'string' ? bin : (bin[command] ?? ''));
}

/** Far above what any part takes; on a machine with two busy processors it may take three times as long as usual. */
const TESTS_MS = 900_000;

type How = { shown?: boolean; limitMs?: number; env?: NodeJS.ProcessEnv };

/** Asks a child to end after `limitMs`, and ends it 10 s later: a check that hangs would be the one that nobody runs. */
function limit(child: ChildProcess, limitMs: number, onOverdue: () => void): void {
  const ask = setTimeout(() => void (child.kill('SIGINT') && onOverdue()), limitMs);
  const force = setTimeout(() => {
    child.kill('SIGKILL');
    // What it started may live on and hold these open.
    child.stdout?.destroy();
    child.stderr?.destroy();
  }, limitMs + 10_000);
  child.once('close', () => [ask, force].forEach(clearTimeout));
}

function run(args: string[], { shown = false, limitMs = 120_000, env = {} }: How = {}): Promise<Ended> {
  const output = shown ? 'inherit' : 'pipe';
  const stdio: StdioOptions = ['ignore', output, output];
  const child = spawn(process.execPath, args, { cwd: root, env: { ...process.env, ...env }, stdio });
  const ended: Ended = { code: null, output: '', overdue: false };
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (ended.output += String(part)));
  limit(child, limitMs, () => (ended.overdue = true));
  return new Promise((settle) => {
    child.once('error', (error) => settle({ ...ended, output: String(error) }));
    child.once('close', (code) => settle({ ...ended, code }));
  });
}

/** Counts as one: passed when all of its commands end well. */
async function commands(...all: string[][]): Promise<Stats> {
  const ended = await Promise.all(all.map((args) => run(args)));
  const failed = ended.filter(({ code }) => code !== 0);
  for (const { output, overdue } of failed)
    console.log(`${output.trimEnd()}${overdue ? '\nIt did not end in time.' : ''}`);
  return failed.length === 0 ? { passed: 1, failed: 0, skipped: [] } : { passed: 0, failed: 1, skipped: [] };
}

/** Counts the tests, and a fault of the run itself as one more failure: nothing run is nothing proven. */
async function tests(name: string, args: string[], shown = true): Promise<Stats> {
  const file = join(scratch, `${name}.json`);
  const { code, output, overdue } = await run(args, { shown, limitMs: TESTS_MS, env: { MOCHA_STATS: file } });
  if (!shown) console.log(output);
  const stats: Stats = existsSync(file)
    ? (JSON.parse(readFileSync(file, 'utf8')) as Stats)
    : { passed: 0, failed: 0, skipped: [] };
  const fault = faultOf(stats, code, overdue);
  if (fault) console.log(`The ${name} run failed: ${fault}`);
  return { ...stats, failed: stats.failed + (fault ? 1 : 0) };
}

function faultOf({ passed, failed }: Stats, code: number | null, overdue: boolean): string | undefined {
  if (overdue) return 'it did not end in time.';
  if (passed + failed === 0) return `no test was run (exit code ${code}).`;
  if (code !== 0 && failed === 0) return `it ended with exit code ${code}, though no test failed.`;
  return undefined;
}

const mocha = [bin('mocha'), '--reporter', 'test/support/reporter.ts'];
const coverage = [bin('c8'), '--all', '--include', 'bot/**', '--reporter', 'text-summary', process.execPath];
const gate = ['--no-config', '--extension', 'ts', '--forbid-only', '--timeout', '60000', 'test/privacy/**/*.test.ts'];
const tsc = bin('typescript', 'tsc');
const tab = existsSync(join(root, 'tab', 'tsconfig.json')) ? [[tsc, '-p', 'tab']] : [];

type Part = [name: string, check: () => Promise<Stats>];

/** The desk's pages in three browsers at a time; what starts the demo is alone, as its clients are slow on a busy machine. */
const browser = ['--config', 'test/browser/.mocharc.json'];
const alone = [...browser, '--ignore', 'test/browser/desk/!(demo).test.ts'];
const desk = [
  '--parallel',
  '--jobs',
  '3',
  '--ignore',
  'test/browser/*.test.ts',
  '--ignore',
  'test/browser/desk/demo.test.ts',
];

/** One after the other, and the privacy gate beside the tests. */
const parts: Part[][] = [
  [['format', () => commands([bin('oxfmt'), '--check'])]],
  [['lint', () => commands([bin('oxlint'), '--type-aware'])]],
  [['types', () => commands([tsc], ...tab)]],
  [
    ['tests', () => tests('tests', [...coverage, ...mocha, '--ignore', 'test/privacy/**'])],
    ['privacy', () => tests('privacy', [...mocha, ...gate], false)],
  ],
  [['browser', () => tests('browser', [...mocha, ...alone])]],
  [['desk', () => tests('desk', [...mocha, ...browser, ...desk])]],
];

const count = ({ passed, failed, skipped }: Stats): string =>
  `${passed} passed, ${failed} failed${skipped.length > 0 ? `, ${skipped.length} skipped` : ''}`;

const results: Result[] = [];
for (const together of parts) {
  console.log(`\n${together.map(([name]) => name).join(' and ')} ...`);
  const start = performance.now();
  const carryOut = async ([name, check]: Part) => ({ name, ...(await check()), ms: performance.now() - start });
  results.push(...(await Promise.all(together.map(carryOut))));
}
rmSync(scratch, { recursive: true });

const sum: Stats = {
  passed: results.reduce((all, { passed }) => all + passed, 0),
  failed: results.reduce((all, { failed }) => all + failed, 0),
  skipped: results.flatMap(({ skipped }) => skipped),
};
console.log();
for (const title of sum.skipped) console.log(`skipped: ${title}`);
for (const one of results)
  console.log(`${one.name.padEnd(8)} ${(one.ms / 1000).toFixed(1).padStart(6)} s   ${count(one)}`);
console.log(count(sum));
process.exitCode = sum.failed === 0 ? 0 : 1;
