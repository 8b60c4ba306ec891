import { createHmac, randomBytes } from 'node:crypto';

/** How many requests at once, and how many a second after them. */
interface Pace {
  burst: number;
  perSecond: number;
}

/** A page that polls three views asks twice a second; a person who types into a search, five times. */
export const READING: Pace = { burst: 120, perSecond: 10 };
/** A person, not a script: the desk acts on many questions by one request. */
export const WRITING: Pace = { burst: 30, perSecond: 1 };

/** Whoever rests for longer than a burst takes to fill starts anew; so the oldest may be forgotten. */
const REMEMBERED = 10_000;

/** Seconds to wait, or 0 where this request may pass. */
export type Rate = (caller: string, pace: Pace) => number;

/** Counts in memory, by a value that means nothing outside of this process and is never written down. */
export function makeRate(uptime: () => number): Rate {
  const key = randomBytes(32);
  const counts = new Map<string, { left: number; at: number }>();
  return (caller, pace) => {
    const id = createHmac('sha256', key).update(`${pace.burst} ${caller}`).digest('base64url');
    const before = counts.get(id) ?? { left: pace.burst, at: uptime() };
    const filled = Math.min(pace.burst, before.left + ((uptime() - before.at) / 1000) * pace.perSecond);
    const passes = filled >= 1;
    counts.delete(id);
    counts.set(id, { left: passes ? filled - 1 : filled, at: uptime() });
    const [oldest] = counts.keys();
    if (counts.size > REMEMBERED && oldest !== undefined) counts.delete(oldest);
    return passes ? 0 : Math.ceil((1 - filled) / pace.perSecond);
  };
}
