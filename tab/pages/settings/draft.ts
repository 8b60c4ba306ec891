import { useEffect, useState } from 'react';
import type { FieldFault, Settings, SettingsPage } from '../../../bot/http/api/settings.ts';
import { isRefused, put, type Refused } from '../../api.ts';
import { type Polled, usePolled } from '../../polled.ts';
import { useTyped } from '../../typed.ts';
import { FAULTS, focusOn } from './faults.tsx';
import type { Heirs, Leaving } from './heirs.tsx';
import { merge, same } from './merge.ts';

/** What is typed, beside what it was typed on. */
interface Draft {
  readonly base: Settings;
  readonly settings: Settings;
  /** The save that `base` is of. */
  readonly last: number;
}

export type Edit = (change: (settings: Settings) => unknown) => void;

export interface Drafting {
  readonly page: Polled<SettingsPage>;
  readonly settings: Settings | undefined;
  readonly isDirty: boolean;
  readonly edit: Edit;
  readonly discard: () => void;
  /** Saves, or tells in the outcome what stands in the way. */
  readonly save: (heirs?: Heirs) => Promise<void>;
  readonly isSaving: boolean;
  readonly outcome: Outcome;
  readonly forget: () => void;
  /** Closes the question who takes over. */
  readonly keepLeaders: () => void;
  /** Whom it would take an admin's role from. */
  readonly resigning: readonly string[];
}

/** What stands at a place of the settings, such as `leaders.0.name` or `policy.dryDays`. */
export const valueAt = (settings: Settings, at: string): unknown =>
  at
    .split('.')
    .reduce<unknown>(
      (value, step) => (value as Record<string, unknown> | undefined)?.[step],
      at.startsWith('policy.') ? settings : settings.directory,
    );

/** What became of a save, or what somebody else saved meanwhile. */
export interface Outcome {
  readonly faults: readonly FieldFault[];
  readonly no?: Refused;
  readonly isSaved?: boolean;
  /** Leaders who would leave questions behind. */
  readonly leaving?: Leaving;
  /** The save that was seen before somebody else's came in between. */
  readonly since?: number;
}

/** Where it says that it was saved: the button that was pressed is gone by then. */
export const SAVED = 'saved';

const NONE: Outcome = { faults: [] };
/** Two admins at once are rare; a few seconds are soon enough to see each other. */
const EVERY_MS = 4_000;

/** The settings while they are edited: what is typed stays, whatever others save and wherever one looks meanwhile. */
export function useDraft(): Drafting {
  const page = usePolled('/api/settings', {}, { every: EVERY_MS });
  const [draft, set] = useTyped<Draft | undefined>('settings', undefined);
  const [outcome, tell] = useState(NONE);
  const [isSaving, begin] = useState(false);
  const [tried, keep] = useState<Settings>();
  const read = page.state === 'here' ? page.body : undefined;
  const isDirty = draft !== undefined && !same(draft.base, draft.settings);
  useEffect(() => {
    if (read === undefined || (draft !== undefined && !isNews(draft, read))) return;
    if (isDirty && draft !== undefined && read.last > draft.last) tell({ faults: [], since: draft.last });
    set(follow(draft, read));
  }, [read, draft, isDirty, set]);
  useWarning(isDirty);
  const save = async (heirs: Heirs = {}): Promise<void> => {
    if (draft === undefined) return;
    begin(true);
    keep(draft.settings);
    const answer = await put('/api/settings', { settings: draft.settings, last: draft.last, heirs });
    begin(false);
    if (isRefused(answer)) tell({ faults: [], no: answer });
    else if ('faults' in answer) {
      tell({ faults: answer.faults });
      focusOn(FAULTS);
    } else if ('leaving' in answer) tell({ faults: [], leaving: answer.leaving });
    else {
      set({ base: draft.settings, settings: draft.settings, last: answer.last });
      tell({ faults: [], isSaved: true });
      focusOn(SAVED, { isInSight: true });
    }
    page.again();
  };
  // What was changed since is not wrong until the bot says so again.
  const isUntouched = (at: string): boolean =>
    draft !== undefined && tried !== undefined && same(valueAt(draft.settings, at), valueAt(tried, at));
  const edit: Edit = (change) =>
    set((before) => {
      if (before === undefined) return before;
      const settings = structuredClone(before.settings);
      change(settings);
      return { ...before, settings };
    });
  return {
    page,
    settings: draft?.settings,
    isDirty,
    edit,
    discard() {
      set((before) => before && { ...before, settings: before.base });
      tell(NONE);
    },
    save,
    isSaving,
    outcome: { ...outcome, faults: outcome.faults.filter(({ at }) => isUntouched(at)) },
    forget: () => tell(NONE),
    // What became of the save stays told.
    keepLeaders: () => tell((before) => (before.leaving === undefined ? before : NONE)),
    resigning: draft === undefined ? [] : resigningAdmins(draft),
  };
}

/** An older answer may still be remembered from before a save. */
const isNews = ({ last, base }: Draft, read: SettingsPage): boolean =>
  read.last > last || (read.last === last && !same(read.settings, base));

const follow = (draft: Draft | undefined, { settings, last }: SettingsPage): Draft => ({
  base: settings,
  settings: draft === undefined ? settings : merge(draft.base, draft.settings, settings),
  last,
});

const resigningAdmins = ({ base, settings }: Draft): string[] =>
  base.directory.admins
    .filter(({ id }) => !settings.directory.admins.some((admin) => admin.id === id))
    .map(({ name }) => name);

/** A browser asks before it closes a page with unsaved changes. */
function useWarning(isDirty: boolean): void {
  useEffect(() => {
    if (!isDirty) return undefined;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isDirty]);
}
