import type { Directory } from './directory.ts';

/** How often one person may act in one day; 0 is no limit. */
export interface Limits {
  questions: number;
  votes: number;
}

/** Questions enter together, in random order: once so many wait, or the first of them waited so long. */
export interface Mixing {
  /** 1: each enters by itself, at once. */
  size: number;
  /** At most; at least half of it. 0: at once. */
  minutes: number;
}

/** A day on which no Slot is filled. */
export interface Holiday {
  /** Such as `2026-12-25`. */
  day: string;
  name: string;
}

/** What an organisation decides besides who is what. */
export interface Policy {
  limits: Limits;
  mixing: Mixing;
  /** An open question is overdue after so many days. */
  overdueDays: number;
  /** The desk warns so many days before a Channel's stream runs dry. */
  dryDays: number;
  holidays: Holiday[];
  /** Spoken where Teams names no language that there are words for, such as `en`. */
  language: string;
}

/** What the environment does not say. */
export const PLAIN_POLICY = { overdueDays: 10, dryDays: 5, holidays: [], language: 'en' } satisfies Partial<Policy>;

export interface Settings {
  directory: Directory;
  policy: Policy;
}

/** The ends of each number of the policy, and of the texts of the directory. */
export const BOUNDS = {
  aDay: { least: 0, most: 1000 },
  mixSize: { least: 1, most: 100 },
  mixMinutes: { least: 0, most: 24 * 60 },
  overdueDays: { least: 1, most: 365 },
  dryDays: { least: 1, most: 60 },
  audience: { least: 1, most: 10_000_000 },
  name: 100,
  title: 100,
  topic: 60,
} as const;
