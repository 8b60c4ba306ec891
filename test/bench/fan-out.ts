import { mkdirSync } from 'node:fs';
import { Child } from './child.ts';
import type { Carrying } from './carry.ts';
import { type Row, toFigure, withGoal } from './table.ts';

/** Design, section 6: what the bot allows itself. */
const PACE = { inAll: 20, inOne: 1 };
const SECOND_MS = 1000;
/** So much a busy machine, whose clock runs faster here, may shift a request. */
const SHIFT_MS = 50;
const AT_MOST = 1.05;
const PATIENCE_MS = 120_000;

/** A message as Teams got it. */
export interface Arrival {
  conversation: string;
  at: number;
}

/** The most that arrived within any window of so many milliseconds. */
function mostWithin(times: number[], windowMs: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  let [first, most] = [0, 0];
  for (const [n, time] of sorted.entries()) {
    while (time - (sorted[first] ?? 0) >= windowMs) first += 1;
    most = Math.max(most, n - first + 1);
  }
  return most;
}

/** How long it took beside the least that the pace allows, and whether it was ever faster than that. */
export function toFanOutRow(name: string, arrivals: Arrival[]): Row {
  const times = arrivals.map(({ at }) => at);
  const tookMs = Math.max(...times) - Math.min(...times);
  const each = [...Map.groupBy(arrivals, ({ conversation }) => conversation).values()];
  const longest = Math.max(...each.map(({ length }) => length));
  const leastMs = Math.max((times.length - 1) / PACE.inAll, (longest - 1) / PACE.inOne) * SECOND_MS;
  const inAll = mostWithin(times, SECOND_MS - SHIFT_MS);
  const inOne = Math.max(
    ...each.map((own) =>
      mostWithin(
        own.map(({ at }) => at),
        SECOND_MS - SHIFT_MS,
      ),
    ),
  );
  const isWithin = inAll <= PACE.inAll && inOne <= PACE.inOne;
  const row = { ...toFigure(name, tookMs / SECOND_MS, 's'), ratio: tookMs / leastMs };
  const goal = `at most ${AT_MOST} of ${(leastMs / SECOND_MS).toFixed(1)} s, never over ${PACE.inAll}/s, ${PACE.inOne}/s in one conversation`;
  const why = `${times.length} messages; at most ${inAll} in a second, ${inOne} in one conversation`;
  return withGoal(row, goal, tookMs <= leastMs * AT_MOST && isWithin, why);
}

/** What is owed to many, with the real engine, beside the least time that the pace allows. */
export async function fanOut(folder: string): Promise<Row[]> {
  const rows: Row[] = [];
  for (const [what, name, count] of [
    ['publish', 'publish to 100 channels', 100],
    ['notify', 'notify 1,000 askers', 1000],
  ] as const) {
    const own = `${folder}-${what}`;
    mkdirSync(own, { recursive: true });
    const child = new Child('carry.ts', { what, count, folder: own } satisfies Carrying);
    try {
      rows.push(toFanOutRow(name, await child.hear<Arrival[]>(PATIENCE_MS)));
    } finally {
      await child.stop();
    }
  }
  return rows;
}
