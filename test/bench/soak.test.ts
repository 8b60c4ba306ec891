import assert from 'node:assert/strict';
import { toSoakRows } from './soak.ts';

/** How a server stood every 10,000 turns, keeping so many bytes of each. */
const soaked = (kept: number, more: { handles?: number; files?: number } = {}) =>
  Array.from({ length: 20 }, (_, n) => {
    const turns = (n + 1) * 10_000;
    const { handles = 0, files = 0 } = more;
    return { turns, heap: 40e6 + kept * turns, rss: 100e6, handles: 5 + handles * n, files: 20 + files * n };
  });
const met = (points: ReturnType<typeof soaked>) => toSoakRows(points).flatMap((row) => row.met ?? []);

describe('the soak of the bench', () => {
  it('tells what is kept of each turn', () => {
    const row = toSoakRows(soaked(3)).find(({ name }) => name === 'heap, least squares');
    assert.equal(Math.round((row?.value ?? 0) * 1000), 3000);
  });

  it('misses its goals where memory, handles or files grow, and not otherwise', () => {
    assert.deepEqual(met(soaked(0)), [true, true]);
    assert.deepEqual(met(soaked(20)), [false, true]);
    assert.deepEqual(met(soaked(0, { handles: 1 })), [true, false]);
    assert.deepEqual(met(soaked(0, { files: 1 })), [true, false]);
  });

  it('leaves out what is loaded first', () => {
    const [first, ...rest] = soaked(0);
    assert.ok(first);
    assert.deepEqual(met([{ ...first, heap: 1, handles: 0 }, ...rest]), [true, true]);
  });
});
