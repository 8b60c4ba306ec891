import assert from 'node:assert/strict';
import { cpSync, rmSync } from 'node:fs';
import sinon from 'sinon';
import { ask } from '../../bot/app/ask.ts';
import { type EpochDeps, tend } from '../../bot/app/epochs.ts';
import { answer, decline } from '../../bot/app/lead.ts';
import { mine } from '../../bot/app/mine.ts';
import { withdraw } from '../../bot/app/own.ts';
import { EpochGone, type Store } from '../../bot/app/ports.ts';
import { recount } from '../../bot/app/tally.ts';
import { openQuestions, vote } from '../../bot/app/vote.ts';
import { Keys } from '../../bot/seal/keys.ts';
import { makeOpener, makeSealer } from '../../bot/seal/sealer.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { attempt } from '../../bot/teams/outcome.ts';
import { addressOf, type App, dyingAt, freshId, must, openApp } from '../support/app.ts';
import { ines, noor, omar, type Person, TENANT } from '../support/cast.ts';
import { useFolder } from '../support/folder.ts';

const DAY = 86_400_000;
const INES = ines.aadObjectId;
const W48 = '2026-W48';

describe('epochs', () => {
  const folder = useFolder();
  let app: App;
  let keys: Keys;
  let store: Store;
  const keyFile = () => folder.file('keys', 'forthright.json');
  const database = () => folder.file('data', 'forthright.db');

  /** The bot as it starts on the folder: real files, real keys, a clock that the test holds. */
  const open = () => {
    [keys, store] = [Keys.open(keyFile()), openSqlite(database())];
    app.deps = { ...app.deps, store, sealer: makeSealer(keys, app.deps.clock) };
  };
  beforeEach(async () => {
    app = await openApp();
    open();
  });
  afterEach(async () => {
    sinon.restore();
    await store.close();
    await app.close();
  });

  const hand = (person: Person) =>
    app.deps.sealer.asker({ id: `${TENANT.id} ${person.aadObjectId}`, address: addressOf(person) });
  const asks = async (words: string) =>
    must(await ask(app.deps, hand(noor), { submission: freshId(), leader: INES, words })).id;
  const answers = async (id: string) =>
    must(await answer(app.deps, INES, { question: id, submission: freshId(), words: 'Because.' }));
  const own = async () => (await mine(app.deps, hand(noor))).map(({ words }) => words);
  const needs = (changed: Partial<EpochDeps> = {}): EpochDeps => {
    const { clock } = app.deps;
    const fault = (error: unknown) => app.deps.fault(error);
    return { store, ring: keys, clock, keep: { afterClose: 30, atMost: 90 }, fault, ...changed };
  };
  const looks = (passed = 0) => tend(needs(), passed);
  /** The bot runs for so many days, and looks twice a day. */
  const runs = async (days: number) => {
    for (let half = 0; half < days * 2; half += 1) {
      app.passes(DAY / 2);
      await looks(DAY / 2);
    }
  };
  const openSeal = async (question: string) => {
    const seal = await store.seal(app.deps.sealer.sealId(question));
    assert.ok(seal, 'There is no Seal to open');
    return makeOpener(keys).open(question, seal);
  };

  it('begin a week ahead, so that a turn of the week waits for nobody', async () => {
    await looks();
    assert.deepEqual(keys.epochs(), ['2026-W49', W48]);
    assert.equal(hand(noor).epochs()[0], W48, 'What is asked now belongs to this week');
  });

  it('are kept while a question of them is open, and 30 days longer', async () => {
    const ids = [await asks('first'), await asks('second'), await asks('third')];
    await runs(20);
    await answers(ids[0] ?? '');
    must(await decline(app.deps, INES, { question: ids[1] ?? '', reason: 'unclear', words: '' }));
    await runs(14);
    must(await withdraw(app.deps, hand(noor), ids[2] ?? ''));
    await runs(29);
    assert.ok(keys.epochs().includes(W48));
    assert.deepEqual(await own(), ['second', 'first']);
    await runs(3);
    assert.ok(!keys.epochs().includes(W48));
  });

  it('are gone 90 days after their end at the latest: nobody can be written to, the question stays in its queue', async () => {
    const id = await asks('never answered');
    must(await vote(app.deps, hand(omar), id, true));
    await recount({ store, clock: app.deps.clock, ring: keys, sealer: app.deps.sealer }, id);
    await runs(7 + 89);
    assert.deepEqual(await own(), ['never answered']);
    assert.deepEqual(await openSeal(id), addressOf(noor));
    await runs(2);
    assert.deepEqual(await own(), []);
    assert.equal(await store.seal(app.deps.sealer.sealId(id)), undefined);
    assert.equal(await store.votes(id), 0);
    const { questions, voted } = await openQuestions(app.deps, hand(omar), { leader: INES });
    assert.deepEqual([questions[0]?.words, questions[0]?.votes, voted.size], ['never answered', 1, 0]);
    for (const wanted of [true, false])
      assert.deepEqual(await vote(app.deps, hand(omar), id, wanted), { refused: 'too-old' });
    assert.deepEqual(await withdraw(app.deps, hand(noor), id), { refused: 'not-found' });
  });

  it('that are gone owe nobody a notice: it is dropped, and is not among what was given up', async () => {
    const id = await asks('answered late');
    await runs(7 + 91);
    await answers(id);
    await app.delivers(id);
    assert.ok(!app.courier.texts.includes('notice'));
    assert.deepEqual((await store.question(id))?.question.deliveries, []);
  });

  it('stay closed to a backup of the data from before their destruction', async () => {
    const id = await asks('What will stay secret?');
    must(await vote(app.deps, hand(omar), id, true));
    await store.close();
    cpSync(folder.file('data'), folder.file('backup'), { recursive: true });
    open();
    assert.deepEqual(await openSeal(id), addressOf(noor), 'The premise: until then it opens');
    await runs(7 + 91);

    await store.close();
    rmSync(folder.file('data'), { recursive: true });
    cpSync(folder.file('backup'), folder.file('data'), { recursive: true });
    open();
    assert.ok(await store.seal(app.deps.sealer.sealId(id)), 'The premise: the backup holds the Seal');
    assert.equal(await store.votes(id), 1, 'The premise: the backup holds the vote');
    await assert.rejects(openSeal(id), EpochGone);
    assert.throws(() => hand(noor).slipTag(W48, 0), EpochGone);
    assert.deepEqual(await own(), []);

    await answers(id);
    app.courier.reacts = async ({ text, sent }) =>
      text === 'notice' ? attempt(async () => ({ ...sent, ...(await openSeal(id)) })) : { sent };
    await app.delivers(id);
    assert.ok(app.courier.texts.includes('notice'), 'The premise: it was tried');
    assert.deepEqual((await store.question(id))?.question.deliveries, []);

    await looks();
    assert.equal(await store.seal(app.deps.sealer.sealId(id)), undefined);
    assert.equal(await store.votes(id), 0);
  });

  for (const when of ['before', 'after'] as const)
    it(`are destroyed to the last row, killed ${when} rows were erased`, async () => {
      const id = await asks('killed in the middle');
      await runs(7 + 89);
      app.passes(2 * DAY);
      const dying = dyingAt(store, 'eraseEpoch', when);
      await tend(needs({ store: dying }), 2 * DAY);
      assert.ok(!keys.epochs().includes(W48), 'The keys go first');
      assert.equal(app.faults.length, 1);
      await store.close();
      open();
      await looks();
      assert.equal(await store.seal(app.deps.sealer.sealId(id)), undefined);
    });

  it('outlive a bot that starts once with a clock a year ahead, and asks and tells as before', async () => {
    const id = await asks('in the right week');
    await looks();
    app.passes(365 * DAY);
    await store.close();
    open();
    await looks();
    const strange = await asks('in a week to come');
    app.passes(-365 * DAY);
    await store.close();
    open();
    await looks();
    await runs(1);
    assert.deepEqual((await own()).toSorted(), ['in a week to come', 'in the right week']);
    for (const question of [id, strange]) assert.deepEqual(await openSeal(question), addressOf(noor));
    await runs(7 + 92);
    assert.deepEqual(await own(), [], 'A week of a wrong clock is forgotten with the others');
  });

  it('outlive a clock that was set back a year, and what was asked meanwhile is kept as long as anything', async () => {
    await looks();
    app.passes(-365 * DAY);
    await looks();
    const id = await asks('long ago');
    await runs(1);
    app.passes(365 * DAY);
    await looks();
    await runs(80);
    assert.deepEqual(await openSeal(id), addressOf(noor));
    await runs(15);
    assert.deepEqual(await own(), []);
  });

  for (const [what, start, week, end] of [
    ['ISO week 53', '2026-12-31T12:00:00Z', '2026-W53', '2027-01-04T00:00:00Z'],
    ['the turn to summer time', '2027-03-27T23:30:00Z', '2027-W12', '2027-03-29T00:00:00Z'],
    ['the turn to winter time', '2027-10-30T22:30:00Z', '2027-W43', '2027-11-01T00:00:00Z'],
  ] as const)
    it(`of ${what} last as long as others`, async () => {
      app.now = new Date(start);
      const id = await asks(what);
      assert.equal((await store.question(id))?.question.week, week);
      const toEnd = (Date.parse(end) - Date.parse(start)) / DAY;
      await runs(toEnd + 89);
      assert.ok(keys.epochs().includes(week));
      await runs(2);
      assert.ok(!keys.epochs().includes(week));
    });

  it('that a vault does not let go stay, and hold up no other', async () => {
    await asks('in week 48');
    await runs(8);
    await asks('in week 49');
    await runs(86);
    app.passes(10 * DAY);
    const destroy = sinon.stub(keys, 'destroy').callThrough();
    destroy.withArgs('2026-W49').rejects(new Error('away'));
    await tend(needs(), 10 * DAY);
    assert.deepEqual([keys.epochs().includes('2026-W49'), keys.epochs().includes(W48)], [true, false]);
    assert.equal(app.faults.length, 1);
    destroy.restore();
    await looks();
    assert.ok(!keys.epochs().includes('2026-W49'));
  });

  it('are when the store is scattered: every hour while it is small, a larger one once a day', async () => {
    const scatter = sinon.spy(store, 'scatter');
    for (let hour = 0; hour < 24; hour += 1) {
      await looks(DAY / 24);
      app.passes(DAY / 24);
    }
    const sizes = scatter.args.map(([bytes]) => bytes);
    assert.deepEqual(
      [sizes.length, sizes.filter((bytes) => bytes === 10_000_000).length, Math.max(...sizes)],
      [24, 23, 100_000_000],
    );
  });
});
