import assert from 'node:assert/strict';
import type { Reaction } from '../../bot/domain/reaction.ts';
import type { Given } from './contract.ts';
import { fresh, WEEK } from './samples.ts';

export function reactionsContract(store: Given): void {
  const put = (question: string, tag: string, reaction?: Reaction) =>
    store().putReaction({ id: question, week: WEEK }, tag, reaction);

  describe('a reaction', () => {
    it('counts once for each reader, on its own answer', async () => {
      const [question, other, tag] = [fresh(), fresh(), fresh()];
      await put(question, tag, 'helped');
      await put(question, tag, 'helped');
      await put(question, fresh(), 'helped');
      await put(question, fresh(), 'not');
      await put(other, tag, 'partly');
      assert.deepEqual(await store().reactions(question), { helped: 2, partly: 0, not: 1 });
      assert.deepEqual(await store().reactions(other), { helped: 0, partly: 1, not: 0 });
      assert.deepEqual(await store().reactions(fresh()), { helped: 0, partly: 0, not: 0 });
    });

    it('takes the place of what the same reader said before, and is gone when it is taken back', async () => {
      const [question, tag] = [fresh(), fresh()];
      await put(question, tag, 'helped');
      await put(question, tag, 'not');
      assert.equal(await store().reaction(question, tag), 'not');
      assert.deepEqual(await store().reactions(question), { helped: 0, partly: 0, not: 1 });
      await put(question, tag);
      await put(question, tag);
      assert.equal(await store().reaction(question, tag), undefined);
      assert.deepEqual(await store().reactions(question), { helped: 0, partly: 0, not: 0 });
    });
  });
}
