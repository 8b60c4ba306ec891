import assert from 'node:assert/strict';
import { giveUp } from '../../bot/domain/delivery.ts';
import { posted } from '../../bot/domain/posting.ts';
import {
  mayStand,
  notNow,
  publish,
  publishable,
  publishOn,
  settle,
  stopped,
  withPublication,
} from '../../bot/domain/publication.ts';
import { decline, withdraw } from '../../bot/domain/life.ts';
import { type AnsweredQuestion, type Entry, type Question } from '../../bot/domain/question.ts';
import { must } from '../support/app.ts';
import { CHANNEL, kaia, kofi } from '../support/cast.ts';
import {
  answered,
  carriedOut,
  corrects,
  followsUp,
  INES,
  isAnswered,
  open,
  owed,
  published,
  replies,
  settled,
  standing,
  uncertain,
  facts,
} from '../support/questions.ts';

const A = CHANNEL.id;
const B = 'channel B';
const steps = (question: AnsweredQuestion) => carriedOut(question).steps;
const inA = (question: AnsweredQuestion = answered()) => carriedOut(published(question, [A]), A).now;

const entry = (kind: Entry['kind'], id: string): Entry => ({ kind, id, words: id });

describe('what is fit to publish', () => {
  it('leaves out what nobody answered', () => {
    assert.deepEqual(publishable([entry('ask-back', 'a'), entry('follow-up', 'b')]), []);
    assert.deepEqual(publishable([entry('follow-up', 'a'), entry('reply', 'b'), entry('follow-up', 'c')]), ['a', 'b']);
  });

  it('takes one answer for all that was asked before it', () => {
    const thread = [entry('ask-back', 'a'), entry('ask-back', 'b'), entry('clarification', 'c')];
    assert.deepEqual(publishable(thread), ['a', 'b', 'c']);
    assert.deepEqual(publishable([entry('follow-up', 'a'), entry('follow-up', 'b'), entry('reply', 'c')]).length, 3);
  });

  it('does not take a reply for a clarification', () =>
    assert.deepEqual(publishable([entry('ask-back', 'a'), entry('reply', 'b')]), ['b']));
});

describe('publish', () => {
  it('begins in each channel in the curator’s name, and owes it', () => {
    const question = published(settled(answered()), [A, B]);
    assert.deepEqual(
      question.publications.map(({ channel, by, state }) => [channel, by, state]),
      [
        [A, kofi.name, 'posting'],
        [B, kofi.name, 'posting'],
      ],
    );
    assert.deepEqual(owed(question).slice(-2), [`publication:${A}`, `publication:${B}`]);
  });

  it('begins once in a channel that a forged form names twice', () =>
    assert.equal(published(answered(), [A, A]).publications.length, 1));

  it('tells the second of two curators who was first', () => {
    assert.deepEqual(publish(published(answered(), [A]), kaia.name, [A]), {
      refused: 'already-published',
      by: kofi.name,
      state: 'posting',
    });
  });

  it('adds a channel to those where it stands, without touching them', () => {
    const both = isAnswered(publish(inA(), kaia.name, [A, B]));
    assert.deepEqual(
      both.publications.map(({ channel, by }) => [channel, by]),
      [
        [A, kofi.name],
        [B, kaia.name],
      ],
    );
    assert.deepEqual(carriedOut(both).steps, []);
  });

  it('ends that it was set aside', () => {
    const aside = must(notNow(answered(), kofi.name, 'After the results.'));
    assert.equal(isAnswered(publish(aside, kaia.name, [A])).notNow, undefined);
  });

  const acts: Record<string, (question: Question) => unknown> = {
    publish: (question) => publish(question, kofi.name, [A]),
    publishOn,
    notNow: (question) => notNow(question, kofi.name, 'Later.'),
  };
  for (const [name, act] of Object.entries(acts)) {
    it(`${name}: tells why a question cannot be published`, () => {
      assert.deepEqual(act(open()), { refused: 'not-answered' });
      assert.deepEqual(act(must(withdraw(answered()))), { refused: 'not-open', state: 'withdrawn' });
      assert.deepEqual(act(must(decline(open(), 'unclear'))), { refused: 'not-open', state: 'declined' });
    });
  }
});

