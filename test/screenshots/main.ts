import { mkdir, rm, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { bind, type JsonObject, type JsonValue } from '../../bot/cards/bind.ts';
import { languages, type Say } from '../../bot/cards/say.ts';
import { verbatim } from '../../bot/cards/verbatim.ts';
import { cardsFolder, readGallery } from '../cards/gallery.ts';
import { faultsOf, rendererFile } from '../cards/renderer.ts';
import { launchChromium } from '../support/chromium.ts';
import { hostConfig } from '../../tab/parts/card-look.ts';
import { photographDesk } from './desk.ts';
import { planSheets } from './sheets.ts';

type Shot = { readonly number: number; readonly caption: string; readonly data: JsonObject; readonly card: JsonValue };
type Wall = { readonly theme: Theme; readonly width: number; readonly folder: string; readonly language: string };
type Hung = { readonly height: number; readonly faults: readonly string[] };

/** The high-contrast look takes all colours from the system. */
type Theme = 'light' | 'dark';
const themes: readonly Theme[] = ['light', 'dark'];

const here = import.meta.dirname;
/** How many cards stand side by side on a contact sheet, by their width in pixels. */
const columnsByWidth = new Map([
  [320, 4],
  [640, 2],
]);

function readShots(folder: string, say: Say): Shot[] {
  const states = readGallery(folder, say).flatMap(({ name, template, variants }) =>
    [...variants].map(([variant, data]) => ({
      caption: `${name}.${variant}`,
      data,
      card: verbatim(bind(template, data)),
    })),
  );
  return states.map((state, at) => ({ number: at + 1, ...state }));
}

/** Pictures each card at one width in one look. Gives what went wrong, a line each. */
async function photograph(browser: Browser, shots: readonly Shot[], wall: Wall): Promise<string[]> {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  const faults = watch(page);
  await furnish(page, wall);
  const heights = new Map<number, number>();
  for (const shot of shots) {
    const hung = await hang(page, shot, wall);
    heights.set(shot.number, hung.height);
    faults.push(...hung.faults.map((fault) => `${shot.caption} ${fault}`));
  }
  for (const { number, caption } of shots) {
    const path = join(wall.folder, `${caption}.${wall.theme}.${wall.width}.png`);
    await page.locator(`#card-${number} .card`).screenshot({ path });
  }
  await printSheets(page, heights, wall);
  await page.close();
  return faults.map((fault) => `${wall.theme} ${wall.width}: ${fault}`);
}

/** What the page complains about, or asks the network for: cards bring all that they show. */
function watch(page: Page): string[] {
  const faults: string[] = [];
  page.on('console', (message) => {
    if (['error', 'warning'].includes(message.type())) faults.push(message.text());
  });
  page.on('pageerror', (error) => faults.push(error.message));
  page.on('request', (request) => {
    if (!request.url().startsWith('data:')) faults.push(`asks for ${request.url()}`);
  });
  return faults;
}

async function furnish(page: Page, { theme, language }: Wall): Promise<void> {
  await page.context().setOffline(true);
  await page.setContent(`<!doctype html><html lang="${language}" class="${theme}"><body><main></main></body></html>`);
  await page.addStyleTag({ path: rendererFile.replace(/\.js$/, '.css') });
  await page.addStyleTag({ path: join(here, 'teams.css') });
  await page.addScriptTag({ path: rendererFile });
  await page.addScriptTag({ path: join(here, 'page.js') });
}

async function hang(page: Page, shot: Shot, { theme, width }: Wall): Promise<Hung> {
  const { number, caption, card } = shot;
  const order = JSON.stringify({ number, caption, card, config: hostConfig(theme), width });
  return page.evaluate<Hung>(`hang(${order})`);
}

async function printSheets(page: Page, heights: ReadonlyMap<number, number>, wall: Wall): Promise<void> {
  const sheets = planSheets(heights, columnsByWidth.get(wall.width)!);
  for (const [at, columns] of sheets.entries()) {
    await page.evaluate(`arrange(${JSON.stringify(columns)})`);
    const path = join(wall.folder, `sheet-${wall.theme}-${wall.width}-${at + 1}.png`);
    await page.locator('main').screenshot({ path });
  }
}

/** Renders every card of a folder into pictures, in one language, all looks and widths at once. Gives what went wrong. */
async function photographAll(from: string, to: string, say: Say): Promise<string[]> {
  const { language } = say;
  const folder = join(to, language);
  const shots = readShots(from, say);
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  for (const { caption, data } of shots)
    await writeFile(join(folder, `${caption}.json`), JSON.stringify(data, null, 2));
  const browser = await launchChromium();
  try {
    const walls = themes.flatMap((theme) =>
      [...columnsByWidth.keys()].map((width) => ({ theme, width, folder, language })),
    );
    const faults = await Promise.all(walls.map((wall) => photograph(browser, shots, wall)));
    const invalid = shots.flatMap(({ caption, card }) => faultsOf(card).map((fault) => `${caption}: ${fault}`));
    console.log(`${shots.length} cards, ${walls.length} pictures of each, in ${folder}`);
    return [...invalid, ...faults.flat()];
  } finally {
    await browser.close();
  }
}

const [from = cardsFolder, to = join(here, '../../dist/screenshots')] = process.argv.slice(2);
const faults: string[] = [];
for (const say of languages.values()) faults.push(...(await photographAll(resolve(from), resolve(to), say)));
// Somebody who wants the cards of another folder wants nothing else.
if (process.argv.length === 2) faults.push(...(await photographDesk(join(here, '../../dist/screenshots/desk'))));
for (const fault of faults) console.error(fault);
if (faults.length > 0) process.exitCode = 1;
