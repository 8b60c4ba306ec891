import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import type { Browser } from 'playwright-core';
import { startDemo } from '../demo/demo.ts';
import type { Demo } from '../demo/demo.ts';
import { launchChromium } from '../support/chromium.ts';
import { PlaygroundPage } from './playground-page.ts';
import { Wire } from './wire.ts';

type Windows = { readonly noor: PlaygroundPage; readonly ines: PlaygroundPage; readonly kofi: PlaygroundPage };

/** The real demo, with a person at each of its three windows. */
export type Stage = Windows & {
  /** What each window asked of the network, and was sent. */
  readonly wires: { readonly noor: Wire; readonly ines: Wire; readonly kofi: Wire };
  /** Everything that the bot keeps in its store, as raw bytes. */
  readonly kept: () => Promise<string>;
  close(): Promise<void>;
};

const ROOT = join(import.meta.dirname, '../..');
const PICTURES = join(ROOT, 'dist/browser');

/**
 * Raises a stage for the tests of this suite, and takes it down after them. A test that fails leaves a picture of every
 * window. In a suite whose tests are steps of one path, `inOrder`, those after a failed one are skipped.
 */
export function onStage({ inOrder = false } = {}): () => Stage {
  let stage: Stage | undefined;
  let broken = false;
  before(async function () {
    this.timeout(90_000);
    stage = await raiseStage();
  });
  beforeEach(function () {
    if (inOrder && broken) this.skip();
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed') return;
    broken = true;
    await photograph(stage!, this.currentTest.title);
  });
  after(async () => await stage?.close());
  return () => stage!;
}

/** Starts the demo on free ports with nothing in its store, and opens the windows. */
async function raiseStage(): Promise<Stage> {
  const folder = await mkdtemp(join(tmpdir(), 'forthright-stage-'));
  const ends = [async (): Promise<void> => await rm(folder, { recursive: true, force: true })];
  const close = async (): Promise<void> => {
    for (const end of ends.splice(0).toReversed()) await end();
  };
  try {
    const demo = await startDemo({ folder, ports: 'any', fresh: true });
    ends.push(async () => await demo.stop());
    const browser = await launchChromium();
    ends.push(async () => await browser.close());
    return {
      ...(await openWindows(browser, demo)),
      kept: async () => await bytesIn(join(folder, 'data')),
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function openWindows(browser: Browser, demo: Demo): Promise<Windows & Pick<Stage, 'wires'>> {
  const wires = { noor: new Wire(), ines: new Wire(), kofi: new Wire() };
  const [noor, ines, kofi] = await Promise.all([
    PlaygroundPage.open(browser, demo.noor, wires.noor.tap),
    PlaygroundPage.open(browser, demo.ines, wires.ines.tap),
    PlaygroundPage.open(browser, demo.kofi, wires.kofi.tap),
  ]);
  return { noor, ines, kofi, wires };
}

async function bytesIn(folder: string): Promise<string> {
  const files = await readdir(folder);
  return (await Promise.all(files.map(async (file) => await readFile(join(folder, file), 'latin1')))).join('\n');
}

async function photograph({ noor, ines, kofi }: Stage, title: string): Promise<void> {
  await mkdir(PICTURES, { recursive: true });
  const name = title.replaceAll(/[^\p{L}\p{N}]+/gu, '-').slice(0, 80);
  for (const page of [noor, ines, kofi]) {
    const path = join(PICTURES, `${name}.${page.name.split(' ', 1)[0]!.toLowerCase()}.png`);
    await page.picture(path);
    console.log(`      ${relative(ROOT, path)}`);
  }
}
