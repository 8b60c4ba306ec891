const DAY = 86_400_000;

/** What was seen of an epoch that is over, in days since 1970. A week's name is a label only: it may come from a wrong clock. */
export interface Watched {
  /** The first day on which it was not the current week. */
  ended?: number | undefined;
  /** The first day from which on none of its questions was open. */
  closed?: number | undefined;
}

/** Two tellers of time, in milliseconds since 1970. */
export interface Moment {
  /** The machine's clock. Anybody can set it. */
  clock: number;
  /** Time as the keys have lived it, see `pace`. */
  pace: number;
}

/** Days for which keys are kept. */
export interface Keep {
  afterClose: number;
  atMost: number;
}

/**
 * Follows the clock, but never faster than twice the time that really passed while the bot ran. So a clock that is set a year
 * ahead and back again moves nothing, one that stays wrong over a weekend ends no epoch more than a weekend early, and a bot
 * that was off is late by at most as long again. Nor does it go much slower: a clock that was set back stops no wait.
 */
export const pace = (before: number, clock: number, passed: number): number =>
  before + Math.min(Math.max(clock - before, passed * 0.9), passed * 2);

/**
 * What is now known of an epoch. Days are noted by the later of both tellers, so that no wait begins too early; a day in
 * the future was noted by a wrong clock, and its wait begins today.
 */
export function watch(before: Watched, seen: { isLive: boolean; hasOpen: boolean }, moment: Moment): Watched {
  if (seen.isLive) return {};
  const latest = Math.max(moment.clock, moment.pace) / DAY;
  const ended = noted(before.ended, Math.floor(latest));
  return seen.hasOpen ? { ended } : { ended, closed: noted(before.closed, Math.ceil(latest)) };
}

const noted = (day: number | undefined, today: number): number => Math.min(day ?? today, today);

/** Tells whether an epoch's keys are to be destroyed: both tellers of time have to agree. */
export function isDue({ ended, closed }: Watched, keep: Keep, moment: Moment): boolean {
  const today = Math.floor(Math.min(moment.clock, moment.pace) / DAY);
  const isPast = (day: number | undefined, days: number) => day !== undefined && today >= day + days;
  return isPast(closed, keep.afterClose) || isPast(ended, keep.atMost);
}
