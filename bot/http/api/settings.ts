import { z } from 'zod';
import { changeSettings, readSettings, settingsLog } from '../../app/settings.ts';
import { DirectoryFault, parseDirectory, writeDirectory } from '../../directory-file.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { Cursor, route } from './route.ts';

/** Longer than any field may be: what is too long is told at its field, by the rules in domain/. */
const text = z.string().max(1000);
const many = <Entry extends z.ZodType>(entry: Entry) => z.array(entry).max(2000);
const Person = z.strictObject({ id: text, name: text });

export const Directory = z.strictObject({
  leaders: many(
    Person.extend({
      title: text.optional(),
      topics: many(text).optional(),
      delegates: many(Person),
      audience: z.number().optional(),
    }),
  ),
  curators: many(Person),
  admins: many(Person),
  topics: many(text),
  audience: z.number().optional(),
  defaults: z.strictObject({ leader: text.optional(), channel: text.optional() }),
});

const Policy = z.strictObject({
  limits: z.strictObject({ questions: z.number(), votes: z.number() }),
  mixing: z.strictObject({ size: z.number(), minutes: z.number() }),
  overdueDays: z.number(),
  dryDays: z.number(),
  holidays: many(z.strictObject({ day: text, name: text })),
  language: text,
});

export const Settings = z.strictObject({ directory: Directory, policy: Policy });
export type Settings = z.infer<typeof Settings>;

/** How often the settings were saved; 0 while the directory file rules. */
const last = z.int().min(0);

export const SettingsPage = z.strictObject({
  settings: Settings,
  last,
  /** Where threads can be published, for the default one. */
  channels: z.array(z.strictObject({ name: z.string(), team: z.string() })),
});
export type SettingsPage = z.infer<typeof SettingsPage>;

export const FieldFault = z.strictObject({
  at: z.string(),
  fault: z.enum([
    'blank',
    'no-id',
    'twice',
    'not-a-leader',
    'not-a-topic',
    'not-a-day',
    'no-language',
    'nobody',
    'too-long',
    'not-between',
  ]),
  least: z.number().optional(),
  most: z.number().optional(),
});
export type FieldFault = z.infer<typeof FieldFault>;

/** Saved, or what stands in the way. */
export const Saved = z.union([
  z.strictObject({ last }),
  z.strictObject({ faults: z.array(FieldFault) }),
  /** Leaders who would leave questions behind: somebody has to take over. */
  z.strictObject({ leaving: z.array(Person.extend({ open: z.int() })) }),
]);
export type Saved = z.infer<typeof Saved>;

export const SettingsChange = z.strictObject({
  what: z.enum([
    'leader',
    'leader-name',
    'leader-title',
    'leader-topics',
    'leader-audience',
    'leader-order',
    'delegate',
    'curator',
    'admin',
    'name',
    'topic',
    'audience',
    'default-leader',
    'default-channel',
    'questions-a-day',
    'votes-a-day',
    'mix-size',
    'mix-minutes',
    'overdue-days',
    'dry-days',
    'holiday',
    'language',
  ]),
  of: z.string().optional(),
  from: z.string().optional(),
  to: z.string().optional(),
});
export type SettingsChange = z.infer<typeof SettingsChange>;

export const SettingsLog = z.strictObject({
  entries: z.array(z.strictObject({ n: z.int(), day: z.string(), by: z.string(), changes: z.array(SettingsChange) })),
  next: Cursor.optional(),
});
export type SettingsLog = z.infer<typeof SettingsLog>;

/** What a directory file says, not saved yet; or why it cannot be read, by line or key. */
export const Imported = z.union([z.strictObject({ directory: Directory }), z.strictObject({ unreadable: z.string() })]);
export type Imported = z.infer<typeof Imported>;

const ADMIN = ['admin'] as const;
const PAGE = 20;

const read = route({
  method: 'get',
  path: '/api/settings',
  may: ADMIN,
  output: SettingsPage,
  async act({ deps, caller }) {
    const found = await readSettings(deps, caller.id);
    if (isRefusal(found)) return found;
    const channels = await deps.store.channels();
    return { ...found, channels: channels.map(({ name, teamName }) => ({ name, team: teamName })) };
  },
});

const save = route({
  method: 'put',
  path: '/api/settings',
  may: ADMIN,
  input: z.strictObject({
    settings: Settings,
    last,
    heirs: z.record(z.string().max(200), z.string().max(200)).optional(),
  }),
  output: Saved,
  act: ({ deps, caller }, wanted) => changeSettings(deps, caller.id, wanted),
});

const log = route({
  method: 'get',
  path: '/api/settings/log',
  may: ADMIN,
  input: z.strictObject({ after: Cursor.optional() }),
  output: SettingsLog,
  async act({ deps, caller }, { after }) {
    // What is no number stands before none.
    const before = Number(after ?? Number.MAX_SAFE_INTEGER) || 0;
    const entries = await settingsLog(deps, caller.id, { before, limit: PAGE });
    if (isRefusal(entries)) return entries;
    const end = entries.at(-1)?.n ?? 1;
    // Saves are counted from 1 on, without a gap.
    return end > 1 ? { entries, next: String(end) } : { entries };
  },
});

/** Reads a file as the bot would at its start, and saves nothing: the admin sees it in the form first. */
const importFile = route({
  method: 'post',
  path: '/api/settings/import',
  may: ADMIN,
  input: z.strictObject({ text: z.string().max(200_000) }),
  output: Imported,
  async act(_desk, { text: file }) {
    try {
      return { directory: parseDirectory(file) };
    } catch (error) {
      if (error instanceof DirectoryFault) return { unreadable: error.message };
      throw error;
    }
  },
});

const exportFile = route({
  method: 'get',
  path: '/api/settings/export',
  may: ADMIN,
  output: z.strictObject({ text: z.string() }),
  async act({ deps, caller }) {
    const found = await readSettings(deps, caller.id);
    return isRefusal(found) ? found : { text: writeDirectory(found.settings.directory) };
  },
});

export const settings = [read, save, log, importFile, exportFile] as const;
