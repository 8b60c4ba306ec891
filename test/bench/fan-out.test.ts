import assert from 'node:assert/strict';
import { toFanOutRow } from './fan-out.ts';

/** One message to each chat, so many ms apart. */
const apart = (ms: number, count = 101) =>
  Array.from({ length: count }, (_, n) => ({ conversation: `chat ${n}`, at: 5000 + n * ms }));

describe('the fan-out row of the bench', () => {
  it('is at the minimum where the pace is kept exactly', () => {
    const { value, ratio, met } = toFanOutRow('notify', apart(50));
    assert.deepEqual([value, ratio, met], [5, 1, true]);
  });

  it('misses its goal where it is slower, and where it is faster than allowed', () => {
    assert.equal(toFanOutRow('notify', apart(53)).met, false);
    assert.equal(toFanOutRow('notify', apart(40)).met, false);
  });

  it('forgives what a busy machine shifts, and no more', () => {
    const shifted = apart(50).map((one, n) => ({ ...one, at: one.at + (n === 0 ? 20 : 0) }));
    assert.equal(toFanOutRow('notify', shifted).met, true);
    const burst = [...apart(50), ...apart(50).slice(0, 2)];
    assert.equal(toFanOutRow('notify', burst).met, false);
  });

  it('knows the limit of one chat', () => {
    const both = apart(50, 40).map((one, n) => ({ ...one, conversation: n < 2 ? 'chat' : one.conversation }));
    assert.equal(toFanOutRow('publish', both).met, false);
    const late = [
      { conversation: 'chat', at: 0 },
      { conversation: 'chat', at: 1000 },
    ];
    assert.deepEqual([toFanOutRow('publish', late).ratio, toFanOutRow('publish', late).met], [1, true]);
  });
});
