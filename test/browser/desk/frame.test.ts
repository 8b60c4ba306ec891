import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { ana, ines, kofi, lena, noor, omar } from '../../support/cast.ts';
import { type Desk, useDesks } from '../../support/desk.ts';
import { eventually } from '../eventually.ts';

const WORDS = 'Why did we close the Lyon office?';
const OTHER_WORDS = 'Who decides on the new shifts?';

const navigation = ({ tab }: Desk): Locator => tab.getByRole('navigation', { name: 'Pages' });
const pagesOf = (desk: Desk): Promise<string[]> => navigation(desk).getByRole('link').allInnerTexts();
const heading = ({ tab }: Desk): Locator => tab.getByRole('heading', { level: 1 });
const goes = (desk: Desk, page: string) => navigation(desk).getByRole('link', { name: page, exact: true }).click();

/** Waits until the heading of the page says this. */
async function reads(desk: Desk, title: string): Promise<void> {
  await eventually(
    async () => ((await heading(desk).innerText()) === title ? true : undefined),
    async () => `the page "${title}"; it is "${await heading(desk).innerText()}"`,
  );
}

const colours = ({ tab }: Desk) =>
  tab.evaluate<string[]>(`[document.querySelector('.fui-FluentProvider'), document.querySelector('h1')].map((one) =>
    getComputedStyle(one)).flatMap(({ backgroundColor, color }) => [backgroundColor, color])`);

/** What has the focus, in words. */
const focused = ({ tab }: Desk) =>
  tab.evaluate<string>(
    "(({ innerText, ariaLabel, labels }) => (innerText || ariaLabel || labels?.[0]?.innerText || '').trim())(document.activeElement)",
  );

/** Whether one sees that it has the focus: it looks otherwise without. */
async function showsFocus({ tab, page }: Desk): Promise<boolean> {
  const [x, y, width, height] = await tab.evaluate<[number, number, number, number]>(`(() => {
    globalThis.held = document.activeElement;
    const { x, y, width, height } = held.getBoundingClientRect();
    return [Math.max(0, x - 4), Math.max(0, y - 4), width + 8, height + 8];
  })()`);
  const picture = () => page.screenshot({ clip: { x, y, width, height }, animations: 'disabled' });
  const focusedLook = await picture();
  await tab.evaluate('held.blur()');
  const plainLook = await picture();
  await tab.evaluate('held.focus()');
  return !focusedLook.equals(plainLook);
}

