import assert from 'node:assert/strict';
import { decline, withdraw } from '../../bot/domain/life.ts';
import { type Question } from '../../bot/domain/question.ts';
import type { Refusal } from '../../bot/domain/refusal.ts';
import { askBack, clarify, followUp, reply, waitsForAsker, waitsForReply } from '../../bot/domain/thread.ts';
import { must } from '../support/app.ts';
import { ines } from '../support/cast.ts';
import { answered, INES, KOFI, open, owed, published, settled } from '../support/questions.ts';

const saying = (id: string) => ({ id, words: `words of ${id}` });
const asksBack = (question: Question = open(), id = 'back') => askBack(question, saying(id), ines.name);
const clarifies = (question: Question = must(asksBack()), id = 'clear') => clarify(question, saying(id));
const followsUp = (question: Question = answered(), id = 'more') => followUp(question, saying(id));
const replies = (question: Question = must(followsUp()), id = 'reply') =>
  reply(question, saying(id), ines.name, [KOFI]);
const kinds = (question: Question) => question.thread.map(({ kind }) => kind);

describe('a thread', () => {
  it('goes from ask-back to clarification, answer, follow-up and reply', () => {
    const question = must(replies(must(followsUp(answered(must(clarifies()))))));
    assert.deepEqual(kinds(question), ['ask-back', 'clarification', 'follow-up', 'reply']);
    assert.deepEqual(
      question.thread.map(({ leader }) => leader),
      [ines.name, undefined, undefined, ines.name],
    );
  });

  it('tells the asker of an ask-back and of a reply', () => {
    assert.deepEqual(owed(must(asksBack(settled(open())))), [`card:question:${INES}`, 'notice']);
    assert.ok(owed(must(replies())).includes('notice'));
  });

  it('puts a new card before the leader for each clarification and follow-up, and leaves alone what they may be typing into', () => {
    assert.deepEqual(owed(must(clarifies(settled(must(asksBack()))))), [`card:question:${INES}:clear`]);
    assert.ok(owed(must(followsUp())).includes(`card:question:${INES}:more`));
  });

  it('asks curators about the continuation of a published thread, and of no other', () => {
    const place = `card:curate:${KOFI}:reply`;
    assert.ok(!owed(must(replies())).includes(place));
    assert.ok(owed(must(replies(must(followsUp(published()))))).includes(place));
  });

  const repeats: Record<string, [(question?: Question) => Question | Refusal, Question]> = {
    'ask-back': [asksBack, open()],
    clarification: [clarifies, must(asksBack())],
    'follow-up': [followsUp, answered()],
    reply: [replies, must(followsUp())],
  };
  for (const [kind, [say, question]] of Object.entries(repeats)) {
    it(`takes the same ${kind} twice as one`, () => {
      const once = must(say(question));
      assert.notEqual(once, question);
      assert.equal(say(once), once);
    });
  }

  it('takes a clarification that comes again after the answer as one', () => {
    const question = answered(must(clarifies()));
    assert.equal(clarify(question, saying('clear')), question);
    assert.equal(followUp(question, saying('clear')), question);
  });

  it('has nothing to clarify where nothing was asked back', () =>
    assert.deepEqual(clarifies(open()), { refused: 'not-asked-back' }));

  it('has nothing to follow up or reply to before the answer', () => {
    for (const say of [followsUp, replies]) assert.deepEqual(say(open()), { refused: 'not-answered' });
  });

  it('ends with a decline or a withdrawal', () => {
    for (const question of [must(decline(must(asksBack()), 'unclear')), must(withdraw(must(asksBack())))])
      for (const say of [asksBack, clarifies, followsUp, replies])
        assert.deepEqual(say(question), { refused: 'not-open', state: question.state });
  });

  it('tells who is waited for', () => {
    assert.deepEqual([open(), must(asksBack()), must(clarifies())].map(waitsForAsker), [false, true, false]);
    assert.equal(waitsForAsker(answered(must(asksBack()))), false);
    assert.deepEqual([answered(), must(followsUp()), must(replies())].map(waitsForReply), [false, true, false]);
  });
});
