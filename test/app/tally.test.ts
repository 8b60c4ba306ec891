import assert from 'node:assert/strict';
import sinon from 'sinon';
import { ask } from '../../bot/app/ask.ts';
import { answer } from '../../bot/app/lead.ts';
import { withdraw } from '../../bot/app/own.ts';
import { makeRepair, recount, startTally, type Tally, type TallyDeps } from '../../bot/app/tally.ts';
import { vote } from '../../bot/app/vote.ts';
import { WEEK } from '../store/samples.ts';
import { type App, freshId, must, openApp } from '../support/app.ts';
import { ines, noor, omar, otto } from '../support/cast.ts';

const INES = ines.aadObjectId;

describe('the tally', () => {
  let app: App;
  let id: string;
  let tally: Tally;
  let epochs = [WEEK];
  const faults: unknown[] = [];
  const deps = (): TallyDeps => ({
    store: app.store,
    clock: app.deps.clock,
    ring: { epochs: () => epochs },
    sealer: app.deps.sealer,
  });
  const start = () => {
    tally = startTally(deps(), (error) => void faults.push(error));
    app.deps = { ...app.deps, tally: (question) => tally.count(question) };
  };

  beforeEach(async () => {
    app = await openApp();
    id = await asks('Why did we close Lyon?');
    epochs = [WEEK];
    faults.length = 0;
    start();
  });
  afterEach(async () => {
    sinon.restore();
    await tally.stop();
    await app.close();
  });

  async function asks(words: string): Promise<string> {
    return must(await ask(app.deps, app.hand(noor), { submission: freshId(), leader: INES, words })).id;
  }
  const votes = (person = omar, wanted = true) => vote(app.deps, app.hand(person), id, wanted);
  const shown = async (question = id) => (await app.question(question)).votes;
  const repairs = () => makeRepair({ ...deps(), directory: () => app.directory })();

  it('counts a lone vote at once, and its taking back', async () => {
    must(await votes());
    await new Promise(setImmediate);
    assert.equal(await shown(), 1);
    must(await votes(omar, false));
    await tally.stop();
    assert.equal(await shown(), 0);
  });

  it('counts a thousand voters at once in a handful of writes', async () => {
    const save = sinon.spy(app.store, 'save');
    const crowd = Array.from({ length: 1000 }, (_, n) => ({ ...omar, aadObjectId: `voter ${n}` }));
    for (const voted of await Promise.all(crowd.map((person) => votes(person)))) must(voted);
    await tally.stop();
    assert.equal(await shown(), 1000);
    assert.ok(save.callCount >= 1 && save.callCount <= 5, `${save.callCount} writes`);
  });

  it('pauses after a count, so that votes one after the other are few writes too', async () => {
    const timers = sinon.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const save = sinon.spy(app.store, 'save');
    for (let n = 0; n < 50; n += 1) {
      must(await votes({ ...omar, aadObjectId: `voter ${n}` }));
      await timers.tickAsync(10);
    }
    await timers.tickAsync(100);
    assert.equal(await shown(), 50);
    assert.ok(save.callCount >= 5 && save.callCount <= 7, `${save.callCount} writes`);
    await timers.tickAsync(200);
    assert.equal(timers.countTimers(), 0);
  });

  it('of two instances at once comes out right', async () => {
    const other = startTally(deps(), (error) => void faults.push(error));
    const crowd = Array.from({ length: 100 }, (_, n) => ({ ...omar, aadObjectId: `voter ${n}` }));
    const at = (n: number) => ({ ...app.deps, tally: (question: string) => (n % 2 ? tally : other).count(question) });
    await Promise.all(crowd.map((person, n) => vote(at(n), app.hand(person), id, true)));
    await Promise.all([tally.stop(), other.stop()]);
    assert.equal(await shown(), 100);
  });

  it('tells of a count that failed, and a repair mends it', async () => {
    const save = sinon.stub(app.store, 'save').rejects(new Error('disk I/O error'));
    must(await votes());
    await tally.stop();
    assert.equal(faults.length, 1);
    save.restore();
    await repairs();
    assert.equal(await shown(), 1);
  });

  it('lost in a crash is mended by repairs, page by page, and what is right is not written', async () => {
    const ids = [id];
    for (let n = 0; n < 120; n += 1) ids.push(await asks(`Question ${n}?`));
    for (const question of ids) await app.store.addVote(await app.question(question), freshId());
    const save = sinon.spy(app.store, 'save');
    const repair = makeRepair({ ...deps(), directory: () => app.directory });
    const perRun: number[] = [];
    // Questions that are counted move to the front of the list: the first round may step over some.
    for (let run = 0; run < 8; run += 1) {
      save.resetHistory();
      await repair();
      perRun.push(save.callCount);
    }
    assert.deepEqual(
      await Promise.all(ids.map(shown)),
      ids.map(() => 1),
    );
    assert.ok(Math.max(...perRun) <= 50, perRun.join());
    assert.equal(perRun.at(-1), 0);
  });

  it('leaves alone what is no longer open: nothing of it comes back', async () => {
    must(await votes());
    await tally.stop();
    const answered = id;
    must(await answer(app.deps, INES, { question: id, submission: freshId(), words: 'Because.' }));
    id = await asks('Another one?');
    must(await withdraw(app.deps, app.hand(noor), id));
    const before = await Promise.all([answered, id].map((one) => app.store.question(one)));
    for (const one of [answered, id]) {
      await app.store.addVote(await app.question(one), freshId());
      await recount(deps(), one);
    }
    assert.deepEqual(await Promise.all([answered, id].map((one) => app.store.question(one))), before);
  });

  it('keeps the number of a week whose keys and votes are gone', async () => {
    for (const person of [omar, otto]) must(await votes(person));
    await tally.stop();
    epochs = [];
    await app.store.eraseEpoch(WEEK, 100);
    assert.equal(await app.store.votes(id), 0, 'The premise: its votes are erased');
    await repairs();
    assert.equal(await shown(), 2);
  });
});
