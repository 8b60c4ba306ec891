import assert from 'node:assert/strict';
import { begin, heard, newPost, nextStep, posted, unsure } from '../../bot/domain/posting.ts';
import { publishOn, wentOn, withPublication } from '../../bot/domain/publication.ts';
import { sign } from '../../bot/domain/life.ts';
import { CHANNEL, noor } from '../support/cast.ts';
import {
  answered,
  asksBack,
  carriedOut,
  clarifies,
  corrects,
  followsUp,
  isAnswered,
  open,
  published,
  replies,
  standing,
} from '../support/questions.ts';

const A = CHANNEL.id;
const steps = (question: Parameters<typeof carriedOut>[0]) => carriedOut(question, A).steps;
const inA = (question = answered()) => carriedOut(published(question, [A]), A).now;

describe('the order of a thread in a channel', () => {
  it('is the question, what led to the answer, the answer, what followed', () => {
    const question = answered(clarifies(asksBack(open(), 'back'), 'clear'));
    assert.deepEqual(
      steps(published(replies(followsUp(question, 'more'), 'reply'), [A])).join(', '),
      'post-root, post-part back, post-part clear, post-part answer, post-part more, post-part reply',
    );
  });

  it('leaves out what nobody answered, until somebody does and a curator agrees', () => {
    const question = inA(followsUp(answered(asksBack(open(), 'back')), 'more'));
    assert.deepEqual(
      standing(question, A).parts.map(({ key }) => key),
      ['answer'],
    );
    const replied = replies(question, 'reply');
    assert.deepEqual(steps(replied), []);
    assert.ok(wentOn(replied));
    assert.deepEqual(steps(isAnswered(publishOn(replied))), ['post-part more', 'post-part reply']);
  });

  it('edits the answer once for every correction that the channel has not shown', () => {
    assert.deepEqual(steps(corrects(corrects(inA()), 'Again.')), ['edit-part answer']);
    assert.equal(standing(carriedOut(corrects(inA()), A).now, A).parts[0]?.shown, 2);
    assert.deepEqual(steps(carriedOut(corrects(inA()), A).now), []);
  });

  it('edits a correction before it goes on', () => {
    const question = corrects(replies(followsUp(inA(), 'more'), 'reply'));
    assert.deepEqual(
      steps(isAnswered(publishOn(question))).join(', '),
      'edit-part answer, post-part more, post-part reply',
    );
  });

  it('shows a correction that was sent while the older words were on their way', () => {
    const before = published(answered(), [A]);
    const root = { do: 'post-root' } as const;
    const started = withPublication(
      before,
      posted(standing(before, A), root, { conversation: A, activity: '1' }, before),
    );
    const step = nextStep(started, standing(started, A));
    assert.ok(step?.do === 'post-part');
    const meanwhile = corrects(started);
    const sent = posted(standing(meanwhile, A), step, { conversation: A, activity: '2' }, started);
    assert.deepEqual(steps(withPublication(meanwhile, sent)), ['edit-part answer']);
  });

  it('edits the root when the asker signs, once', () => {
    const signed = isAnswered(sign(inA(), noor.name));
    assert.deepEqual(steps(signed), ['edit-root']);
    assert.deepEqual(steps(carriedOut(signed, A).now), []);
    assert.deepEqual(steps(published(isAnswered(sign(answered(), noor.name)), [A])), ['post-root', 'post-part answer']);
  });
});

describe('a post that is begun', () => {
  const root = { do: 'post-root' } as const;
  const post = { conversation: A, activity: '1' };
  const publication = () => standing(published(answered(), [A]), A);

  it('is written down, where it is a new one: an edit may be sent twice', () => {
    assert.equal(begin(publication(), root).begun, 'root');
    const before = publication();
    assert.equal(begin(before, { do: 'edit-root', post }), before);
    assert.equal(newPost({ do: 'post-part', root: post, key: 'answer' }), 'answer');
    assert.equal(newPost({ do: 'edit-part', root: post, key: 'answer', activity: '2' }), undefined);
  });

  it('is remembered while it is uncertain, and forgotten once Teams told what became of it', () => {
    const begun = begin(publication(), root);
    assert.equal(unsure(begun).begun, 'root');
    assert.equal(heard(begun).begun, undefined);
    assert.equal(posted(begun, root, post, answered()).begun, undefined);
  });
});
