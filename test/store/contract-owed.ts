import assert from 'node:assert/strict';
import { Conflict } from '../../bot/app/ports.ts';
import type { Question } from '../../bot/domain/question.ts';
import type { Given } from './contract.ts';
import { owing, sample } from './samples.ts';

const NOW = Date.UTC(2026, 10, 23, 12);

/** A question of which something is claimed, or waits, until then. */
function standing(state: 'claimed' | 'waiting', until: number): Question {
  const question = owing(0);
  const more = { state, until, tries: 1, fence: '1', why: '429' } as const;
  return { ...question, deliveries: question.deliveries.map((owed) => ({ ...owed, ...more })) };
}

export function owedContract(store: Given): void {
  const addAll = async (...questions: Question[]) => {
    for (const question of questions) await store().add(question);
  };

  const version = async (id: string): Promise<string> => {
    const kept = await store().question(id);
    assert.ok(kept, 'The question is not there');
    return kept.version;
  };

  describe('what is owed', () => {
    it('is found once it is due, the longest due first', async () => {
      const [later, now, atOnce, due] = [owing(NOW + 1), owing(NOW), owing(0), owing(NOW - 1)];
      await addAll(later, now, atOnce, due);
      assert.deepEqual(await store().owing(NOW, 10), [atOnce.id, due.id, now.id]);
      assert.deepEqual(await store().owing(NOW + 1, 10), [atOnce.id, due.id, now.id, later.id]);
    });

    it('is found no more than asked for', async () => {
      await addAll(...Array.from({ length: 5 }, () => owing(0)));
      assert.equal((await store().owing(NOW, 3)).length, 3);
    });

    it('counts by the earliest of a question’s deliveries', async () => {
      await addAll(owing(NOW + 500, NOW + 100, NOW + 900));
      assert.equal(await store().nextOwed(), NOW + 100);
      assert.equal((await store().owing(NOW + 100, 10)).length, 1);
    });

    it('is found where its claim was made by a clock that was ahead, after what is due, and no other claim or wait', async () => {
      const HOURS = 6 * 3_600_000;
      const [ahead, due] = [standing('claimed', NOW + HOURS), owing(NOW)];
      await addAll(ahead, standing('claimed', NOW + 40_000), standing('waiting', NOW + HOURS), due);
      assert.deepEqual(await store().owing(NOW, 10), [due.id, ahead.id]);
      assert.deepEqual(await store().owing(NOW, 1), [due.id]);
    });

    it('is nothing where nothing is owed, or everything was given up', async () => {
      const given = owing(0);
      await addAll(sample(), {
        ...given,
        deliveries: given.deliveries.map((owed) => ({ ...owed, state: 'dead', why: '403' })),
      });
      assert.deepEqual(await store().owing(NOW, 10), []);
      assert.equal(await store().nextOwed(), undefined);
    });

    it('is next due at the earliest time of all', async () => {
      await addAll(owing(NOW + 300), owing(NOW + 200), sample());
      assert.equal(await store().nextOwed(), NOW + 200);
    });

    it('is written with the question: a save that carries it out, or puts it off, is one write', async () => {
      const question = owing(0);
      await addAll(question);
      await store().save({ ...question, deliveries: owing(NOW + 50).deliveries }, await version(question.id));
      assert.deepEqual(await store().owing(NOW, 10), []);
      assert.equal(await store().nextOwed(), NOW + 50);
      await store().save({ ...question, deliveries: [] }, await version(question.id));
      assert.equal(await store().nextOwed(), undefined);
    });

    it('is not changed by a save that meets a Conflict', async () => {
      const question = owing(NOW);
      await addAll(question);
      const stale = await version(question.id);
      await store().save(question, stale);
      await assert.rejects(store().save({ ...question, deliveries: [] }, stale), Conflict);
      assert.equal(await store().nextOwed(), NOW);
    });
  });
}
