/** What was measured, as figures of one run: a machine's speed differs from hour to hour, a ratio within a run hardly. */

/** One slice of one round: how long each took, and all of them together, in ms. */
export interface Slice {
  each: number[];
  tookMs: number;
}

/** A goal of the rate as a ratio to the echo's, or of the 99th percentile in ms. */
export type Goal = { rateAtLeast: number } | { p99Under: number };

export interface Measured {
  name: string;
  rounds: Slice[];
  goal?: Goal | undefined;
}

/** `ratio` is to the echo at as many at once, in this run; `goal` says what is asked of the row. */
export interface Row {
  name: string;
  value: number;
  unit: string;
  ratio: number | null;
  goal: string | null;
  met: boolean | null;
}

export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: number[]): number => quantile(values, 0.5);

const rateOf = ({ each, tookMs }: Slice): number => (each.length / tookMs) * 1000;
const pooled = (rounds: Slice[]): number[] => rounds.flatMap(({ each }) => each);

/** Each round against the echo's slice of the same round, and the median of those: what slows a round slows both. */
const ratio = (of: (slice: Slice) => number, rounds: Slice[], echo: Slice[]): number =>
  median(
    rounds.flatMap((slice, n) => {
      const beside = echo[n];
      return beside === undefined ? [] : [of(slice) / of(beside)];
    }),
  );

/** Three rows: rate, median and p99. */
export function toRows({ name, rounds, goal }: Measured, echo: Slice[]): Row[] {
  const all = pooled(rounds);
  const p99 = quantile(all, 0.99);
  const row = (kind: string, value: number, unit: string, ratio: number): Row => ({
    name: `${name}: ${kind}`,
    value,
    unit,
    ratio,
    goal: null,
    met: null,
  });
  const middle = ({ each }: Slice) => median(each);
  const rate = row('rate', median(rounds.map(rateOf)), '1/s', ratio(rateOf, rounds, echo));
  const rows = [
    rate,
    row('median', median(all), 'ms', ratio(middle, rounds, echo)),
    row('p99', p99, 'ms', p99 / quantile(pooled(echo), 0.99)),
  ];
  return goal === undefined ? rows : rows.map((row) => judged(row, goal));
}

function judged(row: Row, goal: Goal): Row {
  if ('rateAtLeast' in goal) {
    if (row.unit !== '1/s') return row;
    return { ...row, goal: `at least ${goal.rateAtLeast} of the echo`, met: (row.ratio ?? 0) >= goal.rateAtLeast };
  }
  return row.name.endsWith(': p99')
    ? { ...row, goal: `under ${goal.p99Under} ms`, met: row.value < goal.p99Under }
    : row;
}

/** How much of `whole` is not in `rest`, by the medians of each round; against `of`, where that is another whole. */
export function toShare(name: string, whole: Slice[], rest: Slice[], of = whole): Row {
  const shares = whole.flatMap((slice, n) => {
    const [without, all] = [rest[n], of[n]];
    if (without === undefined || all === undefined) return [];
    return [((median(slice.each) - median(without.each)) / median(all.each)) * 100];
  });
  return { name, value: median(shares), unit: '%', ratio: null, goal: null, met: null };
}

const shown = (value: number): string => value.toFixed(value >= 100 ? 0 : value >= 10 ? 1 : 2);

export function toTable(rows: Row[]): string {
  const cells = rows.map(({ name, value, unit, ratio, goal, met }) => [
    name,
    shown(value),
    unit,
    ratio === null ? '' : shown(ratio),
    goal === null ? '' : `${goal}: ${met === true ? 'met' : 'MISSED'}`,
  ]);
  const lines = [['', 'value', 'unit', 'of echo', 'goal'], ...cells];
  const widths = [0, 1, 2, 3].map((column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const pad = (cell: string, n: number) =>
    n === 1 || n === 3 ? cell.padStart(widths[n] ?? 0) : cell.padEnd(widths[n] ?? 0);
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}
