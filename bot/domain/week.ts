const DAY = 86_400_000;

/** The ISO 8601 week of a moment in UTC, as `2026-W48`: the only time kept of an asking. */
export function weekOf(moment: Date): string {
  const thursday = new Date(Date.UTC(moment.getUTCFullYear(), moment.getUTCMonth(), moment.getUTCDate()));
  thursday.setUTCDate(thursday.getUTCDate() + 4 - (thursday.getUTCDay() || 7));
  const newYear = Date.UTC(thursday.getUTCFullYear(), 0, 1);
  const week = Math.ceil(((thursday.getTime() - newYear) / DAY + 1) / 7);
  return `${thursday.getUTCFullYear()}-W${String(week).padStart(2, '0')}`;
}

/** The first day of an ISO week: that of `2026-W48` is `2026-11-23`. */
export function mondayOf(week: string): string {
  // The fourth of January lies in the first week of every year: ISO 8601, 3.1.1.23.
  const inFirst = new Date(`${week.slice(0, 4)}-01-04T00:00:00Z`);
  const monday = inFirst.getTime() - ((inFirst.getUTCDay() + 6) % 7) * DAY;
  return dayOf(new Date(monday + (Number(week.slice(6)) - 1) * 7 * DAY));
}

/** The UTC day of a moment, as `2026-11-23`. */
export const dayOf = (moment: Date): string => moment.toISOString().slice(0, 10);

/** Tells whether a text is a day of the calendar, as `2026-11-23`. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && dayOf(new Date(time)) === text;
}
