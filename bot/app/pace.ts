import { Held } from './carrying.ts';
import type { Clock } from './ports.ts';

interface Limit {
  everyMs: number;
  /** How far sends may run ahead of that. */
  aheadMs: number;
}

/**
 * Microsoft, "Optimize your bot with rate limiting in Teams": in one conversation 7 messages in a second, 8 in two, 60 in
 * 30 seconds and 1,800 in an hour; 30 requests a second for an app in a tenant. "Exact values are subject to change",
 * what the bot answers people with counts too, and each instance paces itself: so it stays well below.
 */
const OVERALL_MS = 50;
const IN_A_CONVERSATION: readonly Limit[] = [
  { everyMs: 1000, aheadMs: 0 },
  // About 600 at one a second, then 24 a minute: never more than 1,799 in an hour.
  { everyMs: 2500, aheadMs: 895_000 },
];
/** Whoever would wait for longer gives their place to other conversations. */
const PATIENCE_MS = 1000;

/** Who may send when. It is kept in memory alone, and no longer than it counts. */
export interface Pace {
  /** Resolves when a message may go into this conversation. Throws Held, with the time to come back, where others are first. */
  turn(conversation: string): Promise<void>;
  /** Teams refused a message there, and nothing more is to be sent until then. */
  pause(conversation: string, until: number): void;
}

/** What one conversation has used up: for each limit, when it will be as if nothing had been sent. */
interface Used {
  even: readonly number[];
  pausedUntil: number;
  /** When the last one who was held is to come back: each has a time of their own. */
  heldUntil: number;
}
const UNUSED: Used = { even: IN_A_CONVERSATION.map(() => 0), pausedUntil: 0, heldUntil: 0 };

export function makePace(clock: Clock): Pace {
  const used = new Map<string, Used>();
  const queue = new Map<string, { go: () => void; hold: (error: Held) => void }>();
  let freeAt = 0;
  let timer: NodeJS.Timeout | undefined;
  let latest = 0;
  const of = (conversation: string) => used.get(conversation) ?? UNUSED;

  /** Where the clock was set back, what was noted by it counts for nothing: it would silence everybody until then. */
  function now(): number {
    const at = clock.now().getTime();
    if (at < latest) {
      used.clear();
      freeAt = 0;
    }
    latest = at;
    return at;
  }

  function turnAt(conversation: string): number {
    const { even, pausedUntil } = of(conversation);
    return Math.max(freeAt, pausedUntil, ...even.map((at, n) => at - (IN_A_CONVERSATION[n]?.aheadMs ?? 0)));
  }

  function take(conversation: string): void {
    const even = of(conversation).even.map((at, n) => Math.max(at, now()) + (IN_A_CONVERSATION[n]?.everyMs ?? 0));
    used.set(conversation, { ...of(conversation), even });
    freeAt = now() + OVERALL_MS;
    queue.get(conversation)?.go();
    queue.delete(conversation);
  }

  function pump(): void {
    clearTimeout(timer);
    const next = [...queue.keys()].find((conversation) => turnAt(conversation) <= now());
    if (next !== undefined) take(next);
    const times = [...queue.keys()].map(turnAt);
    if (times.length > 0) timer = setTimeout(pump, Math.max(Math.min(...times) - now(), 1)).unref();
  }

  function held(conversation: string): Held {
    const { heldUntil, ...rest } = of(conversation);
    const first = turnAt(conversation) + (queue.has(conversation) ? 1000 : 0);
    const until = Math.max(first, heldUntil + 1000);
    used.set(conversation, { ...rest, heldUntil: until });
    return new Held(until);
  }

  function forgetUnused(): void {
    for (const [conversation, { even, pausedUntil, heldUntil }] of used) {
      if (Math.max(...even, pausedUntil, heldUntil) <= now()) used.delete(conversation);
    }
  }

  return {
    turn(conversation) {
      forgetUnused();
      if (queue.has(conversation) || turnAt(conversation) > now() + PATIENCE_MS)
        return Promise.reject(held(conversation));
      return new Promise((go, hold) => {
        queue.set(conversation, { go, hold });
        pump();
      });
    },
    pause(conversation, until) {
      // Teams does not tell which limit was met. One conversation may be busy by itself; a second one refused at the same
      // time means that the whole app is to be silent.
      const others = [...used].some(([other, { pausedUntil }]) => other !== conversation && pausedUntil > now());
      if (others) freeAt = Math.max(freeAt, until);
      used.set(conversation, { ...of(conversation), pausedUntil: Math.max(of(conversation).pausedUntil, until) });
      for (const [waiting, { hold }] of queue) {
        if (turnAt(waiting) <= now() + PATIENCE_MS) continue;
        queue.delete(waiting);
        hold(held(waiting));
      }
    },
  };
}
