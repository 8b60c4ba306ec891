import assert from 'node:assert/strict';
import type { Locator } from 'playwright-core';
import { schedule } from '../../../bot/app/plan.ts';
import { setSlots } from '../../../bot/app/planner.ts';
import { plannedIn } from '../../../bot/domain/plan.ts';
import { assertNoBarriers } from '../../support/barriers.ts';
import { must } from '../../support/app.ts';
import { CHANNEL, ines, kofi, omar, otto } from '../../support/cast.ts';
import { type Desk, type DeskOptions, useDesks } from '../../support/desk.ts';
import { isAnswered } from '../../support/questions.ts';

const DAY = 86_400_000;
const DAILY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, time: '09:00' }));

/** The days since 1970 up to the next Monday that is still to come: a week of a calendar shows its days together. */
const tomorrow = Math.floor(Date.now() / DAY) + 1;
const monday = tomorrow + ((7 - ((tomorrow + 3) % 7)) % 7);
/** Nine o'clock, so many days after that Monday, in UTC. */
const nine = (days: number): number => (monday + days) * DAY + 9 * 3_600_000;
/** Nine o'clock in the middle of the month after that. */
const nextMonth = (): number => {
  const from = new Date(nine(2));
  return Date.UTC(from.getUTCFullYear(), from.getUTCMonth() + 1, 15, 9);
};
const dayOf = (at: number): string => new Date(at).toISOString().slice(0, 10);
const slot = ({ tab }: Desk, at: number) => tab.locator(`[data-at="${at}"]`);
const box = async (one: Locator) => (await one.boundingBox()) ?? assert.fail('It is not to be seen');

