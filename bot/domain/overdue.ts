import { dayOf, mondayOf } from './week.ts';

const DAY = 86_400_000;

/**
 * Tells whether a question that was asked in this week waits for longer than so many days. Of the asking no day is known, so
 * they are counted from the end of its week: nobody is called late too early.
 */
export function isOverdue(week: string, days: number, now: Date): boolean {
  const last = Date.parse(`${mondayOf(week)}T00:00:00Z`) + 6 * DAY;
  return dayOf(now) > dayOf(new Date(last + days * DAY));
}
