import assert from 'node:assert/strict';
import { type Goal, quantile, type Slice, slope, toFigure, toRows, toShare, toTable, withGoal } from './table.ts';

const slice = (ms: number, times = 10): Slice => ({
  each: Array.from({ length: times }, () => ms),
  tookMs: ms * times,
});
const echo = [slice(2), slice(4), slice(2)];
const why = 'it writes';

/** A vote that takes so many times as long as the echo, in each round. */
const vote = (times: number, goal: Goal) =>
  toRows({ name: 'vote', rounds: echo.map((of) => slice((of.each[0] ?? 0) * times)), goal }, echo);

describe('the table of the bench', () => {
  it('has a rate, a median and a p99 for each, and nothing else in a row', () => {
    const rows = toRows({ name: 'ask', rounds: [slice(4), slice(8), slice(4)] }, echo);
    assert.deepEqual(
      rows.map(({ name, unit }) => [name, unit]),
      [
        ['ask: rate', '1/s'],
        ['ask: p50', 'ms'],
        ['ask: p99', 'ms'],
      ],
    );
    for (const row of rows) assert.deepEqual(Object.keys(row), ['name', 'value', 'unit', 'ratio', 'goal', 'met']);
  });

  it('compares each round with the slice of the same round beside it', () => {
    const [rate, middle] = toRows({ name: 'ask', rounds: [slice(4), slice(8), slice(4)] }, echo);
    assert.equal(rate?.ratio, 0.5);
    assert.equal(middle?.ratio, 2);
    assert.equal(rate?.value, 250);
  });

  it('says of a goal whether it is met, on the row that it is about, and on no other', () => {
    assert.deepEqual(
      vote(2, { rateAtLeast: 0.5, why }).map(({ met }) => met),
      [true, null, null],
    );
    assert.deepEqual(
      vote(2, { rateAtLeast: 0.6, why }).map(({ goal, met }) => [goal, met]),
      [
        ['rate at least 0.6', false],
        [null, null],
        [null, null],
      ],
    );
    assert.deepEqual(
      [1.2, 1.4].map((times) => vote(times, { p50AtMost: 1.3, why }).map(({ met }) => met)),
      [
        [null, true, null],
        [null, false, null],
      ],
    );
  });

  it('holds a goal in ms against the slowest, not the middle', () => {
    const rounds = [{ each: [10, 10, 10, 60], tookMs: 90 }];
    const rows = toRows({ name: 'My questions', rounds, goal: { p99Under: 50, why } }, echo);
    assert.deepEqual(
      rows.map(({ met }) => met),
      [null, null, false],
    );
  });

  it('calls nothing met of which there is no figure', () => {
    const rows = toRows({ name: 'vote', rounds: [slice(2)], goal: { p50AtMost: 1.3, why } }, []);
    assert.deepEqual(
      rows.map(({ met }) => met),
      [null, false, null],
    );
  });

  it('tells a share as the difference of two, of a third where one is given', () => {
    assert.equal(toShare('share', [slice(4)], [slice(3)]).value, 25);
    assert.equal(toShare('share', [slice(4)], [slice(3)], [slice(10)]).value, 10);
    assert.equal(toShare('share', [slice(4)], [slice(3)]).ratio, null);
  });

  it('prints one line for what has a rate, and says a missed goal aloud, with its reason', () => {
    const [head, line] = toTable(vote(2, { rateAtLeast: 0.6, why })).split('\n');
    assert.match(head ?? '', /^ +rate 1\/s +p50 ms +p99 ms +ratio$/);
    assert.match(line ?? '', /^vote +250 +4\.00 +8\.00 +0\.50 +rate at least 0\.6: MISSED; it writes$/);
  });

  it('prints single figures below, and no reason where a goal is met', () => {
    const met = withGoal(toFigure('start to ready', 500, 'ms'), 'at most 800 ms', true, why);
    const tables = toTable([...vote(1, { rateAtLeast: 0.6, why }), met]).split('\n\n');
    assert.equal(tables.length, 2);
    assert.match(tables[1] ?? '', /^start to ready +500 +ms +at most 800 ms: met$/m);
  });

  it('finds quantiles of the few as well, and the slope among points that are strewn about a line', () => {
    assert.equal(quantile([3], 0.99), 3);
    assert.equal(quantile([1, 2, 3], 0.5), 2);
    assert.equal(slope([0, 1, 2, 3].map((x) => ({ x, y: 5 * x + (x % 3 === 0 ? 1 : -1) }))), 5);
  });
});
