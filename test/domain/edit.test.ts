import assert from 'node:assert/strict';
import { agreeToEdit, proposeEdit, refuseEdit } from '../../bot/domain/edit.ts';
import { setTopic, withdraw } from '../../bot/domain/life.ts';
import { merge } from '../../bot/domain/merge.ts';
import type { Question } from '../../bot/domain/question.ts';
import { must } from '../support/app.ts';
import { kofi } from '../support/cast.ts';
import { answered, open, WORDS } from '../support/questions.ts';

const proposal = { id: 'p1', words: 'Why did we close an office?', reason: 'It names a place.', by: kofi.name };
const proposed = (question: Question = open()) => must(proposeEdit(question, proposal));
const owes = (question: Question) => question.deliveries.map(({ key }) => key);

describe('an edit with consent', () => {
  it('changes nothing while it waits, tells the asker, and moves no card', () => {
    const before = { ...open(), deliveries: [] };
    const question = proposed(before);
    assert.equal(question.words, WORDS);
    assert.equal(question.edited, undefined);
    assert.deepEqual(owes(question), ['notice']);
  });

  it('replaces the words once the asker agrees to these very words, and says that it was edited', () => {
    const agreed = must(agreeToEdit(proposed(), 'p1'));
    assert.deepEqual([agreed.words, agreed.edited, agreed.edit], [proposal.words, true, undefined]);
    assert.doesNotMatch(JSON.stringify(agreed), /Lyon/);
    assert.ok(
      owes(agreed).some((key) => key.startsWith('card:')),
      'cards follow',
    );
  });

  it('leaves the words where the asker does not agree, and keeps nothing of what was proposed', () => {
    const refused = must(refuseEdit(proposed(), 'p1'));
    assert.deepEqual([refused.words, refused.edit], [WORDS, { state: 'refused', by: kofi.name }]);
  });

  it('is no longer there to agree to once another one took its place', () => {
    const again = must(proposeEdit(proposed(), { ...proposal, id: 'p2', words: 'Why?' }));
    for (const decide of [agreeToEdit, refuseEdit]) {
      assert.deepEqual(decide(again, 'p1'), { refused: 'edit-changed' });
      assert.deepEqual(decide(open(), 'p1'), { refused: 'edit-changed' });
    }
    assert.equal(must(agreeToEdit(again, 'p2')).words, 'Why?');
  });

  it('is not of the same words, nor of a question that was taken back; a repeat changes nothing', () => {
    assert.deepEqual(proposeEdit(open(), { ...proposal, words: WORDS }), { refused: 'same-words' });
    assert.deepEqual(proposeEdit(must(withdraw(open())), proposal), { refused: 'not-open', state: 'withdrawn' });
    const waits = proposed();
    assert.equal(proposeEdit(waits, proposal), waits);
  });

  it('of a merged question goes on to the one that carries its words', () => {
    const merged = must(merge(open({ id: 'b' }), open({ id: 'a', words: 'Else?' }), kofi.name));
    const agreed = must(agreeToEdit(proposed({ ...merged, deliveries: [] }), 'p1'));
    assert.ok(owes(agreed).includes('wording:a'));
  });
});

describe('a topic', () => {
  it('is set, changed and cleared, and every card follows', () => {
    const set = must(setTopic(answered(), 'Culture'));
    assert.equal(set.topic, 'Culture');
    assert.equal(setTopic(set, 'Culture'), set);
    const cleared = must(setTopic(set, undefined));
    assert.ok(!('topic' in cleared));
    assert.notEqual(cleared.face, set.face);
  });
});
