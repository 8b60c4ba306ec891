import { randomInt } from 'node:crypto';
import { StoreAway } from '../app/ports.ts';
import { statusOf } from './cosmos-client.ts';

/** In milliseconds. */
export interface Patience {
  /** Until an attempt is given up: healthy, Cosmos DB answers within some 10 ms. */
  attempt: number;
  /** For a request with all its attempts, where nobody waits for it. */
  request: number;
}

export const PATIENCE: Patience = { attempt: 900, request: 10_000 };

/** The first wait of our own between two attempts; each further one is twice as long, up to the last. */
const [FIRST_WAIT_MS, LAST_WAIT_MS] = [20, 640];

/** Refused for now, and certainly not done: too many requests, "retry with" another write, a partition that moves. */
const NOT_DONE = new Set([410, 429, 449]);
/** Done or not: nobody knows. Source: Microsoft, "Designing resilient applications with Azure Cosmos DB SDKs". */
const UNSURE = new Set([408, 500, 502, 503, 504]);

export interface Attempt {
  abortSignal: AbortSignal;
  /** An earlier attempt may have taken effect. */
  isUnsure: boolean;
}

interface Trying {
  isUnsure: boolean;
  ms: number;
  tried: number;
}

export interface Done<Result> {
  result: Result;
}

export interface Wait {
  ms: number;
  isUnsure: boolean;
  error: unknown;
}

/** One attempt: its result, or how long to wait for the next. Throws where a further one would not help. */
export async function attempt<Result>(
  act: (attempt: Attempt) => Promise<Result>,
  { isUnsure, ms, tried }: Trying,
): Promise<Done<Result> | Wait> {
  if (ms <= 0) throw toAway(undefined);
  const abortSignal = AbortSignal.timeout(Math.ceil(ms));
  try {
    return { result: await act({ abortSignal, isUnsure }) };
  } catch (error) {
    if (error instanceof StoreAway) throw error;
    const status = statusOf(error);
    const isPassing = status === undefined ? isUnanswered(error) : NOT_DONE.has(status) || UNSURE.has(status);
    if (!isPassing) throw status === undefined ? error : toAway(error);
    const told = (error as { retryAfterInMs?: number }).retryAfterInMs;
    return { ms: told ?? waitBefore(tried), isUnsure: status === undefined || UNSURE.has(status), error };
  }
}

const isUnanswered = (error: unknown): boolean =>
  error instanceof Error && ['AbortError', 'TimeoutError', 'Unreached'].includes(error.name);

/** With jitter: those who met one fault together do not meet again. */
const waitBefore = (tried: number): number => {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** tried, LAST_WAIT_MS);
  return randomInt(wait / 2, wait + 1);
};

/** Errors of the SDK hold ids and whole answers: what became of a request is told by its status alone. */
export function toAway(error: unknown): StoreAway {
  const status = statusOf(error);
  return new StoreAway(status === undefined ? 'Cosmos DB does not answer.' : `Cosmos DB answers ${status}.`, status);
}
