import { EpochGone, VaultAway } from '../app/ports.ts';
import type { Outcome, Post } from '../domain/delivery.ts';
import { NoToken, Untrusted } from './connector.ts';

/** Local mode without a Teams: there is nobody to send to. */
export class NoTeams extends Error {
  override name = 'NoTeams';
}

interface SdkError {
  statusCode?: number;
  code?: unknown;
  response?: { headers?: { get(name: string): string | undefined } };
}

/**
 * What a status means; any other of 400 to 499 is permanent, and of 500 and more unknown. Microsoft's "Optimize your bot with
 * rate limiting in Teams" asks to retry 429, 412, 502 and 504, and does not say that a 5xx was not delivered.
 */
const MEANS: Readonly<Record<number, 'refused' | 'unknown'>> = {
  401: 'refused', // the token ran out on the way
  408: 'unknown',
  412: 'refused',
  429: 'refused',
};
/** Nothing reached the service: the connection never stood. */
const UNREACHED = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH']);

/** One attempt, told as an Outcome. The table is section 6 of the design. Never holds a text of the SDK's. */
export async function attempt(send: () => Promise<Post>): Promise<Outcome> {
  try {
    return { sent: await send() };
  } catch (error) {
    return classify(error);
  }
}

export function classify(error: unknown): Outcome {
  if (error instanceof Untrusted) return { permanent: 'untrusted' };
  if (error instanceof NoTeams) return { permanent: 'no-teams' };
  if (error instanceof EpochGone) return { permanent: 'epoch-gone' };
  if (error instanceof VaultAway) return { refused: 'vault-away' };
  if (error instanceof NoToken) return { refused: 'no-token' };
  const { statusCode, code, response } = (error ?? {}) as SdkError;
  if (statusCode !== undefined) {
    const means = MEANS[statusCode] ?? (statusCode >= 500 ? 'unknown' : 'permanent');
    if (means === 'refused') return refused(String(statusCode), response?.headers?.get('retry-after'));
    return means === 'unknown' ? { unknown: String(statusCode) } : { permanent: String(statusCode) };
  }
  if (typeof code === 'string' && UNREACHED.has(code)) return { refused: code };
  if (typeof code === 'string' && /^[A-Z_]{1,40}$/.test(code)) return { unknown: code };
  // No word of Teams': a bug, or a Seal that does not open. Whoever tried logs it by its code.
  throw error;
}

function refused(code: string, retryAfter: string | undefined): Outcome {
  const seconds = Number(retryAfter);
  if (retryAfter === undefined || !Number.isFinite(seconds)) return { refused: code };
  return { refused: code, retryAfterMs: Math.max(0, seconds) * 1000 };
}
