import type { Browser } from 'playwright-core';

/** An event of Chromium's own tracing; `ts` and `dur` are microseconds. */
export interface Event {
  name: string;
  ts: number;
  dur?: number;
  pid: number;
  tid: number;
  args: { name?: string; data?: { documentLoaderURL?: string } };
}

/** The mark that a page sets when it shows what it has. */
export const SHOWN = 'desk-shown';
/** A task that is longer keeps a finger or key waiting. */
const LONG_US = 50_000;
const CATEGORIES = ['devtools.timeline', 'blink.user_timing', 'toplevel'];

/** What Chromium did meanwhile. */
export async function trace(browser: Browser, act: () => Promise<void>): Promise<Event[]> {
  await browser.startTracing(undefined, { categories: CATEGORIES });
  try {
    await act();
  } catch (error) {
    await browser.stopTracing();
    throw error;
  }
  return (JSON.parse((await browser.stopTracing()).toString()) as { traceEvents: Event[] }).traceEvents;
}

/** Tasks of the threads on which pages run. */
function tasks(events: Event[]): Event[] {
  const mains = new Set(
    events
      .filter(({ name, args }) => name === 'thread_name' && args.name === 'CrRendererMain')
      .map(({ pid, tid }) => `${pid} ${tid}`),
  );
  const found = events.filter(
    ({ name, pid, tid }) => name === 'ThreadControllerImpl::RunTask' && mains.has(`${pid} ${tid}`),
  );
  if (found.length === 0) throw new Error('The trace holds no task of a page');
  return found;
}

export const longestTaskMs = (events: Event[]): number => Math.max(...tasks(events).map(({ dur = 0 }) => dur)) / 1000;

/** From the navigation to the desk until it shows what it has, and no long task keeps whoever uses it waiting. */
export function interactiveMs(events: Event[]): number {
  const begun = events.findLast(
    ({ name, args }) => name === 'navigationStart' && args.data?.documentLoaderURL?.includes('/tab/') === true,
  );
  const shown = events.find(({ name }) => name === SHOWN);
  if (begun === undefined || shown === undefined) throw new Error('The trace holds no load of the desk');
  const ends = tasks(events)
    .filter(({ ts, dur = 0 }) => ts > begun.ts && dur > LONG_US)
    .map(({ ts, dur = 0 }) => ts + dur);
  return (Math.max(shown.ts, ...ends) - begun.ts) / 1000;
}
