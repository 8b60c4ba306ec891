import assert from 'node:assert/strict';
import { dayOf, isDay, weekOf } from '../../bot/domain/week.ts';

const week = (text: string) => weekOf(new Date(text));

describe('weekOf', () => {
  it('begins a week on Monday, in UTC', () => {
    assert.equal(week('2026-11-22T23:59:59.999Z'), '2026-W47');
    assert.equal(week('2026-11-23T00:00:00Z'), '2026-W48');
    assert.equal(week('2026-11-29T23:59:59.999Z'), '2026-W48');
  });

  it('knows the years of 53 weeks', () => {
    assert.equal(week('2020-12-31T12:00:00Z'), '2020-W53');
    assert.equal(week('2026-12-31T12:00:00Z'), '2026-W53');
    assert.equal(week('2025-12-31T12:00:00Z'), '2026-W01');
  });

  it('gives the days around new year to the year of their Thursday', () => {
    assert.equal(week('2021-01-03T12:00:00Z'), '2020-W53');
    assert.equal(week('2021-01-04T00:00:00Z'), '2021-W01');
    assert.equal(week('2024-12-30T00:00:00Z'), '2025-W01');
    assert.equal(week('2023-01-01T23:59:59Z'), '2022-W52');
  });

  it('never goes back and never skips a week, whatever clocks are put forward meanwhile', () => {
    const hour = 3_600_000;
    let before = '';
    for (let at = Date.UTC(2019, 11, 1); at < Date.UTC(2032, 1, 1); at += 7 * hour) {
      const now = weekOf(new Date(at));
      assert.match(now, /^20\d\d-W(0[1-9]|[1-4]\d|5[0-3])$/);
      assert.ok(now >= before, `${now} after ${before}`);
      assert.ok(now === before || new Date(at).getUTCDay() === 1 || before === '', `${now} begins on a Monday`);
      before = now;
    }
  });
});

describe('isDay', () => {
  it('takes days of the calendar', () => {
    for (const day of ['2026-11-23', '2024-02-29', '2026-12-31']) assert.ok(isDay(day), day);
    assert.ok(isDay(dayOf(new Date('2026-11-23T23:59:59Z'))));
  });

  it('takes nothing else', () => {
    for (const text of [
      '',
      '2026-02-30',
      '2025-02-29',
      '2026-13-01',
      '2026-11-00',
      '26-11-23',
      '2026-11-23T00:00',
      '١',
    ])
      assert.ok(!isDay(text), text);
    assert.ok(!isDay('2026-11-23\n'));
  });
});
