/**
 * `npm run backup -- FILE` copies the database in DATA_DIR, while the bot runs, into a file that must not be there yet. Ends
 * with 0 where the copy is whole and on the disk. The keys are not in it; docs/admin.md says what that means, and how to restore.
 */
import { closeSync, existsSync, fsyncSync, openSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { type Config, ConfigFault, readConfig } from '../bot/config.ts';
import { StoreFault, toStoreFault } from '../bot/store/faults.ts';
import { examine } from './doctor/contents.ts';

const SAID = `The backup is whole. It holds the words of that moment, also those that are withdrawn from now on: keep it as you keep
the data, and not for longer than a week or two. The keys are not in it. Keep them apart from it: whoever has both learns who asked.
`;

function targetIn(args: string[], { cosmos, dataDir, keyFile }: Config): string {
  if (cosmos.endpoint !== '')
    throw new StoreFault('The data are in Azure Cosmos DB, whose backups Azure keeps by itself.');
  const [target] = args;
  if (args.length !== 1 || target === undefined) throw new StoreFault('Say where to: npm run backup -- FILE');
  const to = resolve(target);
  if (existsSync(to)) throw new StoreFault('That file is there already. Name a new one.');
  if (!existsSync(dirname(to)))
    throw new StoreFault('Its folder is missing. Make it first, for the bot’s account alone.');
  const folder = realpathSync(dirname(to));
  if (existsSync(dirname(keyFile)) && folder === realpathSync(dirname(keyFile)))
    throw new StoreFault('That is the folder of the keys. Keep a backup apart from them.');
  if (existsSync(dataDir) && folder === realpathSync(dataDir))
    throw new StoreFault('That is the folder of the data, and would be lost with it. Name another one.');
  return to;
}

/**
 * By VACUUM INTO, one moment of the database while the bot goes on writing. A copy of its pages would keep in which order they
 * were taken for as long as the copy lives, and with it the order of asking; this writes rows in the order of their random ids.
 */
function copy(from: string, to: string): void {
  // Not as the doctor does, who takes a file at rest for one that stays so: the bot may start meanwhile.
  const db = new DatabaseSync(from, { readOnly: true });
  try {
    db.exec('PRAGMA temp_store = MEMORY');
    db.prepare('VACUUM INTO ?').run(to);
  } finally {
    db.close();
  }
  const copied = openSync(to, 'r+');
  fsyncSync(copied);
  closeSync(copied);
  const made = new DatabaseSync(to, { readOnly: true });
  try {
    examine(made);
  } finally {
    made.close();
  }
}

function backUp(args: string[], config: Config): void {
  const to = targetIn(args, config);
  const from = join(config.dataDir, 'forthright.db');
  if (!existsSync(from)) throw new StoreFault(`The database ${from} is missing. See that DATA_DIR is right.`);
  // Empty, so that SQLite writes into a file that is this account's alone.
  closeSync(openSync(to, 'wx', 0o600));
  try {
    copy(from, to);
  } catch (error) {
    rmSync(to, { force: true });
    throw toStoreFault(from, error);
  }
}

try {
  backUp(process.argv.slice(2), readConfig(process.env));
  process.stdout.write(SAID);
} catch (error) {
  process.exitCode = 1;
  const isForOperator = error instanceof ConfigFault || error instanceof StoreFault;
  process.stderr.write(
    `${isForOperator ? error.message : `It failed (${(error as Error).name}).`}\nNo backup was made.\n`,
  );
}
