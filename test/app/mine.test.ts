import assert from 'node:assert/strict';
import sinon from 'sinon';
import { ask } from '../../bot/app/ask.ts';
import { countSlips, eraseTraces, mine, owns } from '../../bot/app/mine.ts';
import { withdraw } from '../../bot/app/own.ts';
import { withdraw as withdrawn } from '../../bot/domain/life.ts';
import { type App, dyingAt, freshId, must, openApp } from '../support/app.ts';
import { ines, kaia, kofi, noor, omar } from '../support/cast.ts';

const WEEK_MS = 7 * 86_400_000;

describe('my questions', () => {
  let app: App;
  beforeEach(async () => void (app = await openApp()));
  afterEach(async () => {
    sinon.restore();
    await app.close();
  });

  async function asks(words: string, person = noor): Promise<string> {
    const form = { submission: freshId(), leader: ines.aadObjectId, words };
    return must(await ask(app.deps, app.hand(person), form)).id;
  }
  const wordsOf = async (person = noor) => (await mine(app.deps, app.hand(person))).map(({ words }) => words);
  const leadsTo = (id: string) => owns(app.deps, app.hand(noor), id);

  it('are the newest first, over the weeks', async () => {
    for (const words of ['first', 'second', 'third']) {
      await asks(words);
      await asks(`${words}, too`);
      app.passes(WEEK_MS);
    }
    assert.deepEqual(await wordsOf(), ['third, too', 'third', 'second, too', 'second', 'first, too', 'first']);
  });

  it('are nobody else’s', async () => {
    const id = await asks('Noor’s');
    assert.deepEqual(await wordsOf(omar), []);
    assert.ok(await owns(app.deps, app.hand(noor), id));
    for (const person of [omar, ines, kofi, kaia])
      assert.ok(!(await owns(app.deps, app.hand(person), id)), person.name);
  });

  it('leave out a Slip whose question was never written', async () => {
    const store = dyingAt(app.store, 'add', 'before');
    const form = { submission: freshId(), leader: ines.aadObjectId, words: 'lost' };
    await assert.rejects(ask({ ...app.deps, store }, app.hand(noor), form));
    await asks('kept');
    assert.deepEqual(await wordsOf(), ['kept']);
  });

  it('finish a withdrawal that was cut short before its traces were erased', async () => {
    const id = await asks('taken back');
    const kept = await app.store.question(id);
    assert.ok(kept);
    await app.store.save(must(withdrawn(kept.question)), kept.version);
    assert.ok(await leadsTo(id), 'the premise');

    assert.deepEqual(await wordsOf(), []);
    assert.equal(await app.store.seal(app.deps.sealer.sealId(id)), undefined);
    assert.ok(!(await leadsTo(id)));
  });

  for (const method of ['save', 'eraseSeal', 'putSlip'] as const) {
    for (const when of ['before', 'after'] as const) {
      it(`are without a trace in the end when withdraw is killed ${when} ${method}`, async () => {
        const id = await asks('taken back');
        const store = dyingAt(app.store, method, when);
        await assert.rejects(withdraw({ ...app.deps, store }, app.hand(noor), id), /killed/);
        if (method === 'save' && when === 'before') must(await withdraw(app.deps, app.hand(noor), id));
        assert.deepEqual(await wordsOf(), []);
        assert.equal(await app.store.seal(app.deps.sealer.sealId(id)), undefined);
        assert.ok(!(await leadsTo(id)));
      });
    }
  }

  it('leave no trace of a withdrawn question that was submitted four times at once', async () => {
    const form = { submission: freshId(), leader: ines.aadObjectId, words: 'four times' };
    const [first] = await Promise.all(Array.from({ length: 4 }, () => ask(app.deps, app.hand(noor), form)));
    const { id } = must(first ?? { refused: 'not-found' });
    must(await withdraw(app.deps, app.hand(noor), id));
    assert.ok(!(await leadsTo(id)));
  });

  it('are counted by a few looks, however many there are', async () => {
    const hand = app.hand(noor);
    const [epoch = ''] = hand.epochs();
    for (let n = 0; n < 300; n += 1) {
      const slips = sinon.spy(app.store, 'slips');
      assert.equal(await countSlips(app.store, hand, epoch), n);
      assert.ok(slips.args.flat(2).length <= 60, `${slips.args.flat(2).length} tags for ${n} Slips`);
      slips.restore();
      const tag = hand.slipTag(epoch, n);
      await app.store.addSlip(epoch, tag, hand.writeSlip(epoch, tag));
    }
  });

  it('are read as far as a page goes: a first page of ten among 100 opens a few Slips', async () => {
    for (let n = 0; n < 100; n += 1) await asks(`matter ${n}`);
    const hand = app.hand(noor);
    const read = sinon.spy(hand, 'readSlip');
    const listed = await mine(app.deps, hand, { from: 0, limit: 10 });
    assert.deepEqual([listed.length, listed[0]?.words, listed[9]?.words], [10, 'matter 99', 'matter 90']);
    assert.equal(read.callCount, 10);
    const last = await mine(app.deps, hand, { from: 95, limit: 10 });
    assert.deepEqual([last.length, last[4]?.words], [5, 'matter 0']);
  });

  it('keep their places when one between them is blanked', async () => {
    const ids = [await asks('one'), await asks('two'), await asks('three')];
    await eraseTraces(app.deps, app.hand(noor), ids[1] ?? '');
    await asks('four');
    assert.deepEqual(await wordsOf(), ['four', 'three', 'one']);
  });

  it('show a blanked Slip as one of the same size that nobody can tell from another', async () => {
    const hand = app.hand(noor);
    const [epoch = ''] = hand.epochs();
    const id = await asks('taken back');
    const tag = hand.slipTag(epoch, 0);
    const before = (await app.store.slips(epoch, [tag])).get(tag);
    await eraseTraces(app.deps, hand, id);
    const after = (await app.store.slips(epoch, [tag])).get(tag);
    assert.ok(before && after && before !== after);
    assert.equal(after.length, before.length);
  });
});
