import assert from 'node:assert/strict';
import { ask } from '../../bot/app/ask.ts';
import { agree, disagree, lift, propose } from '../../bot/app/block.ts';
import { decline } from '../../bot/app/lead.ts';
import { enter, gathered } from '../../bot/app/mix.ts';
import { withdraw } from '../../bot/app/own.ts';
import { vote } from '../../bot/app/vote.ts';
import type { Question } from '../../bot/domain/question.ts';
import { type App, freshId, must, openApp } from '../support/app.ts';
import { ana, ines, kaia, kofi, noor, omar } from '../support/cast.ts';

const DAY = 86_400_000;

const blockOf = (question: Question) => (question.state === 'declined' ? question.block : undefined);

describe('block', () => {
  let app: App;
  beforeEach(async () => {
    app = await openApp();
    const tags = app.hand(noor).blockTags();
    app.courier.reacts = async ({ text, sent }) => {
      const row = { tag: tags[0] ?? '', mark: 'mark', epoch: '2026-W48', until: '2026-11-30' };
      if (text === 'block') await app.store.addBlock(row);
      if (text === 'lift') await app.store.eraseBlock(row.mark);
      return { sent };
    };
  });
  afterEach(() => app.close());

  const asks = (person = noor) =>
    ask(app.deps, app.hand(person), { submission: freshId(), leader: ines.aadObjectId, words: 'You fool' });
  const declined = async (reason: 'respect' | 'unclear' = 'respect') => {
    const { id } = must(await asks());
    must(await decline(app.deps, ines.aadObjectId, { question: id, reason, words: '' }));
    return id;
  };
  const proposes = (question: string, changed: Partial<{ days: number; words: string }> = {}, by = kofi) =>
    propose(app.deps, by.aadObjectId, { question, days: 7, words: 'An insult', ...changed });
  const places = async (id: string) =>
    (await app.question(id)).places.filter(({ card }) => card === 'block').map(({ to }) => to);
  const agrees = (id: string, by = kaia) => agree(app.deps, by.aadObjectId, id);
  const disagrees = (question: string, by = kaia, words = 'It is a fair question') =>
    disagree(app.deps, by.aadObjectId, { question, words });
  const lifts = (question: string, by = ana, words = 'They said sorry') =>
    lift(app.deps, by.aadObjectId, { question, words });
  const standing = async () => {
    const id = await declined();
    must(await proposes(id));
    must(await agrees(id));
    await app.delivers(id);
    app.courier.forget();
    return id;
  };

  it('brings a card to curators and admins where a question is not respectful, and for no other reason', async () => {
    assert.deepEqual(
      await places(await declined()),
      [kofi, kaia, ana].map(({ aadObjectId }) => aadObjectId),
    );
    assert.deepEqual(await places(await declined('unclear')), []);
  });

  it('is recorded with both names, the reason and the day, and carried out once', async () => {
    const id = await declined();
    must(await proposes(id));
    must(await proposes(id));
    assert.deepEqual(
      await Promise.all([agrees(id), agrees(id, ana), agrees(id)]).then((all) => all.map((one) => 'refused' in one)),
      [false, false, false],
    );
    await app.delivers(id);
    const block = blockOf(await app.question(id));
    assert.equal(block?.state, 'standing');
    assert.deepEqual(
      [block.by.name, block.agreed?.name, block.reason, block.until],
      [kofi.name, kaia.name, 'An insult', '2026-11-30'],
    );
    assert.equal(app.courier.texts.filter((text) => text === 'block').length, 1);
  });

  it('refuses its author until the day has come, and then no more; others never', async () => {
    const id = await declined();
    must(await proposes(id));
    await app.delivers(id);
    must(await asks());
    must(await agrees(id));
    await app.delivers(id);
    assert.deepEqual(await asks(), { refused: 'blocked', until: '2026-11-30', appealTo: 'your administrator' });
    must(await asks(omar));
    app.passes(6.4 * DAY);
    assert.ok('refused' in (await asks()), 'on the last day');
    app.passes(0.2 * DAY);
    must(await asks());
  });

  it('needs a reason, 1 to 30 days, and a curator', async () => {
    const id = await declined();
    assert.deepEqual(await proposes(id, { words: ' ' }), { refused: 'blank' });
    for (const days of [0, 31, 1.5, Number.NaN]) assert.deepEqual(await proposes(id, { days }), { refused: 'no-days' });
    for (const person of [ines, ana, noor, omar])
      assert.deepEqual(await proposes(id, {}, person), { refused: 'not-allowed' });
    assert.equal(blockOf(await app.question(id)), undefined);
  });

  it('needs a second person: not the first again, no leader, nobody without a role', async () => {
    const id = await declined();
    assert.deepEqual(await agrees(id), { refused: 'not-proposed' });
    must(await proposes(id));
    assert.deepEqual(await agrees(id, kofi), { refused: 'same-person' });
    for (const person of [ines, noor, omar]) assert.deepEqual(await agrees(id, person), { refused: 'not-allowed' });
    assert.deepEqual(await proposes(id, {}, kaia), { refused: 'block-proposed', by: kofi.name });
    assert.equal(blockOf(await app.question(id))?.state, 'proposed');
  });

  it('is nothing that the leader of the question may do, a curator or not', async () => {
    const id = await declined();
    app.directory = { ...app.directory, curators: [...app.directory.curators, { id: ines.aadObjectId, name: 'Ines' }] };
    assert.deepEqual(await proposes(id, {}, ines), { refused: 'not-allowed' });
    must(await proposes(id));
    assert.deepEqual(await agrees(id, ines), { refused: 'not-allowed' });
  });

  it('takes neither an open question, nor one declined for another reason, nor one withdrawn', async () => {
    const open = must(await asks()).id;
    assert.deepEqual(await proposes(open), { refused: 'not-abusive' });
    assert.deepEqual(await proposes(await declined('unclear')), { refused: 'not-abusive' });
    must(await withdraw(app.deps, app.hand(noor), open));
    assert.deepEqual(await proposes(open), { refused: 'not-open', state: 'withdrawn' });
  });

  it('says that nobody could be stopped where the Seal is broken', async () => {
    const id = await declined();
    app.courier.reacts = ({ text, sent }) => (text === 'block' ? { permanent: 'seal-broken' } : { sent });
    must(await proposes(id));
    must(await agrees(id));
    await app.delivers(id);
    assert.equal(blockOf(await app.question(id))?.state, 'gone');
  });

  it('says that nobody could be stopped where the way back is gone', async () => {
    const id = await declined();
    must(await proposes(id));
    await app.store.eraseSeal(app.deps.sealer.sealId(id));
    must(await agrees(id));
    await app.delivers(id);
    assert.equal(blockOf(await app.question(id))?.state, 'gone');
    must(await asks());
  });

  it('is tried again while a vault is away', async () => {
    const id = await declined();
    const { reacts } = app.courier;
    app.courier.reacts = (call) => (call.text === 'block' ? { refused: 'vault-away' } : reacts(call));
    must(await proposes(id));
    must(await agrees(id));
    await app.delivers(id);
    assert.equal(blockOf(await app.question(id))?.state, 'agreed');
    app.courier.reacts = reacts;
    app.passes(3_600_000);
    await app.delivers(id);
    assert.equal(blockOf(await app.question(id))?.state, 'standing');
  });

  it('is turned down by a second person: both names and both reasons are kept, and nobody is stopped or told', async () => {
    const id = await declined();
    must(await proposes(id));
    await app.delivers(id);
    app.courier.forget();
    for (let n = 0; n < 2; n += 1) must(await disagrees(id));
    await app.delivers(id);
    const block = blockOf(await app.question(id));
    assert.deepEqual(
      [block?.state, block?.by.name, block?.reason, block?.ended],
      [
        'turned-down',
        kofi.name,
        'An insult',
        { by: { id: kaia.aadObjectId, name: kaia.name }, reason: 'It is a fair question' },
      ],
    );
    assert.deepEqual(
      new Set(app.courier.texts),
      new Set(['update block Kofi', 'update block Kaia', 'update block Ana']),
    );
    must(await asks());
  });

  it('once turned down, stays so: it is neither proposed again, by anybody, nor agreed, nor lifted', async () => {
    const id = await declined();
    must(await proposes(id));
    must(await disagrees(id));
    const refused = { refused: 'turned-down', by: kaia.name };
    assert.deepEqual(await proposes(id), refused);
    assert.deepEqual(await proposes(id, { words: 'Again' }), refused);
    assert.deepEqual(await proposes(id, {}, kaia), refused);
    assert.deepEqual(await agrees(id, ana), refused);
    assert.deepEqual(await disagrees(id, ana), refused);
    assert.deepEqual(await lifts(id), { refused: 'not-stopped' });
  });

  it('is turned down only by a second person of comms, with a reason, while it is proposed', async () => {
    const id = await declined();
    assert.deepEqual(await disagrees(id), { refused: 'not-proposed' });
    must(await proposes(id));
    assert.deepEqual(await disagrees(id, kaia, ' '), { refused: 'blank' });
    assert.deepEqual(await disagrees(id, kofi), { refused: 'same-person' });
    for (const person of [ines, noor, omar]) assert.deepEqual(await disagrees(id, person), { refused: 'not-allowed' });
    must(await agrees(id));
    assert.deepEqual(await disagrees(id, ana), { refused: 'agreed', by: kaia.name });
    assert.equal(blockOf(await app.question(id))?.state, 'agreed');
  });

  it('is lifted early by one person: who and why are kept, its author may ask, and is told after that', async () => {
    const id = await standing();
    assert.ok('refused' in (await asks()), 'the premise: she is stopped');
    for (let n = 0; n < 2; n += 1) must(await lifts(id));
    assert.equal(blockOf(await app.question(id))?.state, 'lifting');
    await app.delivers(id);
    const block = blockOf(await app.question(id));
    assert.deepEqual(
      [block?.state, block?.agreed?.name, block?.ended],
      ['lifted', kaia.name, { by: { id: ana.aadObjectId, name: ana.name }, reason: 'They said sorry' }],
    );
    const told = app.courier.texts.filter((text) => text === 'lift' || text === 'notice');
    assert.deepEqual(told, ['lift', 'notice']);
    must(await asks());
  });

  it('is lifted only while it stands, with a reason, by a curator or admin who is not the leader', async () => {
    const id = await declined();
    assert.deepEqual(await lifts(id), { refused: 'not-stopped' });
    must(await proposes(id));
    assert.deepEqual(await lifts(id), { refused: 'not-stopped' });
    must(await agrees(id));
    assert.deepEqual(await lifts(id), { refused: 'not-stopped' }, 'its row may be on its way');
    await app.delivers(id);
    assert.deepEqual(await lifts(id, ana, ''), { refused: 'blank' });
    app.directory = { ...app.directory, admins: [...app.directory.admins, { id: ines.aadObjectId, name: 'Ines' }] };
    for (const person of [ines, noor, omar]) assert.deepEqual(await lifts(id, person), { refused: 'not-allowed' });
    must(await lifts(id, kofi));
    assert.deepEqual(await lifts(id, kaia), { refused: 'not-stopped' });
  });

  it('is nothing to lift any more on the day it ends', async () => {
    const id = await standing();
    app.passes(7 * DAY);
    assert.deepEqual(await lifts(id), { refused: 'not-stopped' });
  });

  it('is lifted once a vault answers again, and its author is not told before', async () => {
    const id = await standing();
    const { reacts } = app.courier;
    app.courier.reacts = (call) => (call.text === 'lift' ? { refused: 'vault-away' } : reacts(call));
    must(await lifts(id));
    await app.delivers(id);
    assert.equal(blockOf(await app.question(id))?.state, 'lifting');
    assert.ok(!app.courier.texts.includes('notice'));
    app.courier.reacts = reacts;
    app.passes(3_600_000);
    await app.delivers(id);
    assert.equal(blockOf(await app.question(id))?.state, 'lifted');
    assert.ok(app.courier.texts.includes('notice'));
  });

  for (const [code, state] of Object.entries({ 'epoch-gone': 'lifted', 'seal-broken': 'standing' }))
    it(`that is to be lifted is ${state} where its row cannot be found: ${code}`, async () => {
      const id = await standing();
      app.courier.reacts = ({ text, sent }) => (text === 'lift' ? { permanent: code } : { sent });
      must(await lifts(id));
      await app.delivers(id);
      const question = await app.question(id);
      assert.equal(blockOf(question)?.state, state);
      assert.deepEqual(question.deliveries, []);
    });

  it('leaves votes to its author: they hold no words', async () => {
    const others = must(await asks(omar)).id;
    await standing();
    assert.ok('refused' in (await asks()), 'the premise: she is stopped');
    must(await vote(app.deps, app.hand(noor), others, true));
    await app.counts();
    assert.equal((await app.question(others)).votes, 1);
  });

  it('leaves alone what was taken before it came and still waits to be mixed: it enters', async () => {
    const id = await declined();
    app.policy.mixing = { size: 3, minutes: 30 };
    const waits = must(await asks()).id;
    must(await proposes(id));
    must(await agrees(id));
    await app.delivers(id);
    assert.ok('refused' in (await asks()), 'the premise: she is stopped');
    assert.equal(await app.store.question(waits), undefined, 'the premise: it waits');
    await enter(app.deps, await gathered(app.deps, assert.fail));
    assert.equal((await app.question(waits)).state, 'open');
  });
});
