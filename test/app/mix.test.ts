import assert from 'node:assert/strict';
import sinon from 'sinon';
import { ask, type AskForm } from '../../bot/app/ask.ts';
import { mine } from '../../bot/app/mine.ts';
import { enter, find, gathered, wait } from '../../bot/app/mix.ts';
import { withdraw } from '../../bot/app/own.ts';
import type { Store } from '../../bot/app/ports.ts';
import type { Asking } from '../../bot/domain/question.ts';
import { type App, dyingAt, freshId, must, openApp } from '../support/app.ts';
import { ines, noor, omar, otto } from '../support/cast.ts';
import { chiSquare, seeded } from '../support/chance.ts';
import { owed, WORDS } from '../support/questions.ts';

const WEEK_MS = 7 * 86_400_000;
const form = (changed: Partial<AskForm> = {}): AskForm => ({
  submission: freshId(),
  leader: ines.aadObjectId,
  words: WORDS,
  ...changed,
});
const BOTH = ['before', 'after'] as const;

describe('a question that waits', () => {
  let app: App;
  beforeEach(async () => {
    app = await openApp();
    app.policy.mixing = { size: 3, minutes: 30 };
  });
  afterEach(async () => {
    sinon.restore();
    await app.close();
  });

  const withStore = (store: Store) => ({ ...app.deps, store });
  const asks = (asked = form(), person = noor) => ask(app.deps, app.hand(person), asked);
  const ownOf = (person = noor) => mine(app.deps, app.hand(person));
  const total = async () => (await app.store.list({ leader: ines.aadObjectId, state: 'open', limit: 100 })).total;
  const waiting = async () => (await app.store.allWaiting()).length;
  const crowd = () => gathered(app.deps, (_, error) => assert.fail(String(error)));
  const mixes = async (store: Store = app.store) => {
    const askings = await gathered(withStore(store), (_, error) => assert.fail(String(error)));
    return enter(withStore(store), askings);
  };
  const seal = (id: string) => app.store.seal(app.deps.sealer.sealId(id));
  const isGone = async (id: string) => {
    assert.deepEqual([await total(), await waiting()], [0, 0]);
    assert.deepEqual(await ownOf(), []);
    assert.equal(await seal(id), undefined);
  };

  it('is in no queue, and its asker alone finds it on its way, with its words', async () => {
    const { id } = must(await asks(form({ topic: 'Strategy', signed: noor.name })));
    assert.deepEqual([await total(), await waiting()], [0, 1]);
    assert.equal(await app.store.question(id), undefined);
    const [own] = await ownOf();
    const { words, topic, signed, week, state } = own as Asking & { state: string };
    assert.deepEqual([words, topic, signed, week, state], [WORDS, 'Strategy', noor.name, '2026-W48', 'waiting']);
    assert.deepEqual(await ownOf(omar), []);
    assert.equal(app.wakes, 1, 'and whoever lets it in is told');
  });

  it('enters with what it then owes, as if it had not waited, and leaves no row', async () => {
    const { id } = must(await asks(form({ topic: 'Strategy', signed: noor.name })));
    await mixes();
    const question = await app.question(id);
    assert.equal(question.state, 'open');
    assert.deepEqual(owed(question), [`card:question:${ines.aadObjectId}`]);
    assert.deepEqual([question.words, question.topic, question.signed], [WORDS, 'Strategy', noor.name]);
    assert.equal(await waiting(), 0);
    assert.deepEqual(
      (await ownOf()).map(({ state }) => state),
      ['open'],
    );
  });

  it('keeps the week of its asking: that of its Seal, whose keys must outlive it', async () => {
    app.now = new Date('2026-11-29T23:59:00Z');
    const { id } = must(await asks());
    app.passes(5 * 60_000);
    await mixes();
    assert.equal((await app.question(id)).week, '2026-W48');
    assert.equal((await seal(id))?.epoch, '2026-W48');
  });

  it('does not wait where a crowd of one, or no time, is asked for', async () => {
    for (const mixing of [
      { size: 1, minutes: 30 },
      { size: 3, minutes: 0 },
    ]) {
      app.policy.mixing = mixing;
      const { id } = must(await asks());
      assert.equal((await app.question(id)).state, 'open');
      assert.equal(await waiting(), 0);
    }
  });

  it('is one, however often the form is sent: while it waits, after it entered, a week later, four times at once', async () => {
    const same = form();
    const { id } = must(await asks(same));
    must(await asks({ ...same, words: 'Other words' }));
    assert.equal(await waiting(), 1);
    app.passes(WEEK_MS);
    must(await asks(same));
    assert.equal(await waiting(), 1);
    await mixes();
    must(await asks(same));
    assert.deepEqual([await total(), await waiting(), (await app.question(id)).words], [1, 0, WORDS]);
    const other = form();
    await Promise.all(Array.from({ length: 4 }, () => asks(other)));
    assert.equal(await waiting(), 1);
    await mixes();
    assert.deepEqual([await total(), (await ownOf()).length], [2, 2]);
  });

  it('is not there again when a slower twin of the form arrives after it entered, or was taken back', async () => {
    const asking = { id: freshId(), leader: ines.aadObjectId, words: WORDS, week: '2026-W48' };
    await wait(app.deps, asking);
    await mixes();
    await wait(app.deps, asking);
    assert.deepEqual([await total(), await waiting()], [1, 0]);
  });

  for (const method of ['putSeal', 'addSlip', 'addWaiting'] as const) {
    for (const when of BOTH) {
      it(`is one when the process dies ${when} ${method}, and the form is sent again`, async () => {
        const same = form();
        await assert.rejects(ask(withStore(dyingAt(app.store, method, when)), app.hand(noor), same), /killed/);
        assert.equal(await waiting(), when === 'after' && method === 'addWaiting' ? 1 : 0);
        const { id } = must(await asks(same));
        assert.equal(await waiting(), 1);
        await mixes();
        assert.deepEqual([await total(), await waiting()], [1, 0]);
        assert.deepEqual(
          (await ownOf()).map((own) => own.id),
          [id],
        );
        assert.ok(await seal(id));
      });
    }
  }

  for (const method of ['add', 'question', 'eraseWaiting'] as const) {
    for (const when of BOTH) {
      for (const nth of [1, 2, 3]) {
        it(`is neither lost nor doubled when the process dies ${when} ${method} number ${nth} of a mix`, async () => {
          for (let n = 0; n < 3; n += 1) must(await asks());
          // A row of an entered question makes the mix look at that question as well.
          if (method === 'question') await mixes(dyingAt(app.store, 'eraseWaiting', 'before')).catch(() => {});
          const dying = dyingAt(app.store, method, when, method === 'question' ? 1 : nth);
          await assert.rejects(mixes(dying), /killed/);
          assert.equal((await ownOf()).length, 3, 'its asker finds each of them once');
          await mixes();
          assert.deepEqual([await total(), await waiting(), (await ownOf()).length], [3, 0, 3]);
        });
      }
    }
  }

  it('enters once where two instances let it in at once', async () => {
    for (let n = 0; n < 3; n += 1) must(await asks());
    const askings = await crowd();
    await Promise.all([enter(app.deps, askings), enter(app.deps, askings)]);
    assert.deepEqual([await total(), await waiting()], [3, 0]);
  });

  it('counts for nobody’s cover once it entered, though a crash left its wait behind', async () => {
    must(await asks());
    await assert.rejects(mixes(dyingAt(app.store, 'eraseWaiting', 'before')), /killed/);
    const { id } = must(await asks());
    assert.deepEqual([await total(), await waiting()], [1, 2], 'the premise');
    assert.deepEqual(
      (await crowd()).map((asking) => asking.id),
      [id],
    );
    assert.deepEqual([await total(), await waiting()], [1, 1]);
  });

  it('does not hold up the others when it cannot be opened: it is told, and stays', async () => {
    must(await asks());
    const row = (await app.store.allWaiting())[0];
    assert.ok(row);
    await app.store.addWaiting({ ...row, id: freshId() });
    const told: string[] = [];
    const askings = await gathered(app.deps, (id) => void told.push(id));
    assert.deepEqual([askings.length, told.length], [1, 1]);
    await enter(app.deps, askings);
    assert.deepEqual([await total(), await waiting()], [1, 1]);
  });

  describe('and is taken back', () => {
    it('is gone at once: no row, no Seal, nothing in the queue, nobody told, also when the form is sent again', async () => {
      const same = form();
      const { id } = must(await asks(same));
      must(await withdraw(app.deps, app.hand(noor), id));
      await isGone(id);
      assert.deepEqual(owed(await app.question(id)), []);
      assert.equal((await app.question(id)).words, '');
      must(await asks(same));
      await mixes();
      await isGone(id);
    });

    it('can only be by its asker', async () => {
      const { id } = must(await asks());
      assert.deepEqual(await withdraw(app.deps, app.hand(omar), id), { refused: 'not-found' });
      assert.equal(await waiting(), 1);
    });

    it('does not enter by a mix that read it before', async () => {
      const { id } = must(await asks());
      const askings = await crowd();
      must(await withdraw(app.deps, app.hand(noor), id));
      await enter(app.deps, askings);
      await isGone(id);
    });

    it('is withdrawn as any other where it enters at that moment: then the leader is told', async () => {
      const { id } = must(await asks());
      const add = app.store.add.bind(app.store);
      const entering = sinon.stub(app.store, 'add').callsFake(async (question) => {
        entering.restore();
        await mixes();
        return add(question);
      });
      must(await withdraw(app.deps, app.hand(noor), id));
      await isGone(id);
      assert.ok(owed(await app.question(id)).includes(`tell:${ines.aadObjectId}:withdrawn`));
    });

    for (const method of ['add', 'eraseWaiting', 'eraseSeal', 'putSlip'] as const) {
      for (const when of BOTH) {
        it(`is gone in the end when the process dies ${when} ${method}`, async () => {
          const { id } = must(await asks());
          await assert.rejects(withdraw(withStore(dyingAt(app.store, method, when)), app.hand(noor), id), /killed/);
          if (method === 'add' && when === 'before') must(await withdraw(app.deps, app.hand(noor), id));
          await mixes();
          assert.deepEqual([await total(), await waiting(), await seal(id)], [0, 0, undefined]);
          await isGone(id);
        });
      }
    }
  });

  it('is found where it entered between two looks', async () => {
    const { id } = must(await asks());
    const look = app.store.waiting.bind(app.store);
    sinon.stub(app.store, 'waiting').callsFake(async (row) => {
      await mixes();
      return look(row);
    });
    assert.equal((await find(app.deps, id))?.state, 'open');
  });

  /** Pearson's chi-square, 23 degrees of freedom: a fair order exceeds this once in a thousand times. */
  const CHI_SQUARE_LIMIT = 49.73;
  const BATCHES = 2400;

  async function orders(chance: () => number): Promise<string[]> {
    const entered: string[] = [];
    const store = {
      add: async ({ id }: { id: string }) => Boolean(entered.push(id)),
      eraseWaiting: async () => {},
    } as unknown as Store;
    const askings = ['a', 'b', 'c', 'd'].map((id) => ({ id, leader: otto.aadObjectId, words: id, week: '2026-W48' }));
    for (let n = 0; n < BATCHES; n += 1)
      await enter({ ...withStore(store), ids: { ...app.deps.ids, chance } }, askings);
    return Array.from({ length: BATCHES }, (_, n) => entered.slice(n * 4, n * 4 + 4).join(''));
  }

  it('enters in an order unrelated to that of asking: Pearson’s chi-square over all 24 orders of four questions', async () => {
    for (const seed of [1, 2, 3]) {
      const statistic = chiSquare(await orders(seeded(seed)), 24);
      assert.ok(statistic < CHI_SQUARE_LIMIT, `seed ${seed}: ${statistic}`);
    }
  });

  it('would be seen by that statistic where it entered in order, or where chance were a little unfair', async () => {
    assert.ok(chiSquare(await orders(() => 0), 24) > 100 * CHI_SQUARE_LIMIT);
    const fair = seeded(1);
    assert.ok(chiSquare(await orders(() => fair() ** 1.3), 24) > CHI_SQUARE_LIMIT);
  });
});
