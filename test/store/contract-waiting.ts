import assert from 'node:assert/strict';
import type { Waiting } from '../../bot/app/waiting.ts';
import type { Given } from './contract.ts';
import { fresh } from './samples.ts';

const row = (): Waiting => ({ id: fresh(), epoch: '2026-W48', capsule: fresh().repeat(400) });
const byId = (rows: Waiting[]) => rows.toSorted((a, b) => (a.id < b.id ? -1 : 1));

export function waitingContract(store: Given): void {
  describe('what waits to enter', () => {
    it('comes back as it was put, alone and among all', async () => {
      const rows = [row(), { ...row(), epoch: '2026-W49' }, row()];
      for (const one of rows) assert.equal(await store().addWaiting(one), true);
      assert.deepEqual(byId(await store().allWaiting()), byId(rows));
      for (const one of rows) assert.deepEqual(await store().waiting(one.id), one);
    });

    it('is nothing where nothing waits', async () => {
      assert.deepEqual(await store().allWaiting(), []);
      assert.equal(await store().waiting(fresh()), undefined);
    });

    it('waits once: a second row of the same id changes nothing, also where both are added at once', async () => {
      const [first, second] = [row(), row()];
      const added = [first, { ...second, id: first.id }].map((one) => store().addWaiting(one));
      assert.equal((await Promise.all(added)).filter(Boolean).length, 1);
      const kept = await store().waiting(first.id);
      assert.equal(await store().addWaiting({ ...row(), id: first.id }), false);
      assert.deepEqual(await store().waiting(first.id), kept);
    });

    it('is gone once erased, alone, and may be erased and added again', async () => {
      const [gone, stays] = [row(), row()];
      await store().addWaiting(gone);
      await store().addWaiting(stays);
      await store().eraseWaiting(gone.id);
      await store().eraseWaiting(gone.id);
      assert.equal(await store().waiting(gone.id), undefined);
      assert.deepEqual(await store().allWaiting(), [stays]);
      assert.equal(await store().addWaiting(gone), true);
    });

    it('keeps its epoch open while it waits, and goes with the keys of it', async () => {
      const [waits, other] = [row(), { ...row(), epoch: '2026-W49' }];
      await store().addWaiting(waits);
      await store().addWaiting(other);
      assert.deepEqual([await store().hasOpen('2026-W48'), await store().hasOpen('2026-W47')], [true, false]);
      assert.equal(await store().eraseEpoch('2026-W48', 10), 1);
      assert.equal(await store().hasOpen('2026-W48'), false);
      assert.deepEqual(await store().allWaiting(), [other]);
    });

    it('is found under its own id only: case tells ids apart', async () => {
      const one = { ...row(), id: 'AbCd' };
      await store().addWaiting(one);
      for (const id of ['aBcD', 'abcd', 'AbCd ']) assert.equal(await store().waiting(id), undefined);
    });
  });
}
