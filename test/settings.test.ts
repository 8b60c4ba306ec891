import assert from 'node:assert/strict';
import type { KeptSettings, SettingsStore } from '../bot/app/settings-store.ts';
import { DirectoryFault } from '../bot/directory-file.ts';
import type { LoadedDirectory } from '../bot/directory.ts';
import { type LoadedSettings, loadSettings } from '../bot/settings.ts';
import { settingsOf } from './store/contract-settings.ts';

const INTERVAL_MS = 5;

const missing = (): LoadedDirectory => {
  throw new DirectoryFault('there is no file');
};

describe('Loaded settings', () => {
  let kept: KeptSettings | undefined;
  let away: boolean;
  let reading: (() => Promise<KeptSettings>) | undefined;
  const heard: string[] = [];
  let loaded: LoadedSettings;
  const { directory, policy } = settingsOf(0).settings;
  const store = {
    settings: async () => {
      if (away) throw new Error('away');
      return reading?.() ?? kept;
    },
  } as SettingsStore;
  const on = {
    changed: () => void heard.push('changed'),
    fileIgnored: () => void heard.push('file ignored'),
    fault: () => void heard.push('fault'),
  };
  const file = (): LoadedDirectory => ({ now: () => directory, stop: () => void heard.push('file stopped') });
  const load = async (from = file) =>
    void (loaded = await loadSettings({ store, file: from, policy, on }, INTERVAL_MS));

  beforeEach(() => {
    kept = undefined;
    away = false;
    reading = undefined;
    heard.length = 0;
  });
  afterEach(() => loaded.stop());

  /** Waits, bounded, until so much was heard. */
  const hears = async (...codes: string[]) => {
    for (let n = 0; n < 400 && heard.length < codes.length; n += 1) await new Promise((go) => setTimeout(go, 5));
    assert.deepEqual(heard, codes);
  };

  it('are the file’s and the environment’s until an admin saves some; then the file is not looked at any more', async () => {
    await load();
    assert.deepEqual(loaded.now(), { directory, policy });
    kept = settingsOf(1);
    await hears('file ignored', 'file stopped');
    assert.deepEqual(loaded.now(), kept.settings);
    kept = settingsOf(2);
    await hears('file ignored', 'file stopped', 'changed');
    assert.deepEqual(loaded.now(), kept.settings);
  });

  it('stay the newer ones where an older read comes late: a role that was taken away does not come back', async () => {
    kept = settingsOf(1);
    await load();
    loaded.stop();
    const late = Promise.withResolvers<KeptSettings>();
    reading = () => late.promise;
    const older = loaded.reread();
    reading = undefined;
    kept = settingsOf(2);
    await loaded.reread();
    late.resolve(settingsOf(1));
    await older;
    assert.deepEqual(loaded.now(), kept.settings);
  });

  it('count at once where the instance changed them itself', async () => {
    await load();
    kept = settingsOf(1);
    await loaded.reread();
    assert.deepEqual(loaded.now(), kept.settings);
  });

  it('need no file once an admin saved them, and refuse to begin without either', async () => {
    await assert.rejects(load(missing), DirectoryFault);
    kept = settingsOf(1);
    await load(missing);
    assert.deepEqual(loaded.now(), kept.settings);
    assert.deepEqual(heard, ['file ignored']);
  });

  it('stay as they were while the store is away, which is told once', async () => {
    kept = settingsOf(1);
    await load();
    away = true;
    await hears('file ignored', 'fault');
    await new Promise((go) => setTimeout(go, 4 * INTERVAL_MS));
    assert.deepEqual(loaded.now(), kept.settings);
    kept = settingsOf(2);
    away = false;
    await hears('file ignored', 'fault', 'changed');
  });

  it('take from the environment what an older release did not save', async () => {
    kept = structuredClone(settingsOf(1));
    delete (kept.settings.policy as { dryDays?: number }).dryDays;
    await load();
    assert.equal(loaded.now().policy.dryDays, policy.dryDays);
  });
});
