import { setTimeout as delay } from 'node:timers/promises';

/** How long a person in a test waits for anything, in ms. */
export const PATIENCE = 10_000;

/** Looks until there is something to see, or rejects with what was hoped for and what was there instead. */
export async function eventually<T>(
  look: () => Promise<T | undefined>,
  hoped: () => Promise<string>,
  patience = PATIENCE,
): Promise<T> {
  const deadline = Date.now() + patience;
  for (;;) {
    const seen = await look();
    if (seen !== undefined) return seen;
    if (Date.now() > deadline) throw new Error(`Waited ${patience / 1000} s for ${await hoped()}`);
    await delay(50);
  }
}
