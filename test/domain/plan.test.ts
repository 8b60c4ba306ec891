import assert from 'node:assert/strict';
import { claim, dueNow, owedAt } from '../../bot/domain/delivery.ts';
import { sign, withdraw } from '../../bot/domain/life.ts';
import { plannedIn, reschedule, retract, schedule, unschedule } from '../../bot/domain/plan.ts';
import { begin, nextStep, posted, setOut, type Step, unsure } from '../../bot/domain/posting.ts';
import {
  mayLinger,
  notNow,
  publish,
  publishOn,
  reachedBy,
  settle,
  wentOn,
  withPublication,
} from '../../bot/domain/publication.ts';
import type { AnsweredQuestion, Question } from '../../bot/domain/question.ts';
import { must } from '../support/app.ts';
import { CHANNEL, kaia, kofi, noor } from '../support/cast.ts';
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
} from '../support/questions.ts';

const A = CHANNEL.id;
const B = 'channel B';
const NOW = Date.UTC(2026, 10, 23, 12);
const AT = NOW + 86_400_000;
const inA = (question = answered()) => carriedOut(published(question, [A]), A).now;
const planned = (question: Question = answered(), at = AT, channel = A) =>
  isAnswered(schedule(question, kofi.name, { channel, at }));
const dueIn = (question: Question, channel: string, now: number) =>
  dueNow(question, now).some(({ key }) => key === `publication:${channel}`);
const delivery = (question: Question, channel = A) => {
  const found = question.deliveries.find(({ key }) => key === `publication:${channel}`);
  if (found === undefined) throw new Error('Nothing is owed there');
  return found;
};

describe('schedule', () => {
  it('owes the thread to the channel from its time on, in the curator’s name', () => {
    const question = planned(settled(answered()));
    assert.deepEqual(standing(question), { channel: A, by: kofi.name, state: 'scheduled', at: AT, parts: [] });
    assert.equal(dueIn(question, A, AT - 1), false);
    assert.equal(dueIn(question, A, AT), true);
    assert.equal(owedAt(planned(settled(answered()))), 0, 'cards of curators change at once');
  });

  it('changes nothing the second time, whoever asks for it', () => {
    const question = planned();
    assert.equal(schedule(question, kaia.name, { channel: A, at: AT }), question);
  });

  it('tells the second of two curators who was first', () => {
    const refused = { refused: 'already-published', by: kofi.name };
    const other = { channel: A, at: AT + 1 };
    assert.deepEqual(schedule(planned(), kaia.name, other), { ...refused, state: 'scheduled' });
    assert.deepEqual(schedule(inA(), kaia.name, other), { ...refused, state: 'posting' });
  });

  it('needs an answer, and ends that it was set aside', () => {
    assert.deepEqual(schedule(open(), kofi.name, { channel: A, at: AT }), { refused: 'not-answered' });
    const aside = must(notNow(answered(), kofi.name, 'After the results.'));
    assert.equal(planned(aside).notNow, undefined);
  });

  it('is not brought forward by a signature, a correction or what curators agree to meanwhile', () => {
    const both = planned(inA(), AT, B);
    const changed: [string, AnsweredQuestion][] = [
      ['sign', isAnswered(sign(both, noor.name))],
      ['correct', corrects(both)],
      ['publishOn', isAnswered(publishOn(replies(followsUp(both))))],
    ];
    for (const [act, question] of changed) {
      assert.equal(dueIn(question, A, NOW), true, `the premise: ${act} is owed where it stands`);
      assert.equal(dueIn(question, B, AT - 1), false, act);
      assert.equal(dueIn(question, B, AT), true, act);
    }
  });

  it('leaves the channels alone where it stands: what was said since waits for “Publish the rest”', () => {
    const on = replies(followsUp(inA()));
    assert.deepEqual(carriedOut(planned(on, AT, B), A).steps, []);
    assert.ok(wentOn(planned(on, AT, B)));
  });

  it('takes along what was said before, and after it only what a curator agrees to', () => {
    const on = replies(followsUp(planned()));
    assert.ok(wentOn(on));
    assert.deepEqual(carriedOut(withPublication(on, setOut(standing(on)))).steps, ['post-root', 'post-part answer']);
    const agreed = isAnswered(publishOn(on));
    assert.equal(dueIn(agreed, A, AT - 1), false);
    assert.equal(carriedOut(withPublication(agreed, setOut(standing(agreed)))).steps.length, 4);
  });

  it('can be taken back by its asker: nothing is owed to the channel any more', () => {
    const withdrawn = must(withdraw(planned()));
    assert.equal(withdrawn.state, 'withdrawn');
    assert.ok(!owed(withdrawn).includes(`publication:${A}`));
  });

  it('keeps its thread from being set aside', () =>
    assert.deepEqual(notNow(planned(), kaia.name, 'Later.'), {
      refused: 'already-published',
      by: kofi.name,
      state: 'scheduled',
    }));
});

