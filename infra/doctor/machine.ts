import { accessSync, constants, existsSync, statfsSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import type { Config } from '../../bot/config.ts';
import { type Finding, mend, ok } from './finding.ts';

/** The oldest Node that package.json admits. */
const OLDEST = [22, 18] as const;

export function lookAtNode(version: string): Finding[] {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  const isNew = major > OLDEST[0] || (major === OLDEST[0] && minor >= OLDEST[1]);
  return [isNew ? ok(`Node ${version}`) : mend(`Node ${version}`, `too old. Install ${OLDEST.join('.')} or newer.`)];
}

/** Kinds of file systems. Source: Linux, statfs(2). */
const SMB = new Set([0x517b, 0xff534d42, 0xfe534d42]);
const NFS = 0x6969;

/** The kind of the file system on which a path lies, or will lie. */
export function kindOf(path: string): number {
  const there = existsSync(path) || path === dirname(path) ? path : undefined;
  return there === undefined ? kindOf(dirname(path)) : statfsSync(there).type >>> 0;
}

type Kind = (path: string) => number;

/** The key file is replaced while other instances have it open, which SMB refuses. */
export const lookAtKeyShare = ({ keyFile }: Config, kind: Kind = kindOf): Finding[] => [
  SMB.has(kind(keyFile))
    ? mend(
        'place of the keys',
        'KEY_FILE lies on an SMB share, which replaces no open file. Move it to a disk or to NFS.',
      )
    : ok('place of the keys: not on an SMB share'),
];

/** SQLite's log is shared by memory, which reaches no further than one machine. */
export const lookAtDataShare = ({ dataDir }: Config, kind: Kind = kindOf): Finding[] => [
  SMB.has(kind(dataDir)) || kind(dataDir) === NFS
    ? mend('place of the data', 'DATA_DIR lies on a network share, on which SQLite is not safe. Move it to a disk.')
    : ok('place of the data: not on a network share'),
];

export function lookAtDataFolder({ dataDir }: Config): Finding[] {
  const found = statSync(dataDir, { throwIfNoEntry: false });
  if (found === undefined) return [ok('data folder: none yet, the bot makes it at its start')];
  const what = 'data folder';
  if (process.platform !== 'win32' && (found.mode & 0o077) !== 0)
    return [mend(what, 'others may look into DATA_DIR. Take their permissions away: chmod 700.')];
  try {
    accessSync(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch {
    return [mend(what, 'DATA_DIR cannot be written. Give it to the bot’s account, and run the doctor as that one.')];
  }
  return [ok('data folder: the bot’s alone')];
}

/** `built` is what `npm run build:tab` makes. */
export function lookAtDesk({ signIn }: Config, built: URL): Finding[] {
  if (signIn === undefined) return [ok('desk: nobody can sign in to it in local mode')];
  return [
    existsSync(new URL('index.html', built))
      ? ok('desk: built')
      : mend('desk', 'it is not built. Run npm ci with the packages of development, then npm run build:tab.'),
  ];
}
