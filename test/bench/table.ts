/** What was measured, as figures of one run: a machine's speed differs from hour to hour, a ratio within a run hardly. */

/** One slice of one round: how long each took, and all of them together, in ms. */
export interface Slice {
  each: number[];
  tookMs: number;
}

/** A goal of the rate or the median as a ratio, or of the 99th percentile in ms. `why` says what a miss is spent on. */
export type Goal = ({ rateAtLeast: number } | { p50AtMost: number } | { p99Under: number }) & { why: string };

export interface Measured {
  name: string;
  rounds: Slice[];
  goal?: Goal | undefined;
}

/** `ratio` is to what it is measured beside, in this run; `goal` says what is asked of the row. */
export interface Row {
  name: string;
  value: number;
  unit: string;
  ratio: number | null;
  goal: string | null;
  met: boolean | null;
  /** What else a reader has to know: where a goal was missed, on what. */
  note?: string;
}

/** What is written to a file of each row. */
export const FIELDS = ['name', 'value', 'unit', 'ratio', 'goal', 'met'];

export function quantile(values: number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;
}

export const median = (values: number[]): number => quantile(values, 0.5);

/** How much y grows with each x, by least squares. */
export function slope(points: { x: number; y: number }[]): number {
  const mean = (of: 'x' | 'y') => points.reduce((sum, point) => sum + point[of], 0) / points.length;
  const [x, y] = [mean('x'), mean('y')];
  const spread = points.reduce((sum, point) => sum + (point.x - x) ** 2, 0);
  return points.reduce((sum, point) => sum + (point.x - x) * (point.y - y), 0) / spread;
}

const rateOf = ({ each, tookMs }: Slice): number => (each.length / tookMs) * 1000;
const pooled = (rounds: Slice[]): number[] => rounds.flatMap(({ each }) => each);

/** Each round against the other's slice of the same round, and the median of those: what slows a round slows both. */
const ratio = (of: (slice: Slice) => number, rounds: Slice[], beside: Slice[]): number =>
  median(
    rounds.flatMap((slice, n) => {
      const other = beside[n];
      return other === undefined ? [] : [of(slice) / of(other)];
    }),
  );

/** Three rows: rate, median (p50) and p99. */
export function toRows({ name, rounds, goal }: Measured, beside: Slice[]): Row[] {
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
  const rows = [
    row('rate', median(rounds.map(rateOf)), '1/s', ratio(rateOf, rounds, beside)),
    row('p50', median(all), 'ms', ratio(middle, rounds, beside)),
    row('p99', p99, 'ms', p99 / quantile(pooled(beside), 0.99)),
  ];
  return goal === undefined ? rows : rows.map((row) => judged(row, goal));
}

function judged(row: Row, goal: Goal): Row {
  const holds = (kind: string, text: string, met: boolean): Row =>
    row.name.endsWith(kind) ? withGoal(row, text, met, goal.why) : row;
  const ratio = row.ratio ?? Number.NaN;
  if ('rateAtLeast' in goal) return holds(': rate', `rate at least ${goal.rateAtLeast}`, ratio >= goal.rateAtLeast);
  if ('p50AtMost' in goal) return holds(': p50', `p50 at most ${goal.p50AtMost}`, ratio <= goal.p50AtMost);
  return holds(': p99', `p99 under ${goal.p99Under} ms`, row.value < goal.p99Under);
}

/** The reason is for those that miss. */
export const withGoal = (row: Row, goal: string, met: boolean, why: string): Row =>
  met ? { ...row, goal, met } : { ...row, goal, met, note: why };

/** One figure without rounds. */
export const toFigure = (name: string, value: number, unit: string): Row => ({
  name,
  value,
  unit,
  ratio: null,
  goal: null,
  met: null,
});

/** How much of `whole` is not in `rest`, by the medians of each round; against `of`, where that is another whole. */
export function toShare(name: string, whole: Slice[], rest: Slice[], of = whole): Row {
  const shares = whole.flatMap((slice, n) => {
    const [without, all] = [rest[n], of[n]];
    if (without === undefined || all === undefined) return [];
    return [((median(slice.each) - median(without.each)) / median(all.each)) * 100];
  });
  return toFigure(name, median(shares), '%');
}

const shown = (value: number | null): string =>
  value === null ? '' : value.toFixed(Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2);

const verdict = ({ goal, met, note }: Row): string =>
  [goal === null ? '' : `${goal}: ${met === true ? 'met' : 'MISSED'}`, note ?? ''].filter(Boolean).join('; ');

/** Two tables: what has a rate with its p50 and p99 takes one line, and then what is one figure. */
export function toTable(rows: Row[]): string {
  const timed = rows.flatMap((row, n) => (row.name.endsWith(': rate') ? [rows.slice(n, n + 3)] : []));
  const single = rows.filter((row) => !timed.some((three) => three.includes(row)));
  const [first, second] = [timed.map(lineOf), single.map(figureOf)];
  return [
    first.length === 0 ? '' : lined([['', 'rate 1/s', 'p50 ms', 'p99 ms', 'ratio', ''], ...first]),
    second.length === 0 ? '' : lined([['', 'value', 'unit', 'ratio', ''], ...second]),
  ]
    .filter(Boolean)
    .join('\n\n');
}

/** The ratio in the line is that which its goal is about: of the rate, or of the median. */
function lineOf(three: Row[]): string[] {
  const [rate, p50] = three;
  const ratio = p50?.goal?.startsWith('p50') ? p50.ratio : (rate?.ratio ?? null);
  const name = rate?.name.replace(/: rate$/, '') ?? '';
  return [name, ...three.map(({ value }) => shown(value)), shown(ratio), three.map(verdict).filter(Boolean).join('; ')];
}

const figureOf = (row: Row): string[] => [row.name, shown(row.value), row.unit, shown(row.ratio), verdict(row)];

/** Figures stand to the right, words to the left. */
function lined(lines: string[][]): string {
  const widths = (lines[0] ?? []).map((_, column) => Math.max(...lines.map((line) => line[column]?.length ?? 0)));
  const isFigure = (column: number) => lines.slice(1).every((line) => /^(-?[\d.]+|NaN)?$/.test(line[column] ?? ''));
  const pad = (cell: string, n: number) =>
    n > 0 && isFigure(n) ? cell.padStart(widths[n] ?? 0) : cell.padEnd(widths[n] ?? 0);
  return lines.map((line) => line.map(pad).join('  ').trimEnd()).join('\n');
}
