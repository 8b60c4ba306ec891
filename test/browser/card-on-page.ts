import { randomUUID } from 'node:crypto';
import type { Frame, Locator } from 'playwright-core';
import { eventually, PATIENCE } from './eventually.ts';

/**
 * A card in a conversation. It stays the same card when its contents are replaced, by the answer to its own button or
 * by an update from the bot.
 */
export class CardOnPage {
  readonly #card: Locator;
  readonly #frame: Frame;

  private constructor(card: Locator, frame: Frame) {
    this.#card = card;
    this.#frame = frame;
  }

  /** Holds on to this one card. Leaving the conversation lets go of it: find it again when you are back. */
  static async hold(card: Locator, frame: Frame): Promise<CardOnPage> {
    // A locator looks again at every use, and would find another card as soon as this one's words have changed.
    const mark = await card.evaluate(
      (element, fresh) => {
        if (!element.hasAttribute('data-held')) element.setAttribute('data-held', fresh);
        return element.getAttribute('data-held');
      },
      randomUUID(),
      { timeout: PATIENCE },
    );
    return new CardOnPage(frame.locator(`[data-held="${mark}"]`), frame);
  }

  /** All that a person reads in it, but not what stands in its inputs: see `value`. */
  async text(): Promise<string> {
    return await this.#card.innerText({ timeout: PATIENCE });
  }

  /** Waits until the card shows the text, in itself or in the line that the Playground puts below it. */
  async reads(text: string): Promise<void> {
    await eventually(
      async () => ((await this.#whole()).includes(text) ? true : undefined),
      async () => `"${text}" in the card. It reads:\n${await this.#whole()}`,
    );
  }

  /** Types into a text, number, date (`2026-12-01`) or time input, in place of what stands there. */
  async fill(label: string, words: string): Promise<void> {
    await this.#input(label).fill(words, { timeout: PATIENCE });
    // A date counts only once the calendar has closed.
    if ((await this.#input(label).getAttribute('aria-haspopup')) === 'dialog') await this.#input(label).press('Enter');
  }

  /** Where a link in its text leads. */
  async link(name: string): Promise<string | null> {
    return await this.#card.getByRole('link', { name }).getAttribute('href', { timeout: PATIENCE });
  }

  async value(label: string): Promise<string> {
    return await this.#input(label).inputValue({ timeout: PATIENCE });
  }

  /** Chooses in a choice set, whatever its style. Several options where it takes several; each is toggled. */
  async choose(label: string, ...options: string[]): Promise<void> {
    const box = this.#card.getByRole('combobox', { name: label });
    if ((await box.count()) === 0) return await this.#chooseExpanded(label, options);
    await box.click({ timeout: PATIENCE });
    for (const option of options) {
      // The list is drawn outside of the card.
      await this.#frame.locator('.fui-Listbox').getByText(option, { exact: true }).click({ timeout: PATIENCE });
    }
    if (await this.#frame.locator('.fui-Listbox').isVisible()) await box.press('Escape');
  }

  /** What a choice set offers, top to bottom. */
  async choices(label: string): Promise<string[]> {
    const box = this.#card.getByRole('combobox', { name: label });
    await box.click({ timeout: PATIENCE });
    const offered = await this.#frame.locator('.fui-Listbox [role]').allInnerTexts();
    await box.press('Escape');
    return offered;
  }

  /** Switches a toggle on, or off. */
  async tick(title: string, on = true): Promise<void> {
    await this.#card.getByRole('checkbox', { name: title }).setChecked(on, { timeout: PATIENCE });
  }

  /**
   * Presses the button of exactly this title, where the card is a list that in the entry with these words. It does not
   * wait for what comes of it: see `reads` and `cardAfter`.
   */
  async press(button: string, entry?: string): Promise<void> {
    const within = entry === undefined ? this.#card : this.#card.locator('.ac-container').filter({ hasText: entry });
    await within.getByRole('button', { name: button, exact: true }).click({ timeout: PATIENCE });
  }

  /** The titles of its buttons, in order, without those that belong to an input. */
  async buttons(): Promise<string[]> {
    return await this.#card.locator('.ac-actionSet button').allInnerTexts();
  }

  /** How many links, pictures and other things with a life of their own it holds. */
  async livelyParts(): Promise<number> {
    return await this.#card.locator('a, img, script, iframe, video, audio, strong, b, em').count();
  }

  /** With the line below it, in which the Playground shows errors and messages. */
  async #whole(): Promise<string> {
    const outer = this.#card.locator('xpath=ancestor::div[contains(@class, "ac-preview-panel")]/..');
    return await outer.innerText({ timeout: PATIENCE });
  }

  #input(label: string): Locator {
    const shown = new RegExp(`^${escaped(label)}`);
    const roles = ['textbox', 'spinbutton', 'combobox'] as const;
    const [first, ...rest] = roles.map((role) => this.#card.getByRole(role, { name: shown }));
    return rest.reduce((all, one) => all.or(one), first!);
  }

  async #chooseExpanded(label: string, options: readonly string[]): Promise<void> {
    const radios = this.#card.getByRole('radiogroup', { name: label });
    const several = (await radios.count()) === 0;
    for (const option of options) {
      // Where several can be ticked, each is named after the list and itself.
      const one = several
        ? this.#card.getByRole('checkbox', { name: `${label} ${option}`, exact: true })
        : radios.getByRole('radio', { name: option, exact: true });
      await one.click({ timeout: PATIENCE });
    }
  }
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
