import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import type { Asker } from '../../bot/app/ports.ts';
import { fresh, WEEK } from '../store/samples.ts';
import { canariesOf, foundIn } from '../support/canary.ts';
import { noor } from '../support/cast.ts';
import { addressOf, useSealing } from './sealing.ts';

const asked = (id: string) => ({ id, week: WEEK });

describe('Sealing', () => {
  const sealing = useSealing();

  describe('the hand of a person', () => {
    it('shows nothing of them, however it is printed', () => {
      const shown = [
        JSON.stringify(sealing.noors),
        inspect(sealing.noors, { showHidden: true, depth: 9, getters: true }),
        JSON.stringify(Object.entries(Object.getOwnPropertyDescriptors(sealing.noors))),
        inspect(sealing.sealer, { showHidden: true, depth: 9 }),
        inspect(new Error('failed', { cause: sealing.noors }), { depth: 9 }),
      ];
      for (const text of shown) assert.deepEqual(foundIn(text, canariesOf(noor)), []);
    });

    it('leaves no trace of them in anything that it makes', async () => {
      const [epoch = '', question] = [sealing.noors.epochs()[0], fresh()];
      const tag = sealing.noors.slipTag(epoch, 0);
      const made = [
        (await sealing.noors.seal(question)).capsule,
        sealing.noors.writeSlip(epoch, tag, question),
        sealing.noors.questionId('a submission'),
        sealing.noors.entryId('a submission'),
        tag,
        sealing.noors.voteTag(asked(question)) ?? '',
        sealing.noors.greetingTag(),
        sealing.noors.dayTag('2026-11-23', 'questions', '0'),
      ];
      for (const text of made) {
        assert.deepEqual(foundIn(text, canariesOf(noor)), []);
        assert.deepEqual(foundIn(Buffer.from(text, 'base64url'), canariesOf(noor)), []);
      }
    });

    it('makes the same tags for a repeat, and others for another person', () => {
      const [again, epoch = '', question] = [sealing.hand(noor), sealing.noors.epochs()[0], fresh()];
      const tags = (asker: Asker) => [
        asker.questionId('one'),
        asker.entryId('one'),
        asker.slipTag(epoch, 0),
        asker.voteTag(asked(question)) ?? '',
        asker.greetingTag(),
        asker.dayTag('2026-11-23', 'questions', '0'),
      ];
      assert.deepEqual(tags(again), tags(sealing.noors));
      for (const [at, tag] of tags(sealing.noors).entries()) assert.notEqual(tags(sealing.omars)[at], tag);
      assert.equal(new Set(tags(sealing.noors)).size, 6, 'Two purposes share a tag');
    });

    it('knows the same person by another chat: only who they are makes the tags', () => {
      const elsewhere = sealing.hand(noor, { ...addressOf(noor), conversation: 'a:another chat' });
      assert.equal(elsewhere.questionId('one'), sealing.noors.questionId('one'));
      assert.equal(elsewhere.greetingTag(), sealing.noors.greetingTag());
    });

    it('makes tags that differ by submission, question, number and epoch', async () => {
      const [epoch = ''] = sealing.noors.epochs();
      await sealing.passWeek();
      const [later = ''] = sealing.noors.epochs();
      assert.notEqual(later, epoch);
      assert.notEqual(sealing.noors.questionId('one'), sealing.noors.questionId('two'));
      assert.notEqual(sealing.noors.voteTag(asked(fresh())), sealing.noors.voteTag(asked(fresh())));
      const [id, week] = [fresh(), '2026-W49'];
      assert.notEqual(sealing.noors.voteTag(asked(id)), sealing.noors.voteTag({ id, week }));
      const slips = [
        sealing.noors.slipTag(epoch, 0),
        sealing.noors.slipTag(epoch, 1),
        sealing.noors.slipTag(epoch, 11),
        sealing.noors.slipTag(later, 0),
      ];
      assert.equal(new Set(slips).size, 4);
    });

    it('makes tags of a day that differ by day, kind, number and act', () => {
      const tags = [
        sealing.noors.dayTag('2026-11-23', 'questions', '0'),
        sealing.noors.dayTag('2026-11-24', 'questions', '0'),
        sealing.noors.dayTag('2026-11-23', 'votes', '0'),
        sealing.noors.dayTag('2026-11-23', 'questions', '1'),
        sealing.noors.dayTag('2026-11-23', 'questions', '0', 'act'),
      ];
      assert.equal(new Set(tags).size, tags.length);
    });

    it('begins a new epoch with the ISO week, over the turn of the year, once something is sealed', async () => {
      sealing.now = Date.UTC(2026, 11, 31);
      await sealing.noors.seal(fresh());
      assert.deepEqual(sealing.noors.epochs(), ['2026-W53', '2026-W48']);
      sealing.now = Date.UTC(2027, 0, 4);
      await sealing.noors.seal(fresh());
      assert.deepEqual(sealing.noors.epochs(), ['2027-W01', '2026-W53', '2026-W48']);
    });
  });

  describe('a Slip', () => {
    let epoch = '';
    let tag = '';
    beforeEach(() => {
      epoch = sealing.noors.epochs()[0] ?? '';
      tag = sealing.noors.slipTag(epoch, 0);
    });

    it('gives back the question, to the same person', () => {
      const question = sealing.noors.questionId('one');
      assert.equal(sealing.hand(noor).readSlip(epoch, tag, sealing.noors.writeSlip(epoch, tag, question)), question);
    });

    it('that is blank looks like any other: one size, never the same twice', () => {
      const slips = [
        sealing.noors.writeSlip(epoch, tag, sealing.noors.questionId('one')),
        sealing.noors.writeSlip(epoch, tag, sealing.noors.questionId('one')),
        sealing.noors.writeSlip(epoch, tag),
        sealing.noors.writeSlip(epoch, tag),
      ];
      assert.equal(new Set(slips.map((slip) => slip.length)).size, 1);
      assert.equal(new Set(slips).size, 4);
      assert.equal(sealing.noors.readSlip(epoch, tag, slips[3] ?? ''), undefined);
    });

    it('does not open under another tag, number, person or epoch', async () => {
      const slip = sealing.noors.writeSlip(epoch, tag, sealing.noors.questionId('one'));
      await sealing.passWeek();
      const [later = ''] = sealing.noors.epochs();
      assert.throws(() => sealing.noors.readSlip(epoch, sealing.noors.slipTag(epoch, 1), slip));
      assert.throws(() => sealing.omars.readSlip(epoch, sealing.omars.slipTag(epoch, 0), slip));
      assert.throws(() => sealing.noors.readSlip(later, tag, slip));
    });

    it('with a changed byte does not open', () => {
      const slip = Buffer.from(sealing.noors.writeSlip(epoch, tag, sealing.noors.questionId('one')), 'base64url');
      for (const at of slip.keys()) {
        const changed = Buffer.from(slip);
        changed[at] = (changed[at] ?? 0) ^ 1;
        assert.throws(() => sealing.noors.readSlip(epoch, tag, changed.toString('base64url')));
      }
    });

    it('shows no question id to whoever lacks the keys', () => {
      const question = sealing.noors.questionId('one');
      const slip = sealing.noors.writeSlip(epoch, tag, question);
      assert.ok(!slip.includes(question));
      assert.ok(!Buffer.from(slip, 'base64url').includes(Buffer.from(question, 'base64url')));
    });
  });
});
