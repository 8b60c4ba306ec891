/**
 * `npm run verify`: for somebody who does not trust us. Needs Node and nothing else: no package, and no code of the bot.
 * Ends with 0 where no name was found, 1 where one was, 2 where it could not look.
 */
import { parseArgs } from 'node:util';
import { Unlookable } from './files.ts';
import { type Places, verify } from './verify.ts';

const USAGE = `Give all of these:
  npm run verify -- --data FOLDER --keys FILE --log FILE --names FILE [--directory FILE]
  --data       the folder that DATA_DIR names, or a copy of it
  --keys       the file that KEY_FILE names
  --log        what the bot wrote to its standard output, kept as a file
  --names      names and ids to look for: one person per line, several texts of one person parted by ;
  --directory  the file that DIRECTORY_FILE names, or the one that the desk's settings export: people with roles stand in the database by design`;

function placesIn(args: string[]): Places {
  const text = { type: 'string' } as const;
  try {
    const options = { data: text, keys: text, log: text, names: text, directory: text };
    const { data, keys, log, names, directory } = parseArgs({ args, options }).values;
    if (data && keys && log && names) return { data, keys, log, names, directory };
  } catch {
    // An option that does not exist: the usage says which do.
  }
  throw new Unlookable(USAGE);
}

try {
  const { report, clean } = verify(placesIn(process.argv.slice(2)));
  process.stdout.write(`${report}\n`);
  process.exitCode = clean ? 0 : 1;
} catch (error) {
  // 1 would read as "a name was found", and 0 as "clean".
  process.exitCode = 2;
  const why =
    error instanceof Unlookable ? error.message : `It failed: ${error instanceof Error ? error.stack : String(error)}`;
  process.stderr.write(`${why}\nNothing was proven.\n`);
}
