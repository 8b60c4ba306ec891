import assert from 'node:assert/strict';
import { kaia, kofi } from '../support/cast.ts';
import type { Given } from './contract.ts';
import { fresh } from './samples.ts';

const NOW = Date.UTC(2026, 10, 23, 12);
const [KOFI, KAIA] = [kofi.aadObjectId, kaia.aadObjectId];

export function claimsContract(store: Given): void {
  const claimed = async (now = NOW) =>
    (await store().claims(now)).toSorted((a, b) => (a.question < b.question ? -1 : 1));

  describe('a claim', () => {
    it('is there until it runs out', async () => {
      const claim = { question: fresh(), by: KOFI, until: NOW + 1000 };
      await store().putClaim(claim);
      assert.deepEqual(await claimed(), [claim]);
      assert.deepEqual(await claimed(NOW + 999), [claim]);
      assert.deepEqual(await claimed(NOW + 1000), []);
    });

    it('is one for each question: whoever comes next has it', async () => {
      const [one, other] = [fresh(), fresh()].toSorted();
      assert.ok(one !== undefined && other !== undefined);
      await store().putClaim({ question: one, by: KOFI, until: NOW + 1000 });
      await store().putClaim({ question: other, by: KOFI, until: NOW + 1000 });
      await store().putClaim({ question: one, by: KAIA, until: NOW + 2000 });
      assert.deepEqual(await claimed(), [
        { question: one, by: KAIA, until: NOW + 2000 },
        { question: other, by: KOFI, until: NOW + 1000 },
      ]);
    });

    it('is let go of by whoever has it, and by nobody else', async () => {
      const question = fresh();
      await store().putClaim({ question, by: KOFI, until: NOW + 1000 });
      await store().eraseClaim(question, KAIA);
      assert.equal((await claimed()).length, 1);
      await store().eraseClaim(question, KOFI);
      assert.deepEqual(await claimed(), []);
    });

    it('that runs is not forgotten with those that have run out', async () => {
      const question = fresh();
      await store().putClaim({ question: fresh(), by: KOFI, until: NOW });
      await store().putClaim({ question, by: KOFI, until: NOW + 1000 });
      await store().forgetClaims(NOW);
      assert.deepEqual(
        (await claimed()).map((claim) => claim.question),
        [question],
      );
    });
  });
}
