/** Days as `2026-11-23`, without any clock or zone. */
const DAY = 86_400_000;

export const addDays = (day: string, count: number): string =>
  new Date(Date.parse(day) + count * DAY).toISOString().slice(0, 10);

/** From 0 for a Monday to 6 for a Sunday. */
const weekdayOf = (day: string): number => (new Date(day).getUTCDay() + 6) % 7;

export const mondayBefore = (day: string): string => addDays(day, -weekdayOf(day));

const from = (first: string, count: number): string[] => Array.from({ length: count }, (_, n) => addDays(first, n));

export type Span = 'week' | 'month';

/** The days that a view shows: a week, or the weeks that a month lies in, Mondays first. */
export function daysOf(span: Span, day: string): string[] {
  if (span === 'week') return from(mondayBefore(day), 7);
  const first = mondayBefore(`${day.slice(0, 7)}-01`);
  const next = monthAfter(day, 1);
  const weeks = Math.ceil((Date.parse(next) - Date.parse(first)) / (7 * DAY));
  return from(first, weeks * 7);
}

/** The first day of the month so many months away. */
function monthAfter(day: string, count: number): string {
  const [year = 0, month = 1] = day.split('-').map(Number);
  return new Date(Date.UTC(year, month - 1 + count, 1)).toISOString().slice(0, 10);
}

/** The day by which a view goes on, or back. */
export const step = (span: Span, day: string, count: 1 | -1): string =>
  span === 'week' ? addDays(mondayBefore(day), 7 * count) : monthAfter(day, count);

const two = (part: number): string => String(part).padStart(2, '0');

/** What a person sees as today's date, by their own clocks. */
export function localToday(now = new Date()): string {
  return `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
}

/** Reads a day out of an address. */
export const dayIn = (text: string | undefined): string | undefined =>
  text !== undefined && /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : undefined;
