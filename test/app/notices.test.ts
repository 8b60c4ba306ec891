import assert from 'node:assert/strict';
import sinon from 'sinon';
import { ask } from '../../bot/app/ask.ts';
import { answer, promise, speak } from '../../bot/app/lead.ts';
import { makeNextNotices } from '../../bot/app/notices.ts';
import { type Runner, startRunner } from '../../bot/app/runner.ts';
import { type App, freshId, must, noPace, openApp, rests } from '../support/app.ts';
import { ines, noor, omar, type Person } from '../support/cast.ts';
import { seeded } from '../support/chance.ts';

const MINUTE = 60_000;
const INES = ines.aadObjectId;

const NOON = Date.UTC(2026, 10, 23, 12);
/** One number for each batch; that of noon, when tests begin, is over. */
const from = (chance: (batch: number) => number) => (batch: number) =>
  batch * 15 * MINUTE <= NOON ? 0 : chance(batch);
const jitterOf = (seed: number) => from((batch) => seeded(seed + batch)());

describe('a notice to an asker', () => {
  let app: App;
  let runner: Runner;
  let clock: sinon.SinonFakeTimers;

  beforeEach(async () => {
    app = await openApp();
    clock = sinon.useFakeTimers({ now: app.now, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    app.deps.clock = { now: () => new Date() };
    app.deps.wake = () => runner.wake();
    batches(15);
  });
  afterEach(async () => {
    await runner.stop();
    clock.restore();
    sinon.restore();
    await app.close();
  });

  /** The bot, started anew with this setting. */
  function batches(minutes: number, jitter = from(() => 0.5)): void {
    app.deps.nextNotices = makeNextNotices(app.deps.clock, minutes, jitter);
    runner = startRunner({ ...app.deps, courier: app.courier, pace: noPace }, (error) => assert.fail(String(error)));
  }
  const passes = async (ms: number) => {
    await rests();
    await clock.tickAsync(ms);
    await rests();
  };
  const asks = async (person: Person = noor) =>
    must(await ask(app.deps, app.hand(person), { submission: freshId(), leader: INES, words: 'Why?' })).id;
  const answers = async (question: string) =>
    must(await answer(app.deps, INES, { question, submission: freshId(), words: 'Because.' }));
  const notices = () => app.courier.texts.filter((text) => text === 'notice').length;
  const dueAt = async (id: string) => {
    const owed = (await app.question(id)).deliveries.find(({ target }) => target.kind === 'notice');
    return owed?.state === 'due' ? owed.at : undefined;
  };
  const askedTwice = async () => [await asks(), await asks(omar)] as const;

  it('waits for its batch, while everything else that is owed goes at once', async () => {
    const id = await asks();
    await passes(MINUTE);
    await answers(id);
    await passes(MINUTE);
    assert.deepEqual(app.courier.texts, [
      'card question Ines',
      'update question Ines',
      'card curate Kofi',
      'card curate Kaia',
    ]);
    await passes(16 * MINUTE);
    assert.equal(notices(), 0);
    await passes(1 * MINUTE);
    assert.equal(notices(), 1);
    assert.equal(await dueAt(id), undefined);
  });

  it('is due at the same millisecond as every other of its batch, whenever each came to be owed', async () => {
    await runner.stop();
    batches(15, jitterOf(5));
    const [first, second] = await askedTwice();
    await answers(first);
    await passes(7 * MINUTE + 123);
    must(await promise(app.deps, INES, second, '2026-12-04'));
    await passes(1);
    const due = await dueAt(first);
    assert.ok(due !== undefined && due > Date.now() && due <= Date.UTC(2026, 10, 23, 12, 22, 30), String(due));
    assert.equal(await dueAt(second), due);
    await passes(16 * MINUTE);
    assert.equal(notices(), 2);
  });

  it('falls due at a multiple of the minutes and one jitter, of half of them at most', () => {
    const step = 15 * MINUTE;
    for (const chance of [0, 0.25, 0.999_999]) {
      const next = makeNextNotices(app.deps.clock, 15, () => chance);
      const jitter = next() % step;
      assert.equal(jitter, Math.floor((chance * step) / 2));
      assert.ok(next() > Date.now() && next() <= Date.now() + 1.5 * step);
    }
  });

  it('falls due with its batch also where the bot was started in between, or another instance writes it', () => {
    const instances = [1, 2].map(() => makeNextNotices(app.deps.clock, 15, jitterOf(3)));
    const due = instances.map((next) => next());
    clock.tick(14 * MINUTE);
    due.push(makeNextNotices(app.deps.clock, 15, jitterOf(3))());
    assert.equal(new Set(due).size, 1);
  });

  it('has another jitter in each batch', async () => {
    const next = makeNextNotices(app.deps.clock, 15, jitterOf(7));
    const jitters = new Set<number>();
    for (let n = 0; n < 20; n += 1) {
      jitters.add(next() % (15 * MINUTE));
      await passes(30 * MINUTE);
    }
    assert.equal(jitters.size, 20);
  });

  it('comes back into reach when the clock was set back', async () => {
    const next = makeNextNotices(app.deps.clock, 15, () => 0.5);
    next();
    clock.setSystemTime(Date.UTC(2026, 10, 22));
    assert.ok(next() - Date.now() <= 22.5 * MINUTE);
  });

  it('is one for several updates within a batch, and another one in the next', async () => {
    const id = await asks();
    must(await promise(app.deps, INES, id, '2026-12-04'));
    await passes(2 * MINUTE);
    must(await speak(app.deps, INES, 'ask-back', { question: id, submission: freshId(), words: 'Which?' }));
    await passes(2 * MINUTE);
    await answers(id);
    await passes(30 * MINUTE);
    assert.equal(notices(), 1);
    must(await answer(app.deps, INES, { question: id, submission: freshId(), words: 'Better.', replaces: 1 }));
    await passes(30 * MINUTE);
    assert.equal(notices(), 2);
  });

  it('is neither lost nor doubled by a restart before its batch', async () => {
    const id = await asks();
    await answers(id);
    await passes(MINUTE);
    await runner.stop();
    await passes(60 * MINUTE);
    batches(15);
    runner.wake();
    await passes(MINUTE);
    assert.equal(notices(), 1);
  });

  it('goes at once where no minutes are set', async () => {
    await runner.stop();
    batches(0);
    await answers(await asks());
    await passes(0);
    assert.equal(notices(), 1);
  });

  it('is tried again when Teams refused it, though its batch is gone', async () => {
    await answers(await asks());
    app.courier.reacts = (call) => (call.text === 'notice' ? { refused: '429' } : { sent: call.sent });
    await passes(19 * MINUTE);
    const tried = notices();
    assert.ok(tried >= 1);
    app.courier.reacts = ({ sent }) => ({ sent });
    await passes(5 * MINUTE);
    assert.equal(notices(), tried + 1);
  });

  it('goes out in an order of chance, not in that of ids, which leaders know from their cards', async () => {
    const orders = new Set<string>();
    const order: string[] = [];
    sinon.stub(app.courier, 'notice').callsFake(async (question) => {
      order.push(question);
      return { sent: { conversation: 'c', activity: 'a' } };
    });
    const ids = [await asks(), await asks(), await asks(omar), await asks(omar)].toSorted();
    await runner.stop();
    batches(15, seeded(3));
    for (let n = 0; n < 12; n += 1) {
      const submission = freshId();
      for (const question of ids)
        must(await answer(app.deps, INES, { question, submission, words: `${n}`, ...(n > 0 ? { replaces: n } : {}) }));
      await passes(30 * MINUTE);
      const batch = order.splice(0);
      assert.deepEqual(batch.toSorted(), ids);
      orders.add(batch.map((id) => ids.indexOf(id)).join(''));
    }
    assert.ok(orders.size >= 6, [...orders].join(' '));
  });
});
