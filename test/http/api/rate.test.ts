import assert from 'node:assert/strict';
import { makeRate } from '../../../bot/http/api/rate.ts';

const PACE = { burst: 2, perSecond: 0.5 };

describe('How many requests one person may send', () => {
  it('fills again with time, up to a burst and no further', () => {
    let now = 0;
    const rate = makeRate(() => now);
    assert.deepEqual([rate('a', PACE), rate('a', PACE), rate('a', PACE)], [0, 0, 2]);
    now += 1000;
    assert.equal(rate('a', PACE), 1);
    now += 1000;
    assert.equal(rate('a', PACE), 0);
    now += 3_600_000;
    assert.deepEqual([rate('a', PACE), rate('a', PACE), rate('a', PACE)], [0, 0, 2]);
  });

  it('is remembered of 10,000 people at most, those who were here last', () => {
    const rate = makeRate(() => 0);
    rate('first', PACE);
    rate('first', PACE);
    for (let n = 0; n < 9_999; n += 1) rate(`person ${n}`, PACE);
    assert.equal(rate('first', PACE), 2, 'the premise: it is still known');
    for (let n = 0; n < 10_000; n += 1) rate(`other ${n}`, PACE);
    assert.equal(rate('first', PACE), 0);
  });
});
