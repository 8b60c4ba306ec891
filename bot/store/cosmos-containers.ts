/** One container: values alone, so that what sets Azure up can read them too. */
export interface Layout {
  /** The field whose value says in which logical partition a row lies. */
  partition: string;
  /** What queries look at, besides `id`, which Cosmos DB indexes anyway. Every other path is left out of the index. */
  indexed: readonly string[];
  /** A second field, besides `id`, whose value no two rows of one logical partition share. */
  unique?: string;
  /** The orders of lists: Cosmos DB sorts by several fields only where one index holds them in this order, or in its reverse. */
  lists?: readonly List[];
  /** Seconds after its last write at which Cosmos DB erases a row by itself. */
  ttl?: number;
}

export type List = readonly { path: string; order: 'ascending' | 'descending' }[];

const ascending = (...paths: string[]): List => paths.map((path) => ({ path, order: 'ascending' }));

/** The value of `partition` where all rows lie in one: an installation serves one organisation. */
export const ALL = 'all';

const DAY_SECONDS = 24 * 3600;

/** Every container. CONTRIBUTING.md has the arithmetic of their partitions. */
export const CONTAINERS = {
  questions: {
    partition: 'partition',
    indexed: ['partition', 'doc/leader', 'doc/state', 'doc/votes', 'doc/week', 'owedAt', 'owes', 'stage', 'since'],
    lists: [
      [
        { path: 'doc/leader', order: 'ascending' },
        { path: 'doc/state', order: 'ascending' },
        { path: 'doc/votes', order: 'descending' },
        { path: 'doc/week', order: 'ascending' },
        { path: 'id', order: 'ascending' },
      ],
      ascending('stage', 'since', 'id'),
      ascending('doc/leader', 'stage', 'since', 'id'),
    ],
  },
  seals: { partition: 'id', indexed: ['epoch'] },
  slips: { partition: 'epoch', indexed: ['epoch'] },
  waiting: { partition: 'partition', indexed: ['partition', 'epoch'] },
  votes: { partition: 'question', indexed: ['question', 'epoch'] },
  reactions: { partition: 'question', indexed: ['question', 'epoch'] },
  // A day, and an hour for clocks that differ: what is counted must last until its day ends.
  counts: { partition: 'day', indexed: ['day'], ttl: DAY_SECONDS + 3600 },
  blocks: { partition: 'partition', indexed: ['partition', 'epoch', 'until', 'mark'], unique: 'mark' },
  greetings: { partition: 'id', indexed: [] },
  met: { partition: 'id', indexed: [] },
  channels: { partition: 'partition', indexed: ['partition'] },
  settings: { partition: 'id', indexed: [] },
  changes: { partition: 'partition', indexed: ['partition', 'doc/n'] },
  slots: { partition: 'partition', indexed: ['partition'] },
  leases: { partition: 'id', indexed: [] },
  // Half an hour, and half of one for clocks that differ.
  claims: { partition: 'partition', indexed: ['partition', 'until'], ttl: 3600 },
} as const satisfies Record<string, Layout>;

export type Name = keyof typeof CONTAINERS;

export const NAMES = Object.keys(CONTAINERS) as Name[];
