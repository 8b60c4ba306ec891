import assert from 'node:assert/strict';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../support/chromium.ts';
import { ask } from './moves.ts';
import { PlaygroundPage } from './playground-page.ts';
import { runDemo } from './running-demo.ts';
import type { RunningDemo } from './running-demo.ts';

const PLAYGROUNDS = ['Noor’s Teams window', 'Ines’ Teams window', 'Kofi’s Teams window'];
const DESK = 'The desk, in a page that plays Teams';
const QUESTION = 'Does the demo remember me?';

describe('npm run demo', () => {
  let folder: string;
  let browser: Browser;
  let demo: RunningDemo | undefined;
  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'forthright-demo-'));
    browser = await launchChromium();
  });
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    await demo?.kill();
  });
  after(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens one window of the demo's page alone. */
  async function sitDown(url: string, name: string): Promise<PlaygroundPage> {
    const page = await (await fetch(url)).text();
    const window = new RegExp(`title="${name}.*" src="(.+)"`).exec(page)![1]!;
    return await PlaygroundPage.open(browser, { url: window, person: { name } });
  }

  it('is ready within 15 seconds, and prints the address of the four windows last', async () => {
    demo = await runDemo(folder);
    assert.ok(demo.readyAfter < 15_000, `It took ${demo.readyAfter} ms`);
    assert.match(demo.output(), /\nhttp:\/\/127\.0\.0\.1:\d+\/\n$/);
    const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
    await page.goto(demo.url);
    const titles = page.locator('iframe').evaluateAll((all) => all.map((frame) => frame.title));
    assert.deepEqual(await titles, [...PLAYGROUNDS, DESK]);
    for (const frame of page.frames().slice(1, 1 + PLAYGROUNDS.length))
      await PlaygroundPage.within(frame, frame.url()).reads('Ask your leaders a question');
    await ask(PlaygroundPage.within(page.frames()[1]!, 'Noor'), QUESTION);
  });

  it('ends everything that it started on Ctrl-C, and says nothing more', async () => {
    demo = await runDemo(folder);
    await sitDown(demo.url, 'Kofi');
    const [said, started] = [demo.output(), demo.children()];
    if (process.platform === 'linux') assert.equal(started.length, 4, 'the bot and three Playgrounds');
    const start = performance.now();
    assert.equal(await demo.interrupt(), 0);
    assert.ok(performance.now() - start < 3_000, 'It hesitates');
    assert.equal(demo.output(), said);
    for (const pid of started) assert.throws(() => process.kill(pid, 0), { code: 'ESRCH' }, `${pid} still runs`);
    await assert.rejects(fetch(demo.url));
  });

  it('remembers what was asked in an earlier run, and forgets it with --fresh', async () => {
    demo = await runDemo(folder);
    const noor = await sitDown(demo.url, 'Noor');
    await noor.command('my questions', QUESTION);
    await demo.interrupt();
    demo = await runDemo(folder, '--fresh');
    const stranger = await sitDown(demo.url, 'Noor');
    await stranger.reads('Ask your leaders a question');
    await stranger.command('my questions', 'You have not asked anything yet.');
  });
});
