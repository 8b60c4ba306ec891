import { useCallback, useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { addressFor, type Input, onAct, type Output, type PathOf } from './api.ts';
import { isAway, isRefused, onAway, type Refused, request } from './request.ts';

/** What a view knows of something that it reads again and again. */
export type Polled<Body> = (
  | { readonly state: 'loading' }
  | { readonly state: 'here'; readonly body: Body }
  | { readonly state: 'failed'; readonly no: Refused }
) & { readonly again: () => void };

/** Two curators see each other's claim within two seconds. */
export const LIVE_MS = 1_500;
/** A view that nobody else changes while one looks is read again when the person has acted, or comes back to it. */
export const STILL = 0;
/** While the bot does not answer. */
const PATIENT_MS = 5_000;
const REMEMBERED = 60;

interface Kept {
  readonly etag?: string | undefined;
  readonly body: unknown;
}
/** What was read last, so that going back shows it at once. Only in memory. */
const kept = new Map<string, Kept>();

function keep(address: string, answer: Kept): void {
  kept.delete(address);
  kept.set(address, answer);
  const [oldest] = kept.keys();
  if (kept.size > REMEMBERED && oldest !== undefined) kept.delete(oldest);
}

/** Whoever wants the same at the same time waits for the same answer. */
const underway = new Map<string, Promise<Kept | Refused>>();
// What was asked before somebody acted may not know of it.
onAct(() => underway.clear());

function read(address: string): Promise<Kept | Refused> {
  const begun = underway.get(address);
  if (begun !== undefined) return begun;
  const reading: Promise<Kept | Refused> = readOnce(address).finally(() => {
    if (underway.get(address) === reading) underway.delete(address);
  });
  underway.set(address, reading);
  return reading;
}

/** An answer that says "as before" gives what was kept. */
async function readOnce(address: string): Promise<Kept | Refused> {
  const before = kept.get(address);
  const answer = await request({ method: 'get', address, etag: before?.etag });
  if (isRefused(answer)) return answer;
  if (answer.status === 304 && before !== undefined) return before;
  keep(address, answer as Kept);
  return answer as Kept;
}

/** Reads ahead of need, so that the first view has something to show. */
export const readAhead = async (address: PathOf<'get'>): Promise<void> => void (await read(address));

type Told = Kept | Refused;

/** Reads at once, then every so often while the page can be seen, and whenever the person has acted. */
function watch(address: string, every: number, tell: (told: Told) => void): { end: () => void; look: () => void } {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let turn = 0;
  const look = async (): Promise<void> => {
    clearTimeout(timer);
    const mine = (turn += 1);
    if (document.hidden) return;
    const told = await read(address);
    // Whoever acted meanwhile wants to see what came of it: an older answer would show what was before.
    if (mine !== turn) return;
    tell(told);
    const wait = isRefused(told) ? PATIENT_MS : every;
    if (wait > 0) timer = setTimeout(() => void look(), wait);
  };
  const seen = (): void => void look();
  document.addEventListener('visibilitychange', seen);
  const ends = [onAct(seen), () => document.removeEventListener('visibilitychange', seen)];
  void look();
  return {
    look: seen,
    end() {
      turn = -1;
      clearTimeout(timer);
      for (const end of ends) end();
    },
  };
}

export interface Polling {
  /** Milliseconds between two looks; STILL for none. */
  readonly every?: number;
}

/** A view of one route that follows what happens there. */
export function usePolled<P extends PathOf<'get'>>(
  path: P,
  input?: Input<'get', P>,
  { every = LIVE_MS }: Polling = {},
): Polled<Output<'get', P>> {
  const address = addressFor(path, input);
  const [seen, see] = useState<{ address: string; told: Told }>();
  const watching = useRef<{ look: () => void }>(undefined);
  useEffect(() => {
    const begun = watch(address, every, (told) =>
      see((before) => (before?.address === address && before.told === told ? before : { address, told })),
    );
    watching.current = begun;
    return begun.end;
  }, [address, every]);
  const again = useCallback(() => watching.current?.look(), []);
  return { ...(stateOf(address, seen) as Polled<Output<'get', P>>), again };
}

/** A view that has something to show keeps it while the bot does not answer: the banner says so. */
function stateOf(address: string, seen?: { address: string; told: Told }): object {
  const told = seen?.address === address ? seen.told : undefined;
  const here = told !== undefined && !isRefused(told) ? told : kept.get(address);
  if (told !== undefined && isRefused(told) && (here === undefined || told.refused !== 'away')) {
    return { state: 'failed', no: told };
  }
  return here === undefined ? { state: 'loading' } : { state: 'here', body: here.body };
}

/** Whether the bot does not answer. */
export const useAway = (): boolean => useSyncExternalStore(onAway, isAway);

/** Asks until the bot answers again, also where nothing on the page does. */
export function useReturn(isAwayNow: boolean): void {
  useEffect(() => {
    if (!isAwayNow) return undefined;
    const asking = setInterval(() => void request({ method: 'get', address: '/api/me' }), PATIENT_MS / 2);
    return () => clearInterval(asking);
  }, [isAwayNow]);
}
