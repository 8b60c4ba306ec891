import assert from 'node:assert/strict';
import { ask } from '../../bot/app/ask.ts';
import { claim, CLAIM_MS, claimsNow, release } from '../../bot/app/claim.ts';
import { publish } from '../../bot/app/curate.ts';
import { answer } from '../../bot/app/lead.ts';
import { type App, channelOf, freshId, must, openApp } from '../support/app.ts';
import { ana, CHANNEL, devi, ines, kaia, kofi, noor, omar } from '../support/cast.ts';

describe('a claim on a question', () => {
  let app: App;
  let question: string;
  beforeEach(async () => {
    app = await openApp();
    await app.store.putChannel(channelOf());
    const form = { submission: freshId(), leader: ines.aadObjectId, words: 'Why did we close Lyon?' };
    question = must(await ask(app.deps, app.hand(noor), form)).id;
  });
  afterEach(() => app.close());

  const claims = (person = kofi, over = false) => claim(app.deps, person.aadObjectId, { question, over });
  const holder = async () => (await claimsNow(app.deps)).get(question)?.name;

  it('is told with the name of whoever made it', async () => {
    assert.equal(await claims(), undefined);
    assert.equal(await holder(), kofi.name);
  });

  it('is refused while somebody else has it, with their name, and taken over by whoever read that', async () => {
    await claims();
    assert.deepEqual(await claims(kaia), { refused: 'claimed', by: kofi.name });
    assert.equal(await holder(), kofi.name);
    assert.equal(await claims(kaia, true), undefined);
    assert.equal(await holder(), kaia.name);
  });

  it('lasts for half an hour from when it was made last', async () => {
    await claims();
    app.passes(CLAIM_MS - 1);
    await claims();
    app.passes(CLAIM_MS - 1);
    assert.equal(await holder(), kofi.name);
    app.passes(1);
    assert.equal(await holder(), undefined);
    assert.equal(await claims(kaia), undefined);
  });

  it('is let go of, unless somebody has taken it over', async () => {
    await claims();
    await claims(kaia, true);
    await release(app.deps, kofi.aadObjectId, question);
    assert.equal(await holder(), kaia.name);
    await release(app.deps, kaia.aadObjectId, question);
    assert.equal(await holder(), undefined);
  });

  it('is no lock: another curator publishes all the same', async () => {
    await claims();
    const form = { question, submission: freshId(), words: 'It was empty.' };
    must(await answer(app.deps, ines.aadObjectId, form));
    must(await publish(app.deps, kaia.aadObjectId, question, [CHANNEL.id]));
  });

  it('leaves the question as it is: no revision, no version, no history', async () => {
    const before = await app.store.question(question);
    await claims();
    assert.deepEqual(await app.store.question(question), before);
  });

  it('is for curators alone, and for what is there', async () => {
    for (const person of [ines, devi, omar, ana]) {
      assert.deepEqual(await claims(person), { refused: 'not-allowed' });
      assert.deepEqual(await release(app.deps, person.aadObjectId, question), { refused: 'not-allowed' });
    }
    assert.deepEqual(await claim(app.deps, kofi.aadObjectId, { question: 'another' }), { refused: 'not-found' });
    assert.equal(await holder(), undefined);
  });

  it('of whoever is no curator any more counts for nothing', async () => {
    await claims();
    app.directory = { ...app.directory, curators: app.directory.curators.filter(({ id }) => id !== kofi.aadObjectId) };
    assert.equal(await holder(), undefined);
    assert.equal(await claims(kaia), undefined, 'and is in nobody’s way');
  });
});
