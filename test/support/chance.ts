/** Chance from a seed, so that a test of chance says the same every time (mulberry32, public domain). */
export function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d_2b_79_f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Pearson's chi-square of these outcomes against `kinds` that are all as likely. */
export function chiSquare(outcomes: readonly string[], kinds: number): number {
  const counts = new Map<string, number>();
  for (const outcome of outcomes) counts.set(outcome, (counts.get(outcome) ?? 0) + 1);
  const expected = outcomes.length / kinds;
  const missing = (kinds - counts.size) * expected;
  return [...counts.values()].reduce((sum, seen) => sum + (seen - expected) ** 2 / expected, missing);
}
