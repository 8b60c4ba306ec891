import assert from 'node:assert/strict';
import type { Given } from './contract.ts';
import { fresh, WEEK } from './samples.ts';

const [MONDAY, TUESDAY, FRIDAY] = ['2026-11-23', '2026-11-24', '2026-11-27'] as const;

const row = (until: string, epoch = WEEK) => ({ tag: fresh(), mark: fresh(), epoch, until });

export function blocksContract(store: Given): void {
  describe('a block', () => {
    it('is found by its tag alone, and the latest of several counts', async () => {
      const [short, long, other] = [row(TUESDAY), row(FRIDAY), row('2027-01-01')];
      for (const one of [short, long, other]) assert.equal(await store().addBlock(one), true);
      assert.equal(await store().blockedUntil([short.tag]), TUESDAY);
      assert.equal(await store().blockedUntil([fresh(), long.tag, short.tag]), FRIDAY);
      assert.equal(await store().blockedUntil([fresh()]), undefined);
      assert.equal(await store().blockedUntil([]), undefined);
    });

    it('takes a tag that is free, and leaves one that is taken as it is, also where both come at once', async () => {
      const one = row(TUESDAY);
      const added = await Promise.all([store().addBlock(one), store().addBlock({ ...one, mark: fresh() })]);
      assert.deepEqual(added.toSorted(), [false, true]);
      assert.equal(await store().addBlock({ ...one, mark: fresh(), until: FRIDAY }), false);
      assert.equal(await store().blockedUntil([one.tag]), TUESDAY);
    });

    it('stands once, however often it is added: a repeat finds its mark, and takes no second tag', async () => {
      const [one, second] = [row(TUESDAY), fresh()];
      for (const tag of [one.tag, second, one.tag]) assert.equal(await store().addBlock({ ...one, tag }), true);
      assert.equal(await store().blockedUntil([second]), undefined);
      assert.equal(await store().blockedUntil([one.tag]), TUESDAY);
    });

    it('is erased by its mark, alone, and may be erased again', async () => {
      const [lifted, stands] = [row(FRIDAY), row(FRIDAY)];
      for (const one of [lifted, stands]) await store().addBlock(one);
      for (let n = 0; n < 2; n += 1) await store().eraseBlock(lifted.mark);
      assert.equal(await store().blockedUntil([lifted.tag]), undefined);
      assert.equal(await store().blockedUntil([stands.tag]), FRIDAY);
      assert.equal(await store().addBlock({ ...lifted, mark: fresh() }), true, 'its tag is free again');
    });

    it('is erased once its day has come, alone, and may be erased again', async () => {
      const [over, stands] = [row(TUESDAY), row(FRIDAY)];
      for (const one of [over, stands]) await store().addBlock(one);
      await store().eraseBlocks(MONDAY);
      assert.equal(await store().blockedUntil([over.tag]), TUESDAY);
      for (let n = 0; n < 2; n += 1) await store().eraseBlocks(TUESDAY);
      assert.equal(await store().blockedUntil([over.tag]), undefined);
      assert.equal(await store().blockedUntil([stands.tag]), FRIDAY);
    });

    it('goes with the keys of its epoch', async () => {
      const [gone, stays] = [row(FRIDAY), row(FRIDAY, '2026-W49')];
      for (const one of [gone, stays]) await store().addBlock(one);
      assert.equal(await store().eraseEpoch(WEEK, 10), 1);
      assert.equal(await store().blockedUntil([gone.tag]), undefined);
      assert.equal(await store().blockedUntil([stays.tag]), FRIDAY);
    });
  });
}
