import type { Clock, Store } from './app/ports.ts';
import type { SettingsStore } from './app/settings-store.ts';
import { admit } from './app/settings.ts';
import type { Config } from './config.ts';
import { type LoadedDirectory, loadDirectory } from './directory.ts';
import { PLAIN_POLICY, type Policy, type Settings } from './domain/settings.ts';
import type { Log } from './log.ts';

export interface LoadedSettings {
  /** As they stood when they last could be read. */
  now(): Settings;
  /** Reads them anew. */
  reread(): Promise<void>;
  stop(): void;
}

export interface Sources {
  store: Pick<SettingsStore, 'settings'>;
  /** Rules until an admin has saved the settings, and is not looked at from then on. Throws DirectoryFault. */
  file: () => LoadedDirectory;
  /** What the environment says: the policy until then, and what older settings do not know. */
  policy: Policy;
  on: {
    /** They are those of another save than before. */
    changed(): void;
    /** An admin's settings rule from now on, whatever stands in the file. Told once. */
    fileIgnored(): void;
    /** They cannot be read, and stay as they were. */
    fault(error: unknown): void;
  };
}

const LOOK_MS = 2000;
const READ_MS = 2000;

/** Reads the settings, and again every other second: what one instance changed counts for the others soon. Throws DirectoryFault. */
export async function loadSettings({ store, file, policy, on }: Sources, interval = LOOK_MS): Promise<LoadedSettings> {
  let kept: { n: number; settings: Settings } | undefined;
  let loaded: LoadedDirectory | undefined;
  let isAway = false;

  async function reread(): Promise<void> {
    const found = await store.settings();
    // What was read before somebody saved may come after it.
    if (found === undefined || found.entry.n <= (kept?.n ?? -1)) return;
    if (kept === undefined) on.fileIgnored();
    else on.changed();
    kept = { n: found.entry.n, settings: { ...found.settings, policy: { ...policy, ...found.settings.policy } } };
    loaded?.stop();
    loaded = undefined;
  }

  async function look(): Promise<void> {
    try {
      await reread();
      isAway = false;
    } catch (error) {
      // Once for each time that the store is away, not once for each look.
      if (!isAway) on.fault(error);
      isAway = true;
    }
  }

  await reread();
  if (kept === undefined) loaded = file();
  const timer = setInterval(() => void look(), interval).unref();
  return {
    now: () => kept?.settings ?? { directory: fileOf(loaded).now(), policy },
    reread,
    stop() {
      clearInterval(timer);
      loaded?.stop();
    },
  };
}

function fileOf(loaded: LoadedDirectory | undefined): LoadedDirectory {
  if (loaded === undefined) throw new Error('Neither settings nor a directory file were read');
  return loaded;
}

/** What admins saved, and whom the operator lets in besides; until then the directory file. Throws DirectoryFault. */
export async function openSettings(
  {
    directoryFile,
    admin,
    limits,
    mixing,
    language,
  }: Pick<Config, 'directoryFile' | 'admin' | 'limits' | 'mixing' | 'language'>,
  { store, clock }: { store: Store; clock: Clock },
  log: Log,
): Promise<LoadedSettings> {
  if (admin !== '') await admit({ store, clock }, admin);
  const file = () =>
    loadDirectory(directoryFile, (problem) => {
      log.info({ code: problem ? 'directory-unreadable' : 'directory-changed' });
      if (problem) process.stderr.write(`${problem.message}\nThe directory stays as it was.\n`);
    });
  const on = {
    changed: () => log.info({ code: 'settings-changed' }),
    fileIgnored: () => log.info({ code: 'directory-file-ignored' }),
    fault: (error: unknown) => void log.fault(error),
  };
  // Whoever acts in a role waits for this.
  const settings = () => store.within(READ_MS).settings();
  return loadSettings({ store: { settings }, file, policy: { ...PLAIN_POLICY, limits, mixing, language }, on });
}
