import assert from 'node:assert/strict';
import { decline } from '../../bot/domain/life.ts';
import { merge } from '../../bot/domain/merge.ts';
import type { Question } from '../../bot/domain/question.ts';
import type { Given } from './contract.ts';
import { fresh, sample, WEEK } from './samples.ts';

const OTHER = '2026-W49';

export function epochsContract(store: Given): void {
  describe('an epoch', () => {
    it('has an open question until the last one of its week is closed', async () => {
      const [first, second] = [sample(), sample()];
      assert.equal(await store().hasOpen(WEEK), false);
      await store().add(first);
      await store().add(second);
      await store().save(decline(first, 'unclear') as Question, await version(first));
      assert.deepEqual([await store().hasOpen(WEEK), await store().hasOpen(OTHER)], [true, false]);
      await store().save(decline(second, 'unclear') as Question, await version(second));
      assert.equal(await store().hasOpen(WEEK), false);
    });

    it('has one as long as a question is open into which one of its week was merged: its asker waits', async () => {
      const [into, other] = [sample({ week: OTHER }), sample()];
      await store().add(into);
      await store().add(other);
      await store().save(merge(other, into, 'Kofi') as Question, await version(other));
      assert.equal(await store().hasOpen(WEEK), true);
      await store().save(decline(into, 'unclear') as Question, await version(into));
      assert.equal(await store().hasOpen(WEEK), false);
    });

    it('that is erased loses its Seals, Slips, votes and reactions, in bounded steps; questions and other epochs stay', async () => {
      const kept = await fill(OTHER, 3);
      const lost = await fill(WEEK, 7);
      let steps = 0;
      while ((await store().eraseEpoch(WEEK, 2)) > 0) steps += 1;
      assert.equal(steps, 4);
      for (const id of lost) assert.deepEqual(await found(WEEK, id), [undefined, 0, 0, 0, 'open']);
      for (const id of kept) assert.deepEqual(await found(OTHER, id), [{ epoch: OTHER, capsule: id }, 1, 1, 1, 'open']);
      assert.equal(await store().eraseEpoch(WEEK, 2), 0);
    });
  });

  const version = async ({ id }: Question): Promise<string> => (await store().question(id))?.version ?? '';

  /** Questions of a week, each with a Seal, a Slip and a vote under its own id. */
  async function fill(week: string, many: number): Promise<string[]> {
    const ids = Array.from({ length: many }, fresh);
    for (const id of ids) {
      await store().add(sample({ id, week }));
      await store().putSeal(id, { epoch: week, capsule: id });
      await store().addSlip(week, id, id);
      await store().addVote({ id, week }, id);
      await store().putReaction({ id, week }, id, 'helped');
    }
    return ids;
  }

  async function found(week: string, id: string) {
    const slips = (await store().slips(week, [id])).size;
    const { helped } = await store().reactions(id);
    return [
      await store().seal(id),
      slips,
      await store().votes(id),
      helped,
      (await store().question(id))?.question.state,
    ];
  }
}
