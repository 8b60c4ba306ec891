import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { type Demo, startDemo } from '../../demo/demo.ts';
import { launchChromium } from '../../support/chromium.ts';
import { answer, ask } from '../moves.ts';
import { PlaygroundPage } from '../playground-page.ts';

const QUESTION = 'Who decides what is published?';
const ANSWER = 'Kofi does, and he says why where he does not.';

describe('the desk in the demo', () => {
  let folder: string;
  let demo: Demo;
  let browser: Browser;
  before(async function () {
    this.timeout(60_000);
    folder = await mkdtemp(join(tmpdir(), 'forthright-demo-desk-'));
    demo = await startDemo({ folder, ports: 'any', fresh: true });
    browser = await launchChromium();
  });
  after(async () => {
    await browser?.close();
    await demo?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it('publishes a thread into the channel of the Playground', async () => {
    const [noor, ines, kofi] = await Promise.all(
      [demo.noor, demo.ines, demo.kofi].map((window) => PlaygroundPage.open(browser, window)),
    );
    await ask(noor!, QUESTION);
    await answer(ines!, QUESTION, ANSWER);
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${demo.url}host?as=kofi`);
    const desk = page.frameLocator('iframe');
    await desk.getByRole('region', { name: 'Answered' }).getByRole('link', { name: QUESTION }).click();
    await desk.getByRole('button', { name: 'Publish in General' }).click();
    await kofi!.openChannel('General');
    const thread = await kofi!.thread(ANSWER);
    assert.ok(thread.includes(QUESTION), thread);
    assert.ok(thread.includes('Written by Ines Duarte'), thread);
    await desk.getByText('Posted, chosen by Kofi Mensah').first().waitFor();
  });

  it('is somebody else’s once somebody else sits before it', async () => {
    const page = await browser.newPage({ viewport: { width: 1280, height: 900 } });
    await page.goto(`${demo.url}host?as=kofi`);
    const pages = page.frameLocator('iframe').getByRole('navigation', { name: 'Pages' });
    await pages.getByRole('link', { name: 'Board' }).waitFor();
    await page.getByLabel('You are').selectOption({ label: 'Omar, who reads' });
    await pages.getByRole('link', { name: 'Board' }).waitFor({ state: 'detached' });
    await page.frameLocator('iframe').getByRole('heading', { level: 1, name: 'Answers' }).waitFor();
    assert.equal(await pages.getByRole('link', { name: 'Board' }).count(), 0);
    await page.frameLocator('iframe').getByText(QUESTION).first().waitFor();
  });
});
