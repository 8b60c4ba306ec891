import assert from 'node:assert/strict';
import { draft } from '../../bot/domain/answer.ts';
import { agree, disagree, lift, propose } from '../../bot/domain/block.ts';
import { historyOf, noted } from '../../bot/domain/history.ts';
import { decline, handOn, promise, setTopic, sign, withdraw } from '../../bot/domain/life.ts';
import { reschedule, retract, schedule, unschedule } from '../../bot/domain/plan.ts';
import { setOut } from '../../bot/domain/posting.ts';
import { notNow, publishOn, withPublication } from '../../bot/domain/publication.ts';
import { agreeToEdit, proposeEdit, refuseEdit } from '../../bot/domain/edit.ts';
import { carry, merge } from '../../bot/domain/merge.ts';
import type { MergedQuestion, Question } from '../../bot/domain/question.ts';
import { must } from '../support/app.ts';
import { ana, CHANNEL, devi, kaia, kofi, otto } from '../support/cast.ts';
import {
  answered,
  asksBack,
  carriedOut,
  clarifies,
  corrects,
  followsUp,
  INES,
  isAnswered,
  open,
  published,
  replies,
  standing,
  uncertain,
} from '../support/questions.ts';

const NOW = new Date('2026-12-04T16:20:00Z');
const AT = NOW.getTime() - 60_000;
const C = CHANNEL.id;

/** What one change leaves, as "role did channels". */
const left = (before: Question, after: Question): string[] =>
  (noted(before, after, NOW).history ?? []).map(({ role, did, channels = [] }) => [role, did, ...channels].join(' '));

const planned = (at = AT, channel = C) => isAnswered(schedule(answered(), kofi.name, { channel, at }));
const disrespectful = must(decline(open(), 'respect'));
const proposed = must(propose(disrespectful, { id: 'kofi', name: kofi.name }, { days: 7, reason: 'An insult' }));
const agreed = must(agree(proposed, { id: 'kaia', name: kaia.name }, () => '2026-12-11'));
const standingBlock = { ...agreed, block: { ...('block' in agreed && agreed.block), state: 'standing' } } as Question;

const merged = must(merge(open(), open({ id: 'other' }), kofi.name)) as MergedQuestion;
const proposal = { id: 'p1', words: 'Why?', reason: 'It names a place.', by: kofi.name };
const proposedEdit = must(proposeEdit(open(), proposal));

