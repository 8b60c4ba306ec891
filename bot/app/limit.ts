import type { Refusal } from '../domain/refusal.ts';
import type { Limits } from '../domain/settings.ts';
import { dayOf } from '../domain/week.ts';
import type { Asker, Deps } from './ports.ts';

/** Where an act stands in the count of its day; nothing where there is no limit. */
export type Place = { day: string; tag: string } | undefined;

type Needs = Pick<Deps, 'store' | 'clock' | 'policy'>;

/** Places are looked at so many at a time, from the first on: most people do little in a day, and each tag has its price. */
const NEAR = 6;

/**
 * Counts an act of this person, once for each name, or refuses it where the day's limit is reached. Every place has a tag
 * of its own, so that the rows of a day do not tell who stands in them, nor which of them belong to one person. Days are
 * those of UTC: whoever waits until tomorrow may act again, wherever they are.
 */
export async function count(deps: Needs, asker: Asker, of: keyof Limits, name: string): Promise<Place | Refusal> {
  const { store, clock, policy } = deps;
  const limit = policy().limits[of];
  if (limit === 0) return undefined;
  const day = dayOf(clock.now());
  const actAt = (n: string) => asker.dayTag(day, of, n, name);
  for (let from = 0; from < limit;) {
    const numbers = Array.from({ length: Math.min(NEAR, limit - from) }, (_, n) => String(from + n));
    const places = numbers.map((n) => ({ tag: asker.dayTag(day, of, n), n }));
    const taken = await store.counted(
      day,
      places.map(({ tag }) => tag),
    );
    const known = places.find(({ tag, n }) => taken.has(tag) && taken.get(tag) === actAt(n));
    if (known !== undefined) return { day, tag: known.tag };
    const free = places.find(({ tag }) => !taken.has(tag));
    if (free === undefined) from += NEAR;
    else if (await store.addCount(day, free.tag, actAt(free.n))) return { day, tag: free.tag };
    // A place that was lost may have gone to the same form, sent twice at once: read anew.
  }
  return { refused: 'limit', of, limit };
}

/** Gives a place back to the day's count. */
export async function uncount({ store }: Pick<Deps, 'store'>, place: Place): Promise<void> {
  if (place !== undefined) await store.eraseCount(place.day, place.tag);
}
