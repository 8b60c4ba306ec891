import { dayOf } from './week.ts';

/** When in the week, by the clocks of the channel's time zone. */
export interface Weekly {
  /** As ISO 8601 counts: 1 is Monday, 7 is Sunday. */
  weekday: number;
  /** As `09:30`. */
  time: string;
}

/** When a Channel takes its next Publication. */
export interface Slots {
  /** An IANA name, such as `Europe/Berlin`. */
  zone: string;
  weekly: Weekly[];
  /** Days without posts, such as `2026-12-25`. */
  holidays: string[];
}

const DAY = 86_400_000;

/** So far ahead Slots are looked for. */
export const AHEAD_DAYS = 366;

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const units = { year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' } as const;
  const made = new Intl.DateTimeFormat('en-GB', { timeZone: zone, hourCycle: 'h23', second: '2-digit', ...units });
  clocks.set(zone, made);
  return made;
}

export function isZone(zone: string): boolean {
  try {
    // An offset such as +01:00 would be a zone to Intl, and knows no summer.
    return clockOf(zone) !== undefined && /^[A-Za-z]/.test(zone);
  } catch {
    return false;
  }
}

/** What the clocks of a zone show at an instant, read as if it were UTC. */
function wallAt(zone: string, at: number): number {
  const parts = Object.fromEntries(
    clockOf(zone)
      .formatToParts(at)
      .map(({ type, value }) => [type, Number(value)]),
  );
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}

/** The day that the clocks of a zone show. */
export const dayIn = (zone: string, at: number): string => dayOf(new Date(wallAt(zone, at)));

/** The time of day that the clocks of a zone show, as `09:30`. */
export const timeIn = (zone: string, at: number): string => new Date(wallAt(zone, at)).toISOString().slice(11, 16);

/**
 * The instant at which the clocks of a zone show this time. In autumn, an hour is shown twice: the first counts. In spring,
 * an hour is left out: what was planned in it comes as much later as the clocks were put forward.
 */
export function instantOf(zone: string, day: string, time: string): number {
  const wall = Date.parse(`${day}T${time}:00Z`);
  // No zone changes its clocks twice within two days.
  const [before, after] = [-DAY, DAY].map((shift) => wall - (wallAt(zone, wall + shift) - (wall + shift)));
  const shown = [before, after].filter((at): at is number => at !== undefined && wallAt(zone, at) === wall);
  return shown.length > 0 ? Math.min(...shown) : (before ?? wall);
}

const weekdayOf = (day: string): number => new Date(day).getUTCDay() || 7;
const dayAfter = (day: string): string => dayOf(new Date(Date.parse(day) + DAY));

/** Every Slot from an instant on, until before another one, in order. */
export function slotsBetween({ zone, weekly, holidays }: Slots, from: number, until: number): number[] {
  const found = new Set<number>();
  const last = dayIn(zone, until);
  for (let day = dayIn(zone, from); day <= last; day = dayAfter(day)) {
    if (holidays.includes(day)) continue;
    for (const { weekday, time } of weekly) {
      if (weekday === weekdayOf(day)) found.add(instantOf(zone, day, time));
    }
  }
  return [...found].filter((at) => at >= from && at < until).toSorted((a, b) => a - b);
}

/** The next Slots after an instant, this many at most: those for which nothing is planned yet. */
export function nextFree(
  slots: Slots,
  after: number,
  { planned, most }: { planned: number[]; most: number },
): number[] {
  const taken = new Set(planned);
  const free: number[] = [];
  // Week by week: who wants the next one need not read the whole year.
  for (let from = after + 1; free.length < most && from < after + AHEAD_DAYS * DAY; from += 7 * DAY) {
    free.push(...slotsBetween(slots, from, from + 7 * DAY).filter((at) => !taken.has(at)));
  }
  return free.slice(0, most);
}
