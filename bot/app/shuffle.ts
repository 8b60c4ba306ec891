import type { Ids } from './ports.ts';

/** The same things in an order of chance (Fisher and Yates). */
export function shuffle<Thing>(things: readonly Thing[], { chance }: Pick<Ids, 'chance'>): Thing[] {
  const left = [...things];
  return Array.from(things, () => left.splice(Math.floor(chance() * left.length), 1)).flat();
}
