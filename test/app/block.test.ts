import assert from 'node:assert/strict';
import { ask } from '../../bot/app/ask.ts';
import { agree, propose } from '../../bot/app/block.ts';
import { decline } from '../../bot/app/lead.ts';
import { withdraw } from '../../bot/app/own.ts';
import type { Question } from '../../bot/domain/question.ts';
import { type App, freshId, must, openApp } from '../support/app.ts';
import { ana, ines, kaia, kofi, noor, omar } from '../support/cast.ts';

const DAY = 86_400_000;

const blockOf = (question: Question) => (question.state === 'declined' ? question.block : undefined);

describe('block', () => {
  let app: App;
  beforeEach(() => {
    app = openApp();
    const tags = app.hand(noor).blockTags();
    app.courier.reacts = async ({ text, sent }) => {
      if (text === 'block') await app.store.addBlock({ tag: tags[0] ?? '', epoch: '2026-W48', until: '2026-11-30' });
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
});
