import assert from 'node:assert/strict';
import type { Given } from './contract.ts';
import { fresh, WEEK } from './samples.ts';

export function votesContract(store: Given): void {
  const vote = (question: string, tag: string) => store().addVote({ id: question, week: WEEK }, tag);

  describe('a vote', () => {
    it('counts once for each voter, on its own question', async () => {
      const [question, other, tag] = [fresh(), fresh(), fresh()];
      assert.equal(await vote(question, tag), true);
      assert.equal(await vote(question, tag), false);
      assert.equal(await vote(question, fresh()), true);
      assert.equal(await vote(other, tag), true);
      assert.deepEqual(await Promise.all([question, other, fresh()].map((id) => store().votes(id))), [2, 1, 0]);
    });

    it('that one person gives five times at once counts once', async () => {
      const [question, tag] = [fresh(), fresh()];
      const added = await Promise.all(Array.from({ length: 5 }, () => vote(question, tag)));
      assert.equal(added.filter(Boolean).length, 1);
      assert.equal(await store().votes(question), 1);
    });

    it('of a crowd at once is counted whole', async () => {
      const question = fresh();
      await Promise.all(Array.from({ length: 30 }, () => vote(question, fresh())));
      assert.equal(await store().votes(question), 30);
    });

    it('that is taken back counts no more, alone, and may be given again', async () => {
      const [question, tag] = [fresh(), fresh()];
      await vote(question, tag);
      await vote(question, fresh());
      assert.equal(await store().eraseVote(question, tag), true);
      assert.equal(await store().eraseVote(question, tag), false);
      assert.equal(await store().votes(question), 1);
      assert.equal(await vote(question, tag), true);
    });

    it('is read with its voter, sealed, where it has one', async () => {
      const [question, one, two, voter] = [fresh(), fresh(), fresh(), fresh()];
      await store().addVote({ id: question, week: WEEK }, one, voter);
      await vote(question, two);
      await vote(fresh(), fresh());
      const ballot = await store().ballot(question);
      assert.deepEqual(
        new Map(ballot.map((kept) => [kept.tag, kept.voter])),
        new Map([
          [one, voter],
          [two, undefined],
        ]),
      );
      assert.deepEqual(await store().ballot(fresh()), []);
    });

    it('is told by the pair of question and tag, never by one of them', async () => {
      const [first, second, mine, theirs] = [fresh(), fresh(), fresh(), fresh()];
      await vote(first, mine);
      await vote(second, theirs);
      const pairs = [
        { question: first, tag: mine },
        { question: first, tag: mine },
        { question: second, tag: mine },
        { question: fresh(), tag: theirs },
      ];
      assert.deepEqual(await store().voted(pairs), new Set([first]));
      assert.deepEqual(await store().voted([]), new Set());
    });
  });

  describe('a greeting', () => {
    it('happens once, however often it is asked for', async () => {
      const tag = fresh();
      const greeted = await Promise.all([store().addGreeting(tag), store().addGreeting(tag)]);
      assert.deepEqual(greeted.toSorted(), [false, true]);
      assert.equal(await store().addGreeting(tag), false);
      assert.equal(await store().addGreeting(fresh()), true);
      await store().eraseGreeting(tag);
      assert.equal(await store().addGreeting(tag), true, 'a greeting that could not be sent is forgotten');
      assert.deepEqual(await Promise.all([store().greeted(tag), store().greeted(fresh())]), [true, false]);
    });
  });
}
