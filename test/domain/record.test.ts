import assert from 'node:assert/strict';
import { medianWeeks, weeksToAnswer } from '../../bot/domain/record.ts';
import type { Question } from '../../bot/domain/question.ts';
import { sample } from '../store/samples.ts';

const asked = (week: string, ...answered: string[]): Question => ({
  ...sample(),
  week,
  history: answered.map((one) => ({ week: one, role: 'leader', did: 'answered' })),
});

describe('How long a leader takes', () => {
  it('is counted in weeks, across a year’s end, to the first answer', () => {
    assert.equal(weeksToAnswer(asked('2026-W48', '2026-W48')), 0);
    assert.equal(weeksToAnswer(asked('2026-W48', '2026-W50', '2027-W10')), 2);
    assert.equal(weeksToAnswer(asked('2026-W53', '2027-W01')), 1);
    assert.equal(weeksToAnswer(asked('2026-W48')), undefined);
  });

  it('is the median, and is not said of fewer than five', () => {
    const after = (...weeks: string[]) => weeks.map((week) => asked('2026-W40', week));
    assert.equal(medianWeeks(after('2026-W41', '2026-W41', '2026-W41', '2026-W41')), undefined);
    assert.equal(medianWeeks(after('2026-W41', '2026-W41', '2026-W42', '2026-W43', '2026-W53')), 2);
    assert.equal(medianWeeks(after('2026-W41', '2026-W41', '2026-W42', '2026-W44', '2026-W45', '2026-W53')), 2);
    assert.equal(medianWeeks([...after('2026-W41', '2026-W42', '2026-W43', '2026-W44'), asked('2026-W40')]), undefined);
  });
});
