/** What can stand in the settings. */
type Value = string | number | undefined | readonly Value[] | { readonly [field: string]: Value };

const isList = (value: Value): value is readonly Value[] => Array.isArray(value);
const isRecord = (value: Value): value is { readonly [field: string]: Value } =>
  typeof value === 'object' && !isList(value);

export const same = (one: unknown, other: unknown): boolean =>
  JSON.stringify(plain(one)) === JSON.stringify(plain(other));

/** In one order, without what is undefined. */
const plain = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  return Object.fromEntries(fields.toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([name, one]) => [name, plain(one)]));
};

/** By what an entry of a list is known again: a person by their id, a holiday by its day, a topic by itself. */
function keyOf(entry: Value): string {
  const key = isRecord(entry) ? (entry['id'] ?? entry['day']) : entry;
  return typeof key === 'string' ? key : '';
}

/**
 * What one admin typed, put onto what another one saved meanwhile: `mine` stays where I changed it since `base`, and all
 * else becomes theirs. Lists come together entry by entry.
 */
export function merge<Kept>(base: Kept, mine: Kept, theirs: Kept): Kept {
  return mergeValue(base as Value, mine as Value, theirs as Value) as Kept;
}

function mergeValue(base: Value, mine: Value, theirs: Value): Value {
  if (same(mine, base)) return theirs;
  if (same(theirs, base)) return mine;
  if (isList(mine) && isList(theirs)) return mergeLists(isList(base) ? base : [], mine, theirs);
  if (isRecord(mine) && isRecord(theirs)) return mergeRecords(isRecord(base) ? base : {}, mine, theirs);
  return mine;
}

type List = readonly Value[];

function mergeLists(base: List, mine: List, theirs: List): List {
  const find = (list: List, key: string): Value => list.find((entry) => keyOf(entry) === key);
  const has = (list: List, entry: Value): boolean => list.some((one) => keyOf(one) === keyOf(entry));
  const stayed = theirs.flatMap((entry) => {
    const key = keyOf(entry);
    if (has(mine, entry)) return [mergeValue(find(base, key), find(mine, key), entry)];
    // Taken away by me: unless somebody else changed it meanwhile, which I have not seen.
    return has(base, entry) && same(find(base, key), entry) ? [] : [entry];
  });
  const added = mine.filter(
    (entry) => !has(theirs, entry) && (!has(base, entry) || !same(find(base, keyOf(entry)), entry)),
  );
  return [...stayed, ...added];
}

type Fields = { readonly [field: string]: Value };

function mergeRecords(base: Fields, mine: Fields, theirs: Fields): Fields {
  const names = new Set([...Object.keys(theirs), ...Object.keys(mine)]);
  return Object.fromEntries([...names].map((name) => [name, mergeValue(base[name], mine[name], theirs[name])]));
}