describe('the planner', () => {
  const desks = useDesks(async ({ deps }) => {
    const slots = { zone: 'UTC', weekly: DAILY, holidays: [] };
    await setSlots(deps, kofi.aadObjectId, { channel: CHANNEL.id, slots });
  });

  const plan = (id: string, at: number) =>
    schedule(desks().deps, kofi.aadObjectId, id, { channel: CHANNEL.id, at }).then(must);
  const plannedAt = async (id: string) => {
    const kept = await desks().deps.store.question(id);
    return kept && plannedIn(isAnswered(kept.question)).map(({ at }) => at);
  };
  const answered = (words: string, topic?: string) =>
    desks().seed({ words, state: 'answered', ...(topic === undefined ? {} : { topic }) });
  /** The week of the third day from now: it may be the next one. */
  const opened = async (options: Partial<DeskOptions> = {}, at = nine(2)) => {
    const desk = await desks().openDesk({ as: kofi, page: `planner?view=month&day=${dayOf(at)}`, ...options });
    await desk.tab.locator('[data-at]').first().waitFor();
    return desk;
  };

  it('is for curators: others do not find it', async () => {
    const desk = await desks().openDesk({ as: omar });
    await desk.tab.getByRole('navigation').waitFor();
    assert.equal(await desk.tab.getByRole('link', { name: 'Planner' }).count(), 0);
  });

  it('moves a thread that is dragged to a free Slot', async () => {
    const id = await answered('Why did we close the Lyon office?');
    await plan(id, nine(2));
    const desk = await opened();
    const [from, to] = [await box(slot(desk, nine(2))), await box(slot(desk, nine(3)))];
    const { mouse } = desk.page;
    await mouse.move(from.x + 20, from.y + 10);
    await mouse.down();
    await mouse.move(from.x + 60, from.y + 20, { steps: 4 });
    await mouse.move(to.x + 20, to.y + 10, { steps: 8 });
    await mouse.up();
    await slot(desk, nine(3)).getByText('Lyon').waitFor();
    assert.deepEqual(await plannedAt(id), [nine(3)]);
  });

  it('moves a thread by keyboard, and says so', async () => {
    const id = await answered('Why is the canteen closed on Fridays?');
    await plan(id, nine(4));
    const desk = await opened();
    await slot(desk, nine(4)).focus();
    const { keyboard } = desk.page;
    await keyboard.press('Space');
    await desk.tab.getByRole('status').getByText('Picked up').waitFor();
    await keyboard.press('ArrowRight');
    const focused = () => desk.tab.evaluate<string>('document.activeElement?.dataset.at');
    assert.notEqual(await focused(), String(nine(4)), 'the premise: the focus went to a free Slot');
    const to = Number(await focused());
    await keyboard.press('Enter');
    await slot(desk, to).getByText('canteen').waitFor();
    assert.deepEqual(await plannedAt(id), [to]);
    await desk.tab.getByRole('status').getByText('planned for').waitFor();
    assert.equal(await focused(), String(to), 'the focus went along');
  });

  it('puts back what Escape lets go of', async () => {
    const id = await answered('Who decided about the parking places?');
    await plan(id, nine(6));
    const desk = await opened({}, nine(6));
    await slot(desk, nine(6)).focus();
    await desk.page.keyboard.press('Space');
    await desk.tab.getByText('Choose a free Slot').waitFor();
    await desk.page.keyboard.press('ArrowRight');
    await desk.page.keyboard.press('Escape');
    await desk.tab.getByText('Choose a free Slot').waitFor({ state: 'detached' });
    await desk.tab.locator(`[data-at="${nine(6)}"]:focus`).waitFor();
    assert.deepEqual(await plannedAt(id), [nine(6)]);
  });

  it('plans what is ready, from beside the calendar', async () => {
    const id = await answered('When do we get new chairs?', 'Culture');
    const desk = await opened({}, nine(8));
    await desk.tab.getByRole('button', { name: 'When do we get new chairs?' }).click();
    await slot(desk, nine(8)).click();
    await slot(desk, nine(8)).getByText('chairs').waitFor();
    assert.deepEqual(await plannedAt(id), [nine(8)]);
  });

  it('plans what is ready by keyboard, in another month', async () => {
    const id = await answered('Do we get a bike shed?');
    const desk = await opened();
    const thread = desk.tab.getByRole('button', { name: 'Do we get a bike shed?' });
    await thread.focus();
    await desk.page.keyboard.press('Enter');
    await desk.tab.locator('[data-free]:focus').waitFor();
    const next = desk.tab.getByRole('button', { name: 'Month after' });
    await next.focus();
    await desk.page.keyboard.press('Enter');
    const far = nextMonth();
    await slot(desk, far).waitFor();
    await desk.tab.locator('button:focus', { has: desk.tab.locator('svg') }).waitFor();
    await slot(desk, far).focus();
    await desk.page.keyboard.press('Enter');
    await slot(desk, far).getByText('bike shed').waitFor();
    assert.deepEqual(await plannedAt(id), [far]);
  });

  it('shows what would fill the free Slots, and then does just that', async () => {
    const id = await answered('Will there be a summer party?');
    const desk = await opened();
    await desk.tab.getByRole('button', { name: 'Fill free Slots' }).click();
    const dialog = desk.tab.getByRole('dialog');
    await dialog.getByText('Will there be a summer party?').waitFor();
    assert.deepEqual(await plannedAt(id), [], 'nothing is planned yet');
    await dialog.getByRole('button', { name: 'Plan them' }).click();
    await dialog.waitFor({ state: 'detached' });
    await desk.tab.getByText(/^Done for \d+ threads?\.$/).waitFor();
    assert.equal((await plannedAt(id))?.length, 1);
  });

  it('sets when a channel takes its next thread, and warns of a stream that runs dry', async () => {
    const desk = await opened();
    await desk.tab.getByLabel('Channel').selectOption({ index: 1 });
    await desk.tab.getByRole('heading', { name: 'No Slots yet' }).waitFor();
    await desk.tab.getByRole('button', { name: 'Slots and holidays' }).first().click();
    const dialog = desk.tab.getByRole('dialog');
    await dialog.getByLabel('Time zone').selectOption('America/New_York');
    await dialog.getByRole('button', { name: 'Add a time' }).click();
    await dialog.getByRole('button', { name: 'Save' }).click();
    await desk.tab.getByText('Times are those of America/New York').waitFor();
    await desk.tab.getByText('The stream runs dry').waitFor();
    await desk.tab.getByRole('rowheader', { name: otto.name }).waitFor();
    await desk.tab.getByRole('rowheader', { name: ines.name }).waitFor();
  });

  for (const theme of ['light', 'dark', 'contrast'] as const) {
    it(`has no barriers, as a table and as a list: ${theme}`, async () => {
      await assertNoBarriers(await opened({ theme }), 'the planner');
      const narrow = await opened({ theme, width: 320 });
      await assertNoBarriers(narrow, 'the planner on a phone');
      const isScrolled = await narrow.tab.evaluate('document.documentElement.scrollWidth > innerWidth');
      assert.equal(isScrolled, false, 'nothing sticks out');
    });
  }
});
