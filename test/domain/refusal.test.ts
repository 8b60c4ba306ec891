import assert from 'node:assert/strict';
import { isRefusal, type Refusal, say } from '../../bot/domain/refusal.ts';
import { answered, open } from '../support/questions.ts';

const EVERY: { [Kind in Refusal['refused']]: Extract<Refusal, { refused: Kind }> } = {
  blank: { refused: 'blank' },
  'too-long': { refused: 'too-long', length: 2001, limit: 2000 },
  'too-large': { refused: 'too-large' },
  'unknown-leader': { refused: 'unknown-leader' },
  'unknown-channel': { refused: 'unknown-channel' },
  'no-channel': { refused: 'no-channel' },
  'no-reason': { refused: 'no-reason' },
  'not-found': { refused: 'not-found' },
  'not-allowed': { refused: 'not-allowed' },
  'not-open': { refused: 'not-open', state: 'withdrawn' },
  'not-answered': { refused: 'not-answered' },
  'not-asked-back': { refused: 'not-asked-back' },
  replaces: { refused: 'replaces', words: 'the words of the first answer' },
  'already-published': { refused: 'already-published', by: 'Kofi Tamarisk', state: 'posting' },
  'not-published': { refused: 'not-published' },
  published: { refused: 'published' },
  'already-signed': { refused: 'already-signed' },
  'no-day': { refused: 'no-day' },
  busy: { refused: 'busy' },
};

describe('a refusal', () => {
  for (const refusal of Object.values(EVERY)) {
    it(`says ${refusal.refused} in a plain sentence of its own`, () => {
      const said = say(refusal);
      assert.match(said, /^[A-Z].*[.?]$/);
      assert.ok(!said.includes(refusal.refused) || !refusal.refused.includes('-'), 'a code is no plain word');
      assert.equal(Object.values(EVERY).filter((other) => say(other) === said).length, 1);
    });
  }

  it('tells by how much a text is too long, and that it is still there', () => {
    assert.match(say(EVERY['too-long']), /2001 characters long; 2000 fit\..* your text is still here/);
  });

  it('names the curator who was first, and whether it is done', () => {
    assert.equal(say(EVERY['already-published']), 'Already being published by Kofi Tamarisk.');
    const done: Refusal = { ...EVERY['already-published'], state: 'posted' };
    assert.equal(say(done), 'Already published by Kofi Tamarisk.');
  });

  it('never repeats the words of an answer', () => assert.doesNotMatch(say(EVERY.replaces), /the words of/));

  it('is told from questions, words and nothing', () => {
    for (const refusal of Object.values(EVERY)) assert.ok(isRefusal(refusal));
    for (const other of [open(), answered(), 'refused', undefined, null, 0]) assert.ok(!isRefusal(other));
  });
});