describe('the desk', () => {
  let published: string;
  const desks = useDesks(
    async (started) => void (published = await started.seed({ words: WORDS, state: 'published' })),
  );

  afterEach(() => desks().tokensHave({}));

  describe('signs in', () => {
    it('by a token of Teams, and has the pages of whoever looks', async () => {
      const [asReader, asCurator, asAdmin] = [
        await desks().openDesk({ as: omar }),
        await desks().openDesk({ as: kofi }),
        await desks().openDesk({ as: ana }),
      ];
      const everyones = ['Answers', 'Open questions', 'Declined', 'Ask', 'My questions'];
      assert.deepEqual(await pagesOf(asReader), everyones);
      assert.deepEqual(await pagesOf(asCurator), ['Board', 'Planner', ...everyones]);
      assert.ok((await pagesOf(asAdmin)).includes('Settings'));
      assert.equal((await pagesOf(asCurator)).includes('Settings'), false);
      assert.equal((await asReader.host()).tokens, 1, 'one token serves for all requests');
    });

    it('with no token in an address, nor in what the browser keeps', async () => {
      const desk = await desks().openDesk({ as: omar });
      await navigation(desk).waitFor();
      const kept = await desk.tab.evaluate<string>(
        'JSON.stringify([{ ...localStorage }, { ...sessionStorage }, document.cookie, location.href, performance.getEntries().map(({ name }) => name)])',
      );
      assert.match(kept, /api\/me/, 'the premise: requests are listed');
      assert.doesNotMatch(kept, /eyJ/);
    });

    it('anew, once, when a token has expired, and goes on as if nothing was', async () => {
      const desk = await desks().openDesk({ as: omar, page: 'answers' });
      await desk.settles();
      const { tokens } = await desk.host();
      await desk.tab.evaluate('globalThis.realNow = Date.now; Date.now = () => realNow() + 3_700_000');
      await goes(desk, 'Open questions');
      await reads(desk, 'Open questions');
      await desk.settles();
      assert.equal((await desk.host()).tokens, tokens + 1);
      assert.equal(await desk.tab.getByRole('alert').count(), 0);
    });

    it('anew when the bot does not take a token that looks good', async () => {
      desks().tokensHave({ aud: 'another application' });
      const desk = await desks().openDesk({ as: omar });
      await desk.tab.getByRole('alert').waitFor();
      const refused = desk.requests.filter((one) => one === 'GET /api/me').length;
      assert.equal((await desk.host()).tokens, 1 + refused / 2, 'each request asks for one more, and no oftener');
      desks().tokensHave({});
      await desk.tab.getByRole('button', { name: 'Try again' }).click();
      await navigation(desk).waitFor();
    });

    it('nobody of another organisation, and says so', async () => {
      desks().tokensHave({ acct: 1 });
      const desk = await desks().openDesk({ as: lena });
      await desk.tab.getByRole('alert').filter({ hasText: 'Only people of this organisation' }).waitFor();
    });
  });

  describe('follows Teams', () => {
    it('into each theme while it is open, and loses nothing typed', async () => {
      const desk = await desks().openDesk({ as: noor, page: 'ask' });
      const words = desk.tab.getByRole('textbox').first();
      await words.fill(WORDS);
      const seen: string[][] = [await colours(desk)];
      for (const theme of ['dark', 'contrast', 'light'] as const) {
        await desk.turns(theme);
        const before = seen.at(-1)!.join();
        await eventually(
          async () => ((await colours(desk)).join() === before ? undefined : true),
          () => Promise.resolve(`other colours in ${theme}`),
        );
        seen.push(await colours(desk));
      }
      assert.deepEqual(seen[0], seen[3], 'light is light again');
      assert.equal(new Set(seen.map((one) => one.join())).size, 3);
      assert.equal(seen[2]?.[0], 'rgb(0, 0, 0)', 'high contrast is black');
      assert.equal(await words.inputValue(), WORDS);
    });

    it('into its language', async () => {
      const desk = await desks().openDesk({ as: omar, locale: 'de-de' });
      await reads(desk, 'Antworten');
      assert.equal(await desk.tab.locator('html').getAttribute('lang'), 'de');
      const other = await desks().openDesk({ as: omar, locale: 'fi-fi' });
      await reads(other, 'Answers');
      assert.equal(await other.tab.locator('html').getAttribute('lang'), 'en');
    });

    it('to where a deep link leads, and home without one', async () => {
      const thread = await desks().openDesk({ as: omar, page: `q/${published}` });
      await thread.tab.getByText(WORDS).first().waitFor();
      await reads(await desks().openDesk({ as: omar, page: 'register' }), 'Declined questions');
      await reads(await desks().openDesk({ as: omar }), 'Answers');
    });

    it('nowhere by a link that is wrong, or leads to another role’s page', async () => {
      for (const page of ['settings', '../../healthz', 'nothing']) {
        const desk = await desks().openDesk({ as: omar, page });
        await navigation(desk).waitFor();
        const title = await heading(desk).innerText();
        assert.ok(['There is nothing here', 'Answers'].includes(title), `${page} led to "${title}"`);
      }
    });

    it('back, step by step, by its back button, and out of the desk after the first', async () => {
      const desk = await desks().openDesk({ as: omar });
      await goes(desk, 'Open questions');
      await reads(desk, 'Open questions');
      await goes(desk, 'Declined');
      await reads(desk, 'Declined questions');
      await desk.back();
      await reads(desk, 'Open questions');
      await desk.back();
      await reads(desk, 'Answers');
      assert.equal((await desk.host()).left, 0);
      await desk.back();
      await eventually(
        async () => ((await desk.host()).left === 1 ? true : undefined),
        () => Promise.resolve('the host to take over'),
      );
    });

    it('not where it is no host: outside of Teams a page says at once how to come in', async () => {
      const page = await desks().browser.newPage();
      const begun = performance.now();
      await page.goto(`${desks().scene.bot.url}/tab/board`);
      await page.getByRole('heading', { name: 'Open this in Microsoft Teams' }).waitFor();
      assert.ok(performance.now() - begun < 5000);
      await page.getByRole('link', { name: 'How it works' }).click();
      await page.getByRole('heading', { level: 1 }).waitFor();
      await page.close();
    });
  });

  describe('without a network', () => {
    it('says so, keeps what is typed, sends nothing twice, and goes on by itself', async () => {
      const desk = await desks().openDesk({ as: noor, page: 'ask' });
      const words = desk.tab.getByRole('textbox').first();
      await words.fill(OTHER_WORDS);
      await desk.online(false);
      await desk.tab.getByRole('button', { name: 'Send' }).last().click();
      await desk.tab.getByText('Nothing was sent', { exact: false }).first().waitFor();
      await desk.tab.getByRole('status').filter({ hasText: 'No connection' }).waitFor();
      assert.equal(await words.inputValue(), OTHER_WORDS);
      await goes(desk, 'My questions');
      await goes(desk, 'Ask');
      assert.equal(await desk.tab.getByRole('textbox').first().inputValue(), OTHER_WORDS, 'it outlives its page');
      await desk.online(true);
      await desk.tab.getByRole('status').filter({ hasText: 'No connection' }).waitFor({ state: 'hidden' });
      await desk.tab.getByRole('button', { name: 'Send' }).click();
      await desk.tab.getByRole('heading', { name: 'Sent' }).waitFor();
      await goes(desk, 'My questions');
      await eventually(
        async () => ((await desk.tab.getByRole('main').getByText(OTHER_WORDS).count()) === 1 ? true : undefined),
        () => Promise.resolve('the question, and once'),
      );
    });

    it('keeps showing what was there', async () => {
      const desk = await desks().openDesk({ as: omar, page: 'answers' });
      await desk.tab.getByText(WORDS).first().waitFor();
      await desk.online(false);
      await goes(desk, 'Open questions');
      await goes(desk, 'Answers');
      await desk.tab.getByText(WORDS).first().waitFor();
      await desk.tab.getByRole('status').filter({ hasText: 'No connection' }).waitFor();
      await desk.online(true);
    });
  });

  describe('is used by keyboard', () => {
    it('with the focus in sight at every step, past the navigation in one', async () => {
      const desk = await desks().openDesk({ as: omar, page: 'answers' });
      await desk.settles();
      await desk.page.locator('iframe').focus();
      const steps: string[] = [];
      for (let step = 0; step < 8; step += 1) {
        await desk.page.keyboard.press('Tab');
        steps.push(await focused(desk));
        assert.ok(await showsFocus(desk), `One does not see the focus on "${steps.at(-1)}"`);
      }
      assert.equal(steps[0], 'Skip to the page');
      assert.deepEqual(steps.slice(1, 6), await pagesOf(desk));
    });

    it('tells where one has come to: a new page’s heading takes the focus, the first one takes none from the host', async () => {
      const desk = await desks().openDesk({ as: omar });
      assert.equal((await focused(desk)).startsWith('Answers'), false, 'the premise');
      await navigation(desk).getByRole('link', { name: 'Declined' }).focus();
      await desk.page.keyboard.press('Enter');
      await reads(desk, 'Declined questions');
      assert.equal(await focused(desk), 'Declined questions');
      assert.match(await desk.tab.evaluate<string>('document.title'), /^Declined/);
    });

    it('on a phone, where a button holds the pages and Escape closes it', async () => {
      const desk = await desks().openDesk({ as: omar, width: 320, height: 640 });
      const button = navigation(desk).getByRole('button', { name: 'Answers' });
      assert.equal(await button.getAttribute('aria-expanded'), 'false');
      await button.press('Enter');
      assert.equal(await button.getAttribute('aria-expanded'), 'true');
      await desk.page.keyboard.press('Tab');
      assert.equal(await focused(desk), 'Answers');
      await desk.page.keyboard.press('Escape');
      assert.equal(await navigation(desk).getByRole('link').count(), 0);
      assert.equal(await focused(desk), 'Answers', 'the button has the focus again');
      await button.press('Enter');
      await navigation(desk).getByRole('link', { name: 'My questions' }).press('Enter');
      await reads(desk, 'My questions');
      assert.equal(await navigation(desk).getByRole('link').count(), 0);
    });
  });

  it('moves nothing for those who want it still', async () => {
    const desk = await desks().openDesk({ as: omar, reducedMotion: true });
    await desk.settles();
    const moving = await desk.tab.evaluate<string[]>(`[...document.querySelectorAll('*')]
      .filter((one) => [getComputedStyle(one), getComputedStyle(one, '::after')].some(({ animationDuration, animationName, transitionDuration, transitionProperty }) =>
        (animationName !== 'none' && parseFloat(animationDuration) > 0.01) ||
        (transitionProperty !== 'none' && transitionDuration.split(',').some((one) => parseFloat(one) > 0.01))))
      .map((one) => one.outerHTML.slice(0, 120))`);
    assert.deepEqual(moving, []);
  });

  it('leaves to somebody whose role went no more than everybody has, from the next request on', async () => {
    const desk = await desks().openDesk({ as: ana, page: 'settings' });
    await reads(desk, 'Settings');
    const { directoryJson } = await import('../../support/cast.ts');
    await desks().scene.bot.changeDirectory({
      ...directoryJson(),
      admins: [{ id: ines.aadObjectId, name: ines.name }],
    });
    await desk.tab.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await eventually(
      async () => ((await pagesOf(desk)).includes('Settings') ? undefined : true),
      () => Promise.resolve('the settings to go'),
    );
    await desks().scene.bot.changeDirectory(directoryJson());
  });
});
