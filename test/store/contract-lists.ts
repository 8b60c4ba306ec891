import assert from 'node:assert/strict';
import { COUNTED } from '../../bot/app/ports.ts';
import type { Question } from '../../bot/domain/question.ts';
import { ines, otto } from '../support/cast.ts';
import type { Given } from './contract.ts';
import { fresh, sample } from './samples.ts';

const queue = (leader: string) => ({ leader, state: 'open' as const, limit: 3 });

export function listsContract(store: Given): void {
  const addAll = async (questions: Question[]) => {
    for (const question of questions) assert.equal(await store().add(question), true);
    return questions;
  };

  /** Reads page after page, and lets something happen in between. */
  const turnPages = async (limit: number, between: (page: Question[]) => Promise<void> = async () => {}) => {
    const pages: Question[][] = [];
    let after: string | undefined;
    for (let turns = 0; turns < 20; turns += 1) {
      const page = await store().list({ ...queue(ines.aadObjectId), limit, after });
      pages.push(page.questions);
      if (page.next === undefined) return pages;
      after = page.next;
      await between(page.questions);
    }
    throw new Error('The pages have no end');
  };

  const save = async (id: string, change: Partial<Question>) => {
    const kept = await store().question(id);
    assert.ok(kept);
    await store().save({ ...kept.question, ...change } as Question, kept.version);
  };

  const total = async () => (await store().list(queue(ines.aadObjectId))).total;

  describe('all questions', () => {
    it('come page by page, each once, of every leader and state, in the order of their ids', async () => {
      const added = await addAll([sample(), sample({ leader: otto.aadObjectId }), sample(), sample(), sample()]);
      await save(added[0]?.id ?? '', { state: 'withdrawn' });
      const ids: string[] = [];
      for (let after: string | undefined; ;) {
        const page = await store().all({ after, limit: 2 });
        assert.ok(page.length <= 2);
        ids.push(...page.map(({ id }) => id));
        after = page.at(-1)?.id;
        if (after === undefined) break;
      }
      // Ids are base64url: compared by their bytes, in either store.
      assert.deepEqual(
        ids,
        added.map(({ id }) => id).toSorted((a, b) => (a < b ? -1 : 1)),
      );
    });
  });

  describe('a list', () => {
    it('has the most votes first, then the older week, then an order that tells nothing: that of random ids', async () => {
      const added = await addAll([
        sample({ id: 'C'.repeat(22), votes: 1, week: '2026-W48' }),
        sample({ id: 'B'.repeat(22), votes: 1, week: '2026-W48' }),
        sample({ id: 'A'.repeat(22), votes: 1, week: '2026-W49' }),
        sample({ id: 'D'.repeat(22), votes: 1, week: '2025-W52' }),
        sample({ id: 'E'.repeat(22), votes: 10, week: '2026-W50' }),
        sample({ id: 'F'.repeat(22), votes: 9, week: '2026-W01' }),
      ]);
      const { questions } = await store().list({ ...queue(ines.aadObjectId), limit: added.length });
      assert.equal(questions.map(({ id }) => id[0]).join(''), 'EFDBCA');
    });

    it('holds one leader’s questions, in one state', async () => {
      const [own] = await addAll([sample(), sample({ leader: otto.aadObjectId })]);
      const declined = sample();
      await addAll([{ ...declined, state: 'declined', decline: { reason: 'unclear', role: 'leader' } }]);
      const { questions, total } = await store().list(queue(ines.aadObjectId));
      assert.deepEqual(questions, [own]);
      assert.equal(total, 1);
    });

    it('is empty, without a next page, where there is nothing', async () => {
      assert.deepEqual(await store().list(queue(ines.aadObjectId)), { questions: [], total: 0 });
    });

    it('tells how many there are in all, whichever page is read', async () => {
      await addAll(Array.from({ length: 5 }, () => sample()));
      const first = await store().list(queue(ines.aadObjectId));
      const second = await store().list({ ...queue(ines.aadObjectId), after: first.next });
      assert.deepEqual([first.total, second.total], [5, 5]);
    });

    it(`counts no further than ${COUNTED}`, async () => {
      await addAll(Array.from({ length: COUNTED - 1 }, () => sample()));
      assert.equal(await total(), COUNTED - 1);
      await addAll([sample(), sample()]);
      assert.equal(await total(), COUNTED);
    });
  });

  describe('pages of a list', () => {
    it('hold every question once, in the order of the list, though many are alike', async () => {
      const added = await addAll(Array.from({ length: 9 }, (_, n) => sample({ votes: n % 2 })));
      const pages = await turnPages(2);
      const whole = await store().list({ ...queue(ines.aadObjectId), limit: 20 });
      assert.deepEqual(pages.flat(), whole.questions);
      assert.equal(new Set(pages.flat().map(({ id }) => id)).size, added.length);
    });

    it('end where the questions end: the last full page has no next one', async () => {
      await addAll(Array.from({ length: 4 }, () => sample()));
      assert.deepEqual(
        (await turnPages(2)).map((page) => page.length),
        [2, 2],
      );
    });

    it('neither repeat nor leave out what did not change, while votes, questions and withdrawals come between', async () => {
      const still = await addAll(Array.from({ length: 8 }, (_, n) => sample({ votes: n })));
      const [rises, falls, goes] = await addAll([1, 6, 3].map((votes) => sample({ votes })));
      assert.ok(rises && falls && goes);
      const changes = [
        () => save(rises.id, { votes: 20 }),
        () => save(falls.id, { votes: 0 }),
        () => save(goes.id, { state: 'withdrawn', words: '' }),
        () => addAll([sample({ votes: 30 }), sample({ votes: 1 })]),
      ];
      const pages = await turnPages(2, async () => void (await changes.shift()?.()));
      assert.equal(changes.length, 0, 'There were too few pages for every change');
      const seen = pages.flat().map(({ id }) => id);
      for (const { id } of still) assert.equal(seen.filter((other) => other === id).length, 1);
    });

    it('survive that the question at which a page ended is gone', async () => {
      const added = await addAll([3, 2, 1].map((votes) => sample({ votes })));
      const pages = await turnPages(1, ([last]) => save(last?.id ?? '', { state: 'withdrawn', words: '' }));
      assert.deepEqual(
        pages.flat().map(({ id }) => id),
        added.map(({ id }) => id),
      );
    });

    it('show no other leader’s questions, whatever somebody puts in place of the cursor', async () => {
      const others = await addAll([sample({ leader: otto.aadObjectId, votes: 2 })]);
      const [own] = await addAll([sample({ votes: 1 })]);
      const theirs = await store().list({ ...queue(otto.aadObjectId), limit: 1 });
      assert.deepEqual(theirs.questions, others, 'There is nothing to be shown wrongly');
      const forged = [
        '',
        'x',
        '-1',
        '9e999',
        `1 2026-W48 ${fresh()}`,
        "' OR 1=1 --",
        '\u0000',
        '{"_rid":"x"}',
        '9'.repeat(400),
      ];
      for (const after of forged) {
        const { questions } = await store().list({ ...queue(ines.aadObjectId), after });
        for (const { id } of questions) assert.equal(id, own?.id);
      }
    });
  });
}
