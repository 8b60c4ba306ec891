import assert from 'node:assert/strict';
import { sayFew } from '../../bot/domain/few.ts';

describe('a number of people', () => {
  it('is said from 5 on, and stays unsaid below', () => {
    assert.deepEqual([1, 4, 5, 6, 100].map(sayFew), ['fewer than 5', 'fewer than 5', '5', '6', '100']);
  });
});
