import assert from 'node:assert/strict';
import sinon from 'sinon';
import { ask } from '../../bot/app/ask.ts';
import { makePace } from '../../bot/app/pace.ts';
import { type Runner, startRunner } from '../../bot/app/runner.ts';
import { type Outcome, owe } from '../../bot/domain/delivery.ts';
import { type App, freshId, must, noPace, openApp, rests } from '../support/app.ts';
import { sample } from '../store/samples.ts';
import { ines, noor, otto } from '../support/cast.ts';

const SECOND = 1000;

describe('the runner', () => {
  let app: App;
  let runner: Runner;
  let clock: sinon.SinonFakeTimers;
  const faults: unknown[] = [];

  beforeEach(async () => {
    app = await openApp();
    clock = sinon.useFakeTimers({ now: app.now, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    app.deps.clock = { now: () => new Date() };
    faults.length = 0;
    runner = startRunner({ ...app.deps, courier: app.courier, pace: noPace }, (error) => void faults.push(error));
  });
  afterEach(async () => {
    await runner.stop();
    clock.restore();
    sinon.restore();
    await app.close();
  });

  const asks = async (leader = ines) =>
    must(await ask(app.deps, app.hand(noor), { submission: freshId(), leader: leader.aadObjectId, words: 'Why?' })).id;
  /** Time passes, and what falls due within it is worked off. */
  const passes = async (ms: number) => {
    await rests();
    await clock.tickAsync(ms);
    await rests();
  };
  const sent = () => app.courier.calls.length;

  /** Holds every attempt open until it is let go. */
  function hold(): () => void {
    const open: (() => void)[] = [];
    app.courier.reacts = ({ sent }) => new Promise<Outcome>((settle) => open.push(() => settle({ sent })));
    return () => {
      app.courier.reacts = ({ sent }) => ({ sent });
      for (const go of open) go();
    };
  }

  it('begins as soon as it is woken', async () => {
    await asks();
    runner.wake();
    await passes(0);
    assert.deepEqual(app.courier.texts, ['card question Ines']);
  });

  it('takes many wake-ups as one, and none is lost that comes while it works', async () => {
    const owing = sinon.spy(app.store, 'owing');
    const letGo = hold();
    await asks();
    for (let times = 0; times < 20; times += 1) runner.wake();
    await passes(0);
    assert.equal(owing.callCount, 2, 'once, and once more for what came meanwhile');
    await asks();
    for (let times = 0; times < 20; times += 1) runner.wake();
    await passes(0);
    assert.equal(sent(), 2, 'one that hangs holds up no other');
    letGo();
    await passes(0);
    assert.equal(sent(), 2);
    assert.ok(owing.callCount <= 8, String(owing.callCount));
  });

  it('works off more than one page', async () => {
    for (let n = 0; n < 30; n += 1) await asks();
    runner.wake();
    await passes(0);
    assert.equal(sent(), 30);
  });

  it('finds in a sweep what no wake-up told', async () => {
    runner.wake();
    await passes(0);
    await asks();
    await passes(29 * SECOND);
    assert.equal(sent(), 0);
    await passes(2 * SECOND);
    assert.equal(sent(), 1);
  });

  it('comes back when Teams said, no earlier, and not at the next sweep only', async () => {
    app.courier.reacts = () => ({ refused: '429', retryAfterMs: 12 * SECOND });
    await asks();
    runner.wake();
    await passes(0);
    app.courier.reacts = ({ sent }) => ({ sent });
    await passes(11.9 * SECOND);
    assert.equal(sent(), 1);
    await passes(0.2 * SECOND);
    assert.equal(sent(), 2);
  });

  it('does not come back earlier because it is woken for something else', async () => {
    app.courier.reacts = () => ({ refused: '429', retryAfterMs: 60 * SECOND });
    await asks();
    runner.wake();
    await passes(0);
    for (let times = 0; times < 59; times += 1) {
      runner.wake();
      await passes(SECOND);
    }
    assert.equal(sent(), 1);
    await passes(2 * SECOND);
    assert.equal(sent(), 2);
  });

  it('goes on after the store failed, and tells the fault', async () => {
    await asks();
    const owing = sinon.stub(app.store, 'owing').rejects(new Error('disk I/O error'));
    runner.wake();
    await passes(0);
    assert.equal(faults.length, 1);
    owing.restore();
    await passes(30 * SECOND);
    assert.equal(sent(), 1);
  });

  it('does not try a store that is down again and again at once', async () => {
    const owing = sinon.stub(app.store, 'owing').rejects(new Error('disk I/O error'));
    runner.wake();
    await passes(60 * SECOND);
    assert.ok(owing.callCount <= 3, String(owing.callCount));
  });

  it('carries out the others when one question cannot be read, and does not hammer at it', async () => {
    const ids: string[] = [];
    for (let n = 0; n < 20; n += 1) ids.push(await asks());
    const broken = new Set((await app.store.owing(Date.now(), 9)).slice(0, 9));
    const read = app.store.question.bind(app.store);
    const question = sinon.stub(app.store, 'question').callsFake((id) => {
      return broken.has(id) ? Promise.reject(new Error('not JSON')) : read(id);
    });
    runner.wake();
    await passes(10 * SECOND);
    assert.equal(sent(), 11);
    assert.equal(faults.length, 9);
    question.restore();
    await passes(30 * SECOND);
    assert.equal(sent(), 20);
  });

  it('begins nothing twice when one question fails while another is on its way', async () => {
    const broken = await asks();
    const read = app.store.question.bind(app.store);
    sinon.stub(app.store, 'question').callsFake((id) => {
      return id === broken ? Promise.reject(new Error('not JSON')) : read(id);
    });
    const letGo = hold();
    await asks();
    runner.wake();
    await passes(0);
    runner.wake();
    await passes(0);
    assert.equal(sent(), 1);
    letGo();
    await passes(0);
    assert.equal(sent(), 1);
  });

  it('is not held up for ever by an attempt that never ends', async () => {
    hold();
    await asks();
    runner.wake();
    await passes(0);
    app.courier.reacts = ({ sent }) => ({ sent });
    const other = await asks();
    runner.wake();
    await passes(31 * SECOND);
    assert.equal((await app.question(other)).deliveries.length, 0);
  });

  it('waits on stop for what has begun, and begins nothing more', async () => {
    const letGo = hold();
    const id = await asks();
    runner.wake();
    await passes(0);
    await asks();
    runner.wake();
    let stopped = false;
    const stopping = runner.stop().then(() => (stopped = true));
    await passes(SECOND);
    assert.equal(stopped, false);
    letGo();
    await stopping;
    assert.equal((await app.question(id)).deliveries.length, 0, 'its outcome is written down');
    runner.wake();
    await passes(120 * SECOND);
    assert.equal(sent(), 1);
  });

  it('waits on stop for every question, also when one of them failed', async () => {
    const broken = await asks();
    const read = app.store.question.bind(app.store);
    sinon.stub(app.store, 'question').callsFake((id) => {
      return id === broken ? Promise.reject(new Error('not JSON')) : read(id);
    });
    const letGo = hold();
    const id = await asks();
    runner.wake();
    await passes(0);
    let stopped = false;
    const stopping = runner.stop().then(() => (stopped = true));
    await passes(0);
    assert.equal(stopped, false);
    letGo();
    await stopping;
    assert.equal((await read(id))?.question.deliveries.length, 0);
  });

  describe('at the pace that Teams allows', () => {
    const times = (text: string) => sentAt.filter((one) => one.text === text).map(({ at }) => at);
    let sentAt: { text: string; at: number }[] = [];
    beforeEach(async () => {
      await runner.stop();
      const pace = makePace(app.deps.clock);
      runner = startRunner({ ...app.deps, courier: app.courier, pace }, (error) => void faults.push(error));
      const start = Date.now();
      sentAt = [];
      app.courier.reacts = ({ text, sent: post }) => {
        sentAt.push({ text, at: Date.now() - start });
        return { sent: post };
      };
    });

    it('writes to a leader once a second, and holds up nobody else meanwhile', async () => {
      for (let n = 0; n < 40; n += 1) await asks();
      await asks(otto);
      const read = sinon.spy(app.store, 'question');
      runner.wake();
      await passes(SECOND);
      assert.equal(times('card question Otto').length, 1);
      for (let second = 0; second < 42; second += 1) await passes(SECOND);
      const cards = times('card question Ines');
      assert.equal(cards.length, 40);
      for (const [n, at] of cards.entries()) assert.ok(n === 0 || at - (cards[n - 1] ?? 0) >= SECOND, String(cards));
      assert.ok(read.callCount < 300, `${read.callCount} reads: who is held does not come back as a crowd`);
    });

    it('sends 400 notices in 20 seconds, more than it reads at once', async () => {
      for (let n = 0; n < 400; n += 1) {
        const question = owe(sample(), { kind: 'notice' });
        await app.store.putSeal(app.deps.sealer.sealId(question.id), { epoch: question.week, capsule: '' });
        await app.store.add(question);
      }
      runner.wake();
      await passes(19.96 * SECOND);
      assert.equal(times('notice').length, 400);
    });

    it('leaves the siblings alone too, when Teams asks for a pause, woken or not, and writes to others', async () => {
      const reacts = app.courier.reacts;
      app.courier.reacts = () => {
        app.courier.reacts = reacts;
        sentAt.push({ text: 'refused', at: 0 });
        return { refused: '429', retryAfterMs: 30 * SECOND };
      };
      for (let n = 0; n < 5; n += 1) await asks();
      runner.wake();
      await passes(0);
      await asks(otto);
      for (let times = 0; times < 29; times += 1) {
        runner.wake();
        await passes(SECOND);
      }
      assert.deepEqual([times('card question Ines'), times('card question Otto').length], [[], 1]);
      await passes(7 * SECOND);
      assert.equal(times('card question Ines').length, 5);
      assert.ok(times('card question Ines').every((at) => at >= 30 * SECOND));
    });

    it('stops at once, though many wait for their turn', async () => {
      for (let n = 0; n < 40; n += 1) await asks();
      runner.wake();
      await passes(0);
      const stopping = runner.stop();
      await passes(SECOND);
      await stopping;
      const { length } = sentAt;
      assert.ok(length <= 2);
      await passes(60 * SECOND);
      assert.equal(sentAt.length, length);
    });
  });

  it('leaves no timer behind', async () => {
    await asks();
    runner.wake();
    await passes(0);
    await runner.stop();
    assert.equal(clock.countTimers(), 0);
  });
});
