import assert from 'node:assert/strict';
import { sayRefusal } from '../../bot/cards/refusal.ts';
import { speak } from '../../bot/cards/say.ts';
import { isRefusal, type Refusal } from '../../bot/domain/refusal.ts';
import { answered, open } from '../support/questions.ts';

const EVERY: { [Kind in Refusal['refused']]: Extract<Refusal, { refused: Kind }> } = {
  blank: { refused: 'blank' },
  'too-long': { refused: 'too-long', length: 2001, limit: 2000 },
  'too-large': { refused: 'too-large' },
  'unknown-leader': { refused: 'unknown-leader' },
  'small-audience': { refused: 'small-audience', leader: 'Ines Varandell' },
  limit: { refused: 'limit', of: 'questions', limit: 3 },
  'unknown-channel': { refused: 'unknown-channel' },
  'no-channel': { refused: 'no-channel' },
  'no-reason': { refused: 'no-reason' },
  'no-name': { refused: 'no-name' },
  closed: { refused: 'closed' },
  'not-found': { refused: 'not-found' },
  'not-allowed': { refused: 'not-allowed' },
  'not-open': { refused: 'not-open', state: 'withdrawn' },
  'too-old': { refused: 'too-old' },
  'not-answered': { refused: 'not-answered' },
  'answered-meanwhile': { refused: 'answered-meanwhile' },
  'not-asked-back': { refused: 'not-asked-back' },
  replaces: { refused: 'replaces', words: 'the words of the first answer' },
  'already-published': { refused: 'already-published', by: 'Kofi Tamarisk', state: 'posting' },
  retracted: { refused: 'retracted', by: 'Kofi Tamarisk' },
  'not-scheduled': { refused: 'not-scheduled' },
  'slot-past': { refused: 'slot-past' },
  'slot-taken': { refused: 'slot-taken' },
  'no-slot': { refused: 'no-slot' },
  'slots-changed': { refused: 'slots-changed' },
  'no-zone': { refused: 'no-zone' },
  'not-published': { refused: 'not-published' },
  published: { refused: 'published' },
  'already-signed': { refused: 'already-signed' },
  'no-day': { refused: 'no-day' },
  blocked: { refused: 'blocked', until: '2026-11-30', appealTo: 'the works council' },
  'not-abusive': { refused: 'not-abusive' },
  'block-proposed': { refused: 'block-proposed', by: 'Kofi Tamarisk' },
  'not-proposed': { refused: 'not-proposed' },
  'same-person': { refused: 'same-person' },
  agreed: { refused: 'agreed', by: 'Kaia Welkinson' },
  'turned-down': { refused: 'turned-down', by: 'Kaia Welkinson' },
  'not-stopped': { refused: 'not-stopped' },
  'no-days': { refused: 'no-days' },
  'not-stuck': { refused: 'not-stuck' },
  'settings-changed': { refused: 'settings-changed', by: 'Ana Fenchurch' },
  claimed: { refused: 'claimed', by: 'Kaia' },
  'same-question': { refused: 'same-question' },
  'carries-others': { refused: 'carries-others' },
  'cannot-carry': { refused: 'cannot-carry', state: 'declined' },
  'carries-too-much': { refused: 'carries-too-much' },
  'not-merged': { refused: 'not-merged' },
  'already-voted': { refused: 'already-voted' },
  'same-words': { refused: 'same-words' },
  'edit-changed': { refused: 'edit-changed' },
  'unknown-topic': { refused: 'unknown-topic' },
  busy: { refused: 'busy' },
};

const say = (refusal: Refusal) => sayRefusal(speak('en'), refusal);

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
    const inState = (state: 'scheduled' | 'posted' | 'retracted') => say({ ...EVERY['already-published'], state });
    assert.equal(inState('posted'), 'Already published by Kofi Tamarisk.');
    assert.equal(inState('scheduled'), 'Already planned by Kofi Tamarisk.');
    assert.match(inState('retracted'), /^It is still being taken out of this channel\./);
  });

  it('tells when to come back, how often is often enough, and that the text is still there', () => {
    assert.equal(
      say(EVERY.limit),
      'You have asked 3 questions today. Tomorrow you can ask again. Your text is still here, but not kept on our side.',
    );
    assert.match(say({ ...EVERY.limit, limit: 1 }), /^You have asked 1 question today\. /);
    assert.match(
      say({ ...EVERY.limit, of: 'votes', limit: 30 }),
      /^You have voted 30 times today.*Tomorrow you can vote/,
    );
    assert.match(say({ ...EVERY.limit, of: 'votes', limit: 1 }), /^You have voted once today/);
  });

  it('offers to sign where few can ask', () =>
    assert.match(say(EVERY['small-audience']), /Fewer than 10 people .*text is still here.*“Sign with my name”/));

  it('never repeats the words of an answer', () => assert.doesNotMatch(say(EVERY.replaces), /the words of/));

  it('is told from questions, words and nothing', () => {
    for (const refusal of Object.values(EVERY)) assert.ok(isRefusal(refusal));
    for (const other of [open(), answered(), 'refused', undefined, null, 0]) assert.ok(!isRefusal(other));
  });
});
