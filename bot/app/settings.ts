import type { Person } from '../domain/directory.ts';
import { handOn } from '../domain/life.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { changesOf } from '../domain/settings-changes.ts';
import { type Fault, faultsOf } from '../domain/settings-faults.ts';
import type { Settings } from '../domain/settings.ts';
import { tidy } from '../domain/settings-tidy.ts';
import { dayOf } from '../domain/week.ts';
import { asAdmin } from './authority.ts';
import { change } from './change.ts';
import { Conflict, type Deps } from './ports.ts';
import type { Entry, KeptSettings } from './settings-store.ts';

type Needs = Pick<Deps, 'store' | 'directory' | 'policy'>;

/** The settings that rule, and the number of their last save: 0 while it is the directory file that rules. */
export interface Ruling {
  settings: Settings;
  last: number;
}

/** For admins alone: whoever may change them. */
export async function readSettings(deps: Needs, actor: string): Promise<Ruling | Refusal> {
  const { settings, last } = await ruling(deps);
  const admin = asAdmin(settings.directory, actor);
  return isRefusal(admin) ? admin : { settings, last };
}

/** What an admin wants, and the number of the save that they saw. */
export interface Wanted {
  settings: Settings;
  last: number;
  /** Who takes over what a leader leaves open, by their ids. */
  heirs?: Readonly<Record<string, string>> | undefined;
}

/** A leader who would leave open questions behind that nobody could answer. */
export interface Leaving extends Person {
  /** Counted up to COUNTED. */
  open: number;
}

export type Changed = { last: number } | { faults: Fault[] } | { leaving: Leaving[] } | Refusal;

/**
 * Saves the settings, logged as one write with them. Whoever saw older ones than the last is refused: they would undo what
 * they never read. Authority is that of the settings as they are kept, not as this instance read them last.
 */
export async function changeSettings(
  deps: Needs & Pick<Deps, 'clock' | 'reread' | 'wake'>,
  actor: string,
  wanted: Wanted,
): Promise<Changed> {
  const { kept, settings: before, last } = await ruling(deps);
  const admin = asAdmin(before.directory, actor);
  if (isRefusal(admin)) return admin;
  if (wanted.last !== last) return { refused: 'settings-changed', by: kept?.entry.by ?? admin.name };
  const settings = tidy(wanted.settings);
  const faults = faultsOf(settings, before);
  if (faults.length > 0) return { faults };
  const changes = changesOf(before, settings);
  if (kept !== undefined && changes.length === 0) return { last };
  const left = await handOver(deps, before, { ...wanted, settings });
  if (left !== undefined) return left;
  const entry = { n: last + 1, day: dayOf(deps.clock.now()), by: admin.name, changes };
  return save(deps, kept, { settings, entry });
}

/**
 * Gives what leaving leaders have open to those who take over: before they leave, so that no crash leaves a question without
 * a leader. Nothing where nothing stands in the way.
 */
async function handOver(
  deps: Pick<Deps, 'store' | 'clock' | 'wake'>,
  before: Settings,
  { settings, heirs = {} }: Wanted,
): Promise<{ leaving: Leaving[] } | Refusal | undefined> {
  const { leaders } = settings.directory;
  const gone = before.directory.leaders.filter(({ id }) => !leaders.some((leader) => leader.id === id));
  const leaving: Leaving[] = [];
  for (const { id, name } of gone) {
    const { total } = await deps.store.list({ leader: id, state: 'open', limit: 1 });
    if (total > 0) leaving.push({ id, name, open: total });
  }
  const heirOf = ({ id }: Person) => leaders.find((leader) => leader.id === heirs[id]);
  if (leaving.some((leader) => heirOf(leader) === undefined)) return { leaving };
  for (const leader of leaving) {
    const refused = await handAll(deps, leader.id, heirOf(leader)?.id ?? '');
    if (refused !== undefined) return refused;
  }
  return undefined;
}

async function handAll(
  deps: Pick<Deps, 'store' | 'clock' | 'wake'>,
  from: string,
  to: string,
): Promise<Refusal | undefined> {
  for (;;) {
    const { questions } = await deps.store.list({ leader: from, state: 'open', limit: 20 });
    if (questions.length === 0) return undefined;
    for (const { id } of questions) {
      const handed = await change(deps, id, (question) => handOn(question, to, 'comms'));
      // Answered or withdrawn just now: it is out of the queue by itself.
      if (isRefusal(handed) && handed.refused === 'busy') return handed;
    }
  }
}

async function save(
  { store, reread }: Pick<Deps, 'store' | 'reread'>,
  kept: KeptSettings | undefined,
  next: KeptSettings,
): Promise<{ last: number } | Refusal> {
  // First, so that no crash loses an entry. Where somebody else saves in between, it is the same entry that they put aside.
  if (kept !== undefined) await store.addEntry(kept.entry);
  try {
    await store.saveSettings(next, next.entry.n - 1);
  } catch (error) {
    if (!(error instanceof Conflict)) throw error;
    return { refused: 'settings-changed', by: (await store.settings())?.entry.by ?? next.entry.by };
  }
  await reread();
  return { last: next.entry.n };
}

/**
 * Makes somebody an admin whom the operator names, where the saved settings do not: for the day on which no admin is left. It
 * stands in the log as any change.
 */
export async function admit({ store, clock }: Pick<Deps, 'store' | 'clock'>, id: string): Promise<void> {
  const kept = await store.settings();
  if (kept === undefined || !isRefusal(asAdmin(kept.settings.directory, id))) return;
  const { directory } = kept.settings;
  const settings = { ...kept.settings, directory: { ...directory, admins: [...directory.admins, { id, name: NEW }] } };
  const entry = {
    n: kept.entry.n + 1,
    day: dayOf(clock.now()),
    by: 'ADMIN',
    changes: changesOf(kept.settings, settings),
  };
  // Another instance that starts at the same time does the same.
  await save({ store, reread: async () => {} }, kept, { settings, entry });
}

/** Nothing is known but the id; they may give themselves a name. */
const NEW = 'Admin';

/** Who changed what, newest first. */
export async function settingsLog(
  deps: Needs,
  actor: string,
  { before, limit }: { before: number; limit: number },
): Promise<Entry[] | Refusal> {
  const { kept, settings } = await ruling(deps);
  const admin: Person | Refusal = asAdmin(settings.directory, actor);
  if (isRefusal(admin)) return admin;
  const aside = await deps.store.entries({ before, limit });
  const newest = kept === undefined || kept.entry.n >= before ? [] : [kept.entry];
  // A crash may have left the newest one among those put aside.
  return [...newest, ...aside.filter(({ n }) => n !== newest[0]?.n)].slice(0, limit);
}

async function ruling({ store, directory, policy }: Needs): Promise<Ruling & { kept: KeptSettings | undefined }> {
  const kept = await store.settings();
  if (kept === undefined) return { kept, settings: { directory: directory(), policy: policy() }, last: 0 };
  // What a newer release knows of the policy an older one did not save.
  const settings = { ...kept.settings, policy: { ...policy(), ...kept.settings.policy } };
  return { kept, settings, last: kept.entry.n };
}
