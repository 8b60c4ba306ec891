import assert from 'node:assert/strict';
import { toFew } from '../../bot/domain/few.ts';

describe('a number of people', () => {
  it('is told from 5 on, and stays unsaid below', () => {
    assert.deepEqual([0, 1, 4, 5, 6, 100].map(toFew), [0, 'few', 'few', 5, 6, 100]);
  });
});
