import assert from 'node:assert/strict';
import { setSlots } from '../../../bot/app/planner.ts';
import { CHANNEL, ines, kaia, kofi, SECOND_CHANNEL } from '../../support/cast.ts';
import { textOf } from '../../support/client.ts';
import { assertNoBarriers } from '../../support/barriers.ts';
import { type Desk, type DeskOptions, useDesks } from '../../support/desk.ts';
import { eventually } from '../eventually.ts';

const DAILY = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, time: '09:00' }));
const isReply = ({ path, method }: { path: string; method: string }) =>
  method === 'POST' && path.includes(';messageid=');

const panel = ({ tab }: Desk) =>
  tab.locator('section').filter({ has: tab.getByRole('heading', { name: 'Publish', exact: true }) });
const standing = (desk: Desk) => panel(desk).getByRole('status').first().innerText();
const press = async (desk: Desk, name: string | RegExp) => panel(desk).getByRole('button', { name }).first().click();
const says = async (desk: Desk, text: string | RegExp) => panel(desk).getByText(text).first().waitFor();

describe('publishing at the desk', () => {
  const desks = useDesks(async ({ deps }) => {
    const slots = { zone: 'Europe/Berlin', weekly: DAILY, holidays: [] };
    await setSlots(deps, kofi.aadObjectId, { channel: CHANNEL.id, slots });
  });

  const answered = (words: string) => desks().seed({ words, state: 'answered', answer: 'I should have come first.' });
  const opened = async (id: string, options: Partial<DeskOptions> = {}) => {
    const desk = await desks().openDesk({ as: kofi, page: `q/${id}`, ...options });
    await panel(desk).waitFor();
    return desk;
  };
  /** The cards of the thread in a channel whose root holds these words, once there are so many. */
  const inChannel = (channel: string, words: string, posts: number) =>
    desks().scene.teams.until(() => {
      const threads = desks().scene.teams.channelThreads(channel);
      const thread = threads.find(([root]) => textOf(root?.card as Parameters<typeof textOf>[0]).includes(words));
      return thread?.length === posts
        ? thread.map(({ card }) => textOf(card as Parameters<typeof textOf>[0]))
        : undefined;
    });

  it('puts a thread into several channels, and shows how far it has come', async () => {
    const words = 'Why did we close the Lyon office?';
    const desk = await opened(await answered(words));
    await panel(desk)
      .getByRole('checkbox', { name: new RegExp(SECOND_CHANNEL.name) })
      .check();
    await press(desk, 'Publish in 2 channels');
    for (const channel of [CHANNEL.id, SECOND_CHANNEL.id]) await inChannel(channel, words, 2);
    await panel(desk).getByText('Posted, chosen by Kofi Tamarisk').nth(1).waitFor();
  });

  it('tells the second of two desks who was first', async () => {
    const words = 'Who decided about the parking places?';
    const id = await answered(words);
    const [first, second] = [await opened(id), await opened(id, { as: kaia })];
    await second.tab.evaluate(`document.dispatchEvent(new Event('visibilitychange'))`);
    await Promise.all([press(first, 'Publish in General'), press(second, 'Publish in General')]);
    await inChannel(CHANNEL.id, words, 2);
    await desks().scene.settled();
    const roots = desks()
      .scene.teams.channelThreads(CHANNEL.id)
      .filter(([root]) => textOf(root?.card as Parameters<typeof textOf>[0]).includes(words));
    assert.equal(roots.length, 1);
    for (const desk of [first, second]) await says(desk, 'Posted, chosen by');
  });

  it('plans a thread for a Slot, moves it, and takes it off the plan', async () => {
    const id = await answered('When do we get new chairs?');
    const desk = await opened(id);
    await panel(desk).getByLabel('When').selectOption({ index: 1 });
    await press(desk, 'Plan for General');
    await says(desk, /Planned for .* \(Europe\/Berlin\) by Kofi Tamarisk/);
    const before = await standing(desk);
    await press(desk, 'Move');
    await desk.tab.getByRole('menuitem').nth(2).click();
    await eventually(
      async () => (await standing(desk)) !== before || undefined,
      async () => 'another time than before',
    );
    await press(desk, 'Take off the plan');
    await panel(desk).getByLabel('When').waitFor();
    const { state, publications } = (await desks().deps.store.question(id))!.question as never;
    assert.deepEqual([state, publications], ['answered', []]);
  });

  it('has a curator look where Teams did not say what became of a post', async () => {
    const words = 'Why is the canteen closed on Fridays?';
    const id = await answered(words);
    const desk = await opened(id);
    desks().scene.teams.fail({ status: 502, deliver: true, match: isReply });
    await press(desk, 'Publish in General');
    await says(desk, 'Teams did not say whether the post arrived');
    await press(desk, 'It is there');
    await says(desk, 'Posted, chosen by');
    await inChannel(CHANNEL.id, words, 2);
  });

  it('takes a thread out of a channel with a reason, which stands there instead', async () => {
    const words = 'Will there be a summer party?';
    const desk = await opened(await answered(words));
    await press(desk, 'Publish in General');
    await inChannel(CHANNEL.id, words, 2);
    await says(desk, 'Posted, chosen by');
    await press(desk, 'Take out');
    const dialog = desk.tab.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Take out' }).click();
    await dialog.getByText('There is no text yet').waitFor();
    await dialog.getByLabel(/Reason/).fill('The works council asked us to wait.');
    await dialog.getByRole('button', { name: 'Take out' }).click();
    await says(desk, 'Taken out by Kofi Tamarisk: The works council asked us to wait.');
    const reasoned = await inChannel(CHANNEL.id, 'The works council asked us to wait.', 2);
    assert.ok(!reasoned.join().includes(words) && !reasoned.join().includes('I should have come first'));
    await desks().scene.card(ines, 'Your answer was taken out of a channel');
    await panel(desk)
      .getByRole('checkbox', { name: /General/ })
      .check();
    await press(desk, 'Publish in General');
    await inChannel(CHANNEL.id, words, 2);
  });

  for (const theme of ['light', 'dark', 'contrast'] as const) {
    it(`has no barriers, planned or posted: ${theme}`, async () => {
      const id = await desks().seed({ words: `Which sites close next? ${theme}`, state: 'published' });
      const desk = await opened(id, { theme, width: theme === 'dark' ? 320 : 1280 });
      await says(desk, 'Posted, chosen by');
      await assertNoBarriers(desk, 'a published question');
    });
  }
});