describe('publishOn', () => {
  it('needs a publication, and something new', () => {
    assert.deepEqual(publishOn(answered()), { refused: 'not-published' });
    const question = inA();
    assert.equal(publishOn(question), question);
  });

  it('changes nothing the second time', () => {
    const on = must(publishOn(replies(followsUp(inA(), 'more'), 'reply')));
    assert.equal(publishOn(on), on);
  });

  it('does not take along what the leader said after the curator agreed', () => {
    const question = isAnswered(publishOn(replies(followsUp(inA(), 'more'), 'reply')));
    const later = replies(followsUp(question, 'more 2'), 'reply 2');
    assert.deepEqual(steps(later), ['post-part more', 'post-part reply']);
  });
});

describe('notNow', () => {
  it('tells the leader the reason, once', () => {
    const aside = must(notNow(settled(answered()), kofi.name, 'After the results.'));
    assert.ok(owed(aside).includes(`tell:${INES}:not-now`));
    assert.equal(notNow(aside, kofi.name, 'After the results.'), aside);
  });

  it('is too late once it is published', () =>
    assert.deepEqual(notNow(published(answered(), [A]), kaia.name, 'Later.'), {
      refused: 'already-published',
      by: kofi.name,
      state: 'posting',
    }));
});

/** The root stands, and nothing else yet. */
const rootOnly = () => {
  const question = published(answered(), [A]);
  const post = { conversation: A, activity: '1' };
  return withPublication(question, posted(standing(question), { do: 'post-root' }, post, question));
};

describe('an uncertain post', () => {
  it('is posted again when a curator says that it is missing', () => {
    const again = isAnswered(settle(uncertain(published(answered(), [A])), A, 'nothing'));
    assert.equal(standing(again).state, 'posting');
    assert.ok(owed(again).includes(`publication:${A}`));
    assert.deepEqual(steps(again), ['post-root', 'post-part answer']);
  });

  it('is not posted again when a curator says that it is there', () => {
    const question = uncertain(rootOnly());
    assert.equal(mayStand(standing(question)), 'answer');
    const there = isAnswered(settle(question, A, 'there'));
    assert.deepEqual(standing(there).parts, [{ key: 'answer', shown: 1 }]);
    assert.deepEqual(steps(there), []);
  });

  it('is not posted again when it is there and the answer was corrected meanwhile', () => {
    const follow = isAnswered(publishOn(replies(followsUp(inA(), 'more'), 'reply')));
    const question = corrects(uncertain(follow));
    assert.equal(mayStand(standing(question)), 'more');
    assert.deepEqual(steps(isAnswered(settle(question, A, 'there'))), ['edit-part answer', 'post-part reply']);
  });

  it('of the root cannot be called there: without it nothing can follow, and nothing is posted', () => {
    const question = uncertain(published(answered(), [A]));
    assert.equal(mayStand(standing(question)), undefined);
    assert.equal(settle(question, A, 'there'), question);
  });

  it('is settled once: the second curator changes nothing', () => {
    for (const saw of ['there', 'nothing'] as const) {
      const settledOnce = must(settle(uncertain(rootOnly()), A, saw));
      for (const again of ['there', 'nothing'] as const) assert.equal(settle(settledOnce, A, again), settledOnce);
    }
  });

  it('of one channel leaves the others alone', () => {
    const question = uncertain(published(answered(), [A, B]));
    assert.equal(settle(question, B, 'nothing'), question);
    assert.equal(standing(question, B).state, 'posting');
    assert.deepEqual(settle(question, 'channel C', 'nothing'), { refused: 'not-published' });
    assert.deepEqual(settle(open(), A, 'nothing'), { refused: 'not-published' });
  });
});

describe('a publication that was given up', () => {
  it('is known with its reason, and tried again when a curator says so', () => {
    const question = published(answered(), [A]);
    const delivery = question.deliveries.find(({ key }) => key === `publication:${A}`);
    assert.ok(delivery && stopped(question, A) === undefined);
    const dead = giveUp(question, delivery, '403');
    assert.equal(facts(stopped(dead, A)).why, '403');
    const again = isAnswered(settle(dead, A, 'nothing'));
    assert.equal(stopped(again, A), undefined);
    assert.ok(owed(again).includes(`publication:${A}`));
  });
});
