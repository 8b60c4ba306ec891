import assert from 'node:assert/strict';
import { isOverdue } from '../../bot/domain/overdue.ts';
import { mondayOf, weekOf } from '../../bot/domain/week.ts';

const late = (day: string, days = 10) => isOverdue('2026-W48', days, new Date(`${day}T12:00:00Z`));

describe('a question that waits', () => {
  it('is overdue once so many days have passed since the end of its week, the last on which it can have been asked', () => {
    // The week ends on Sunday, 29 November.
    assert.deepEqual([late('2026-12-09'), late('2026-12-10')], [false, true]);
    assert.deepEqual([late('2026-11-30', 1), late('2026-12-01', 1)], [false, true]);
  });

  it('is not overdue in the week of its asking', () => assert.equal(late('2026-11-29', 1), false));
});

describe('the first day of a week', () => {
  it('lies in that week, and the day before in another, over many years', () => {
    for (let day = Date.UTC(2020, 0, 1); day < Date.UTC(2030, 0, 1); day += 86_400_000) {
      const week = weekOf(new Date(day));
      const monday = Date.parse(mondayOf(week));
      assert.ok(day >= monday && day < monday + 7 * 86_400_000, `${week} ${mondayOf(week)}`);
      assert.equal(weekOf(new Date(monday)), week);
    }
  });
});
