import assert from 'node:assert/strict';
import { EpochGone, type Seal } from '../../bot/app/ports.ts';
import { makeOpener } from '../../bot/seal/sealer.ts';
import { fresh } from '../store/samples.ts';
import { noor } from '../support/cast.ts';
import { addressOf, useSealing } from './sealing.ts';

/** A Seal with one of its bytes changed. */
function spoilt({ epoch, capsule }: Seal, at: number): Seal {
  const bytes = Buffer.from(capsule, 'base64url');
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  return { epoch, capsule: bytes.toString('base64url') };
}

describe('Sealing', () => {
  const sealing = useSealing();
  const open = async (question: string, seal: Seal) => await sealing.opener.open(question, seal);
  const doesNotOpen = (question: string, seal: Seal) => assert.rejects(() => open(question, seal));

  describe('a Seal', () => {
    it('carries words back: it opens to the address that was sealed, after a restart too', async () => {
      const [question, address] = [fresh(), addressOf(noor)];
      const seal = await sealing.noors.seal(question);
      assert.deepEqual(await open(question, seal), address);
      const restarted = makeOpener(sealing.openKeys());
      assert.deepEqual(await restarted.open(question, seal), address);
    });

    it('keeps every character of an address: spaces at its end, other scripts, quotes', async () => {
      const address = { ...addressOf(noor), conversation: 'a:1 "x" ü\u{1F600} ', tenant: ' ' };
      const question = fresh();
      assert.deepEqual(await open(question, await sealing.hand(noor, address).seal(question)), address);
    });

    it('has one size, whether the address is one character or very long', async () => {
      const sizes = new Set<number>();
      for (const length of [1, 10, 100, 500, 950]) {
        const address = { ...addressOf(noor), tenant: '', conversation: 'x'.repeat(length) };
        sizes.add((await sealing.hand(noor, address).seal(fresh())).capsule.length);
      }
      const { conversation: _none, ...rest } = addressOf(noor);
      sizes.add((await sealing.hand(noor, { ...rest, person: noor.aadObjectId }).seal(fresh())).capsule.length);
      assert.equal(sizes.size, 1);
    });

    it('is refused, rather than cut or made longer, for an address that does not fit', async () => {
      const long = sealing.hand(noor, { ...addressOf(noor), conversation: 'ü'.repeat(500) });
      await assert.rejects(
        async () => long.seal(fresh()),
        (error: Error) => /too long/.test(error.message) && !error.message.includes('ü'),
      );
    });

    it('is never the same twice for one address, so that Seals tell nothing of who asked more', async () => {
      const question = fresh();
      const capsules = [await sealing.noors.seal(question), await sealing.noors.seal(question)].map(
        ({ capsule }) => capsule,
      );
      assert.notEqual(capsules[0], capsules[1]);
      const shared = (from: number) => capsules[0]?.slice(from, from + 8) === capsules[1]?.slice(from, from + 8);
      for (let from = 0; from + 8 < (capsules[0]?.length ?? 0); from += 8) assert.equal(shared(from), false);
    });

    it('moved to another question does not open', async () => {
      const seal = await sealing.noors.seal(fresh());
      await doesNotOpen(fresh(), seal);
    });

    it('moved to another epoch does not open, though that has a key', async () => {
      const question = fresh();
      const seal = await sealing.noors.seal(question);
      await sealing.passWeek();
      const later = await sealing.noors.seal(question);
      assert.notEqual(later.epoch, seal.epoch);
      await doesNotOpen(question, { ...seal, epoch: later.epoch });
      await doesNotOpen(question, { ...later, epoch: seal.epoch });
      await doesNotOpen(question, { ...seal, epoch: 'lasting' });
    });

    it('with any changed byte does not open: ephemeral key, content, padding or mark', async () => {
      const question = fresh();
      const seal = await sealing.noors.seal(question);
      const size = Buffer.from(seal.capsule, 'base64url').length;
      for (const at of [0, 15, 31, 32, 40, 200, size - 17, size - 16, size - 1])
        await doesNotOpen(question, spoilt(seal, at));
      for (const length of [0, 5, 31, 32, 33, 48, 60, size - 1]) {
        const capsule = Buffer.from(seal.capsule, 'base64url').subarray(0, length).toString('base64url');
        await doesNotOpen(question, { ...seal, capsule });
      }
      assert.deepEqual(await open(question, seal), addressOf(noor));
    });

    it('does not open once the key of its epoch is gone, as from a backup', async () => {
      const question = fresh();
      const seal = await sealing.noors.seal(question);
      const others = makeOpener(sealing.openKeys('others.json'));
      await assert.rejects(async () => others.open(question, seal), EpochGone);
      await sealing.destroy(seal.epoch);
      await assert.rejects(open(question, seal), EpochGone);
      await assert.rejects(makeOpener(sealing.openKeys()).open(question, seal), EpochGone);
    });

    it('is stored under a key that says nothing of its question, and is found by it again', () => {
      const [question, other] = [fresh(), fresh()];
      assert.equal(sealing.sealer.sealId(question), sealing.sealer.sealId(question));
      assert.notEqual(sealing.sealer.sealId(question), sealing.sealer.sealId(other));
      assert.notEqual(sealing.sealer.sealId(question), question);
    });
  });
});
