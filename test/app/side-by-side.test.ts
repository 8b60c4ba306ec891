import assert from 'node:assert/strict';
import sinon from 'sinon';
import { publish } from '../../bot/app/curate.ts';
import { deliver } from '../../bot/app/deliver.ts';
import { makePace } from '../../bot/app/pace.ts';
import { type Runner, startRunner } from '../../bot/app/runner.ts';
import type { Outcome } from '../../bot/domain/delivery.ts';
import { type App, channelOf, must, noPace, openApp, rests } from '../support/app.ts';
import { kofi } from '../support/cast.ts';
import { type Call, FakeCourier } from '../support/courier.ts';
import { answered, corrects, isAnswered, owed } from '../support/questions.ts';

const SECOND = 1000;
const LATENCY = 100;
const ID = 'question';
const channels = Array.from({ length: 100 }, (_, n) => `19:channel-${n}@thread.tacv2`);

/** The most of these within any second. */
const mostInASecond = (times: number[]) =>
  Math.max(...times.map((from) => times.filter((time) => time >= from && time < from + SECOND).length));

describe('one answer on its way to 100 channels', () => {
  let app: App;
  let clock: sinon.SinonFakeTimers;
  let runners: Runner[] = [];
  let sent: (Pick<Call, 'text' | 'channel' | 'question'> & { at: number })[] = [];
  const faults: unknown[] = [];

  beforeEach(async () => {
    app = await openApp();
    clock = sinon.useFakeTimers({ now: app.now, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    app.deps.clock = { now: () => new Date() };
    for (const [n, id] of channels.entries()) await app.store.putChannel(channelOf({ id, name: `Channel ${n}` }));
    sent = [];
    faults.length = 0;
  });
  afterEach(async () => {
    for (const runner of runners) await runner.stop();
    runners = [];
    clock.restore();
    sinon.restore();
    await app.close();
  });

  /** Teams takes its time for each message. */
  const notes = ({ text, channel, question, sent: post }: Call): Promise<Outcome> => {
    sent.push({ text, ...(channel && { channel }), ...(question && { question }), at: Date.now() });
    return new Promise((told) => void setTimeout(told, LATENCY, { sent: post }));
  };
  function instance(pace = makePace(app.deps.clock)) {
    const courier = new FakeCourier();
    courier.reacts = notes;
    const runner = startRunner({ ...app.deps, courier, pace }, (error) => void faults.push(error));
    runners.push(runner);
    return { courier, runner };
  }
  /** Published by Kofi; the cards of curators owe nothing yet. */
  async function publishes(to = channels): Promise<void> {
    const question = { ...answered(), places: [], deliveries: [] };
    await app.store.add(question);
    must(await publish(app.deps, kofi.aadObjectId, ID, to));
  }
  /** Time passes in steps in which what was begun comes to its end. */
  async function passes(ms: number): Promise<void> {
    await rests();
    for (let at = 0; at < ms; at += 10) {
      await clock.tickAsync(10);
      for (let turn = 0; turn < 40; turn += 1) await new Promise<void>((resolve) => setImmediate(resolve));
    }
  }
  const posts = () => sent.filter(({ text }) => text.startsWith('post-'));
  const at = () => posts().map((post) => post.at);
  const ofChannel = (id: string) => posts().filter(({ channel }) => channel === id);

  it('takes at most 1.05 of the shortest time, and is never faster than Teams allows', async () => {
    await publishes();
    instance().runner.wake();
    await passes(12 * SECOND);
    assert.equal(posts().length, 200);
    assert.ok(Math.max(...at()) - Math.min(...at()) <= 1.05 * 199 * 50, `${Math.max(...at()) - Math.min(...at())} ms`);
    assert.ok(mostInASecond(at()) <= 20);
    for (const id of channels) {
      const own = ofChannel(id);
      assert.deepEqual(
        own.map(({ text }) => text),
        ['post-root', 'post-part answer'],
      );
      assert.equal(mostInASecond(own.map((post) => post.at)), 1);
    }
    const question = isAnswered(await app.question(ID));
    assert.ok(question.publications.every(({ state, begun }) => state === 'posted' && begun === undefined));
    assert.deepEqual([owed(question), faults], [[], []]);
  });

  it('shows a correction everywhere that came while it was on its way, and posts nothing twice', async () => {
    await publishes();
    instance().runner.wake();
    await passes(3 * SECOND);
    const kept = await app.store.question(ID);
    assert.ok(kept);
    await app.store.save(corrects(isAnswered(kept.question)), kept.version);
    await passes(13 * SECOND);
    const question = isAnswered(await app.question(ID));
    for (const id of channels) {
      const texts = ofChannel(id).map(({ text }) => text);
      assert.deepEqual(texts.slice(0, 2), ['post-root', 'post-part answer']);
      assert.equal(isAnswered(ofChannel(id).at(-1)?.question ?? question).answer.words, 'Corrected.');
    }
    assert.ok(question.publications.every(({ state }) => state === 'posted'));
  });

  it('is carried by two instances, each post once', async () => {
    await publishes(channels.slice(0, 30));
    const couriers = [instance(), instance()].map(({ courier, runner }) => {
      runner.wake();
      return courier;
    });
    await passes(6 * SECOND);
    for (const id of channels.slice(0, 30)) assert.equal(ofChannel(id).length, 2);
    assert.ok(
      couriers.every(({ calls }) => calls.length > 10),
      'the premise: both had a share',
    );
    assert.deepEqual([owed(await app.question(ID)), faults], [[], []]);
  });

  it('waits in one channel where Teams asks for it, and goes on in all others', async () => {
    await publishes();
    const { courier, runner } = instance();
    const busy = '19:channel-7@thread.tacv2';
    courier.reacts = (call) =>
      call.channel === busy && ofChannel(busy).length === 0
        ? (void notes(call), { refused: '429', retryAfterMs: 30 * SECOND })
        : notes(call);
    runner.wake();
    await passes(11 * SECOND);
    assert.deepEqual(owed(await app.question(ID)), [`publication:${busy}`]);
    await passes(25 * SECOND);
    assert.deepEqual(
      ofChannel(busy).map(({ text }) => text),
      ['post-root', 'post-root', 'post-part answer'],
    );
  });

  it('keeps the cards of curators up to date meanwhile, and loses no turn of theirs', async () => {
    const question = answered();
    await app.store.add({
      ...question,
      places: question.places.filter(({ card }) => card === 'curate'),
      deliveries: [],
    });
    must(await publish(app.deps, kofi.aadObjectId, ID, channels));
    const pace = makePace(app.deps.clock);
    const turns = sinon.spy(pace, 'turn');
    instance(pace).runner.wake();
    await passes(15 * SECOND);
    const cards = sent.filter(({ text }) => text.includes('curate Kofi'));
    assert.ok(cards.length > 1, 'the premise: it changed while it was on its way');
    const granted = await Promise.allSettled(turns.returnValues);
    assert.equal(granted.filter(({ status }) => status === 'fulfilled').length, sent.length);
    const last = isAnswered(cards.at(-1)?.question ?? question);
    assert.ok(last.publications.every(({ state }) => state === 'posted'));
    assert.ok(Math.max(...at()) - Math.min(...at()) <= 1.05 * (sent.length - 1) * 50);
  });

  it('is left, and all that was begun written down, where the store fails in between', async () => {
    await publishes(channels.slice(0, 10));
    const { courier } = instance();
    const channel = sinon.stub(app.store, 'channel').callThrough();
    channel.withArgs(channels[5] ?? '').rejects(new Error('disk I/O error'));
    const delivering = deliver({ ...app.deps, courier, pace: noPace }, ID);
    const failing = assert.rejects(delivering, /disk/);
    await passes(SECOND);
    await failing;
    const begun = isAnswered(await app.question(ID)).publications.filter(({ begun: post }) => post !== undefined);
    assert.deepEqual(begun, []);
    assert.equal(posts().length, 9);
  });

  it('begins nothing more once the runner stops', async () => {
    await publishes();
    const { runner } = instance();
    runner.wake();
    await passes(SECOND);
    const stopping = runner.stop();
    await passes(2 * SECOND);
    await stopping;
    const { length } = posts();
    assert.ok(length < 60, String(length));
    await passes(5 * SECOND);
    assert.equal(posts().length, length);
    assert.ok(isAnswered(await app.question(ID)).publications.every(({ begun }) => begun === undefined));
  });

  it('leaves room for other questions: all of them together carry no more than one did', async () => {
    const room = { left: 4, isClosed: false };
    await publishes(channels.slice(0, 10));
    const other = { ...answered(), id: 'other', places: [], deliveries: [] };
    await app.store.add(other);
    must(await publish(app.deps, kofi.aadObjectId, 'other', channels.slice(0, 10)));
    let [now, most] = [0, 0];
    const courier = new FakeCourier();
    courier.reacts = async (call) => {
      most = Math.max(most, (now += 1));
      const outcome = await notes(call);
      now -= 1;
      return outcome;
    };
    const both = [ID, 'other'].map((id) => deliver({ ...app.deps, courier, pace: noPace }, id, room));
    await passes(5 * SECOND);
    await Promise.all(both);
    assert.equal(posts().length, 40);
    assert.ok(most > 3 && most <= 5, String(most));
    assert.equal(room.left, 4);
  });
});
