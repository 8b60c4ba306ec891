import type { Browser } from 'playwright-core';

/** An event of Chromium's own tracing; times are microseconds. */
export interface Event {
  name: string;
  ts: number;
  dur?: number;
  /** On the processor: without what the thread waited for one. */
  tdur?: number;
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

/**
 * From the navigation to the desk until it shows what it has, and no long task keeps whoever uses it waiting; and how much
 * of that its thread had a processor, which other work on the machine hardly changes.
 */
export function interactiveMs(events: Event[]): { ms: number; busyMs: number } {
  const begun = events.findLast(
    ({ name, args }) => name === 'navigationStart' && args.data?.documentLoaderURL?.includes('/tab/') === true,
  );
  const shown = events.find(({ name }) => name === SHOWN);
  if (begun === undefined || shown === undefined) throw new Error('The trace holds no load of the desk');
  const since = tasks(events).filter(({ ts, pid }) => ts > begun.ts && pid === begun.pid);
  const long = since.filter(({ dur = 0 }) => dur > LONG_US).map(({ ts, dur = 0 }) => ts + dur);
  const end = Math.max(shown.ts, ...long);
  const busy = since.filter(({ ts }) => ts < end).reduce((sum, { tdur = 0 }) => sum + tdur, 0);
  return { ms: (end - begun.ts) / 1000, busyMs: busy / 1000 };
}
