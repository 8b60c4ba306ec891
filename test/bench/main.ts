/**
 * `npm run bench`: what things cost, as ratios within one run to the SDK's plain echo bot on the same restify, in the same
 * process. `-- --only NAME` runs what has this in its name, and the echo; `-- --json FILE` writes the rows.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { measure } from './rounds.ts';
import { isEcho, openSubjects, type Subject } from './subjects.ts';
import { type Row, type Slice, toRows, toShare, toTable } from './table.ts';

/** Whatever hangs ends here. */
const PATIENCE_MS = 58_000;

function rowsOf(measured: Map<Subject, Slice[]>): Row[] {
  const echoes = new Map([...measured].filter(([one]) => isEcho(one)).map(([{ atOnce }, rounds]) => [atOnce, rounds]));
  const rows = [...measured].flatMap(([{ name, atOnce, goal }, rounds]) =>
    toRows({ name, rounds, goal }, echoes.get(atOnce) ?? []),
  );
  return [...rows, ...shares(measured)];
}

/** What the real sealer adds to the same use case on the same file, as a share of that and of the whole request. */
function shares(measured: Map<Subject, Slice[]>): Row[] {
  const of = (name: string) => [...measured].find(([subject]) => subject.name === name)?.[1];
  const [real, bare] = [of('ask in process'), of('ask in process, sealer that does nothing')];
  const whole = of('ask, 1 at once');
  if (!real || !bare) return [];
  const inProcess = toShare('anonymity, share of an ask in process', real, bare);
  return whole ? [inProcess, toShare('anonymity, share of an ask over HTTP', real, bare, whole)] : [inProcess];
}

async function bench(folder: string, only: string): Promise<Row[]> {
  const subjects = await openSubjects(folder);
  try {
    const chosen = subjects.all.filter((one) => isEcho(one) || one.name.toLowerCase().includes(only.toLowerCase()));
    if (only !== '' && chosen.every(isEcho)) {
      const names = subjects.all.map(({ name }) => name);
      throw new Error(`Nothing has "${only}" in its name. There are:\n  ${names.join('\n  ')}`);
    }
    return rowsOf(await measure(chosen));
  } finally {
    await subjects.close();
  }
}

const { only = '', json } = parseArgs({ options: { only: { type: 'string' }, json: { type: 'string' } } }).values;
const folder = mkdtempSync(join(tmpdir(), 'forthright-bench-'));
const remove = () => rmSync(folder, { recursive: true, force: true });
const giveUp = (why: string): never => {
  process.stderr.write(`${why}\n`);
  remove();
  process.exit(1);
};
const watch = setTimeout(() => giveUp('The bench did not end within a minute.'), PATIENCE_MS);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => giveUp('Stopped.'));
try {
  const rows = await bench(folder, only);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(rows, null, 2)}\n`);
  process.stdout.write(`${availableParallelism()} cores, Node ${process.version}\n${toTable(rows)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  clearTimeout(watch);
  remove();
}
