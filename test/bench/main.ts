/**
 * `npm run bench`: what things cost, as ratios within one run. `-- --only NAME` runs what has this in its name, `-- --full`
 * also what takes minutes, `-- --json FILE` writes the rows.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, cpus, platform, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fanOut } from './fan-out.ts';
import { queuePage } from './queue.ts';
import { requests } from './requests.ts';
import { searching } from './search.ts';
import { soak } from './soak.ts';
import { startUp } from './start-up.ts';
import { tab } from './tab.ts';
import { FIELDS, type Row, toTable } from './table.ts';

/** Whatever hangs ends here. */
const PATIENCE_MS = { short: 7 * 60_000, full: 30 * 60_000 };

interface Part {
  name: string;
  /** Takes minutes: runs where it is asked for. */
  isLong?: boolean;
  measure: (folder: string, how: { only: string; full: boolean }) => Promise<Row[]>;
}

const parts: Part[] = [
  { name: 'requests', measure: (folder, { only }) => requests(folder, only) },
  { name: 'queue page', measure: queuePage },
  { name: 'search', measure: searching },
  { name: 'fan-out', measure: fanOut },
  { name: 'start-up', measure: startUp },
  { name: 'tab', isLong: true, measure: tab },
  { name: 'soak', isLong: true, measure: soak },
];

/** The parts that have this in their name, or what has it within the first. */
function chosen(only: string, full: boolean): { parts: Part[]; only: string } {
  if (only === '') return { parts: parts.filter(({ isLong }) => full || isLong !== true), only };
  const named = parts.filter(({ name }) => name.includes(only.toLowerCase()));
  return named.length > 0 ? { parts: named, only: '' } : { parts: parts.slice(0, 1), only };
}

async function bench(folder: string, only: string, full: boolean): Promise<Row[]> {
  const wanted = chosen(only, full);
  const rows: Row[] = [];
  for (const { name, measure } of wanted.parts) {
    process.stderr.write(`${name} ...\n`);
    const own = join(folder, name.replaceAll(/\W/g, '-'));
    rows.push(...(await measure(own, { only: wanted.only, full })));
    rmSync(own, { recursive: true, force: true });
  }
  return rows;
}

const { only, full, json } = parseArgs({
  options: {
    only: { type: 'string', default: '' },
    full: { type: 'boolean', default: false },
    json: { type: 'string' },
  },
}).values;
const folder = mkdtempSync(join(tmpdir(), 'forthright-bench-'));
const remove = () => rmSync(folder, { recursive: true, force: true });
const giveUp = (why: string): never => {
  process.stderr.write(`${why}\n`);
  remove();
  process.exit(1);
};
const isLong = full || only !== '';
const watch = setTimeout(() => giveUp('The bench did not end in time.'), PATIENCE_MS[isLong ? 'full' : 'short']);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => giveUp('Stopped.'));
try {
  const begun = performance.now();
  const rows = await bench(folder, only, full);
  if (json !== undefined) writeFileSync(json, `${JSON.stringify(rows, FIELDS, 2)}\n`);
  const took = ((performance.now() - begun) / 1000).toFixed(0);
  const machine = `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'}), ${platform()}, Node ${process.version}`;
  process.stdout.write(`${machine}; ${took} s\n\n${toTable(rows)}\n`);
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
} finally {
  clearTimeout(watch);
  remove();
}
