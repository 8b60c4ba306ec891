import assert from 'node:assert/strict';
import sinon from 'sinon';
import { ask } from '../../bot/app/ask.ts';
import { startMixer } from '../../bot/app/mixer.ts';
import { withdraw } from '../../bot/app/own.ts';
import type { Deps } from '../../bot/app/ports.ts';
import type { Runner } from '../../bot/app/runner.ts';
import { type App, freshId, must, openApp, rests } from '../support/app.ts';
import { ines, noor } from '../support/cast.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

describe('the mixer', () => {
  let app: App;
  let mixer: Runner;
  let clock: sinon.SinonFakeTimers;
  const faults: unknown[] = [];
  let sweeps: NodeJS.Timeout;
  const start = (deps: Deps, isOurs: () => boolean) => startMixer(deps, isOurs, (error) => void faults.push(error));
  const begin = () => {
    mixer = start(app.deps, () => true);
    sweeps = setInterval(() => mixer.wake(), 30 * SECOND);
  };
  const end = async () => {
    clearInterval(sweeps);
    await mixer.stop();
  };

  beforeEach(async () => {
    app = await openApp();
    clock = sinon.useFakeTimers({
      now: app.now,
      toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    });
    app.deps.clock = { now: () => new Date() };
    app.policy.mixing = { size: 3, minutes: 30 };
    app.deps.wake = () => mixer.wake();
    faults.length = 0;
    begin();
  });
  afterEach(async () => {
    await end();
    clock.restore();
    sinon.restore();
    await app.close();
  });

  const asks = async () =>
    must(await ask(app.deps, app.hand(noor), { submission: freshId(), leader: ines.aadObjectId, words: 'Why?' })).id;
  const passes = async (ms: number) => {
    await rests();
    await clock.tickAsync(ms);
    await rests();
  };
  async function asksAt(instance: Runner): Promise<void> {
    app.deps.wake = () => instance.wake();
    await asks();
    await passes(SECOND);
  }
  const entered = async () => (await app.store.list({ leader: ines.aadObjectId, state: 'open', limit: 100 })).total;
  const atChance = (chance: number) => (app.deps.ids = { ...app.deps.ids, chance: () => chance });

  it('lets three in together, the moment there are three', async () => {
    for (const expected of [0, 0, 3, 3, 3, 6]) {
      await asks();
      await passes(SECOND);
      assert.equal(await entered(), expected);
    }
  });

  it('scatters the store after each batch; where that fails, the next ones still wait for each other', async () => {
    const scatter = sinon.stub(app.store, 'scatter').rejects(new Error('The disk is full'));
    for (let n = 0; n < 3; n += 1) await asks();
    await passes(SECOND);
    assert.deepEqual([await entered(), scatter.callCount, faults.length], [3, 1, 1]);
    assert.ok((scatter.args[0]?.[0] ?? Infinity) <= 10_000_000, 'Everybody would wait for it');
    await asks();
    await passes(SECOND);
    assert.deepEqual([await entered(), scatter.callCount], [3, 1]);
  });

  it('scatters once for many batches in a rush, and once more when it is over', async () => {
    const scatter = sinon.spy(app.store, 'scatter');
    for (let n = 0; n < 9; n += 1) {
      await asks();
      await passes(SECOND);
    }
    assert.deepEqual([await entered(), scatter.callCount], [9, 1]);
    await passes(60 * SECOND);
    assert.equal(scatter.callCount, 2);
    await passes(60 * SECOND);
    assert.equal(scatter.callCount, 2, 'Nothing was written since');
  });

  for (const [chance, minutes] of [
    [0, 15],
    [0.5, 22.5],
    [0.999_999, 30],
  ] as const) {
    it(`lets in what waited for ${minutes} of 30 minutes, by chance, though there are fewer`, async () => {
      await end();
      atChance(chance);
      begin();
      await asks();
      await passes(10 * MINUTE);
      await asks();
      await passes((minutes - 10) * MINUTE - SECOND);
      assert.equal(await entered(), 0);
      await passes(SECOND + 1);
      assert.equal(await entered(), 2);
    });
  }

  it('begins the wait of the next ones anew', async () => {
    for (let n = 0; n < 3; n += 1) await asks();
    await passes(20 * MINUTE);
    assert.equal(await entered(), 3);
    await asks();
    await passes(22 * MINUTE);
    assert.equal(await entered(), 3);
    await passes(MINUTE);
    assert.equal(await entered(), 4);
  });

  it('counts no wait for a question that was taken back', async () => {
    must(await withdraw(app.deps, app.hand(noor), await asks()));
    await passes(20 * MINUTE);
    await asks();
    await passes(22 * MINUTE);
    assert.equal(await entered(), 0);
    await passes(MINUTE);
    assert.equal(await entered(), 1);
  });

  it('lets in after a restart what waited before, within one wait at most', async () => {
    await asks();
    await passes(20 * MINUTE);
    await end();
    begin();
    mixer.wake();
    await passes(22 * MINUTE);
    assert.equal(await entered(), 0);
    await passes(8 * MINUTE);
    assert.equal(await entered(), 1);
  });

  it('lets in at once after a restart what needs to wait no longer: enough, or a setting that mixes no more', async () => {
    await asks();
    await asks();
    await end();
    app.policy.mixing = { size: 1, minutes: 0 };
    begin();
    mixer.wake();
    await passes(0);
    assert.equal(await entered(), 2);
  });

  it('finds what another instance left waiting', async () => {
    mixer.wake();
    await passes(0);
    app.deps.wake = () => {};
    await asks();
    await passes(30 * MINUTE + 30 * SECOND);
    assert.equal(await entered(), 1);
  });

  it('tries again soon after the store failed, told once each time, and loses nothing', async () => {
    const add = sinon.stub(app.store, 'add').rejects(new Error('disk I/O error'));
    for (let n = 0; n < 3; n += 1) await asks();
    await passes(SECOND);
    assert.ok(faults.length >= 1 && faults.length <= 3, String(faults.length));
    const before = faults.length;
    await passes(31 * SECOND);
    assert.equal(faults.length, before + 1);
    add.restore();
    await passes(31 * SECOND);
    assert.equal(await entered(), 3);
  });

  it('tries again soon where a lone question could not enter when its wait was over', async () => {
    await asks();
    const add = sinon.stub(app.store, 'add').rejects(new Error('disk I/O error'));
    await passes(23 * MINUTE);
    add.restore();
    await passes(31 * SECOND);
    assert.equal(await entered(), 1);
  });

  it('tells once of a row that cannot be opened, and counts it for nobody’s cover', async () => {
    await asks();
    const [row] = await app.store.allWaiting();
    assert.ok(row);
    await app.store.addWaiting({ ...row, id: freshId() });
    await asks();
    await passes(MINUTE);
    assert.equal(await entered(), 0);
    assert.equal(faults.length, 1);
    await asks();
    await passes(0);
    assert.equal(await entered(), 3);
    await passes(60 * MINUTE);
    assert.equal(faults.length, 1);
  });

  it('writes no time anywhere: what waits is the same row at the end of its wait', async () => {
    await asks();
    const before = await app.store.allWaiting();
    await passes(22 * MINUTE);
    assert.deepEqual(await app.store.allWaiting(), before);
  });

  describe('of several instances', () => {
    let other: Runner;
    let ours: Runner;
    beforeEach(async () => {
      await end();
      begin();
      ours = mixer;
      other = start(app.deps, () => mixer === other);
      await end();
      ours = start(app.deps, () => mixer === ours);
      mixer = ours;
      sweeps = setInterval(() => [ours, other].forEach((one) => one.wake()), 30 * SECOND);
    });
    afterEach(() => Promise.all([ours.stop(), other.stop()]));

    it('lets a batch in whole, whichever took its questions in', async () => {
      const add = sinon.spy(app.store, 'add');
      for (const instance of [other, ours, other]) await asksAt(instance);
      assert.equal(await entered(), 0, 'The premise: the third was taken in by an instance that does not mix');
      await passes(30 * SECOND);
      assert.deepEqual([await entered(), add.callCount], [3, 3]);
    });

    it('ends no wait that an instance began before it handed over: nobody waits for less than half of it', async () => {
      await asksAt(ours);
      await passes(20 * MINUTE);
      mixer = other;
      await passes(30 * SECOND);
      for (let n = 0; n < 2; n += 1) await asksAt(other);
      assert.equal(await entered(), 3);
      await asksAt(other);
      mixer = ours;
      await passes(15 * MINUTE - SECOND);
      assert.equal(await entered(), 3);
      await passes(8 * MINUTE);
      assert.equal(await entered(), 4);
    });
  });

  it('leaves no timer behind, and lets nothing in once it is stopped', async () => {
    await asks();
    await passes(0);
    await end();
    assert.equal(clock.countTimers(), 0);
    mixer.wake();
    await passes(60 * MINUTE);
    assert.equal(await entered(), 0);
  });
});
