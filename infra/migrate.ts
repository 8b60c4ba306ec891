/**
 * `npm run migrate -- --to cosmos` copies an installation from the file in DATA_DIR into Azure Cosmos DB, `--to file` back, by the
 * settings that the bot reads. Ends with 0 where both hold the same, 1 where not; infra/README.md tells the whole.
 */
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { type Config, ConfigFault, readConfig } from '../bot/config.ts';
import { StoreAway } from '../bot/app/ports.ts';
import { StoreFault } from '../bot/store/faults.ts';
import { openMovableCosmos } from '../bot/store/moving-cosmos.ts';
import { openMovableSqlite } from '../bot/store/moving-sqlite.ts';
import { type Movable, move } from '../bot/store/moving.ts';

const USAGE = 'Say where to: npm run migrate -- --to cosmos, or npm run migrate -- --to file';

function directionIn(args: string[]): 'cosmos' | 'file' {
  const { to } = parseArgs({ args, options: { to: { type: 'string' } } }).values;
  if (to !== 'cosmos' && to !== 'file') throw new StoreFault(USAGE);
  return to;
}

async function accessTo({ cosmos: { key }, appType, appId }: Config) {
  if (key !== '') return { key };
  const { managedIdentity } = await import('../bot/azure.ts');
  return { identity: managedIdentity(appType === 'UserAssignedMSI' ? appId : undefined) };
}

async function migrate(to: 'cosmos' | 'file', config: Config): Promise<string> {
  if (config.cosmos.endpoint === '') throw new StoreFault('COSMOS_ENDPOINT is missing: it names the other side.');
  const opened: Movable[] = [];
  try {
    const file = openMovableSqlite(join(config.dataDir, 'forthright.db'), { isThere: to === 'cosmos' });
    opened.push(file);
    const cosmos = await openMovableCosmos({ ...config.cosmos, access: await accessTo(config) });
    opened.push(cosmos);
    const { counts, digest } = to === 'cosmos' ? await move(file, cosmos) : await move(cosmos, file);
    const lines = Object.entries(counts).map(([kind, count]) => `${kind.padEnd(10)} ${count}`);
    return [...lines, `Both sides hold the same: ${digest}`].join('\n');
  } finally {
    for (const one of opened) await one.close();
  }
}

try {
  process.stdout.write(`${await migrate(directionIn(process.argv.slice(2)), readConfig(process.env))}\n`);
} catch (error) {
  process.exitCode = 1;
  const isForOperator = [ConfigFault, StoreFault, StoreAway].some((fault) => error instanceof fault);
  const why = isForOperator ? (error as Error).message : `It failed (${(error as Error).name}).`;
  process.stderr.write(`${why}\nThe source is as it was.\n`);
}
