import assert from 'node:assert/strict';
import { COUNTED } from '../../bot/app/ports.ts';
import { schedule } from '../../bot/domain/plan.ts';
import type { DeclinedQuestion, Question } from '../../bot/domain/question.ts';
import { type Stage, STAGES } from '../../bot/domain/stage.ts';
import { ines, otto } from '../support/cast.ts';
import { answered, isAnswered, published } from '../support/questions.ts';
import type { Given } from './contract.ts';
import { fresh, sample } from './samples.ts';

const declined = (change: Partial<Question> = {}): DeclinedQuestion => ({
  ...sample(),
  state: 'declined',
  decline: { reason: 'unclear', role: 'leader' },
  ...(change as Partial<DeclinedQuestion>),
});
const id = (letter: string) => letter.repeat(22);
const letters = (questions: Question[]) => questions.map((question) => question.id[0]).join('');
const planned = (letter: string, at: number) =>
  isAnswered(schedule({ ...answered(), id: id(letter) }, 'Kofi', { channel: 'General', at }));

export function stagesContract(store: Given): void {
  const addAll = async (...questions: Question[]) => {
    for (const question of questions) assert.equal(await store().add(question), true);
  };
  const staged = async (stage: Stage, leader?: string) =>
    letters((await store().staged({ stage, leader, limit: 20 })).questions);

  const count = (leader?: string) => store().countStaged({ stage: 'waiting', leader });
  /** Happens between two pages. */
  const publishesB = async () => {
    const kept = await store().question(id('B'));
    if (kept?.question.state === 'answered') await store().save({ ...published(), id: id('B') }, kept.version);
  };

  const turnPages = async (stage: Stage, between: () => Promise<void> = async () => {}) => {
    const seen: string[] = [];
    let after: string | undefined;
    for (let turns = 0; turns < 20; turns += 1) {
      const page = await store().staged({ stage, limit: 2, after });
      assert.ok(page.questions.length <= 2);
      seen.push(letters(page.questions));
      if (page.next === undefined) return seen;
      after = page.next;
      await between();
    }
    throw new Error('The pages have no end');
  };

  describe('a stage of the board', () => {
    it('holds what stands there, and nothing that was taken back', async () => {
      await addAll(
        sample({ id: id('W') }),
        { ...answered(), id: id('A') },
        { ...published(), id: id('P') },
        declined({ id: id('D') }),
        { ...sample({ id: id('X') }), state: 'withdrawn', words: '' },
      );
      const found = await Promise.all(STAGES.map((stage) => staged(stage)));
      assert.deepEqual(found, ['W', 'A', '', 'P', 'D']);
    });

    it('is that of one leader, where one is named', async () => {
      await addAll(sample({ id: id('I') }), sample({ id: id('O'), leader: otto.aadObjectId }));
      const found = [await staged('waiting'), await staged('waiting', ines.aadObjectId)];
      assert.deepEqual([...found, await staged('waiting', otto.aadObjectId)], ['IO', 'I', 'O']);
      assert.equal(await staged('waiting', fresh()), '');
    });

    it('begins with what has waited since the oldest week, in no telling order within one', async () => {
      await addAll(
        sample({ id: id('C'), week: '2026-W48', votes: 9 }),
        sample({ id: id('B'), week: '2026-W48' }),
        sample({ id: id('D'), week: '2025-W52' }),
        sample({ id: id('A'), week: '2026-W49' }),
      );
      assert.equal(await staged('waiting'), 'DBCA');
    });

    it('begins with what was answered first, though it was asked last', async () => {
      await addAll(
        { ...answered(), id: id('A'), since: '2026-11-24', week: '2026-W40' },
        { ...answered(), id: id('B'), since: '2026-11-23', week: '2026-W48' },
      );
      assert.equal(await staged('answered'), 'BA');
    });

    it('begins with what was published or declined last', async () => {
      await addAll(
        { ...published(), id: id('A'), since: '2026-11-24' },
        { ...published(), id: id('B'), since: '2026-11-25' },
        declined({ id: id('C'), since: '2026-11-24' }),
        declined({ id: id('D'), since: '2026-11-25' }),
      );
      assert.deepEqual([await staged('published'), await staged('declined')], ['BA', 'DC']);
    });

    it('begins with what is posted first, of what is scheduled', async () => {
      await addAll(planned('A', Date.UTC(2026, 11, 1)), planned('B', Date.UTC(2026, 10, 30)));
      assert.equal(await staged('scheduled'), 'BA');
      const { next } = await store().staged({ stage: 'scheduled', limit: 1 });
      const { questions } = await store().staged({ stage: 'scheduled', limit: 1, after: next });
      assert.equal(letters(questions), 'A');
    });

    it('has what an earlier release kept without a day in the place of its week', async () => {
      await addAll(
        { ...answered(), id: id('A'), since: '2026-11-24' },
        { ...answered(), id: id('B'), week: '2026-W48' },
        { ...answered(), id: id('C'), since: '2026-11-22' },
      );
      assert.equal(await staged('answered'), 'CBA');
    });

    it('is left with the save that brings a question elsewhere', async () => {
      await addAll({ ...answered(), id: id('A') });
      const kept = await store().question(id('A'));
      assert.ok(kept);
      await store().save({ ...published(), id: id('A') }, kept.version);
      assert.deepEqual([await staged('answered'), await staged('published')], ['', 'A']);
    });

    it(`is counted, no further than ${COUNTED}, of one leader and of all`, async () => {
      await addAll(sample({ leader: otto.aadObjectId }), declined());
      await addAll(...Array.from({ length: COUNTED - 2 }, () => sample()));
      assert.deepEqual(
        [await count(), await count(ines.aadObjectId), await count(otto.aadObjectId), await count(fresh())],
        [COUNTED - 1, COUNTED - 2, 1, 0],
      );
      await addAll(sample(), sample());
      assert.equal(await count(), COUNTED);
    });
  });

  describe('pages of a stage', () => {
    it('hold every question once, in either direction, though many are alike', async () => {
      await addAll(...Array.from('ABCDE').map((letter) => sample({ id: id(letter) })));
      await addAll(...Array.from('FGHIJ').map((letter) => declined({ id: id(letter), since: '2026-11-24' })));
      assert.deepEqual(await turnPages('waiting'), ['AB', 'CD', 'E']);
      assert.deepEqual(await turnPages('declined'), ['JI', 'HG', 'F']);
    });

    it('end where the questions end: the last full page has no next one', async () => {
      await addAll(...Array.from('ABCD').map((letter) => sample({ id: id(letter) })));
      assert.deepEqual(await turnPages('waiting'), ['AB', 'CD']);
    });

    it('go on where they were, while the last one that was seen goes elsewhere', async () => {
      await addAll(...Array.from('ABCD').map((letter) => ({ ...answered(), id: id(letter), since: '2026-11-24' })));
      assert.deepEqual(await turnPages('answered', publishesB), ['AB', 'CD']);
    });

    it('begin anew where somebody puts anything else in place of the cursor, and show no other leader’s', async () => {
      await addAll(sample({ id: id('I') }), sample({ id: id('O'), leader: otto.aadObjectId }));
      for (const after of [
        '',
        'x',
        "' OR 1=1 --",
        '\u0000',
        '9'.repeat(400),
        Buffer.from('~ ~').toString('base64url'),
      ]) {
        const page = await store().staged({ stage: 'waiting', leader: ines.aadObjectId, after, limit: 5 });
        assert.equal(letters(page.questions), 'I', after);
      }
    });
  });
}
