import assert from 'node:assert/strict';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { type Mutant, MUTANTS } from './mutants.ts';

const root = join(import.meta.dirname, '..', '..');
/** What the tests that are run here read. */
const COPIED = ['bot', 'cards', 'manifest', 'tab', 'test', 'package.json', 'tsconfig.json'];
const AT_ONCE = 3;
const LIMIT_MS = 60_000;
/** `npm run test:privacy` tries them all; `npm test` those that stand for the promises, or it would take twice as long. */
const all = process.env['MUTANTS'] === 'all';
const tried = MUTANTS.filter(({ always }) => all || always);

const AS_IT_IS = { file: 'bot/main.ts', find: '', replace: '' };

type Failure = { fullTitle: string; err: { code?: string; name?: string; message?: string } };
type Report = { stats: { passes: number; failures: number }; failures: Failure[] };

const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const stands = ({ file, find }: Mutant): boolean => existsSync(join(root, file)) && read(file).includes(find);

/** A copy of the sources in a folder of its own, with one line changed. */
function copyWith(mutant: Mutant | undefined): string {
  const folder = mkdtempSync(join(tmpdir(), 'forthright-mutant-'));
  for (const entry of COPIED) cpSync(join(root, entry), join(folder, entry), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  if (mutant !== undefined) {
    // A function: "$'" in a replacement would be taken for a pattern.
    writeFileSync(
      join(folder, mutant.file),
      read(mutant.file).replaceAll(mutant.find, () => mutant.replace),
    );
  }
  return folder;
}

/** Runs tests there in a process of their own, up to the first that fails. */
async function runTests(folder: string, files: readonly string[]): Promise<Report> {
  const report = join(folder, 'report.json');
  const mocha = join(root, 'node_modules', 'mocha', 'bin', 'mocha.js');
  const how = ['--no-config', '--extension', 'ts', '--timeout', '8000', '--bail', '--exit'];
  const told = ['--reporter', 'json', '--reporter-option', `output=${report}`];
  const tests = files.map((file) => `test/${file}.test.ts`);
  const { NODE_V8_COVERAGE: _, ...env } = process.env;
  const child = spawn(process.execPath, [mocha, ...how, ...told, ...tests], {
    cwd: folder,
    env: { ...env, FUZZ_RUNS: '4' },
    stdio: 'ignore',
    timeout: LIMIT_MS,
    killSignal: 'SIGKILL',
  });
  await once(child, 'close');
  return JSON.parse(readFileSync(report, 'utf8')) as Report;
}

/** Says what is wrong with the gate; nothing where it noticed. Only an assertion counts: a mutant that breaks down proves nothing. */
async function judge(mutant: Mutant): Promise<string | undefined> {
  const folder = copyWith(mutant);
  try {
    const { stats, failures } = await runTests(folder, mutant.by);
    if (stats.passes + stats.failures === 0) return 'no test was run';
    const [first] = failures;
    if (first === undefined) return 'nothing noticed';
    const isAssertion = first.err.code === 'ERR_ASSERTION';
    return isAssertion ? undefined : `"${first.fullTitle}" broke down: ${first.err.message?.split('\n')[0]}`;
  } catch {
    return 'its tests came to no end';
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Does this for each, a few at a time, in their order. */
async function forEach<Of>(list: readonly Of[], act: (one: Of) => Promise<void>): Promise<void> {
  const waiting = [...list];
  const next = async (): Promise<void> => {
    for (let one = waiting.shift(); one !== undefined; one = waiting.shift()) await act(one);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, next));
}

describe('privacy: the gate itself', () => {
  it('knows where each defence stands', () => {
    const lost = MUTANTS.filter((mutant) => !stands(mutant));
    assert.deepEqual(
      lost.map(({ name, file }) => `${name}: look in ${file}`),
      [],
    );
  });

  it(`notices each of ${tried.length} defences when it is taken down, and nothing when all stand`, async () => {
    const survivors: string[] = [];
    const healthy: Mutant[] = [...new Set(tried.flatMap(({ by }) => by))].map((test) => ({
      ...AS_IT_IS,
      name: `as it is, by ${test}`,
      by: [test],
    }));
    await forEach([...tried, ...healthy], async (mutant) => {
      const isMutant = mutant.find !== '';
      const verdict = await judge(mutant);
      const isWrong = isMutant ? verdict !== undefined : verdict !== 'nothing noticed';
      if (isWrong) survivors.push(`${mutant.name}: ${verdict ?? 'it fails, though nothing was changed'}`);
    });
    assert.deepEqual(survivors, []);
  }).timeout(all ? 300_000 : 120_000);
});
