import assert from 'node:assert/strict';
import sinon from 'sinon';
import { ask } from '../../bot/app/ask.ts';
import { startJobs } from '../../bot/app/jobs.ts';
import type { Ring } from '../../bot/app/ring.ts';
import { timedWork } from '../../bot/app/timed.ts';
import { type App, freshId, must, noPace, openApp } from '../support/app.ts';
import { ines, noor } from '../support/cast.ts';

const MINUTE = 60_000;

const ring: Ring = {
  epochs: () => ['2026-W48'],
  gone: () => [],
  refresh: async () => {},
  begin: async () => {},
  destroy: async () => {},
  watched: () => ({}),
  pace: () => undefined,
  note: async () => {},
};

describe('the table of timed work', () => {
  let app: App;
  beforeEach(async () => void (app = await openApp()));
  afterEach(async () => {
    sinon.restore();
    await app.close();
  });

  it('is carried out while the bot runs: keys, mixing, counts of the day, counts of votes, epochs', async () => {
    const timers = sinon.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
    app.policy.limits = { questions: 3, votes: 3 };
    const form = { submission: freshId(), leader: ines.aadObjectId, words: 'Why?' };
    const { id } = must(await ask(app.deps, app.hand(noor), form));
    const day = '2026-11-23';
    const tag = app.hand(noor).dayTag(day, 'questions', '0');
    const counted = async () => (await app.store.counted(day, [tag])).size;
    const mixer = { wake: sinon.spy() };
    const [refresh, note] = [sinon.spy(ring, 'refresh'), sinon.spy(ring, 'note')];
    const keep = { afterClose: 30, atMost: 90 };
    const start = app.now.getTime();
    const jobs = startJobs(
      { ...app.deps, holder: 'one', uptime: () => app.now.getTime() - start },
      timedWork({ ...app.deps, courier: app.courier, pace: noPace, ring, keep }, mixer),
    );
    const passes = async (ms: number) => {
      await new Promise(setImmediate);
      for (let left = ms; left > 0; left -= 10_000) {
        app.passes(10_000);
        timers.tick(10_000);
        await new Promise(setImmediate);
      }
    };
    await passes(11 * 60 * MINUTE);
    assert.equal(await counted(), 1, 'It is Monday still');
    assert.ok(mixer.wake.callCount > 1300 && note.callCount === 12 && refresh.callCount > 1300);
    await app.store.addVote(await app.question(id), freshId());
    await passes(11 * MINUTE);
    assert.equal((await app.question(id)).votes, 1);
    await passes(54 * MINUTE);
    assert.equal(await counted(), 0, 'Five minutes into Tuesday');
    await jobs.stop();
  });
});
