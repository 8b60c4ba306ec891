import assert from 'node:assert/strict';
import { speak } from '../../bot/cards/say.ts';
import { sayAuthorship } from '../../bot/cards/words.ts';
import { answer, draft } from '../../bot/domain/answer.ts';
import { decline, handOn, withdraw } from '../../bot/domain/life.ts';
import { type Question } from '../../bot/domain/question.ts';
import { must } from '../support/app.ts';
import { devi, ines, otto } from '../support/cast.ts';
import { answered, INES, isAnswered, KOFI, open, owed, published, sending, settled } from '../support/questions.ts';

const DEVI = devi.aadObjectId;
const byDevi = (words: string, question: Question = open()) => must(draft(question, { words, by: DEVI }));
const byInes = (words: string, question: Question = open()) => must(draft(question, { words, by: INES }));
const send = (question: Question, words: string) => {
  const { answer: given } = isAnswered(answer(question, { ...sending(words), delegate: devi.name }, [KOFI]));
  return sayAuthorship(speak('en'), given.authorship);
};
const correct = (question: Question, words: string, submission = 'second', replaces = 1) =>
  answer(question, { ...sending(words, submission), delegate: devi.name, replaces }, [KOFI]);

describe('authorship', () => {
  it('is the leader’s where nobody else wrote', () => {
    assert.equal(send(open(), 'I was wrong.'), 'Written by Ines Varandell');
    assert.equal(send(byInes('I was'), 'I was wrong.'), 'Written by Ines Varandell');
  });

  it('names the delegate whose draft was sent as it was', () =>
    assert.equal(
      send(byDevi('We were wrong.'), 'We were wrong.'),
      'Drafted by Devi Ostrakhan, approved by Ines Varandell',
    ));

  it('tells that the leader edited a delegate’s draft', () =>
    assert.equal(
      send(byDevi('We were wrong.'), 'I was wrong.'),
      'Drafted by Devi Ostrakhan, edited and approved by Ines Varandell',
    ));

  it('cannot be hidden by saving the draft once more as the leader', () => {
    const resaved = byInes('We were wrong.', byDevi('We were wrong.'));
    assert.equal(send(resaved, 'We were wrong.'), 'Drafted by Devi Ostrakhan, approved by Ines Varandell');
    const rewritten = byInes('Quite other words.', byDevi('We were wrong.'));
    assert.match(send(rewritten, 'Quite other words.'), /^Drafted by Devi Ostrakhan, edited/);
  });

  it('cannot be hidden by emptying the draft', () =>
    assert.match(send(byDevi('', byDevi('We were wrong.')), 'We were wrong.'), /^Drafted by Devi Ostrakhan, approved/));

  it('does not name a delegate who only opened and saved an empty form', () =>
    assert.equal(send(byDevi(''), 'I was wrong.'), 'Written by Ines Varandell'));

  it('names a delegate whose name is no longer known', () => {
    const { answer: given } = isAnswered(answer(byDevi('x'), sending('x'), []));
    assert.equal(sayAuthorship(speak('en'), given.authorship), 'Drafted by a delegate, approved by Ines Varandell');
  });

  it('follows a delegate’s draft of a correction', () => {
    const corrected = isAnswered(correct(byDevi('We were very wrong.', answered()), 'We were very wrong.'));
    assert.equal(
      sayAuthorship(speak('en'), corrected.answer.authorship),
      'Drafted by Devi Ostrakhan, approved by Ines Varandell',
    );
  });

  it('starts anew with the leader who takes over', () => {
    const handed = must(handOn(byDevi('We were wrong.'), otto.aadObjectId));
    const { answer: given } = isAnswered(answer(handed, { ...sending(), leader: { id: '', name: otto.name } }, []));
    assert.equal(sayAuthorship(speak('en'), given.authorship), 'Written by Otto Harrowgate');
  });
});

describe('draft', () => {
  it('is kept on an open and on an answered question, and shows on no card', () => {
    for (const question of [open(), answered()]) {
      const kept = byInes('Half a thought', question);
      assert.ok('draft' in kept && kept.draft?.words === 'Half a thought');
      assert.equal(kept.revision, question.revision);
      assert.deepEqual(kept.deliveries, question.deliveries);
    }
  });

  it('is refused once the question is withdrawn or declined', () => {
    for (const question of [must(withdraw(open())), must(decline(open(), 'unclear'))])
      assert.deepEqual(draft(question, { words: 'x', by: INES }), { refused: 'not-open', state: question.state });
  });

  it('is used up by the answer', () => assert.ok(!('draft' in answered(byInes('Half a thought')))));
});

describe('answer', () => {
  it('takes the leader’s words, tells the asker, and puts a card before the curators', () => {
    const question = answered(settled(open()));
    assert.equal(question.answer.words, 'I should have come first.');
    assert.equal(question.answer.revision, 1);
    assert.deepEqual(owed(question), [`card:question:${INES}`, `card:curate:${KOFI}`, 'notice']);
  });

  it('changes nothing when the same submission comes again', () => {
    const question = answered();
    assert.equal(answer(question, sending(), [KOFI]), question);
    assert.equal(answer(question, sending('other words, same form'), [KOFI]), question);
  });

  it('lets the second device read the first answer before it replaces it', () => {
    const question = answered();
    const second = answer(question, sending('From my phone.', 'phone'), [KOFI]);
    assert.deepEqual(second, { refused: 'replaces', words: 'I should have come first.' });
    const replaced = isAnswered(correct(question, 'From my phone.', 'phone'));
    assert.deepEqual([replaced.answer.words, replaced.answer.revision], ['From my phone.', 2]);
  });

  it('replaces only the answer that was seen', () => {
    const replaced = isAnswered(correct(answered(), 'Second.'));
    assert.deepEqual(correct(replaced, 'Third.', 'third', 1), { refused: 'replaces', words: 'Second.' });
    assert.equal(isAnswered(correct(replaced, 'Third.', 'third', 2)).answer.revision, 3);
  });

  it('does nothing twice when a replacement comes again', () => {
    const replaced = isAnswered(correct(answered(), 'Second.'));
    assert.equal(correct(replaced, 'Second.'), replaced);
  });

  it('carries a correction to the asker and to every channel', () => {
    const corrected = isAnswered(correct(settled(published(answered(), ['a', 'b'])), 'Second.'));
    assert.deepEqual(owed(corrected).slice(-3), ['notice', 'publication:a', 'publication:b']);
    assert.equal(corrected.publications.length, 2);
  });

  it('loses to a withdrawal', () =>
    assert.deepEqual(answer(must(withdraw(open())), sending(), []), { refused: 'not-open', state: 'withdrawn' }));

  it('stays with the leader who gave it', () => assert.equal(answered().answer.authorship.leader, ines.name));
});
