import assert from 'node:assert/strict';
import type { Given } from './contract.ts';
import { fresh } from './samples.ts';

const [SUNDAY, MONDAY, TUESDAY] = ['2026-11-22', '2026-11-23', '2026-11-24'] as const;

export function countsContract(store: Given): void {
  describe('the count of a day', () => {
    it('takes a tag that is free on that day, and no other', async () => {
      const [tag, first, second] = [fresh(), fresh(), fresh()];
      assert.equal(await store().addCount(MONDAY, tag, first), true);
      assert.equal(await store().addCount(MONDAY, tag, second), false);
      assert.equal(await store().addCount(TUESDAY, tag, second), true);
      assert.deepEqual(await store().counted(MONDAY, [tag, fresh()]), new Map([[tag, first]]));
      assert.deepEqual(await store().counted(TUESDAY, [tag]), new Map([[tag, second]]));
    });

    it('gives a place that two acts want at once to one of them', async () => {
      const tag = fresh();
      const added = await Promise.all([fresh(), fresh()].map((act) => store().addCount(MONDAY, tag, act)));
      assert.equal(added.filter(Boolean).length, 1);
    });

    it('gives back one place, on that day alone', async () => {
      const [tag, other, act] = [fresh(), fresh(), fresh()];
      for (const day of [MONDAY, TUESDAY]) for (const one of [tag, other]) await store().addCount(day, one, act);
      await store().eraseCount(MONDAY, tag);
      await store().eraseCount(MONDAY, tag);
      assert.deepEqual([...(await store().counted(MONDAY, [tag, other])).keys()], [other]);
      assert.equal((await store().counted(TUESDAY, [tag, other])).size, 2);
    });

    it('is forgotten with every day before it, and may be forgotten again', async () => {
      const tags = Array.from({ length: 3 }, fresh);
      for (const tag of tags) await store().addCount(SUNDAY, tag, fresh());
      await store().forgetCounts(TUESDAY);
      await store().forgetCounts(TUESDAY);
      assert.equal((await store().counted(SUNDAY, tags)).size, 0);
      assert.equal(await store().addCount(TUESDAY, fresh(), fresh()), true);
    });

    it('stays while its day lasts, and where a clock goes back', async () => {
      const [tag, act] = [fresh(), fresh()];
      await store().addCount(MONDAY, tag, act);
      for (const today of [MONDAY, SUNDAY]) await store().forgetCounts(today);
      assert.deepEqual(await store().counted(MONDAY, [tag]), new Map([[tag, act]]));
    });
  });
}
