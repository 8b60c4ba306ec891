import assert from 'node:assert/strict';
import type { Given } from './contract.ts';
import { fresh, WEEK } from './samples.ts';

const seal = () => ({ epoch: '2026-W48', capsule: fresh() });

export function capsulesContract(store: Given): void {
  describe('a Seal', () => {
    it('comes back as it was put, and as it was put last', async () => {
      const [id, first, last] = [fresh(), seal(), { ...seal(), epoch: '2026-W49' }];
      assert.equal(await store().seal(id), undefined);
      await store().putSeal(id, first);
      assert.deepEqual(await store().seal(id), first);
      await store().putSeal(id, last);
      assert.deepEqual(await store().seal(id), last);
    });

    it('is gone once erased, alone, and may be erased again', async () => {
      const [id, other, kept] = [fresh(), fresh(), seal()];
      await store().putSeal(id, seal());
      await store().putSeal(other, kept);
      await store().eraseSeal(id);
      await store().eraseSeal(id);
      assert.equal(await store().seal(id), undefined);
      assert.deepEqual(await store().seal(other), kept);
    });
  });

  describe('a Slip', () => {
    it('takes a tag that is free, and no other', async () => {
      const tag = fresh();
      assert.equal(await store().addSlip(WEEK, tag, 'first'), true);
      assert.equal(await store().addSlip(WEEK, tag, 'second'), false);
      assert.deepEqual(await store().slips(WEEK, [tag]), new Map([[tag, 'first']]));
    });

    it('that two forms of one person add at once goes to one of them', async () => {
      const tag = fresh();
      const added = await Promise.all([store().addSlip(WEEK, tag, 'one'), store().addSlip(WEEK, tag, 'other')]);
      assert.deepEqual(added.toSorted(), [false, true]);
    });

    it('is replaced by a blank one', async () => {
      const tag = fresh();
      await store().addSlip(WEEK, tag, 'a question');
      await store().putSlip(WEEK, tag, 'blank');
      assert.deepEqual(await store().slips(WEEK, [tag]), new Map([[tag, 'blank']]));
    });

    it('is found among many tags, most of them free', async () => {
      const tags = Array.from({ length: 500 }, fresh);
      const taken = tags.filter((_, n) => n % 50 === 0);
      for (const tag of taken) await store().addSlip(WEEK, tag, `slip of ${tag}`);
      const found = await store().slips(WEEK, tags);
      assert.deepEqual([...found.keys()].toSorted(), taken.toSorted());
      for (const tag of taken) assert.equal(found.get(tag), `slip of ${tag}`);
    });

    it('is found under its own tag only: case tells tags apart', async () => {
      await store().addSlip(WEEK, 'AbCd', 'a');
      assert.deepEqual(await store().slips(WEEK, ['aBcD', 'abcd', 'AbCd ']), new Map());
    });

    it('is not found where no tag is given', async () => {
      await store().addSlip(WEEK, fresh(), 'a');
      assert.deepEqual(await store().slips(WEEK, []), new Map());
    });
  });
}
