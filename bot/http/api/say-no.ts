import { z } from 'zod';
import { sayRefusal } from '../../cards/refusal.ts';
import type { Say } from '../../cards/say.ts';
import type { Refusal } from '../../domain/refusal.ts';

/** What any "no" of the API reads like: to the page, in `refused`, and to a person, in plain words. */
export const No = z.strictObject({
  refused: z.string(),
  words: z.string(),
  /** The field that was not understood, such as `leaders.0.name`. */
  at: z.string().optional(),
  /** What to tell whoever looks after the bot. */
  reference: z.string().optional(),
});
export type No = z.infer<typeof No>;

export interface Answer {
  status: number;
  body: unknown;
  headers?: Record<string, string>;
}

/** What the frame itself refuses, before or beside the use cases. */
const OWN = {
  'signed-out': 401,
  guest: 403,
  role: 403,
  elsewhere: 403,
  unreadable: 400,
  'too-large': 413,
  'no-json': 415,
  'slow-down': 429,
  fault: 500,
  away: 503,
} as const;
export type OwnNo = keyof typeof OWN;

/** Answers with a "no" of the frame. */
export function no(say: Say, refused: OwnNo, more: Omit<Partial<No>, 'refused' | 'words'> = {}): Answer {
  return { status: OWN[refused], body: { refused, words: say(`desk.${refused}`), ...more } satisfies No };
}

const FORBIDDEN: ReadonlySet<string> = new Set<Refusal['refused']>(['not-allowed', 'same-person', 'blocked']);
/** What was sent cannot be taken as it is; whatever else is refused, the state of things forbids. */
const UNFIT: ReadonlySet<string> = new Set<Refusal['refused']>([
  ...(['blank', 'too-long', 'too-large', 'unknown-leader', 'small-audience', 'limit'] as const),
  ...([
    'unknown-channel',
    'no-reason',
    'unknown-topic',
    'same-words',
    'no-name',
    'no-day',
    'no-days',
    'no-zone',
  ] as const),
]);

/** Answers with the "no" of a use case. */
export function toNo(say: Say, refusal: Refusal): Answer {
  const { refused } = refusal;
  return { status: statusOf(refused), body: { refused, words: sayRefusal(say, refusal) } satisfies No };
}

function statusOf(refused: string): number {
  if (FORBIDDEN.has(refused)) return 403;
  if (refused === 'not-found') return 404;
  return UNFIT.has(refused) ? 422 : 409;
}
