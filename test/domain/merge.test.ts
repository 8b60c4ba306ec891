import assert from 'node:assert/strict';
import { keyOf } from '../../bot/domain/delivery.ts';
import { decline, sign, withdraw } from '../../bot/domain/life.ts';
import { carry, merge, seenByAsker, unmerge } from '../../bot/domain/merge.ts';
import { nextStep } from '../../bot/domain/posting.ts';
import type { MergedQuestion, Question } from '../../bot/domain/question.ts';
import { followUp } from '../../bot/domain/thread.ts';
import { must } from '../support/app.ts';
import { kofi } from '../support/cast.ts';
import { answered, open, carriedOut, published } from '../support/questions.ts';

const A = open({ id: 'a', words: 'Why did we close Lyon?' });
const B = open({ id: 'b', words: 'What about Lyon?', week: '2026-W47', promise: '2026-12-04', votes: 3 });
const merged = (b: Question = B, a: Question = A) => must(merge(b, a, kofi.name)) as MergedQuestion;
const carries = (a: Question = A, b: Question = merged(B, a)) => must(carry(a, b));
const owes = (question: Question) => question.deliveries.map(({ key }) => key);

describe('a merge', () => {
  it('says where the question went and who sent it there; its words stay, and its asker is told', () => {
    const b = merged();
    assert.deepEqual([b.state, b.into, b.by, b.words, b.promise], ['merged', 'a', kofi.name, B.words, '2026-12-04']);
    assert.ok(owes(b).includes('notice') && owes(b).includes('wording:a'));
  });

  it('is carried by the other question, once, with the week of the votes and the name of who signed', () => {
    const signed = merged(must(sign(B, 'Noor Quillamor')));
    const a = carries(A, signed);
    assert.deepEqual(a.wordings, [{ id: 'b', words: B.words, week: '2026-W47', signed: 'Noor Quillamor' }]);
    assert.ok(owes(a).includes('notice'), 'who asked first is told, too');
    assert.equal(carry(a, signed), a);
  });

  it('is of two open questions, or into an answered one', () => {
    const a = answered();
    assert.equal(carries(a, merged(B, a)).wordings?.length, 1);
    assert.deepEqual(merge(answered(), A, kofi.name), { refused: 'not-open', state: 'answered' });
    for (const end of [must(decline(A, 'unclear')), must(withdraw(A))])
      assert.deepEqual(merge(B, end, kofi.name), { refused: 'cannot-carry', state: end.state });
    assert.deepEqual(merge(A, A, kofi.name), { refused: 'same-question' });
  });

  it('makes no chain: what carries others stays, and nothing is merged into a merged one', () => {
    assert.deepEqual(merge(carries(), open({ id: 'c' }), kofi.name), { refused: 'carries-others' });
    assert.deepEqual(merge(open({ id: 'c' }), merged(), kofi.name), { refused: 'cannot-carry', state: 'merged' });
  });

  it('is done once: a repeat changes nothing, another one is refused', () => {
    const b = merged();
    assert.equal(merge(b, A, kofi.name), b);
    assert.deepEqual(merge(b, open({ id: 'c' }), kofi.name), { refused: 'not-open', state: 'merged' });
  });

  it('stops where no more words fit into a card', () => {
    let a: Question = A;
    for (let n = 0; n < 20; n += 1) a = carries(a, merged(open({ id: `b${n}` }), a));
    assert.deepEqual(merge(B, a, kofi.name), { refused: 'carries-too-much' });
    const long = open({ id: 'long', words: 'x'.repeat(23_990) });
    assert.deepEqual(merge(B, long, kofi.name), { refused: 'carries-too-much' });
  });

  it('is undone: the question is open as it was, promise and all, told, and its words go from the other', () => {
    const [a, b] = [carries(), must(unmerge(merged()))];
    const { revision: _r, deliveries: _d, ...was } = B;
    const { revision: _r2, deliveries, ...is } = b;
    assert.deepEqual(is, was);
    assert.deepEqual(
      deliveries.map(keyOfDelivery).filter((key) => !key.startsWith('card')),
      ['notice', 'wording:a'],
    );
    assert.deepEqual(must(carry(a, b)).wordings, []);
    assert.equal(unmerge(b), b);
    assert.deepEqual(unmerge(answered()), { refused: 'not-merged' });
  });

  it('tells everybody who asked of what the leader does', () => {
    const a = answered(carries());
    assert.deepEqual(
      owes(a).filter((key) => key.startsWith('notice')),
      ['notice', 'notice:b'],
    );
  });

  it('changes a post in its place, and again when it is undone', () => {
    const a = carriedOut(published()).now;
    const [publication] = a.publications;
    assert.ok(publication && nextStep(a, publication) === undefined, 'The premise: it stands there');
    const carrying = carries(a, merged(B, a));
    assert.ok(carrying.state === 'answered');
    assert.equal(nextStep(carrying, publication)?.do, 'edit-root');
    assert.ok(owes(carrying).some((key) => key.startsWith('publication')));
  });

  it('with a question that its asker then takes back opens the others again', () => {
    assert.ok(owes(must(withdraw(carries()))).includes('release:b'));
  });

  it('lets an asker take back their own: their words and what they said since go, but for what was published', () => {
    const b = merged(B, answered());
    const a = carries(answered(), b);
    const said = must(
      followUp(must(followUp(a, { id: 'f1', words: 'Mine.', of: 'b' })), { id: 'f2', words: 'Another’s.' }),
    );
    const back = must(withdraw(b));
    assert.deepEqual(
      must(carry(said, back)).thread.map(({ id }) => id),
      ['f2'],
    );
    const agreed = { ...said, agreed: ['f1'] } as Question;
    assert.equal(must(carry(agreed, back)).thread.length, 2);
  });
});

const keyOfDelivery = ({ target }: Question['deliveries'][number]) => keyOf(target);

describe('what the asker of a merged question sees', () => {
  const a = must(followUp(answered(carries()), { id: 'mine', words: 'And now?', of: 'b' }));
  const both = must(followUp(a, { id: 'theirs', words: 'And then?' }));

  it('is their own words, the answer to the other question, and its words', () => {
    const seen = seenByAsker(merged(), both);
    assert.deepEqual([seen.id, seen.words, seen.state, seen.week], ['b', B.words, 'answered', '2026-W47']);
    assert.deepEqual(
      seen.wordings?.map(({ words }) => words),
      [A.words],
    );
  });

  it('tells what they said from what somebody else did', () => {
    assert.deepEqual(
      seenByAsker(merged(), both).thread.map(({ id, of }) => [id, of]),
      [
        ['mine', undefined],
        ['theirs', 'a'],
      ],
    );
  });

  it('is nothing of a block: that stops who wrote the other words', () => {
    const block = { state: 'standing', by: { id: 'kofi', name: 'Kofi' }, days: 7, reason: 'x', until: '2026-12-11' };
    const declined = { ...must(decline(carries(), 'respect')), block } as Question;
    assert.doesNotMatch(JSON.stringify(seenByAsker(merged(), declined)), /2026-12-11/);
  });

  it('is no name but their own', () => {
    const seen = seenByAsker(merged(), must(sign(A, 'Noor Quillamor')));
    assert.equal(seen.signed, undefined);
  });
});
