import assert from 'node:assert/strict';
import sinon from 'sinon';
import { ask } from '../../bot/app/ask.ts';
import { publish } from '../../bot/app/curate.ts';
import { answer } from '../../bot/app/lead.ts';
import { withdraw } from '../../bot/app/own.ts';
import { reschedule, retract, schedule, scheduleNext, unschedule } from '../../bot/app/plan.ts';
import { type Runner, startRunner } from '../../bot/app/runner.ts';
import type { Outcome } from '../../bot/domain/delivery.ts';
import { plannedIn } from '../../bot/domain/plan.ts';
import { isRefusal } from '../../bot/domain/refusal.ts';
import { type App, channelOf, freshId, must, noPace, openApp, rests } from '../support/app.ts';
import { ana, CHANNEL, devi, ines, kaia, kofi, noor, omar, otto, SECOND_CHANNEL } from '../support/cast.ts';
import { FakeCourier } from '../support/courier.ts';
import { isAnswered, standing } from '../support/questions.ts';

const [INES, KOFI, KAIA] = [ines.aadObjectId, kofi.aadObjectId, kaia.aadObjectId];
const HOUR = 3_600_000;
const [A, B] = [CHANNEL.id, SECOND_CHANNEL.id];
const reason = 'The works council asked us to wait.';

/** A store in memory with two channels and one answered question. */
async function opened(): Promise<{ app: App; id: string; at: number }> {
  const app = await openApp();
  for (const channel of [CHANNEL, SECOND_CHANNEL]) await app.store.putChannel(channelOf(channel));
  return { app, id: await answered(app), at: app.now.getTime() + HOUR };
}

async function answered(app: App, words = 'Why did we close Lyon?'): Promise<string> {
  const { id } = must(await ask(app.deps, app.hand(noor), { submission: freshId(), leader: INES, words }));
  must(await answer(app.deps, INES, { question: id, submission: freshId(), words: 'I should have come.' }));
  return id;
}

