import assert from 'node:assert/strict';
import fc from 'fast-check';
import { diff } from '../../bot/domain/diff.ts';

const side = (changes: ReturnType<typeof diff>, without: 'added' | 'removed') =>
  changes
    .filter(({ is }) => is !== without)
    .map(({ text }) => text)
    .join('');

describe('a comparison of two texts', () => {
  it('goes word by word, and shows what went beside what came', () => {
    assert.deepEqual(diff('Why does Ann earn more than us?', 'Why does somebody earn more than us?'), [
      { is: 'kept', text: 'Why does ' },
      { is: 'removed', text: 'Ann' },
      { is: 'added', text: 'somebody' },
      { is: 'kept', text: ' earn more than us?' },
    ]);
  });

  it('is of one kept run where nothing changed, and of none where there is nothing', () => {
    assert.deepEqual(diff('the same', 'the same'), [{ is: 'kept', text: 'the same' }]);
    assert.deepEqual(diff('', ''), []);
    assert.deepEqual(diff('', 'new'), [{ is: 'added', text: 'new' }]);
  });

  it('gives both texts back, whatever they are, to the character', () => {
    const words = fc.array(fc.constantFrom('a', 'b', ' ', '\n', '👩‍👩‍👧', 'é', '.', 'long'), { maxLength: 40 });
    fc.assert(
      fc.property(words, words, (left, right) => {
        const [before, after] = [left.join(''), right.join('')];
        const changes = diff(before, after);
        assert.equal(side(changes, 'added'), before);
        assert.equal(side(changes, 'removed'), after);
      }),
      { numRuns: 300 },
    );
  });

  it('of the longest texts there may be, wholly different, takes no time to speak of', () => {
    const [before, after] = ['a '.repeat(12_000), 'b '.repeat(12_000)];
    const began = performance.now();
    assert.equal(side(diff(before, after), 'added'), before);
    assert.ok(performance.now() - began < 500);
  });
});
