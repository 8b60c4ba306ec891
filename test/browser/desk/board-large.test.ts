import assert from 'node:assert/strict';
import { freshId } from '../../support/app.ts';
import { kofi } from '../../support/cast.ts';
import { type Desk, useDesks } from '../../support/desk.ts';
import { eventually } from '../eventually.ts';

/** How long a frame takes among them is told by `npm run bench:tab`. */
const MANY = 10_000;
const rows = ({ tab }: Desk) => tab.evaluate<number>(`document.querySelectorAll('[data-question]').length`);
const canvas = ({ tab }: Desk) => tab.evaluate<number>(`document.querySelector('[role=list]')?.scrollHeight ?? 0`);
/** Goes down a column as somebody does who holds the key: a screen after the other. */
const scroll = ({ tab }: Desk) => tab.evaluate(`document.querySelector('[role=list]').parentElement.scrollBy(0, 2000)`);

describe('a board of ten thousand questions', function () {
  this.timeout(120_000);
  const desks = useDesks(async ({ deps, ...started }) => {
    const first = await started.seed({ words: 'Question 0 about the offices?' });
    const kept = (await deps.store.question(first))!.question;
    const asked = { ...kept, places: [], deliveries: [] };
    for (let n = 1; n < MANY; n += 500) {
      const some = Array.from({ length: Math.min(500, MANY - n) }, (_, at) => n + at);
      await Promise.all(
        some.map((number) =>
          deps.store.add({
            ...asked,
            id: freshId(),
            words: `Question ${number} about the ${number % 100 === 0 ? 'canteen' : 'offices'}?`,
          }),
        ),
      );
    }
  });

  it('draws the few rows in sight, reads further pages while somebody scrolls, and finds what is far down', async () => {
    const desk = await desks().openDesk({ as: kofi, page: 'board' });
    await desk.tab.getByRole('heading', { name: 'Waiting for a leader 100+' }).waitFor();
    await desk.tab.locator('[data-question]').first().waitFor();
    const before = await canvas(desk);
    await eventually(
      async () => {
        await scroll(desk);
        return (await canvas(desk)) > before ? true : undefined;
      },
      async () => 'further pages to be read',
    );
    assert.ok((await rows(desk)) < 60, `${await rows(desk)} rows are drawn`);
    await desk.tab.getByLabel('Search').fill('canteen');
    const first = desk.tab.locator('[data-question]').first();
    await eventually(
      async () => ((await first.textContent())?.includes('canteen') ? true : undefined),
      async () => 'what was searched for',
    );
  });
});
