import assert from 'node:assert/strict';
import { retract, schedule, unschedule } from '../../bot/domain/plan.ts';
import { decline, withdraw } from '../../bot/domain/life.ts';
import type { Question } from '../../bot/domain/question.ts';
import { isNewestFirst, sinceOf, stageOf, stamped } from '../../bot/domain/stage.ts';
import { must } from '../support/app.ts';
import { CHANNEL } from '../support/cast.ts';
import { answered, corrects, isAnswered, open, published, uncertain } from '../support/questions.ts';

const DAY = '2026-11-25';
const AT = Date.UTC(2026, 10, 24, 9);
const planned = (question: Question, channel: string, at: number) =>
  isAnswered(schedule(question, 'Kofi', { channel, at }));
const day = (before: Question, after: Question) => stamped(before, after, DAY).since;
const out = (question: Question, channel: string) =>
  isAnswered(retract(question, 'Kofi', { channel, reason: 'Too early' }));

describe('the stage of a question', () => {
  it('is where it stands on the board; what was taken back stands nowhere', () => {
    const stages = [open(), answered(), published(), must(decline(open(), 'unclear')), must(withdraw(open()))].map(
      stageOf,
    );
    assert.deepEqual(stages, ['waiting', 'answered', 'published', 'declined', undefined]);
  });

  it('is scheduled while it is planned for a channel and stands in none, by the time that comes first', () => {
    const twice = planned(planned(answered(), 'channel B', AT + 1), CHANNEL.id, AT);
    assert.deepEqual([stageOf(twice), sinceOf(twice)], ['scheduled', '2026-11-24T09:00:00.000Z']);
    assert.equal(stageOf(planned(published(), 'channel B', AT)), 'published');
    assert.equal(stageOf(must(unschedule(planned(answered(), CHANNEL.id, AT), CHANNEL.id))), 'answered');
  });

  it('is answered again once it was taken out of every channel', () => {
    const both = published(answered(), [CHANNEL.id, 'channel B']);
    assert.equal(stageOf(out(both, 'channel B')), 'published');
    assert.equal(stageOf(out(out(both, 'channel B'), CHANNEL.id)), 'answered');
  });

  it('is published from the moment a channel is to have it, and stays so while nobody knows whether it has', () => {
    assert.equal(stageOf(uncertain(published())), 'published');
  });

  it('is answered again where an answer was set aside', () => {
    assert.equal(stageOf({ ...answered(), notNow: { by: 'Kofi', reason: 'Later' } }), 'answered');
  });

  it('is ordered by the day on which it was reached; what waits, by its week alone', () => {
    assert.equal(sinceOf(open({ since: DAY })), '2026-W48');
    assert.equal(sinceOf({ ...answered(), since: DAY }), DAY);
    assert.equal(sinceOf(answered()), '2026-11-23', 'of what was kept before, the first day of its week');
  });

  it('has the newest first where something is over, the oldest where somebody has to act', () => {
    assert.deepEqual((['waiting', 'answered', 'scheduled', 'published', 'declined'] as const).filter(isNewestFirst), [
      'published',
      'declined',
    ]);
  });
});

describe('the day of a stage', () => {
  it('is noted where the stage changes', () => {
    assert.equal(day(open(), answered()), DAY);
    assert.equal(day({ ...answered(), since: '2026-11-24' }, published()), DAY);
    assert.equal(day(open(), must(decline(open(), 'unclear'))), DAY);
  });

  it('stays where it does not', () => {
    const before = { ...answered(), since: '2026-11-24' };
    assert.equal(day(before, corrects(before)), '2026-11-24');
    assert.equal(stamped(open(), open({ votes: 2 }), DAY).since, undefined, 'votes and words leave no day');
  });

  it('is kept neither of an asking nor of a taking back, which askers do', () => {
    assert.equal(day(open(), must(withdraw(open()))), undefined);
    assert.equal(
      'since' in stamped({ ...answered(), since: DAY }, must(withdraw({ ...answered(), since: DAY })), DAY),
      false,
    );
    assert.equal('since' in stamped({ ...answered(), since: DAY }, open({ since: DAY }), DAY), false);
  });
});
