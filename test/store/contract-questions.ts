import assert from 'node:assert/strict';
import { Conflict } from '../../bot/app/ports.ts';
import { decline, withdraw } from '../../bot/domain/life.ts';
import type { Question } from '../../bot/domain/question.ts';
import { ines, noor } from '../support/cast.ts';
import type { Given } from './contract.ts';
import { fresh, sample } from './samples.ts';

/** Words that a careless store would change: quotes, escapes, other scripts, what looks like code. */
const HARD_WORDS = `"Why" \\ 'not'; DROP TABLE questions; -- \n\t\u0000 \u{1F469}\u200D\u{1F680} مرحبا e\u0301 \${x} %s __proto__`;

export function questionsContract(store: Given): void {
  describe('a question', () => {
    it('comes back word for word', async () => {
      const question = sample({ words: HARD_WORDS, signed: noor.name, topic: 'Strategy' });
      assert.equal(await store().add(question), true);
      assert.deepEqual((await store().question(question.id))?.question, question);
    });

    it('is not there before it is added', async () => {
      assert.equal(await store().question(fresh()), undefined);
    });

    it('comes back whole at the longest: 2,000 graphemes of 25 bytes', async () => {
      const family = '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}\u200D\u{1F466}';
      const question = sample({ words: family.repeat(2000) });
      await store().add(question);
      assert.equal((await store().question(question.id))?.question.words, question.words);
    });

    it('that is added twice stays as it was first', async () => {
      const question = sample();
      assert.equal(await store().add(question), true);
      assert.equal(await store().add({ ...question, words: 'Something else' }), false);
      assert.equal((await store().question(question.id))?.question.words, question.words);
    });

    it('that is added four times at once is added once', async () => {
      const question = sample();
      const added = await Promise.all(Array.from({ length: 4 }, () => store().add(question)));
      assert.equal(added.filter(Boolean).length, 1);
    });

    it('is told apart from one whose id differs in case alone', async () => {
      await store().add(sample({ id: 'AbCdEfGhIjKlMnOpQrStUv', words: 'One' }));
      assert.equal(await store().add(sample({ id: 'aBcDeFgHiJkLmNoPqRsTuV', words: 'Other' })), true);
      assert.equal((await store().question('AbCdEfGhIjKlMnOpQrStUv'))?.question.words, 'One');
    });
  });

  describe('saving a question', () => {
    let question: Question;
    beforeEach(async () => void (await store().add((question = sample()))));

    const version = async (): Promise<string> => {
      const kept = await store().question(question.id);
      assert.ok(kept, 'The question is not there');
      return kept.version;
    };

    it('changes it, and gives it another version', async () => {
      const before = await version();
      await store().save({ ...question, votes: 3 }, before);
      assert.equal((await store().question(question.id))?.question.votes, 3);
      assert.notEqual(await version(), before);
    });

    it('under a version that is no longer the current one is a Conflict, and changes nothing', async () => {
      const stale = await version();
      await store().save({ ...question, words: 'First' }, stale);
      await assert.rejects(store().save({ ...question, words: 'Second' }, stale), Conflict);
      assert.equal((await store().question(question.id))?.question.words, 'First');
    });

    it('five times at once under one version happens once; the others meet a Conflict', async () => {
      const current = await version();
      const saves = Array.from({ length: 5 }, (_, n) => store().save({ ...question, votes: n + 1 }, current));
      const refused = (await Promise.allSettled(saves)).filter(({ status }) => status === 'rejected');
      assert.equal(refused.length, 4);
      for (const { reason } of refused as PromiseRejectedResult[])
        assert.ok(reason instanceof Conflict, String(reason));
    });

    it('that was never added is a Conflict, and adds nothing', async () => {
      const stranger = sample();
      await assert.rejects(store().save(stranger, await version()), Conflict);
      assert.equal(await store().question(stranger.id), undefined);
    });

    it('that was withdrawn leaves the tombstone, and none of the words', async () => {
      await store().save(withdraw(question) as Question, await version());
      const kept = await store().question(question.id);
      assert.equal(kept?.question.state, 'withdrawn');
      assert.equal(kept.question.words, '');
    });

    it('moves it from one list to another', async () => {
      await store().save(decline(question, 'unclear') as Question, await version());
      const list = async (state: Question['state']) =>
        (await store().list({ leader: ines.aadObjectId, state, limit: 5 })).questions.map(({ id }) => id);
      assert.deepEqual(await list('open'), []);
      assert.deepEqual(await list('declined'), [question.id]);
    });

    it('is not done by changing what was read', async () => {
      const kept = await store().question(question.id);
      assert.ok(kept);
      kept.question.words = 'Changed in memory';
      assert.equal((await store().question(question.id))?.question.words, question.words);
    });
  });

  describe('the store itself', () => {
    it('is ready', () => store().ready());

    it('closes twice without a fault, and answers nothing afterwards', async () => {
      await store().close();
      await store().close();
      await assert.rejects(store().ready());
      await assert.rejects(store().add(sample()));
    });
  });
}
