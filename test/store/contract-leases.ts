import assert from 'node:assert/strict';
import type { Given } from './contract.ts';
import { fresh } from './samples.ts';

const NOON = Date.UTC(2026, 10, 23, 12);
const MS = 60_000;

export function leasesContract(store: Given): void {
  const takes = (holder: string, now: number, job = 'epochs') => store().lease(job, { holder, now, ms: MS });

  describe('a lease', () => {
    it('is one holder’s until it ends, for its own job alone', async () => {
      const [one, other] = [fresh(), fresh()];
      assert.equal(await takes(one, NOON), true);
      assert.equal(await takes(other, NOON), false);
      assert.equal(await takes(other, NOON + MS - 1), false);
      assert.equal(await takes(other, NOON, 'mixing'), true);
      assert.equal(await takes(other, NOON + MS), true);
      assert.equal(await takes(one, NOON + MS), false);
    });

    it('that its holder keeps lasts anew from then on, also where their clock went back', async () => {
      const [one, other] = [fresh(), fresh()];
      for (const now of [NOON, NOON + MS / 2, NOON]) assert.equal(await takes(one, now), true);
      assert.equal(await takes(other, NOON + MS - 1), false);
      assert.equal(await takes(other, NOON + MS), true);
    });

    it('that many want at once goes to one', async () => {
      const taken = await Promise.all(Array.from({ length: 10 }, () => takes(fresh(), NOON)));
      assert.equal(taken.filter(Boolean).length, 1);
    });

    it('that ended goes to one of many who want it', async () => {
      await takes(fresh(), NOON);
      const taken = await Promise.all(Array.from({ length: 10 }, () => takes(fresh(), NOON + MS)));
      assert.equal(taken.filter(Boolean).length, 1);
    });

    it('is given back by its holder, and by nobody else', async () => {
      const [one, other] = [fresh(), fresh()];
      await takes(one, NOON);
      await store().release('epochs', other);
      assert.equal(await takes(other, NOON), false);
      for (let n = 0; n < 2; n += 1) await store().release('epochs', one);
      assert.equal(await takes(other, NOON), true);
    });

    it('from a clock a little ahead stands; from one that was wrong it counts for nothing', async () => {
      const [ahead, wrong, other] = [fresh(), fresh(), fresh()];
      await takes(ahead, NOON + MS / 2);
      assert.equal(await takes(other, NOON), false);
      await takes(wrong, NOON + 365 * 24 * 3_600_000, 'mixing');
      assert.equal(await takes(other, NOON, 'mixing'), true);
      assert.equal(await takes(wrong, NOON, 'mixing'), false);
    });
  });
}
