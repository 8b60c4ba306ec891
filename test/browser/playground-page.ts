import type { Browser, Frame, Keyboard, Locator, Page } from 'playwright-core';
import { CardOnPage } from './card-on-page.ts';
import { eventually, PATIENCE } from './eventually.ts';

/** The Playground's page is 9 MB of script. */
const STARTUP = 30_000;
const MESSAGE = '[aria-label="Message header"]';
const CARD = '.ac-adaptiveCard';
/** The box for a new post looks the same, but has no menu. */
const THREAD = '[role="group"].fui-Card:has(button[aria-label="Show more information"])';

/** The page tells the Playground to install the bot in its chat, and that tells the bot before it answers. */
const INSTALLED = /\/_debug\/conversation\/[^/]+\/installation$/;

export type Window = { readonly url: string; readonly person: { readonly name: string } };

/** What one person sees and does in their Playground. Every wait ends, with what was on the screen. */
export class PlaygroundPage {
  readonly #frame: Frame;
  readonly name: string;

  private constructor(frame: Frame, name: string) {
    this.#frame = frame;
    this.name = name;
  }

  /** Opens the window of one person, as it stands in the demo's page. `tap` may listen from the start. */
  static async open(browser: Browser, window: Window, tap?: (page: Page) => void): Promise<PlaygroundPage> {
    const page = await browser.newPage({ viewport: { width: 640, height: 900 } });
    tap?.(page);
    await page.goto(window.url, { waitUntil: 'domcontentloaded' });
    const opened = new PlaygroundPage(page.mainFrame(), window.person.name);
    await opened.#place('Personal Chat').waitFor({ state: 'attached', timeout: STARTUP });
    return opened;
  }

  /** The same for a Playground that is a frame of another page, as in the demo's. */
  static within(frame: Frame, name: string): PlaygroundPage {
    return new PlaygroundPage(frame, name);
  }

  /** Loads the page anew: the history is gone, and the bot hears again that it is installed. */
  async reload(): Promise<void> {
    const page = this.#frame.page();
    const installed = page.waitForResponse(INSTALLED, { timeout: STARTUP });
    await page.reload({ waitUntil: 'domcontentloaded' });
    await installed;
    await this.#place('Personal Chat').waitFor({ state: 'attached', timeout: STARTUP });
  }

  /** Types a command, and gives the card that answers it. */
  async command(text: string, reads: string): Promise<CardOnPage> {
    return await this.cardAfter(async () => await this.say(text), reads);
  }

  /** Types into the personal chat, as a person does, and sends it. Open the chat first. */
  async say(text: string): Promise<void> {
    await this.#frame.getByRole('textbox').last().click({ timeout: PATIENCE });
    await this.#keyboard.type(text);
    await this.#keyboard.press('Enter');
  }

  /** Starts a post in the open channel that mentions the bot, without which a bot hears nothing there. */
  async mention(bot: string, text: string): Promise<void> {
    const box = this.#frame.getByRole('textbox').first();
    await box.click({ timeout: PATIENCE });
    await this.#keyboard.type(`@${bot.slice(0, 3)}`);
    await this.#frame.getByRole('menuitem', { name: bot }).click({ timeout: PATIENCE });
    await this.#keyboard.type(` ${text}`);
    await this.#frame.getByRole('button', { name: 'Post', exact: true }).click({ timeout: PATIENCE });
  }

  /** Waits for a card with the text, and gives the latest. It may be an old one: see `cardAfter`. */
  async card(text: string): Promise<CardOnPage> {
    const card = this.#frame.locator(CARD).filter({ hasText: text }).last();
    await this.#sees(card, `a card with "${text}"`);
    return await CardOnPage.hold(card, this.#frame);
  }

  /** Acts, then waits for a card with the text that was not there before: sent, updated, or put in another's place. */
  async cardAfter(act: () => Promise<void>, text: string): Promise<CardOnPage> {
    const known = new Set(await this.#renderings(text));
    await act();
    await eventually(
      async () => ((await this.#renderings(text)).some((it) => !known.has(it)) ? true : undefined),
      async () => `a new card with "${text}". ${await this.#screen()}`,
    );
    return await this.card(text);
  }

  /** Waits until the text is anywhere in the open conversation. */
  async reads(text: string): Promise<void> {
    await this.#sees(this.#frame.getByText(text).last(), `"${text}"`);
  }

  /** Everything in the open conversation that a person can read: oldest message first, newest thread first. */
  async text(): Promise<string> {
    return (await this.#frame.locator(`div:has(> ${MESSAGE}), ${THREAD}`).allInnerTexts()).join('\n\n');
  }

  async openChat(): Promise<void> {
    await this.#pick('Personal Chat');
  }

  /** Picks `General`, or another channel of the team by its name. */
  async openChannel(name: string): Promise<void> {
    await this.#pick(new RegExp(` - ${name}$`));
  }

  /** Waits for the thread of the open channel whose root or replies hold the text, and reads all of it. */
  async thread(text: string): Promise<string> {
    const thread = this.#frame.locator(THREAD).filter({ hasText: text }).first();
    await this.#sees(thread, `a thread with "${text}"`);
    return await thread.innerText();
  }

  /** All that is on the screen, beside the open conversation too. */
  async screen(): Promise<string> {
    return await this.#frame.locator('body').innerText();
  }

  /** How many links and pictures there are that lead to an address with this text. */
  async links(text: string): Promise<number> {
    return await this.#frame.locator(`[href*="${text}"], [src*="${text}"]`).count();
  }

  async picture(path: string): Promise<void> {
    await this.#frame.page().screenshot({ path, timeout: PATIENCE });
  }

  #place(name: string | RegExp): Locator {
    return this.#frame.getByRole('treeitem', { name, includeHidden: true });
  }

  async #pick(name: string | RegExp): Promise<void> {
    // The demo's page has tabs in place of the Playground's own list, and hides that.
    await this.#place(name).dispatchEvent('click', {}, { timeout: PATIENCE });
  }

  get #keyboard(): Keyboard {
    return this.#frame.page().keyboard;
  }

  /** One id for each drawing of each such card: the Playground keeps the element, and draws its inside anew. */
  async #renderings(text: string): Promise<string[]> {
    const cards = this.#frame.locator(CARD).filter({ hasText: text });
    return await cards.evaluateAll((all) => all.map((card) => card.querySelector('[id^="__ac-"]')?.id ?? ''));
  }

  async #sees(what: Locator, hoped: string): Promise<void> {
    try {
      await what.waitFor({ timeout: PATIENCE });
    } catch {
      throw new Error(`Waited ${PATIENCE / 1000} s for ${hoped}. ${await this.#screen()}`);
    }
  }

  async #screen(): Promise<string> {
    return `${this.name} sees:\n${(await this.text()) || '(nothing)'}`;
  }
}
