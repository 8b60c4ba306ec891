import assert from 'node:assert/strict';
import type { ChannelSlots } from '../../bot/app/slots.ts';
import { Conflict } from '../../bot/app/thrown.ts';
import { claim } from '../../bot/domain/delivery.ts';
import { schedule, unschedule } from '../../bot/domain/plan.ts';
import type { Question } from '../../bot/domain/question.ts';
import { must } from '../support/app.ts';
import { CHANNEL, kofi, SECOND_CHANNEL } from '../support/cast.ts';
import { answered, open, published } from '../support/questions.ts';
import type { Given } from './contract.ts';
import { fresh } from './samples.ts';

const AT = Date.UTC(2026, 10, 24, 8);
const BERLIN: ChannelSlots = {
  channel: CHANNEL.id,
  slots: { zone: 'Europe/Berlin', weekly: [{ weekday: 2, time: '09:00' }], holidays: ['2026-12-25'] },
  warned: false,
};

const planned = (question: Question = answered(open({ id: fresh() }))) =>
  must(schedule(question, kofi.name, { channel: CHANNEL.id, at: AT }));

export function slotsContract(store: Given): void {
  const all = async () => (await store().slots()).map(({ version: _version, ...slots }) => slots);
  const versionOf = async (channel: string) => (await store().slots()).find((one) => one.channel === channel)?.version;

  const ids = async () => (await store().planned(10)).map(({ id }) => id).toSorted();

  describe('the Slots of a channel', () => {
    it('are none at first, and then as they were saved last, each channel’s its own', async () => {
      assert.deepEqual(await store().slots(), []);
      await store().saveSlots(BERLIN);
      await store().saveSlots({ ...BERLIN, channel: SECOND_CHANNEL.id });
      const changed = { ...BERLIN, warned: true };
      await store().saveSlots(changed, await versionOf(CHANNEL.id));
      const kept = new Map((await all()).map((one) => [one.channel, one]));
      assert.deepEqual(kept.get(CHANNEL.id), changed);
      assert.deepEqual(kept.get(SECOND_CHANNEL.id), { ...BERLIN, channel: SECOND_CHANNEL.id });
    });

    it('are not saved over what somebody else saved first', async () => {
      await store().saveSlots(BERLIN);
      await assert.rejects(store().saveSlots({ ...BERLIN, warned: true }), Conflict);
      const read = await versionOf(CHANNEL.id);
      await store().saveSlots({ ...BERLIN, warned: true }, read);
      await assert.rejects(store().saveSlots(BERLIN, read), Conflict);
      assert.deepEqual(await all(), [{ ...BERLIN, warned: true }]);
    });
  });

  describe('what is planned', () => {
    it('is found, wherever else it stands, and nothing else is', async () => {
      const elsewhere = planned(published(answered(open({ id: fresh() })), [SECOND_CHANNEL.id]));
      const both = [planned(), elsewhere];
      for (const question of [...both, answered(open({ id: fresh() })), published(answered(open({ id: fresh() })))])
        await store().add(question);
      assert.deepEqual(await ids(), both.map(({ id }) => id).toSorted());
      assert.equal((await store().planned(1)).length, 1);
    });

    it('is found no more once it is taken off the plan, or taken up', async () => {
      const [off, up] = [planned(), planned()];
      for (const question of [off, up]) await store().add(question);
      const versions = await Promise.all([off, up].map(async ({ id }) => (await store().question(id))?.version ?? ''));
      await store().save(must(unschedule(off, CHANNEL.id)), versions[0] ?? '');
      const due = up.deliveries.find(({ target }) => target.kind === 'publication');
      assert.ok(due);
      await store().save(claim(up, due, '1', AT), versions[1] ?? '');
      assert.deepEqual(await ids(), []);
    });

    it('is owed from its time on, and counted apart from what is due', async () => {
      const question = { ...planned(), places: [] };
      const alone = { ...question, deliveries: question.deliveries.filter(({ state }) => state === 'planned') };
      await store().add(alone);
      assert.deepEqual(await store().owing(AT - 1, 10), []);
      assert.equal(await store().nextOwed(), AT);
      assert.deepEqual(await store().owing(AT, 10), [question.id]);
      const { planned: counted, due } = await store().deliveries();
      assert.deepEqual([counted, due], [1, 0]);
    });
  });
}
