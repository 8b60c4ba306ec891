import assert from 'node:assert/strict';
import sinon from 'sinon';
import { ask, type AskForm } from '../../bot/app/ask.ts';
import { mine } from '../../bot/app/mine.ts';
import { withdraw } from '../../bot/app/own.ts';
import type { Store } from '../../bot/app/ports.ts';
import { type App, dyingAt, freshId, must, openApp } from '../support/app.ts';
import { ines, noor, omar, otto } from '../support/cast.ts';
import { WORDS } from '../support/questions.ts';

const WEEK_MS = 7 * 86_400_000;
const form = (changed: Partial<AskForm> = {}): AskForm => ({
  submission: freshId(),
  leader: ines.aadObjectId,
  words: WORDS,
  ...changed,
});

describe('ask', () => {
  let app: App;
  beforeEach(async () => void (app = await openApp()));
  afterEach(async () => {
    sinon.restore();
    await app.close();
  });

  const asks = (asked = form(), person = noor) => ask(app.deps, app.hand(person), asked);
  const ownOf = (person = noor) => mine(app.deps, app.hand(person));
  const slips = async () => {
    const hand = app.hand(noor);
    const [epoch = ''] = hand.epochs();
    return (
      await app.store.slips(
        epoch,
        [0, 1, 2].map((n) => hand.slipTag(epoch, n)),
      )
    ).size;
  };
  const queue = () => app.store.list({ leader: ines.aadObjectId, state: 'open', limit: 100 });

  it('keeps the words as they were cleaned, the leader, the week, and who may not be known', async () => {
    const { id } = must(await asks(form({ words: `  ${WORDS}\u202E\n`, topic: 'Strategy' })));
    const kept = await app.question(id);
    assert.equal(kept.words, WORDS);
    assert.equal(kept.topic, 'Strategy');
    assert.equal(kept.week, '2026-W48');
    assert.equal(kept.signed, undefined);
    for (const secret of [noor.aadObjectId, noor.name, noor.conversationId])
      assert.ok(!JSON.stringify(kept).includes(secret));
    assert.equal(app.wakes, 1);
  });

  it('keeps a name only where the asker signs', async () =>
    assert.equal(must(await asks(form({ signed: noor.name }))).signed, noor.name));

  it('refuses blank and long words and a leader who is not on the list, and writes nothing', async () => {
    const writes = (['putSeal', 'addSlip', 'add'] as const).map((name) => sinon.spy(app.store, name));
    assert.deepEqual(await asks(form({ words: ' \u200B ' })), { refused: 'blank' });
    assert.deepEqual(await asks(form({ words: 'x'.repeat(2001) })), { refused: 'too-long', length: 2001, limit: 2000 });
    assert.deepEqual(await asks(form({ leader: omar.aadObjectId })), { refused: 'unknown-leader' });
    assert.deepEqual(
      writes.map(({ callCount }) => callCount),
      [0, 0, 0],
    );
  });

  it('drops a topic that is not on the list', async () =>
    assert.equal(must(await asks(form({ topic: 'Gossip about Otto' }))).topic, undefined));

  it('does not give two people the same question for the same submission', async () => {
    const same = form();
    const [noors, omars] = [must(await asks(same)), must(await asks(same, omar))];
    assert.notEqual(noors.id, omars.id);
    assert.equal((await ownOf()).length, 1);
  });

  it('takes the same submission again as one question, also after it was withdrawn', async () => {
    const same = form();
    const { id } = must(await asks(same));
    must(await asks(same));
    assert.deepEqual(
      (await ownOf()).map((question) => question.id),
      [id],
    );
    must(await withdraw(app.deps, app.hand(noor), id));
    must(await asks(same));
    assert.equal(await app.store.seal(app.deps.sealer.sealId(id)), undefined);
    assert.deepEqual(await ownOf(), []);
    assert.equal((await queue()).total, 0);
  });

  it('takes four of the same submission at once as one question', async () => {
    const same = form();
    const asked = await Promise.all(Array.from({ length: 4 }, () => asks(same)));
    assert.equal(new Set(asked.map((question) => must(question).id)).size, 1);
    assert.equal((await queue()).total, 1);
    assert.equal((await ownOf()).length, 1);
  });

  for (const method of ['putSeal', 'addSlip', 'add'] as const) {
    for (const when of ['before', 'after'] as const) {
      it(`is one question and one entry when the process dies ${when} ${method}, and the form is sent again`, async () => {
        const same = form();
        const dying: Store = dyingAt(app.store, method, when);
        await assert.rejects(ask({ ...app.deps, store: dying }, app.hand(noor), same), /killed/);
        assert.equal((await queue()).total, when === 'after' && method === 'add' ? 1 : 0);
        const { id } = must(await asks(same));
        assert.equal((await queue()).total, 1);
        assert.deepEqual(
          (await ownOf()).map((question) => question.id),
          [id],
        );
        assert.ok(await app.store.seal(app.deps.sealer.sealId(id)));
        assert.equal(await slips(), 1);
      });
    }
  }

  it('is one entry when the process dies on Sunday and the form is sent again on Monday', async () => {
    const same = form();
    await assert.rejects(ask({ ...app.deps, store: dyingAt(app.store, 'add', 'before') }, app.hand(noor), same));
    app.passes(WEEK_MS);
    must(await asks(same));
    assert.equal((await ownOf()).length, 1);
  });

  it('has no Seal and no Slip that names the question', async () => {
    const putSeal = sinon.spy(app.store, 'putSeal');
    const addSlip = sinon.spy(app.store, 'addSlip');
    const { id } = must(await asks());
    assert.ok(!JSON.stringify([putSeal.args, addSlip.args]).includes(id));
  });

  it('finds 40 questions of one person, and none of another’s', async () => {
    for (let n = 0; n < 40; n += 1) must(await asks(form({ words: `Question ${n}` })));
    must(await asks(form({ leader: otto.aadObjectId, words: 'Omar’s' }), omar));
    assert.deepEqual(
      (await ownOf()).map(({ words }) => words),
      Array.from({ length: 40 }, (_, n) => `Question ${39 - n}`),
    );
    assert.equal((await ownOf(omar)).length, 1);
  });
});
