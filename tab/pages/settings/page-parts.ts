import type { Key } from '../../words.ts';

/** The parts of the page, one behind another, by what they are called. */
export const PARTS = {
  people: 'settings.people',
  topics: 'settings.topicsAndDefaults',
  policy: 'settings.policy',
  log: 'settings.log',
  file: 'settings.file',
} as const satisfies Record<string, Key>;
export type Part = keyof typeof PARTS;
