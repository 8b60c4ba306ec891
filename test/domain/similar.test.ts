import assert from 'node:assert/strict';
import { similarity } from '../../bot/domain/similar.ts';

describe('How alike two questions are', () => {
  it('is the share of their words, however they are written', () => {
    assert.equal(similarity('Why did Lyon close?', 'why did LYON close'), 1);
    assert.ok(similarity('Why did the Lyon office close?', 'When does the Lyon office open?') > 0.3);
    assert.equal(similarity('Warum schloß das Büro?', 'warum schloss das buero') > 0.6, true);
  });

  it('is nothing where they share none but small words, or hold none', () => {
    assert.equal(similarity('Why is the pay so low?', 'Why is the sky so blue?'), 0);
    assert.equal(similarity('', 'Anything'), 0);
  });
});
