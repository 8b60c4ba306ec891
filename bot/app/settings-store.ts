import type { Change } from '../domain/settings-changes.ts';
import type { Settings } from '../domain/settings.ts';

/** One save, as the change log has it. */
export interface Entry {
  /** Saves are counted from 1 on. */
  n: number;
  /** Such as `2026-11-23`: an act of somebody in a role. */
  day: string;
  /** The name of the admin. */
  by: string;
  changes: Change[];
}

/** The settings as an admin saved them, with the entry of that save: one write, so that nothing is changed unlogged. */
export interface KeptSettings {
  settings: Settings;
  entry: Entry;
}

/** What a Store does for the settings. */
export interface SettingsStore {
  /** Nothing until an admin saves some. */
  settings(): Promise<KeptSettings | undefined>;
  /** Throws Conflict where the last save is not the one of this number, 0 for none. */
  saveSettings(kept: KeptSettings, last: number): Promise<void>;
  /** Puts aside the entry of a save that another one follows. A repeat changes nothing. */
  addEntry(entry: Entry): Promise<void>;
  /** The entries that were put aside, newest first. */
  entries(page: { before: number; limit: number }): Promise<Entry[]>;
}