describe('what curators plan', () => {
  let app: App;
  let id: string;
  let at: number;
  beforeEach(async () => void ({ app, id, at } = await opened()));
  afterEach(() => app.close());

  const plans = (actor = KOFI, change: { channel?: string; at?: number } = {}) =>
    schedule(app.deps, actor, id, { channel: A, at, ...change });
  const now = async () => isAnswered(await app.question(id));
  const posts = () => app.courier.texts.filter((text) => text.startsWith('post-'));

  const acts: Record<string, (actor: string) => Promise<unknown>> = {
    schedule: (actor) => plans(actor),
    reschedule: (actor) => reschedule(app.deps, actor, id, { channel: A, at }),
    'schedule next': (actor) => scheduleNext(app.deps, actor, id),
    unschedule: (actor) => unschedule(app.deps, actor, id, A),
    retract: (actor) => retract(app.deps, actor, id, { channel: A, reason }),
  };
  for (const [name, act] of Object.entries(acts)) {
    it(`${name}: the leader, a delegate, an admin, the asker or a colleague are refused`, async () => {
      const before = await now();
      for (const { aadObjectId, name } of [ines, devi, ana, noor, omar, otto])
        assert.deepEqual(await act(aadObjectId), { refused: 'not-allowed' }, name);
      assert.deepEqual(await now(), before);
    });
  }

  it('needs a time to come, in a channel that is there', async () => {
    assert.deepEqual(await plans(KOFI, { at: app.now.getTime() }), { refused: 'slot-past' });
    assert.deepEqual(await plans(KOFI, { channel: 'gone' }), { refused: 'unknown-channel' });
    assert.deepEqual((await now()).publications, []);
  });

  it('needs a time for which nothing else is planned in this channel', async () => {
    must(await plans());
    const other = await answered(app, 'What about Porto?');
    assert.deepEqual(await schedule(app.deps, KAIA, other, { channel: A, at }), { refused: 'slot-taken' });
    must(await schedule(app.deps, KAIA, other, { channel: B, at }));
    must(await schedule(app.deps, KAIA, other, { channel: A, at: at + HOUR }));
    assert.deepEqual(await reschedule(app.deps, KAIA, other, { channel: A, at }), { refused: 'slot-taken' });
  });

  it('takes the next free Slot of the default channel', async () => {
    assert.deepEqual(await scheduleNext(app.deps, KOFI, id), { refused: 'no-slot' });
    const slots = { zone: 'Europe/Berlin', weekly: [{ weekday: 2, time: '09:00' }], holidays: [] };
    await app.store.saveSlots({ channel: A, slots, warned: false });
    must(await scheduleNext(app.deps, KOFI, id));
    const tuesday = Date.UTC(2026, 10, 24, 8);
    assert.deepEqual(plannedIn(await now()), [{ channel: A, at: tuesday, by: kofi.name }]);
    const other = await answered(app, 'What about Porto?');
    must(await scheduleNext(app.deps, KAIA, other));
    assert.deepEqual(plannedIn(isAnswered(await app.question(other))), [
      { channel: A, at: tuesday + 7 * 24 * HOUR, by: kaia.name },
    ]);
  });

  it('goes out at its time, once, and in the name of who planned it', async () => {
    must(await plans());
    await app.delivers(id);
    assert.deepEqual(posts(), [], 'not before');
    app.passes(HOUR);
    await app.delivers(id);
    await app.delivers(id);
    assert.deepEqual(posts(), ['post-root', 'post-part answer']);
    const { state, by } = standing(await now());
    assert.deepEqual([state, by], ['posted', kofi.name]);
    assert.equal(JSON.stringify(await now()).includes(String(at)), false, 'no time of it is kept');
  });

  it('is given up visibly where the channel is gone by then', async () => {
    must(await plans());
    await app.store.eraseChannel(A);
    app.passes(HOUR);
    await app.delivers(id);
    assert.equal(standing(await now()).state, 'posting');
    const stuck = (await now()).deliveries.find(({ state }) => state === 'dead');
    assert.equal(stuck?.key, `publication:${A}`);
  });

  it('is one publication when somebody publishes at once what another one plans', async () => {
    const [planned, published] = await Promise.all([plans(KOFI), publish(app.deps, KAIA, id, [A])]);
    assert.ok(!isRefusal(published), 'who wants it now has it now');
    assert.ok(isRefusal(planned) || planned.state === 'answered');
    await app.delivers(id);
    app.passes(HOUR);
    await app.delivers(id);
    assert.deepEqual(posts(), ['post-root', 'post-part answer']);
    assert.equal((await now()).publications.length, 1);
  });

  it('is one publication, whatever two desks and a card do to it at once', async () => {
    const acts = [
      () => plans(KOFI),
      () => plans(KAIA, { at: at + 1000 }),
      () => publish(app.deps, KAIA, id, [A]),
      () => publish(app.deps, KOFI, id),
      () => reschedule(app.deps, KOFI, id, { channel: A, at: at + 2000 }),
      () => unschedule(app.deps, KAIA, id, A),
      () => publish(app.deps, KOFI, id, [A]),
    ];
    for (let round = 0; round < acts.length; round += 1) {
      id = await answered(app, `Question ${round}?`);
      const order = [...acts.slice(round), ...acts.slice(0, round)];
      const before = posts().length;
      await Promise.all([...order.map((act) => act()), app.delivers(id)]);
      app.passes(2 * HOUR);
      at = app.now.getTime() + HOUR;
      await Promise.all([app.delivers(id), app.delivers(id)]);
      assert.deepEqual(posts().slice(before), ['post-root', 'post-part answer'], `round ${round}`);
      assert.equal((await now()).publications.length, 1);
    }
  });

  it('is taken up or taken off the plan, never both', async () => {
    must(await plans());
    app.passes(HOUR);
    const [off] = await Promise.all([unschedule(app.deps, KOFI, id, A), app.delivers(id)]);
    await app.delivers(id);
    const { publications } = await now();
    assert.equal(publications.length, isRefusal(off) ? 1 : 0);
    assert.equal(posts().length, isRefusal(off) ? 2 : 0);
  });

  it('lets its asker take the question back until it goes out', async () => {
    must(await plans());
    must(await withdraw(app.deps, app.hand(noor), id));
    app.passes(HOUR);
    await app.delivers(id);
    assert.deepEqual(posts(), []);
  });
});

