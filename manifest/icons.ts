/** Draws the two icons of the Teams app from their SVG sources: run `node manifest/icons.ts` after a change to one. */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../test/support/chromium.ts';

interface Icon {
  source: string;
  target: string;
  /** Width and height in pixels, as Teams asks for them. */
  size: number;
}

const icons: Icon[] = [
  { source: 'icon.svg', target: 'color.png', size: 192 },
  { source: 'outline.svg', target: 'outline.png', size: 32 },
];

const here = (name: string): URL => new URL(name, import.meta.url);

async function draw(browser: Browser, { source, target, size }: Icon): Promise<void> {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const svg = await readFile(here(source), 'utf8');
  await page.setContent(`<style>body{margin:0}svg{display:block}</style>${svg}`);
  await page.screenshot({ path: fileURLToPath(here(target)), omitBackground: true });
  await page.close();
}

const browser = await launchChromium();
try {
  for (const icon of icons) await draw(browser, icon);
} finally {
  await browser.close();
}
