import { mondayOf } from './words.ts';

const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;

/** The ISO week of a moment in UTC, such as 2026-W48: that of its Thursday, which lies in the year that the week belongs to. */
export function weekOf(moment: Date): string {
  const thursday = new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate()));
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
  const number = Math.ceil(((thursday.getTime() - Date.UTC(thursday.getUTCFullYear(), 0, 1)) / DAY_MS + 1) / 7);
  return `${thursday.getUTCFullYear()}-W${String(number).padStart(2, '0')}`;
}

/** So many weeks up to this one, newest first. */
export const lastWeeks = (count: number, now: Date): string[] =>
  Array.from({ length: count }, (_, back) => weekOf(new Date(now.getTime() - back * WEEK_MS)));

/** How many weeks lie between this one and now: of an asking only the week is known, so only weeks are counted. */
export function weeksSince(week: string, now: Date): number {
  const monday = Date.parse(`${mondayOf(week)}T00:00:00Z`);
  return Math.max(0, Math.floor((now.getTime() - monday) / WEEK_MS));
}
