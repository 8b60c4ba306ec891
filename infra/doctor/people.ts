import { readFileSync } from 'node:fs';
import type { Config } from '../../bot/config.ts';
import { DirectoryFault, parseDirectory } from '../../bot/directory-file.ts';
import type { Directory } from '../../bot/domain/directory.ts';
import type { Contents } from './contents.ts';
import { type Finding, mend, ok } from './finding.ts';

/** Whether somebody leads, curates and administers: by the saved settings, else by the file. How many, never who. */
export async function lookAtPeople(config: Config, contents: Contents | undefined): Promise<Finding[]> {
  const saved = (await contents?.settings())?.directory;
  const directory = saved ?? readDirectory(config.directoryFile);
  if (directory === undefined)
    return [mend('people', 'DIRECTORY_FILE cannot be read as a directory. Start the bot: it says which line.')];
  const where = saved === undefined ? 'Name one in DIRECTORY_FILE.' : 'Name one in the desk, under Settings › People.';
  const roles: [string, [number, string]][] = Object.entries({
    leaders: [directory.leaders.length, `nobody can be asked. ${where}`],
    curators: [directory.curators.length, `nobody can publish an answer. ${where}`],
    admins: [
      directory.admins.length + (config.admin === '' ? 0 : 1),
      'nobody can change the settings. Set ADMIN to an object id, and start again.',
    ],
  });
  return [
    ...roles.map(([role, [many, how]]) => (many > 0 ? ok(`${role}: ${many}`) : mend(role, how))),
    ...(contents === undefined ? [] : await lookAtChannels(contents, directory)),
  ];
}

/** What is faulty in the file may be somebody's name: it is not told here. */
function readDirectory(file: string): Directory | undefined {
  try {
    return parseDirectory(readFileSync(file, 'utf8'));
  } catch (error) {
    const isOfFile = error instanceof DirectoryFault || typeof (error as { code?: unknown }).code === 'string';
    if (isOfFile) return undefined;
    throw error;
  }
}

async function lookAtChannels(contents: Contents, { defaults }: Directory): Promise<Finding[]> {
  const channels = await contents.channels();
  if (channels.length === 0)
    return [mend('channels', 'the bot is in none. Add Forthright to the team in which answers will stand.')];
  const isThere = defaults.channel === undefined || channels.some(({ name }) => name === defaults.channel);
  return [
    isThere
      ? ok(`channels: ${channels.length}`)
      : mend(
          'channels',
          'the bot is not in the channel that is the default. Choose another one, or add the bot there.',
        ),
  ];
}

export async function lookAtDeliveries(contents: Contents): Promise<Finding[]> {
  const { dead, uncertain } = await contents.stuck();
  if (dead + uncertain === 0) return [ok('deliveries: none is stuck')];
  return [
    mend(
      'deliveries',
      `${dead} given up, ${uncertain} uncertain. A curator writes deliveries to the bot, which says why.`,
    ),
  ];
}