/** Every kind of change, and what it leaves. */
const CHANGES: Record<string, [before: Question, after: Question, leaves: string[]]> = {
  'a leader’s draft': [open(), must(draft(open(), { words: 'I', by: INES })), ['leader drafted']],
  'a delegate’s draft': [open(), must(draft(open(), { words: 'I', by: devi.aadObjectId })), ['delegate drafted']],
  'a merge': [open(), merged, ['curator merged']],
  'what it is merged into': [open({ id: 'other' }), must(carry(open({ id: 'other' }), merged)), ['curator carried']],
  'its undoing, which brings draft and promise back': [
    { ...merged, promise: '2026-12-24' },
    open({ promise: '2026-12-24' }),
    ['comms unmerged'],
  ],
  'a topic': [open(), must(setTopic(open(), 'Culture')), ['curator sorted']],
  'other words, proposed': [open(), proposedEdit, ['curator edit-proposed']],
  'agreed to': [proposedEdit, must(agreeToEdit(proposedEdit, 'p1')), ['asker edit-agreed']],
  'not agreed to': [proposedEdit, must(refuseEdit(proposedEdit, 'p1')), ['asker edit-refused']],
  'a refusal by comms': [
    open(),
    must(decline(open(), 'unclear', undefined, { role: 'curator' })),
    ['curator declined'],
  ],
  'a promise': [open(), must(promise(open(), '2026-12-24', '2026-12-04')), ['leader promised']],
  'an ask-back': [open(), asksBack(), ['leader asked-back']],
  'what the asker says to it': [asksBack(), clarifies(), ['asker clarified']],
  'another leader': [open(), must(handOn(open(), otto.aadObjectId)), ['leader handed-on']],
  'an answer': [open(), answered(), ['leader answered']],
  'a correction': [answered(), corrects(answered()), ['leader corrected']],
  'a follow-up': [answered(), followsUp(), ['asker followed-up']],
  'a reply': [followsUp(), replies(), ['leader replied']],
  'a decline': [open(), must(decline(open(), 'unclear')), ['leader declined']],
  'a name under it': [open(), must(sign(open(), 'Noor')), ['asker signed']],
  'a taking back': [open(), must(withdraw(open())), ['asker withdrawn']],
  'an answer set aside': [answered(), must(notNow(answered(), kofi.name, 'Later')), ['curator set-aside']],
  'a publication': [answered(), published(answered(), [C, 'B']), [`curator published ${C} B`]],
  'one in a further channel': [published(), published(published(), ['B']), ['curator published B']],
  'the rest of a thread': [
    replies(followsUp(published())),
    must(publishOn(replies(followsUp(published())))),
    ['curator continued'],
  ],
  'a plan': [answered(), planned(), [`curator scheduled ${C}`]],
  'another time': [
    planned(),
    must(reschedule(planned(), kofi.name, { channel: C, at: AT + 1 })),
    [`curator moved ${C}`],
  ],
  'a plan given up': [planned(), must(unschedule(planned(), C)), [`curator unscheduled ${C}`]],
  'a plan published at once': [planned(AT + 3_600_000), published(planned(AT + 3_600_000)), [`curator published ${C}`]],
  'a plan whose time has come': [
    planned(),
    withPublication(planned(), setOut(standing(planned()))),
    [`bot published ${C}`],
  ],
  'a thread taken out': [
    published(),
    must(retract(published(), kofi.name, { channel: C, reason: 'Too early' })),
    [`curator retracted ${C}`],
  ],
  'a proposal to stop its author': [disrespectful, proposed, ['comms block-proposed']],
  'an agreement': [proposed, agreed, ['comms blocked']],
  'a disagreement': [proposed, must(disagree(proposed, { id: 'ana', name: ana.name }, 'No')), ['comms block-refused']],
  'a block lifted': [
    standingBlock,
    must(lift(standingBlock, { id: 'ana', name: ana.name }, { reason: 'Enough', today: '2026-12-05' })),
    ['comms block-lifted'],
  ],
  votes: [open(), open({ votes: 7 }), []],
  'what Teams confirmed': [published(), carriedOut(published()).now, []],
  'what Teams did not confirm': [published(), uncertain(published()), []],
  'a block that stands': [agreed, standingBlock, []],
};

describe('the change log', () => {
  for (const [what, [before, after, leaves]] of Object.entries(CHANGES)) {
    it(`holds of ${what}: ${leaves.join(', ') || 'nothing'}`, () => assert.deepEqual(left(before, after), leaves));
  }

  it('begins with the asking, in its own week', () => {
    assert.deepEqual(historyOf(open()), [{ week: '2026-W48', role: 'asker', did: 'asked' }]);
    assert.equal(historyOf(noted(open(), answered(), NOW)).length, 2);
  });

  it('tells the week, and no day or hour', () => {
    assert.deepEqual(noted(open(), answered(), NOW).history, [{ week: '2026-W49', role: 'leader', did: 'answered' }]);
    const monday = new Date('2026-11-30T00:00:00Z');
    assert.deepEqual(noted(open(), answered(), monday).history, noted(open(), answered(), NOW).history);
  });

  it('is only ever added to, whatever a change makes of it', () => {
    const before = noted(open(), asksBack(), NOW);
    const emptied = noted(before, { ...must(withdraw(before)), history: [] }, NOW);
    assert.deepEqual(
      emptied.history?.map(({ did }) => did),
      ['asked-back', 'withdrawn'],
    );
  });

  it('says once what was done again and again in one week', () => {
    const drafts = (question: Question, words: string) =>
      noted(question, must(draft(question, { words, by: INES })), NOW);
    const twice = drafts(drafts(open(), 'I'), 'I am');
    assert.equal(twice.history?.length, 1);
    const nextWeek = new Date(NOW.getTime() + 7 * 86_400_000);
    assert.equal(noted(twice, must(draft(twice, { words: 'I am sorry', by: INES })), nextWeek).history?.length, 2);
  });

  it('names nobody, in no change', () => {
    for (const [before, after] of Object.values(CHANGES)) {
      const text = JSON.stringify(noted(before, after, NOW).history ?? []);
      for (const { name, aadObjectId } of [kofi, kaia, ana, devi, otto])
        assert.equal(text.includes(name) || text.includes(aadObjectId) || text.includes(INES), false, text);
    }
  });
});
