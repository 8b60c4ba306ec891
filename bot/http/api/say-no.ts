import { z } from 'zod';
import { type Refusal, say } from '../../domain/refusal.ts';

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
  'signed-out': [401, 'Your sign-in has run out. Please open Forthright again. What you typed is still here.'],
  guest: [403, 'Only people of this organisation can come in here. Nothing was kept of what you did.'],
  role: [403, 'This part of the desk belongs to another role. If it should be yours, ask your administrator.'],
  elsewhere: [403, 'This request came from another page, so nothing was done.'],
  unreadable: [400, 'This could not be read. Please load the page again. Nothing was changed.'],
  'too-large': [413, 'This is too large. Please shorten it. Nothing was sent.'],
  'no-json': [415, 'This could not be read. Please load the page again. Nothing was changed.'],
  'slow-down': [429, 'These are many requests at once. Please wait a moment, then try again.'],
  fault: [500, 'This did not work just now. Please try again in a moment. What you typed is still here.'],
  away: [503, 'Forthright cannot be reached just now. Please try again in a moment. What you typed is still here.'],
} as const satisfies Record<string, readonly [number, string]>;
export type OwnNo = keyof typeof OWN;

/** Answers with a "no" of the frame. */
export function no(refused: OwnNo, more: Omit<Partial<No>, 'refused' | 'words'> = {}): Answer {
  const [status, words] = OWN[refused];
  return { status, body: { refused, words, ...more } satisfies No };
}

const FORBIDDEN: ReadonlySet<string> = new Set<Refusal['refused']>(['not-allowed', 'same-person', 'blocked']);
/** What was sent cannot be taken as it is; whatever else is refused, the state of things forbids. */
const UNFIT: ReadonlySet<string> = new Set<Refusal['refused']>([
  ...(['blank', 'too-long', 'too-large', 'unknown-leader', 'small-audience', 'limit'] as const),
  ...(['unknown-channel', 'no-reason', 'no-name', 'no-day', 'no-days'] as const),
]);

/** Answers with the "no" of a use case. */
export function toNo(refusal: Refusal): Answer {
  const { refused } = refusal;
  return { status: statusOf(refused), body: { refused, words: say(refusal) } satisfies No };
}

function statusOf(refused: string): number {
  if (FORBIDDEN.has(refused)) return 403;
  if (refused === 'not-found') return 404;
  return UNFIT.has(refused) ? 422 : 409;
}
