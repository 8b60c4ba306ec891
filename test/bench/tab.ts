import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import type { BrowserContext } from 'playwright-core';
import { kofi, omar, type Person } from '../support/cast.ts';
import { type Desk, type Desks, startDesks } from '../support/desk.ts';
import { furnish } from '../support/sights.ts';
import { fillBoard, MANY } from './tab-stage.ts';
import { median, type Row, toFigure, withGoal } from './table.ts';
import { interactiveMs, longestTaskMs, SHOWN, trace } from './trace.ts';

export const GOALS = { scriptKb: 200, interactiveMs: 1000, frameMs: 50 };
const LOADS = 7;
const SLOWER = 4;
const ASSETS = join(import.meta.dirname, '../../dist/tab/assets');

/** Every script that a desk asked for so far, packed as a browser gets it, in KB of 1,024 bytes. */
export function scriptKb({ requests }: Pick<Desk, 'requests'>): number {
  const files = new Set(requests.flatMap((one) => /^GET \/tab\/assets\/(\S+\.js)$/.exec(one)?.[1] ?? []));
  if (files.size === 0) throw new Error('The desk asked for no script');
  const packed = [...files].map((file) => gzipSync(readFileSync(join(ASSETS, basename(file))), { level: 9 }).length);
  return packed.reduce((sum, bytes) => sum + bytes, 0) / 1024;
}

/** Marks the moment at which a page shows what it has, in place of what stands there while it loads. */
const MARKS = `new MutationObserver((_changes, observer) => {
  const main = document.querySelector('main');
  const waits = [...(main?.querySelectorAll('[role=status]') ?? [])].some(({ innerText }) => innerText.includes('Loading'));
  if (!main?.querySelector('h1') || waits || !main.innerText.includes('survey comments')) return;
  performance.mark('${SHOWN}');
  observer.disconnect();
}).observe(document, { childList: true, subtree: true, characterData: true });`;

/** As on a phone that is a few years old. */
async function slow(context: BrowserContext): Promise<void> {
  await context.addInitScript(MARKS);
  context.on('page', (page) => {
    const throttled = context.newCDPSession(page);
    void throttled.then((session) => session.send('Emulation.setCPUThrottlingRate', { rate: SLOWER }));
  });
}

async function loads(desks: Desks, as: Person): Promise<{ kb: number; ms: number; busyMs: number }> {
  const times: { ms: number; busyMs: number }[] = [];
  let kb = 0;
  for (let load = 0; load < LOADS; load += 1) {
    const events = await trace(desks.browser, async () => {
      // A browser that was never here: nothing is in its cache.
      const desk = await desks.openDesk({ as, before: slow });
      await desk.tab.waitForFunction((mark) => performance.getEntriesByName(mark).length > 0, SHOWN);
      await desk.page.waitForTimeout(1500);
      kb = scriptKb(desk);
      await desk.close();
    });
    times.push(interactiveMs(events));
  }
  return { kb, ms: median(times.map(({ ms }) => ms)), busyMs: median(times.map(({ busyMs }) => busyMs)) };
}

/** Goes through the longest column of the board, then looks for a word in it. */
async function useBoard(desks: Desks): Promise<{ listed: number; filtered: number }> {
  const desk = await desks.openDesk({ as: kofi, page: 'board', width: 1440 });
  await desk.settles();
  const column = desk.tab.getByRole('region', { name: /^Answered/ });
  await column.getByText('Why').first().waitFor();
  const box = await column.boundingBox();
  await desk.page.mouse.move((box?.x ?? 0) + 60, (box?.y ?? 0) + 200);
  const listing = await trace(desks.browser, async () => {
    for (let turn = 0; turn < 60; turn += 1) {
      await desk.page.mouse.wheel(0, 1200);
      await desk.page.waitForTimeout(30);
    }
  });
  const filtering = await trace(desks.browser, async () => {
    await desk.tab.getByRole('searchbox').first().pressSequentially('harbour 77', { delay: 40 });
    await column.getByText('harbour 77').first().waitFor();
  });
  await desk.close();
  return { listed: longestTaskMs(listing), filtered: longestTaskMs(filtering) };
}

const under = (name: string, value: number, unit: string, most: number, why: string): Row =>
  withGoal(toFigure(name, value, unit), `under ${most} ${unit}`, value < most, why);

/** What the desk costs its readers, and comms with a year's worth of questions. */
export async function tab(): Promise<Row[]> {
  const desks = await startDesks();
  try {
    await furnish(desks);
    const reader = await loads(desks, omar);
    const curator = await loads(desks, kofi);
    await fillBoard(desks.deps);
    const board = await useBoard(desks);
    return [
      under(
        'first load of a reader, script',
        reader.kb,
        'KB',
        GOALS.scriptKb,
        'most of it is React, Fluent and teams-js',
      ),
      toFigure('first load of a curator, script', curator.kb, 'KB'),
      under(
        `reader, until interactive, processor ${SLOWER} times slower`,
        reader.ms,
        'ms',
        GOALS.interactiveMs,
        'most of it is running React and Fluent for the first time',
      ),
      toFigure('  of it on the processor', reader.busyMs, 'ms'),
      toFigure(`curator, until interactive, processor ${SLOWER} times slower`, curator.ms, 'ms'),
      toFigure('  of it on the processor', curator.busyMs, 'ms'),
      under(
        `${MANY.toLocaleString('en')} questions listed, longest frame`,
        board.listed,
        'ms',
        GOALS.frameMs,
        'rows that come into sight',
      ),
      under(
        `${MANY.toLocaleString('en')} questions filtered, longest frame`,
        board.filtered,
        'ms',
        GOALS.frameMs,
        'rows that come into sight',
      ),
    ];
  } finally {
    await desks.close();
  }
}
