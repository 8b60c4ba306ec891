import assert from 'node:assert/strict';
import sinon from 'sinon';
import { type Job, type Jobs, startJobs } from '../../bot/app/jobs.ts';
import type { Store } from '../../bot/app/ports.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';

const SECOND = 1000;
const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 10, 23, 12);

/** Lets what was begun come to rest: a write is durable a turn of the event loop later. */
async function done(): Promise<void> {
  for (let turn = 0; turn < 6; turn += 1) await new Promise(setImmediate);
}
const hourly = (run = sinon.stub<[number], Promise<void>>().resolves()) => ({ everyMs: HOUR, run });

describe('timed work', () => {
  let store: Store;
  let timers: sinon.SinonFakeTimers;
  /** Real time; clocks of instances follow it unless a test sets them. */
  let up = 0;
  const all: Jobs[] = [];
  const faults: unknown[] = [];

  beforeEach(() => {
    store = openSqlite(':memory:');
    timers = sinon.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    [up, all.length, faults.length] = [0, 0, 0];
  });
  afterEach(async () => {
    await Promise.all(all.map((jobs) => jobs.stop()));
    timers.restore();
    sinon.restore();
    await store.close();
  });

  /** An instance with this work; `killed` ends it without a word. */
  function starts(work: Job[], { ahead = 0 } = {}) {
    const instance = { ahead, killed: false };
    const jobs = startJobs(
      {
        store: {
          lease: async (...given) => !instance.killed && store.lease(...given),
          release: async (...given) => void (instance.killed || (await store.release(...given))),
        },
        clock: { now: () => new Date(NOON + up + instance.ahead) },
        uptime: () => up,
        holder: `instance ${all.length}`,
        fault: (error) => String(faults.push(error)),
      },
      work,
    );
    all.push(jobs);
    return Object.assign(instance, { areOurs: () => jobs.areOurs(), stop: () => jobs.stop() });
  }
  async function passes(ms: number): Promise<void> {
    await done();
    for (let left = ms; left > 0; left -= 10 * SECOND) {
      up += 10 * SECOND;
      timers.tick(10 * SECOND);
      await done();
    }
  }
  it('is done at once, then each time its time has come, and is told how much time passed', async () => {
    const [job, often] = [hourly(), { ...hourly(), everyMs: 30 * SECOND }];
    starts([job, often]);
    await passes(HOUR - 10 * SECOND);
    assert.equal(job.run.callCount, 1);
    await passes(10 * SECOND);
    await passes(HOUR);
    assert.deepEqual(job.run.args.flat(), [0, HOUR, HOUR]);
    assert.equal(often.run.callCount, 241);
  });

  it('is done by one of three instances', async () => {
    const works = [hourly(), hourly(), hourly()];
    const instances = works.map((job) => starts([job]));
    await passes(10 * HOUR);
    const counts = works.map(({ run }) => run.callCount).toSorted((one, other) => one - other);
    assert.deepEqual(counts, [0, 0, 11]);
    assert.equal(instances.filter(({ areOurs }) => areOurs()).length, 1);
  });

  it('that every instance does for itself is done without the lease, and while the store is away', async () => {
    const works = [hourly(), hourly()].map((job) => ({ ...job, everywhere: true as const }));
    for (const job of works) starts([job]);
    await passes(0);
    sinon.stub(store, 'lease').rejects(new Error('disk I/O error'));
    await passes(HOUR);
    assert.deepEqual(
      works.map(({ run }) => run.callCount),
      [2, 2],
    );
  });

  it('is taken over within a minute when its instance is killed, and begins there at once', async () => {
    const [first, second] = [hourly(), hourly()];
    const killed = starts([first]);
    await passes(0);
    const other = starts([second]);
    await passes(20 * SECOND);
    assert.deepEqual([second.run.callCount, other.areOurs()], [0, false]);
    killed.killed = true;
    await passes(40 * SECOND);
    assert.deepEqual([second.run.args, other.areOurs(), killed.areOurs()], [[[0]], true, false]);
  });

  it('is handed over by an instance that stops, once what it had begun is done', async () => {
    let finish: (() => void) | undefined;
    const slow = hourly(sinon.stub<[number], Promise<void>>().returns(new Promise((settle) => (finish = settle))));
    const second = hourly();
    const first = starts([slow]);
    await passes(0);
    starts([second]);
    const stopping = first.stop();
    await passes(10 * SECOND);
    assert.equal(second.run.callCount, 0);
    finish?.();
    await stopping;
    await passes(10 * SECOND);
    assert.equal(second.run.callCount, 1);
    assert.equal(slow.run.callCount, 1, 'What is running is not begun again');
  });

  for (const [how, ms] of [
    ['forward', 365 * 24 * HOUR],
    ['back', -365 * 24 * HOUR],
  ] as const) {
    it(`goes on at its pace when the clock is set ${how}`, async () => {
      const job = hourly();
      const instance = starts([job]);
      await passes(HOUR);
      instance.ahead = ms;
      await passes(2 * HOUR);
      assert.deepEqual(job.run.args.flat(), [0, HOUR, HOUR, HOUR]);
    });

    it(`is not held up by the lease of a clock that was set ${how}, once its instance was killed`, async () => {
      const killed = starts([hourly()], { ahead: ms });
      await passes(0);
      killed.killed = true;
      const job = hourly();
      starts([job]);
      await passes(0);
      assert.equal(job.run.callCount, 1);
    });
  }

  it('stays with one of two whose clocks differ by seconds', async () => {
    const works = [hourly(), hourly()];
    starts([works[0] as Job], { ahead: 12 * SECOND });
    await passes(0);
    starts([works[1] as Job]);
    await passes(3 * HOUR);
    assert.deepEqual(
      works.map(({ run }) => run.callCount),
      [4, 0],
    );
  });

  it('that fails is told once, keeps no other from its end, and is done again when its time comes', async () => {
    const failing = hourly(sinon.stub<[number], Promise<void>>().rejects(new Error('disk I/O error')));
    const job = hourly();
    starts([failing, job]);
    await passes(HOUR - 10 * SECOND);
    assert.equal(faults.length, 1);
    await passes(10 * SECOND);
    assert.deepEqual([faults.length, failing.run.callCount, job.run.callCount], [2, 2, 2]);
  });

  it('is let go when the store is away for longer than the lease, and taken up when it is back', async () => {
    const job = hourly();
    const instance = starts([job]);
    await passes(0);
    const lease = sinon.stub(store, 'lease').rejects(new Error('disk I/O error'));
    await passes(20 * SECOND);
    assert.equal(instance.areOurs(), true);
    await passes(10 * SECOND);
    assert.equal(instance.areOurs(), false);
    lease.restore();
    await passes(10 * SECOND);
    assert.deepEqual(job.run.args, [[0], [0]]);
  });

  it('writes its lease at each beat, and at no other time: what people do leaves no time there', async () => {
    const lease = sinon.spy(store, 'lease');
    const instance = starts([hourly()]);
    await passes(60 * SECOND);
    for (let n = 0; n < 5; n += 1) instance.areOurs();
    assert.deepEqual(
      lease.args.map(([job, { holder, now }]) => [job, holder, now - NOON]),
      [0, 10, 20, 30, 40, 50, 60].map((at) => ['jobs', 'instance 0', at * SECOND]),
    );
  });

  it('leaves no timer and no lease behind', async () => {
    const instance = starts([hourly()]);
    await passes(0);
    await instance.stop();
    assert.equal(timers.countTimers(), 0);
    assert.equal(await store.lease('jobs', { holder: 'another', now: NOON, ms: 1 }), true);
  });
});
