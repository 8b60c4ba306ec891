import assert from 'node:assert/strict';
import { kofi } from '../../support/cast.ts';
import { useDesks } from '../../support/desk.ts';

/** How much of the page the containers of dialogs cover: they show their background where they have a height. */
const HEIGHTS = `[...document.body.children]
  .filter((one) => one.id !== 'desk' && one.tagName === 'DIV')
  .map((one) => one.getBoundingClientRect().height)`;

describe('a dialog of the desk', () => {
  const desks = useDesks();

  for (const key of ['Escape', 'Enter'] as const) {
    it(`that is closed by ${key} leaves nothing behind it hidden, and gives the focus back`, async () => {
      const { tab, page } = await desks().openDesk({ as: kofi, page: 'planner' });
      const opener = tab.getByRole('button', { name: 'Slots and holidays' }).first();
      await opener.focus();
      await page.keyboard.press('Enter');
      const dialog = tab.getByRole('dialog');
      await dialog.waitFor();
      if (key === 'Enter') await dialog.getByRole('button', { name: 'Cancel' }).focus();
      await page.keyboard.press(key);
      await dialog.waitFor({ state: 'detached' });
      await opener.waitFor();
      await tab.locator('button:focus', { hasText: 'Slots and holidays' }).waitFor();
      assert.equal(await tab.locator('[aria-hidden=true]:has(main)').count(), 0);
    });
  }

  it('shows the page behind it', async () => {
    const { tab } = await desks().openDesk({ as: kofi, page: 'planner' });
    await tab.getByRole('button', { name: 'Slots and holidays' }).first().click();
    await tab.getByRole('dialog').waitFor();
    const covers = (await tab.evaluate(HEIGHTS)) as number[];
    assert.ok(covers.length > 0, 'the premise: it has a portal');
    assert.deepEqual(
      covers.filter((height) => height > 0),
      [],
    );
  });
});
