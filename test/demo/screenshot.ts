/** Plays a conversation in the demo, and pictures its page: `node test/demo/screenshot.ts [file] [width] [light|dark]`. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { answer, ask, NOTICE, write } from '../browser/moves.ts';
import { PlaygroundPage } from '../browser/playground-page.ts';
import { launchChromium } from '../support/chromium.ts';
import { startDemo } from './demo.ts';

const FIRST = 'Who pays for the new headquarters, when there was no raise this year?';
const ANSWER =
  'We all do, and I should have said so when we signed. The lease costs as much as a raise of 1.2%. I thought that growth would cover both, and I was wrong.';
const FOLLOW_UP = 'Will there be a raise next year, then?';
const REPLY = 'Yes, from April. The board agreed on 3% last week, and you read it here first.';
const SECOND = 'Why do managers read our survey comments before they are made anonymous?';

const [file = join(import.meta.dirname, 'screenshot.png'), width = '1440', scheme = 'light'] = process.argv.slice(2);

/** Takes the seats of the three people in the demo's page. */
async function sitDown(page: Page): Promise<Record<'noor' | 'ines' | 'kofi', PlaygroundPage>> {
  const seat = async (name: string, title: string): Promise<PlaygroundPage> => {
    const window = await page.waitForSelector(`iframe[title="${title}"]`);
    const taken = PlaygroundPage.within((await window.contentFrame())!, name);
    await taken.reads('Ask your leaders a question');
    return taken;
  };
  return {
    noor: await seat('Noor Haddad', 'Noor’s Teams window'),
    ines: await seat('Ines Duarte', 'Ines’ Teams window'),
    kofi: await seat('Kofi Mensah', 'Kofi’s Teams window'),
  };
}

/** A published thread with a follow-up, and another question that waits. */
async function converse(page: Page): Promise<void> {
  const { noor, ines, kofi } = await sitDown(page);
  await ask(noor, FIRST);
  await noor.cardAfter(async () => void (await answer(ines, FIRST, ANSWER)), NOTICE);
  const toCurate = await kofi.card(FIRST);
  await toCurate.press('Publish in General');
  await toCurate.reads('Published in General');
  const own = await noor.command('my questions', FIRST);
  await own.press('Open');
  const followsUp = { press: 'Follow up', label: 'Your follow-up', words: FOLLOW_UP };
  const continued = await ines.cardAfter(async () => await write(own, followsUp), FOLLOW_UP);
  const replies = { press: 'Reply', label: 'Your reply', words: REPLY };
  const wentOn = await kofi.cardAfter(async () => await write(continued, replies), 'The conversation went on');
  await wentOn.press('Publish the rest');
  await wentOn.reads('Published in General');
  // Whoever curates may ask as well, and nobody sees that it was Kofi.
  await ask(kofi, SECOND);
  await ines.card(SECOND);
  const read = await noor.command('my questions', FIRST);
  await read.press('Open');
  await read.reads(REPLY);
  await page.getByRole('button', { name: 'General' }).click();
  await kofi.thread(REPLY);
  // Away from the last button: within its own frame, else it would stay as it looks under the mouse.
  await page.frameLocator('iframe[title^="Ines"]').getByRole('textbox').last().hover();
}

const folder = await mkdtemp(join(tmpdir(), 'forthright-screenshot-'));
const demo = await startDemo({ folder, ports: 'any' });
const browser = await launchChromium();
try {
  const page = await browser.newPage({
    viewport: { width: Number(width), height: Math.round(Number(width) * 0.64) },
    colorScheme: scheme === 'dark' ? 'dark' : 'light',
  });
  await page.goto(demo.url);
  await converse(page);
  await page.screenshot({ path: file, animations: 'disabled' });
} finally {
  await browser.close();
  await demo.stop();
  await rm(folder, { recursive: true, force: true });
}
