import { createHash } from 'node:crypto';
import type { Channel, Met, Store } from '../app/ports.ts';
import type { Entry, KeptSettings } from '../app/settings-store.ts';
import type { ChannelSlots } from '../app/slots.ts';
import type { Question } from '../domain/question.ts';
import type { Reaction } from '../domain/reaction.ts';
import { StoreFault } from './faults.ts';

/** A row in the one form that it has in every store. */
export type PlainRow = Readonly<Record<string, string>>;

/** How a row of each kind is written. Leases are not among them: they belong to processes that run. */
const PUT = {
  questions: (store, { doc = '' }) => store.add(JSON.parse(doc) as Question),
  seals: (store, { id = '', epoch = '', capsule = '' }) => store.putSeal(id, { epoch, capsule }),
  slips: (store, { tag = '', epoch = '', slip = '' }) => store.addSlip(epoch, tag, slip),
  waiting: (store, { id = '', epoch = '', capsule = '' }) => store.addWaiting({ id, epoch, capsule }),
  votes: (store, { question = '', week = '', tag = '', voter }) =>
    store.addVote({ id: question, week }, tag, voter === '' ? undefined : voter),
  reactions: (store, { question = '', week = '', tag = '', reaction }) =>
    store.putReaction({ id: question, week }, tag, reaction as Reaction),
  counts: (store, { day = '', tag = '', act = '' }) => store.addCount(day, tag, act),
  blocks: (store, { tag = '', mark = '', epoch = '', until = '' }) => store.addBlock({ tag, mark, epoch, until }),
  greetings: (store, { tag = '' }) => store.addGreeting(tag),
  met: (store, { doc = '' }) => store.putMet(JSON.parse(doc) as Met),
  channels: (store, { doc = '' }) => store.putChannel(JSON.parse(doc) as Channel),
  settings: (store, { doc = '' }) => store.saveSettings(JSON.parse(doc) as KeptSettings, 0),
  changes: (store, { doc = '' }) => store.addEntry(JSON.parse(doc) as Entry),
  slots: (store, { doc = '' }) => store.saveSlots(JSON.parse(doc) as ChannelSlots),
} satisfies Record<string, (store: Store, row: PlainRow) => Promise<unknown>>;

export type Kind = keyof typeof PUT;
export const KINDS = Object.keys(PUT) as Kind[];

/** A store of which every row can be read, one after the other. */
export interface Movable {
  store: Store;
  rows(kind: Kind): AsyncIterable<PlainRow>;
  close(): Promise<void>;
}

/** How many rows there are of each kind, and one value over all of them, whatever their order. */
export interface Census {
  counts: Record<Kind, number>;
  digest: string;
}

/** Written at the same time. */
const AT_ONCE = 16;

/**
 * Copies every row, and counts both sides when it is done. Cut short, the next run goes on from there. The source stays as it
 * is. Throws StoreFault where the target holds anything else, and where the two differ in the end.
 */
export async function move(from: Movable, to: Movable): Promise<Census> {
  const missing = new Map<Kind, Set<string>>();
  for (const kind of KINDS) missing.set(kind, await missingIn(to, from, kind));
  for (const kind of KINDS) await copy(from, to, { kind, missing: missing.get(kind) ?? new Set() });
  await to.store.scatter(Infinity);
  const [source, target] = [await census(from), await census(to)];
  if (source.digest !== target.digest) throw new StoreFault(DIFFERENT);
  return target;
}

const OTHER = (kind: Kind): string =>
  `The target holds rows in ${kind} that the source does not hold. Nothing was written. Give a target that is empty, or that an earlier run of this was filling.`;
const DIFFERENT =
  'The two differ: something wrote to one of them meanwhile. Stop every instance of the bot, empty the target, and run this again.';

/** What the target lacks. */
async function missingIn(to: Movable, from: Movable, kind: Kind): Promise<Set<string>> {
  const missing = new Set<string>();
  for await (const row of from.rows(kind)) missing.add(hashOf(row));
  for await (const row of to.rows(kind)) if (!missing.delete(hashOf(row))) throw new StoreFault(OTHER(kind));
  return missing;
}

async function copy(
  from: Movable,
  to: Movable,
  { kind, missing }: { kind: Kind; missing: Set<string> },
): Promise<void> {
  const put: (store: Store, row: PlainRow) => Promise<unknown> = PUT[kind];
  let writing: Promise<unknown>[] = [];
  for await (const row of from.rows(kind)) {
    if (!missing.has(hashOf(row))) continue;
    writing.push(put(to.store, row));
    if (writing.length < AT_ONCE) continue;
    await Promise.all(writing);
    writing = [];
  }
  await Promise.all(writing);
}

/** Counts a store. The sum of the rows' hashes is the same in every order. */
export async function census({ rows }: Pick<Movable, 'rows'>): Promise<Census> {
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>;
  let sum = 0n;
  for (const kind of KINDS) {
    for await (const row of rows(kind)) {
      counts[kind] += 1;
      sum = (sum + BigInt(`0x${hashOf({ ...row, kind })}`)) % 2n ** 256n;
    }
  }
  return { counts, digest: sum.toString(16).padStart(64, '0') };
}

const hashOf = (row: PlainRow): string =>
  createHash('sha256')
    .update(JSON.stringify(Object.entries(row).toSorted(([a], [b]) => (a < b ? -1 : 1))))
    .digest('hex');

/** A document in the one form that it has, whatever order its fields were kept in. */
export function plainDoc(doc: unknown): string {
  return JSON.stringify(doc, (_key, value: unknown) =>
    typeof value === 'object' && value !== null && !Array.isArray(value)
      ? Object.fromEntries(Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1)))
      : value,
  );
}
