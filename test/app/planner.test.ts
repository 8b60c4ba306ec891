import assert from 'node:assert/strict';
import { ask } from '../../bot/app/ask.ts';
import { notNow, publish } from '../../bot/app/curate.ts';
import { warnOfDryStreams } from '../../bot/app/dry.ts';
import { answer } from '../../bot/app/lead.ts';
import { retract, schedule, unschedule } from '../../bot/app/plan.ts';
import { proposeFill, readStreams, readTallies, setSlots, type WantedSlots } from '../../bot/app/planner.ts';
import { type App, addressOf, channelOf, freshId, must, noPace, openApp } from '../support/app.ts';
import { CHANNEL, ines, kaia, kofi, noor, omar, otto, SECOND_CHANNEL } from '../support/cast.ts';

const [INES, KOFI, KAIA] = [ines.aadObjectId, kofi.aadObjectId, kaia.aadObjectId];
const A = CHANNEL.id;
const DAY = 86_400_000;
const DAILY = {
  zone: 'UTC',
  weekly: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, time: '09:00' })),
  holidays: [],
};
/** Nine o'clock, so many days after that Monday. */
const nine = (day: number) => Date.UTC(2026, 10, 23 + day, 9);

describe('the planner', () => {
  let app: App;
  beforeEach(async () => {
    app = await openApp();
    for (const channel of [CHANNEL, SECOND_CHANNEL]) await app.store.putChannel(channelOf(channel));
  });
  afterEach(() => app.close());

  async function answered(topic?: string, leader = ines): Promise<string> {
    const form = { submission: freshId(), leader: leader.aadObjectId, words: `Why ${freshId()}?` };
    const { id } = must(await ask(app.deps, app.hand(noor), topic === undefined ? form : { ...form, topic }));
    const sent = { question: id, submission: freshId(), words: 'Because.' };
    must(await answer(app.deps, leader.aadObjectId, sent));
    return id;
  }
  const sets = (change: Partial<WantedSlots> = {}, actor = KOFI) =>
    setSlots(app.deps, actor, { channel: A, slots: DAILY, ...change });
  const stream = async () => {
    const found = must(await readStreams(app.deps, KOFI)).find(({ channel }) => channel.id === A);
    return found ?? assert.fail('It has no stream');
  };
  const proposed = async () =>
    must(await proposeFill(app.deps, KOFI, A)).proposals.map(({ at, question }) => [question.id, at]);

  const looks = () => warnOfDryStreams({ ...app.deps, courier: app.courier, pace: noPace });
  const told = () => app.courier.texts.filter((text) => text.startsWith('warn'));

  it('is for curators', async () => {
    const before = await app.store.slots();
    for (const { aadObjectId } of [ines, omar, noor]) {
      const acts = [
        readStreams(app.deps, aadObjectId),
        readTallies(app.deps, aadObjectId),
        sets({}, aadObjectId),
        proposeFill(app.deps, aadObjectId, A),
      ];
      for (const result of await Promise.all(acts)) assert.deepEqual(result, { refused: 'not-allowed' });
    }
    assert.deepEqual(await app.store.slots(), before);
  });

  it('keeps the Slots of a channel in order, each once', async () => {
    const weekly = [
      { weekday: 4, time: '14:00' },
      { weekday: 2, time: '09:00' },
      { weekday: 4, time: '14:00' },
    ];
    const holidays = ['2026-12-26', '2026-12-25', '2026-12-25'];
    assert.equal(await sets({ slots: { zone: 'Europe/Berlin', weekly, holidays } }), undefined);
    assert.deepEqual((await stream()).kept?.slots, {
      zone: 'Europe/Berlin',
      weekly: [weekly[1], weekly[0]],
      holidays: ['2026-12-25', '2026-12-26'],
    });
  });

  it('refuses a zone, a day or a channel that there is not', async () => {
    assert.deepEqual(await sets({ slots: { ...DAILY, zone: 'Europe/Nowhere' } }), { refused: 'no-zone' });
    assert.deepEqual(await sets({ slots: { ...DAILY, holidays: ['2026-02-30'] } }), { refused: 'no-day' });
    assert.deepEqual(await sets({ channel: 'gone' }), { refused: 'unknown-channel' });
  });

  it('does not let the second of two curators undo what the first one set', async () => {
    const results = await Promise.all([sets(), sets({ slots: { ...DAILY, zone: 'Europe/Berlin' } }, KAIA)]);
    assert.deepEqual(results, [undefined, { refused: 'slots-changed' }]);
    const version = (await stream()).kept?.version;
    assert.equal(await sets({ version }), undefined);
    assert.deepEqual(await sets({ version }, KAIA), { refused: 'slots-changed' });
  });

  it('shows what is planned, and leaves out the holidays of all channels', async () => {
    await sets();
    app.policy.holidays = [{ day: '2026-11-24', name: 'Founders’ day' }];
    assert.equal((await stream()).dryAt, nine(2));
    const id = await answered();
    must(await schedule(app.deps, KOFI, id, { channel: A, at: nine(2) }));
    const { planned, dryAt } = await stream();
    assert.deepEqual(
      planned.map(({ at, question }) => [at, question.id]),
      [[nine(2), id]],
    );
    assert.equal(dryAt, nine(3));
  });

  it('proposes answered threads for free Slots, the oldest first, and changes nothing by that', async () => {
    await sets();
    const first = await answered();
    app.passes(DAY);
    const second = await answered();
    const third = await answered();
    must(await schedule(app.deps, KOFI, third, { channel: A, at: nine(2) }));
    assert.deepEqual(await proposed(), [
      [first, nine(3)],
      [second, nine(4)],
    ]);
    assert.equal((await stream()).planned.length, 1);
  });

  it('puts another topic between, what is planned already included', async () => {
    await sets();
    const planned = await answered('Pay and benefits');
    must(await schedule(app.deps, KOFI, planned, { channel: A, at: nine(1) }));
    const pay = await answered('Pay and benefits');
    app.passes(1000);
    const culture = await answered('Culture');
    const order = (await proposed()).map(([id]) => id);
    assert.deepEqual(order, [culture, pay]);
  });

  it('proposes nothing that was set aside, published, or taken out of a channel', async () => {
    await sets();
    const [aside, out, retracted] = [await answered(), await answered(), await answered()];
    must(await notNow(app.deps, KOFI, aside, 'After the results.'));
    for (const id of [out, retracted]) {
      must(await publish(app.deps, KOFI, id, [SECOND_CHANNEL.id]));
      await app.delivers(id);
    }
    must(await retract(app.deps, KOFI, retracted, { channel: SECOND_CHANNEL.id, reason: 'Not yet.' }));
    await app.delivers(retracted);
    assert.deepEqual(await proposed(), []);
    assert.deepEqual(await proposeFill(app.deps, KOFI, 'gone'), { refused: 'unknown-channel' });
  });

  it('says who has answered least, by count alone', async () => {
    await answered();
    must(await ask(app.deps, app.hand(noor), { submission: freshId(), leader: otto.aadObjectId, words: 'Why?' }));
    assert.deepEqual(must(await readTallies(app.deps, KOFI)), [
      { leader: otto.aadObjectId, name: otto.name, answered: 0, waiting: 1 },
      { leader: INES, name: ines.name, answered: 1, waiting: 0 },
    ]);
  });

  describe('warns of a stream that runs dry', () => {
    beforeEach(async () => {
      for (const person of [kofi, kaia])
        await app.store.putMet({ id: person.aadObjectId, address: addressOf(person), greeted: ['curator'] });
    });

    it('each curator once, until it is filled and runs dry again', async () => {
      await looks();
      assert.deepEqual(told(), [], 'a channel without Slots has no stream');
      await sets();
      for (let n = 0; n < 3; n += 1) await looks();
      assert.deepEqual(told(), ['warn Kofi', 'warn Kaia']);
      const ids = [await answered(), await answered(), await answered(), await answered(), await answered()];
      for (const [n, id] of ids.entries()) must(await schedule(app.deps, KOFI, id, { channel: A, at: nine(n + 1) }));
      await looks();
      assert.equal(told().length, 2, 'filled for as long as the policy looks ahead');
      must(await unschedule(app.deps, KOFI, ids[0] ?? '', A));
      for (let n = 0; n < 2; n += 1) await looks();
      assert.equal(told().length, 4);
    });

    it('as many days ahead as the policy says', async () => {
      await sets({ slots: { ...DAILY, weekly: [{ weekday: 7, time: '09:00' }] } });
      await looks();
      assert.deepEqual(told(), []);
      app.policy.dryDays = 6;
      await looks();
      assert.equal(told().length, 2);
    });

    it('again at the next look where nobody could be told', async () => {
      await sets();
      app.courier.reacts = () => ({ unknown: '502' });
      await looks();
      app.courier.reacts = ({ sent }) => ({ sent });
      await looks();
      await looks();
      assert.equal(told().length, 4);
    });

    it('and does not undo what a curator sets at the same moment', async () => {
      await sets();
      const version = (await stream()).kept?.version;
      const slots = { ...DAILY, zone: 'Europe/Berlin' };
      const [, set] = await Promise.all([looks(), sets({ slots, version }, KAIA)]);
      assert.equal(set, undefined, 'the premise: the curator was first');
      assert.equal((await stream()).slots?.zone, 'Europe/Berlin');
    });
  });
});