describe('a thread that a curator takes out of a channel', () => {
  let app: App;
  let id: string;
  beforeEach(async () => {
    ({ app, id } = await opened());
    must(await publish(app.deps, KOFI, id, [A]));
    await app.delivers(id);
    app.courier.forget();
  });
  afterEach(() => app.close());
  const takesOut = (actor = KOFI, words = reason) => retract(app.deps, actor, id, { channel: A, reason: words });
  const now = async () => isAnswered(await app.question(id));

  it('becomes a tombstone; its asker gets a notice, its leader is told', async () => {
    must(await takesOut());
    await app.delivers(id);
    const told = app.courier.texts.filter((text) => !/^(card|update)/.test(text));
    assert.deepEqual(told.toSorted(), ['notice', 'retract-part answer', 'retract-root', 'tell Ines retracted']);
    assert.equal(standing(await now()).state, 'retracted');
    assert.deepEqual((await now()).deliveries, []);
  });

  it('needs a reason', async () => {
    assert.deepEqual(await takesOut(KOFI, ' \0'), { refused: 'blank' });
    assert.equal(isRefusal(await takesOut(KOFI, 'x'.repeat(501))), true);
    assert.equal(standing(await now()).state, 'posted');
  });

  it('is taken out once by two desks at once', async () => {
    const results = await Promise.all([takesOut(KOFI), takesOut(KAIA)]);
    assert.deepEqual(results.filter(isRefusal), [{ refused: 'retracted', by: kofi.name }]);
    await app.delivers(id);
    assert.equal(app.courier.texts.filter((text) => text === 'retract-root').length, 1);
  });

  it('is done where somebody deleted the post in the channel already', async () => {
    app.courier.reacts = ({ text, sent }) => (text.startsWith('retract-') ? { permanent: '404' } : { sent });
    must(await takesOut());
    await app.delivers(id);
    assert.deepEqual((await now()).deliveries, []);
    must(await publish(app.deps, KOFI, id, [A]));
  });

  it('is tried again where Teams is away, and stays on the list where it may not write any more', async () => {
    const says: Outcome[] = [{ unknown: '502' }, { permanent: '403' }];
    app.courier.reacts = ({ text, sent }) => (text === 'retract-root' ? (says.shift() ?? { sent }) : { sent });
    must(await takesOut());
    await app.delivers(id);
    assert.ok((await now()).deliveries.some(({ state }) => state === 'waiting'));
    app.passes(HOUR);
    await app.delivers(id);
    assert.ok((await now()).deliveries.some(({ state }) => state === 'dead'));
    const early = await publish(app.deps, KAIA, id, [A]);
    assert.ok(isRefusal(early), 'its words still stand there');
  });

  it('while it is posted leaves nothing standing that Teams named', async () => {
    const other = await answered(app, 'What about Porto?');
    const waiting: (() => void)[] = [];
    app.courier.reacts = ({ text, sent }) =>
      text === 'post-root' ? new Promise<Outcome>((tell) => waiting.push(() => tell({ sent }))) : { sent };
    must(await publish(app.deps, KOFI, other, [A]));
    const delivering = app.delivers(other);
    await rests();
    must(await retract(app.deps, KAIA, other, { channel: A, reason }));
    for (const tell of waiting) tell();
    await delivering;
    await app.delivers(other);
    const texts = app.courier.texts.filter((text) => /^(post|retract)/.test(text));
    assert.deepEqual(texts, ['post-root', 'retract-root'], 'the answer was never posted');
  });

  it('while it is posted, and nobody knows whether that arrived, has a curator look', async () => {
    const other = await answered(app, 'What about Porto?');
    app.courier.reacts = ({ text, sent }) => (text === 'post-part answer' ? { unknown: '502' } : { sent });
    must(await publish(app.deps, KOFI, other, [A]));
    await app.delivers(other);
    must(await retract(app.deps, KAIA, other, { channel: A, reason }));
    await app.delivers(other);
    const publication = standing(isAnswered(await app.question(other)));
    assert.deepEqual([publication.state, publication.begun], ['retracted', 'answer']);
    assert.equal(app.courier.texts.filter((text) => text.startsWith('retract-')).length, 1);
  });

  it('can be published again, as a new publication', async () => {
    must(await takesOut());
    await app.delivers(id);
    app.courier.forget();
    must(await publish(app.deps, KAIA, id, [A]));
    await app.delivers(id);
    const posted = app.courier.texts.filter((text) => text.startsWith('post-'));
    assert.deepEqual(posted, ['post-root', 'post-part answer']);
    assert.equal(standing(await now()).by, kaia.name);
  });
});

describe('a Slot that comes with nobody at the desk', () => {
  let app: App;
  let id: string;
  let at: number;
  let clock: sinon.SinonFakeTimers;
  let runners: Runner[];
  const couriers = [new FakeCourier(), new FakeCourier()];
  const starts = (n: number) =>
    startRunner({ ...app.deps, courier: couriers[n] ?? app.courier, pace: noPace }, (error) =>
      assert.fail(String(error)),
    );
  const passes = async (ms: number) => {
    await rests();
    await clock.tickAsync(ms);
    await rests();
  };
  const posts = () => couriers.flatMap(({ texts }) => texts.filter((text) => text.startsWith('post-')));

  beforeEach(async () => {
    ({ app, id, at } = await opened());
    for (const courier of couriers) courier.forget();
    clock = sinon.useFakeTimers({ now: app.now, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    app.deps.clock = { now: () => new Date() };
    runners = [starts(0), starts(1)];
    must(await schedule(app.deps, KOFI, id, { channel: A, at }));
  });
  afterEach(async () => {
    for (const runner of runners) await runner.stop();
    clock.restore();
    await app.close();
  });

  it('is filled once by two instances', async () => {
    for (const runner of runners) runner.wake();
    await passes(HOUR - 60_000);
    assert.deepEqual(posts(), []);
    await passes(2 * 60_000);
    assert.deepEqual(posts().toSorted(), ['post-part answer', 'post-root']);
  });

  it('is filled after a restart, and late where the bot was off', async () => {
    runners[0]?.wake();
    await passes(1000);
    for (const runner of runners) await runner.stop();
    await passes(3 * HOUR);
    assert.deepEqual(posts(), []);
    runners = [starts(0)];
    runners[0]?.wake();
    await passes(1000);
    assert.deepEqual(posts(), ['post-root', 'post-part answer']);
  });
});
