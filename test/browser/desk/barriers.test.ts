import assert from 'node:assert/strict';
import { setTimeout as delay } from 'node:timers/promises';
import type { BrowserContext } from 'playwright-core';
import { assertNoBarriers } from '../../support/barriers.ts';
import { type Desk, type Look, useDesks } from '../../support/desk.ts';
import { FURTHER, furnish, type Ids, SIGHTS, type Sight, STATES } from '../../support/sights.ts';

const OTHER_LOOKS: readonly Look[] = ['dark', 'contrast'];

const NONE: Ids = { open: 'none', answered: 'none', published: 'none', declined: 'none' };
const needsNothing = (sight: Sight): boolean => !sight.page(NONE).includes('none');

/** It is a page, and shows what there is. */
const settled = async ({ tab, settles }: Desk): Promise<void> => {
  assert.equal(await tab.getByText('There is nothing here').count(), 0, 'the premise: it is a page');
  await settles();
};

async function assertNone(desk: Desk, about: string): Promise<void> {
  await assertNoBarriers(desk, about);
  for (const look of OTHER_LOOKS) {
    await desk.turns(look);
    await assertNoBarriers(desk, `${about}, ${look}`, 'colours');
  }
}

/** A page may bring its content at once, or wider than the screen; at 320 px nothing may be lost to the side. */
async function assertFits({ tab }: Desk, about: string): Promise<void> {
  const measure = () =>
    tab.evaluate<[number, number]>('[document.documentElement.scrollWidth, document.documentElement.clientWidth]');
  let [content, room] = await measure();
  // A page is drawn anew a moment after its frame has become narrower.
  for (let looks = 0; content > room && looks < 50; looks += 1) {
    await delay(100);
    [content, room] = await measure();
  }
  assert.ok(content <= room, `${about} is ${content} px wide in ${room} px`);
}

describe('no barrier', () => {
  describe('on a page with something to show', () => {
    let ids: Ids;
    const desks = useDesks(async (started) => void (ids = await furnish(started)));

    for (const sight of [...SIGHTS, ...FURTHER]) {
      it(`${sight.name}, in each theme, wide and on a phone`, async () => {
        const desk = await desks().openDesk({ as: sight.as, page: sight.page(ids) });
        await settled(desk);
        await assertNone(desk, sight.name);
        await desk.page.setViewportSize({ width: 320, height: 640 });
        await assertFits(desk, sight.name);
        await assertNoBarriers(desk, `${sight.name} at 320 px`);
      });

      it(`${sight.name} at a zoom of 200 %, from right to left`, async () => {
        const desk = await desks().openDesk({
          as: sight.as,
          page: sight.page(ids),
          width: 640,
          scale: 2,
          before: fromRightToLeft,
        });
        await settled(desk);
        assert.equal(await desk.tab.locator('html').getAttribute('dir'), 'rtl', 'the premise');
        await assertFits(desk, sight.name);
      });

      for (const [state, put] of SIGHTS.includes(sight) ? Object.entries(STATES) : []) {
        it(`${sight.name} while it is ${state}`, async () => {
          const desk = await desks().openDesk({
            as: sight.as,
            page: sight.page(ids),
            before: put,
            tolerates: /status of 500/,
          });
          await assertNone(desk, `${sight.name}, ${state}`);
        });
      }
    }
  });

  describe('on a page with nothing to show', () => {
    const desks = useDesks();
    for (const sight of SIGHTS.filter(needsNothing)) {
      it(`${sight.name}, in each theme`, async () => {
        const desk = await desks().openDesk({ as: sight.as, page: sight.page(NONE) });
        await settled(desk);
        await assertNone(desk, `${sight.name}, empty`);
      });
    }
  });
});

/** As if the language of the words were written so. */
async function fromRightToLeft(context: BrowserContext): Promise<void> {
  await context.route(/\/assets\/en-\w+\.js$/, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, body: (await response.text()).replace('"ltr"', '"rtl"') });
  });
}