describe('what is planned', () => {
  it('moves to another time, and is due then alone', () => {
    const moved = isAnswered(reschedule(planned(), kaia.name, { channel: A, at: AT + 1000 }));
    assert.equal(dueIn(moved, A, AT), false);
    assert.equal(dueIn(moved, A, AT + 1000), true);
    assert.equal(standing(moved).by, kaia.name);
    assert.equal(moved.deliveries.filter(({ key }) => key === `publication:${A}`).length, 1);
    assert.equal(reschedule(moved, kofi.name, { channel: A, at: AT + 1000 }), moved);
  });

  it('is taken off the plan, and owed no more', () => {
    const off = isAnswered(unschedule(planned(planned(), AT + 1, B), A));
    assert.deepEqual(plannedIn(off), [{ channel: B, at: AT + 1, by: kofi.name }]);
    assert.ok(!owed(off).includes(`publication:${A}`));
    assert.deepEqual(unschedule(off, A), { refused: 'not-scheduled' });
  });

  it('is listed soonest first, of one channel or of all', () => {
    const both = planned(planned(answered(), AT), AT - 1, B);
    assert.deepEqual(plannedIn(both), [
      { channel: B, at: AT - 1, by: kofi.name },
      { channel: A, at: AT, by: kofi.name },
    ]);
    assert.deepEqual(plannedIn(both, A), [{ channel: A, at: AT, by: kofi.name }]);
  });

  it('cannot be moved or taken off once it is on its way', () => {
    for (const question of [inA(), published(answered(), [A]), answered()]) {
      assert.deepEqual(reschedule(question, kofi.name, { channel: A, at: AT }), { refused: 'not-scheduled' });
      assert.deepEqual(unschedule(question, A), { refused: 'not-scheduled' });
    }
  });

  it('is published at once, and once, when somebody says so; elsewhere it keeps its time', () => {
    const both = planned(planned(), AT, B);
    const now = isAnswered(publish(both, kaia.name, [A]));
    assert.equal(standing(now).state, 'posting');
    assert.equal(now.publications.length, 2);
    assert.equal(delivery(now).state === 'due' && dueIn(now, A, NOW), true);
    assert.deepEqual(plannedIn(now), [{ channel: B, at: AT, by: kofi.name }]);
    assert.equal(dueIn(now, B, AT - 1), false);
    const again = { refused: 'already-published', by: kaia.name, state: 'posting' };
    assert.deepEqual(publish(now, kofi.name, [A]), again);
    assert.deepEqual(schedule(now, kofi.name, { channel: A, at: AT }), again);
  });
});

const reason = 'The works council asked us to wait.';
const retracted = (question: Question, channel = A) => isAnswered(retract(question, kofi.name, { channel, reason }));

