import assert from 'node:assert/strict';
import { quantile, type Slice, toRows, toShare, toTable } from './table.ts';

const slice = (ms: number, times = 10): Slice => ({
  each: Array.from({ length: times }, () => ms),
  tookMs: ms * times,
});
const echo = [slice(2), slice(4), slice(2)];

const met = (times: number, rateAtLeast: number) =>
  toRows({ name: 'vote', rounds: echo.map((of) => slice((of.each[0] ?? 0) * times)), goal: { rateAtLeast } }, echo);

describe('the table of the bench', () => {
  it('has a rate, a median and a p99 for each, and nothing else in a row', () => {
    const rows = toRows({ name: 'ask', rounds: [slice(4), slice(8), slice(4)] }, echo);
    assert.deepEqual(
      rows.map(({ name, unit }) => [name, unit]),
      [
        ['ask: rate', '1/s'],
        ['ask: median', 'ms'],
        ['ask: p99', 'ms'],
      ],
    );
    for (const row of rows) assert.deepEqual(Object.keys(row), ['name', 'value', 'unit', 'ratio', 'goal', 'met']);
  });

  it('compares each round with the echo of the same round', () => {
    const [rate, middle] = toRows({ name: 'ask', rounds: [slice(4), slice(8), slice(4)] }, echo);
    assert.equal(rate?.ratio, 0.5);
    assert.equal(middle?.ratio, 2);
    assert.equal(rate?.value, 250);
  });

  it('says of a goal whether it is met, on the row that it is about, and on no other', () => {
    assert.deepEqual(
      met(2, 0.5).map(({ met }) => met),
      [true, null, null],
    );
    assert.deepEqual(
      met(2, 0.6).map(({ goal }) => goal),
      ['at least 0.6 of the echo', null, null],
    );
    assert.equal(met(2, 0.6)[0]?.met, false);
  });

  it('holds a goal in ms against the slowest, not the middle', () => {
    const rounds = [{ each: [10, 10, 10, 60], tookMs: 90 }];
    const rows = toRows({ name: 'My questions', rounds, goal: { p99Under: 50 } }, echo);
    assert.deepEqual(
      rows.map(({ met }) => met),
      [null, null, false],
    );
  });

  it('tells a share as the difference of two, of a third where one is given', () => {
    assert.equal(toShare('share', [slice(4)], [slice(3)]).value, 25);
    assert.equal(toShare('share', [slice(4)], [slice(3)], [slice(10)]).value, 10);
    assert.equal(toShare('share', [slice(4)], [slice(3)]).ratio, null);
  });

  it('prints one line for a row, and says a missed goal aloud', () => {
    const lines = toTable(toRows({ name: 'ask', rounds: [slice(4)], goal: { rateAtLeast: 0.6 } }, echo)).split('\n');
    assert.equal(lines.length, 4);
    assert.match(lines[1] ?? '', /^ask: rate +250 {2}1\/s +0\.50 {2}at least 0\.6 of the echo: MISSED$/);
    assert.doesNotMatch(lines[2] ?? '', /goal|MISSED/);
  });

  it('finds quantiles of the few as well', () => {
    assert.equal(quantile([3], 0.99), 3);
    assert.equal(quantile([1, 2, 3], 0.5), 2);
  });
});
