import assert from 'node:assert/strict';
import sinon from 'sinon';
import { trySend } from '../../bot/app/attempt.ts';
import type { Outcome } from '../../bot/domain/delivery.ts';

describe('an attempt', () => {
  let clock: sinon.SinonFakeTimers;
  const faults: unknown[] = [];
  const deps = { fault: (error: unknown) => String(faults.push(error)) };
  beforeEach(() => {
    faults.length = 0;
    clock = sinon.useFakeTimers();
  });
  afterEach(() => clock.restore());

  it('tells what Teams said', async () => {
    const sent: Outcome = { sent: { conversation: 'chat', activity: '1' } };
    assert.equal(await trySend(deps, () => Promise.resolve(sent)), sent);
    assert.equal(clock.countTimers(), 0, 'and leaves no timer behind');
  });

  it('leaves unknown what became of it when the courier has a bug, and tells the fault', async () => {
    const bug = new TypeError('Cannot read properties of undefined');
    const thrown = trySend(deps, () => {
      throw bug;
    });
    assert.deepEqual(await thrown, { unknown: 'fault' });
    assert.deepEqual(await trySend(deps, () => Promise.reject(bug)), { unknown: 'fault' });
    assert.deepEqual(faults, [bug, bug]);
    assert.equal(clock.countTimers(), 0);
  });

  it('is over after half a minute of silence, and what comes later is nobody’s fault', async () => {
    const { promise, reject } = Promise.withResolvers<Outcome>();
    const silent = trySend(deps, () => promise);
    await clock.tickAsync(30_000);
    assert.deepEqual(await silent, { unknown: 'timeout' });
    reject(new Error('socket hang up'));
    await clock.tickAsync(1000);
    assert.deepEqual(faults, []);
  });
});