describe('retract', () => {
  it('puts a tombstone in the place of each post, the question first', () => {
    const on = carriedOut(isAnswered(publishOn(replies(followsUp(inA()))))).now;
    const { steps, now } = carriedOut(retracted(on));
    assert.deepEqual(steps, ['retract-root', 'retract-part answer', 'retract-part more', 'retract-part reply']);
    assert.equal(reachedBy(now), 'retracted');
    assert.ok(now.answer.words !== '' && now.words !== '', 'the words stay in the store');
  });

  it('gives its asker a notice, and tells its leader', () => {
    const keys = owed(retracted(settled(inA())));
    assert.ok(keys.includes('notice') && keys.includes(`tell:${INES}:retracted`));
  });

  it('is done once: the second curator reads who was first', () => {
    const out = retracted(inA());
    assert.equal(retract(out, kofi.name, { channel: A, reason }), out);
    assert.deepEqual(retract(out, kaia.name, { channel: A, reason }), { refused: 'retracted', by: kofi.name });
  });

  it('needs a publication in this very channel: a plan is taken off the plan', () => {
    for (const question of [open(), answered(), planned(), published(answered(), [B])])
      assert.deepEqual(retract(question, kofi.name, { channel: A, reason }), { refused: 'not-published' });
  });

  it('leaves the other channels alone', () => {
    const both = carriedOut(carriedOut(published(answered(), [A, B]), A).now, B).now;
    const out = retracted(both);
    assert.deepEqual(carriedOut(out, B).steps, []);
    assert.equal(reachedBy(out), 'published');
  });

  it('follows no correction, signature or continuation any more', () => {
    const out = settled(carriedOut(retracted(inA())).now);
    const bare = { ...out, deliveries: [] };
    for (const question of [corrects(bare), isAnswered(sign(bare, noor.name))])
      assert.ok(!owed(question).includes(`publication:${A}`));
    assert.deepEqual(publishOn(replies(followsUp(bare))), { refused: 'not-published' });
  });

  it('of a post on its way waits for what became of it, and takes that down too', () => {
    const question = published(answered(), [A]);
    const step: Step = { do: 'post-root' };
    const sent = withPublication(question, begin(standing(question), step));
    const out = retracted(claim(sent, delivery(sent), 'fence', NOW));
    assert.equal(delivery(out).state, 'claimed', 'nobody else may begin');
    assert.equal(nextStep(out, standing(out)), undefined);
    const told = withPublication(out, posted(standing(out), step, { conversation: A, activity: '1' }, out));
    assert.deepEqual(carriedOut(told).steps, ['retract-root']);
  });

  it('of an uncertain post takes down what is known, and has a curator look for the rest', () => {
    const question = published(answered(), [A]);
    const root = posted(standing(question), { do: 'post-root' }, { conversation: A, activity: '1' }, question);
    const unknown = uncertain(withPublication(question, root));
    const { steps, now } = carriedOut(retracted(unknown));
    assert.deepEqual(steps, ['retract-root']);
    assert.ok(mayLinger(standing(now)));
    assert.equal(settle(now, A, 'there'), now, 'what is there can only be deleted by hand');
    const looked = isAnswered(settle(now, A, 'nothing'));
    assert.equal(mayLinger(standing(looked)), false);
    assert.deepEqual(carriedOut(looked).steps, [], 'nothing is posted again');
  });

  it('stays so when Teams does not say what became of a post that was on its way', () => {
    const out = retracted(uncertain(published(answered(), [A])));
    assert.equal(unsure(standing(out)).state, 'retracted');
  });
});

describe('a thread that was taken out', () => {
  it('is published again as a new publication, once its tombstones stand', () => {
    const out = retracted(inA());
    const early = { refused: 'already-published', by: kofi.name, state: 'retracted' };
    assert.deepEqual(publish(out, kaia.name, [A]), early);
    assert.deepEqual(schedule(out, kaia.name, { channel: A, at: AT }), early);
    const buried = carriedOut(out).now;
    const again = isAnswered(publish(buried, kaia.name, [A]));
    assert.equal(again.publications.length, 1);
    assert.deepEqual(carriedOut(again).steps, ['post-root', 'post-part answer']);
    assert.equal(standing(planned(buried)).state, 'scheduled');
  });

  it('cannot be withdrawn while words of it stand, and can once none do', () => {
    const out = retracted(inA());
    assert.deepEqual(withdraw(out), { refused: 'published' });
    assert.equal(must(withdraw(carriedOut(out).now)).state, 'withdrawn');
  });
});
