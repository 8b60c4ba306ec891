import assert from 'node:assert/strict';
import { StoreAway } from '../../../bot/app/ports.ts';
import { doAll } from '../../../bot/http/api/several.ts';
import { speak } from '../../../bot/cards/say.ts';
import { ask } from '../../../bot/app/ask.ts';
import { setTopic } from '../../../bot/app/curate.ts';
import { type App, freshId, must, openApp } from '../../support/app.ts';
import { ines, kofi, noor } from '../../support/cast.ts';

const say = speak('en', 'en');

describe('an act on several questions', () => {
  let app: App;
  let ids: string[];
  beforeEach(async () => {
    app = await openApp();
    ids = [];
    for (const words of ['One?', 'Two?', 'Three?'])
      ids.push(
        must(await ask(app.deps, app.hand(noor), { submission: freshId(), leader: ines.aadObjectId, words })).id,
      );
  });
  afterEach(async () => await app.close());

  /** Sorts each, with the store gone, or a fault, at the second one: before its write, or just after. */
  const sort = (error?: Error, when: 'before' | 'after' = 'before') =>
    doAll({ deps: app.deps, say }, ids, async (deps, id) => {
      const fails = error !== undefined && id === ids[1];
      if (fails && when === 'before') throw error;
      const result = await setTopic(deps, kofi.aadObjectId, id, 'Culture');
      if (fails) throw error;
      return result;
    });
  const topics = async () => Promise.all(ids.map(async (id) => (await app.question(id)).topic));

  for (const when of ['before', 'after'] as const)
    it(`tells what was done although the store goes midway, ${when} the write, and is safe to repeat`, async () => {
      const { done, notDone } = await sort(new StoreAway('gone'), when);
      assert.equal(done, 1);
      assert.deepEqual(
        notDone.map(({ question, again }) => [question, again]),
        [
          [ids[1], true],
          [ids[2], true],
        ],
      );
      assert.match(notDone[0]!.words, /^This may not have been done: .*nothing happens twice\. \(fault 1\)$/);
      assert.match(notDone[1]!.words, /^Not done yet/);
      assert.deepEqual(await topics(), ['Culture', when === 'after' ? 'Culture' : undefined, undefined]);
      assert.deepEqual(await sort(), { done: 3, notDone: [] });
      assert.deepEqual(await topics(), ['Culture', 'Culture', 'Culture']);
    });

  it('goes on after a fault at one question, and tells nothing of it but its reference', async () => {
    const { done, notDone } = await sort(new Error('PLANTED'));
    assert.equal(done, 2);
    assert.deepEqual(
      notDone.map(({ question }) => question),
      [ids[1]],
    );
    assert.ok(!JSON.stringify(notDone).includes('PLANTED'));
    assert.equal(app.faults.length, 1);
    assert.deepEqual(await topics(), ['Culture', undefined, 'Culture']);
  });

  it('does not offer again what was refused', async () => {
    const { notDone } = await doAll({ deps: app.deps, say }, ids, () => Promise.resolve({ refused: 'busy' }));
    assert.equal(notDone.length, 3);
    for (const one of notDone) assert.ok(!('again' in one));
  });

  it('gives each question its own time at the store', async () => {
    const budgets: number[] = [];
    const within = (ms: number) => (budgets.push(ms), app.store);
    const deps = { ...app.deps, store: { ...app.store, within } };
    await doAll({ deps, say }, ids, () => Promise.resolve({ refused: 'busy' }));
    assert.deepEqual(budgets, [2000, 2000, 2000]);
  });
});
