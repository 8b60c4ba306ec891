import assert from 'node:assert/strict';
import { freshId } from '../../support/app.ts';
import { kofi } from '../../support/cast.ts';
import { type Desk, useDesks } from '../../support/desk.ts';
import { eventually } from '../eventually.ts';

const MANY = 10_000;
/** A frame that takes longer is felt. */
const FELT_MS = 50;

/** Has the page write down every task that kept it from drawing for too long. */
const watch = ({ tab }: Desk) =>
  tab.evaluate(`
    window.long = [];
    new PerformanceObserver((list) => window.long.push(...list.getEntries().map((task) => Math.round(task.duration))))
      .observe({ type: 'longtask' });
  `);
const longest = async ({ tab }: Desk) => Math.max(0, ...(await tab.evaluate<number[]>('window.long')));
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

  /** Scrolls through some thousand and filters; gives the longest task, 0 where none was long. */
  async function uses(words: string): Promise<number> {
    const desk = await desks().openDesk({ as: kofi, page: 'board' });
    await desk.tab.getByRole('heading', { name: 'Waiting for a leader 100+' }).waitFor();
    await desk.tab.locator('[data-question]').first().waitFor();
    await watch(desk);
    const before = await canvas(desk);
    for (let turn = 0; turn < 60; turn += 1) {
      await scroll(desk);
      await desk.page.waitForTimeout(50);
    }
    assert.ok((await canvas(desk)) > before, 'the premise: further pages were read');
    assert.ok((await rows(desk)) < 60, 'the premise: only what is seen is drawn');
    await desk.tab.getByLabel('Search').fill(words);
    const first = desk.tab.locator('[data-question]').first();
    await eventually(
      async () => ((await first.textContent())?.includes(words) ? true : undefined),
      async () => 'what was searched for',
    );
    return longest(desk);
  }

  it('draws a few rows of them, and no frame is felt while somebody scrolls and filters', async () => {
    // A machine that others use holds up a page as well: the best of three is the board's own.
    let felt = Infinity;
    for (let tries = 0; tries < 3 && felt > FELT_MS; tries += 1) felt = Math.min(felt, await uses('canteen'));
    assert.ok(felt <= FELT_MS, `A task took ${felt} ms`);
  });

  it('would notice: a task that takes longer is seen', async () => {
    const desk = await desks().openDesk({ as: kofi, page: 'board' });
    await watch(desk);
    await desk.tab.evaluate(
      `setTimeout(() => { const end = performance.now() + 100; while (performance.now() < end); })`,
    );
    await eventually(
      async () => ((await longest(desk)) > FELT_MS ? true : undefined),
      async () => 'a long task to be noticed',
    );
  });
});
