import assert from 'node:assert/strict';
import { Conflict } from '../../bot/app/ports.ts';
import type { Entry, KeptSettings } from '../../bot/app/settings-store.ts';
import { parseDirectory } from '../../bot/directory-file.ts';
import { PLAIN_POLICY, type Policy } from '../../bot/domain/settings.ts';
import { ana, directoryJson } from '../support/cast.ts';
import type { Given } from './contract.ts';

const POLICY: Policy = { ...PLAIN_POLICY, limits: { questions: 3, votes: 30 }, mixing: { size: 3, minutes: 30 } };

const entry = (n: number): Entry => ({
  n,
  day: '2026-11-23',
  by: ana.name,
  changes: [{ what: 'overdue-days', from: '10', to: String(n) }],
});

/** The settings as save number `n` left them. */
export const settingsOf = (n: number): KeptSettings => ({
  settings: { directory: parseDirectory(JSON.stringify(directoryJson())), policy: { ...POLICY, overdueDays: n } },
  entry: entry(n),
});

export function settingsContract(store: Given): void {
  const saves = async (n: number) => store().saveSettings(settingsOf(n), n - 1);

  describe('the settings', () => {
    it('are none until they are saved, and then as they were saved last', async () => {
      assert.equal(await store().settings(), undefined);
      for (const n of [1, 2, 3]) await saves(n);
      assert.deepEqual(await store().settings(), settingsOf(3));
    });

    it('that somebody saved in between are not written over, the first ones neither', async () => {
      await saves(1);
      await assert.rejects(saves(1), Conflict);
      await saves(2);
      await assert.rejects(saves(2), Conflict);
      await assert.rejects(saves(4), Conflict);
      assert.deepEqual(await store().settings(), settingsOf(2));
    });

    for (const [which, n] of [
      ['first', 1],
      ['next', 2],
    ] as const)
      it(`saved by many at once for the ${which} time are those of one`, async () => {
        for (let before = 1; before < n; before += 1) await saves(before);
        const saved = await Promise.allSettled(Array.from({ length: 6 }, () => saves(n)));
        assert.equal(saved.filter(({ status }) => status === 'fulfilled').length, 1);
      });

    it('have a log: what was put aside, newest first, page by page, and once', async () => {
      for (const n of [1, 2, 9, 10, 11, 11]) await store().addEntry(entry(n));
      const page = async (before: number) => (await store().entries({ before, limit: 2 })).map(({ n }) => n);
      assert.deepEqual(await page(Number.MAX_SAFE_INTEGER), [11, 10]);
      assert.deepEqual(await page(10), [9, 2]);
      assert.deepEqual(await page(2), [1]);
      assert.deepEqual(await page(1), []);
      assert.deepEqual(await store().entries({ before: 3, limit: 1 }), [entry(2)]);
    });
  });
}
