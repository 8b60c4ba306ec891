import assert from 'node:assert/strict';
import { ask } from '../../../bot/app/ask.ts';
import { decline } from '../../../bot/app/lead.ts';
import { withdraw } from '../../../bot/app/own.ts';
import { type App, freshId, must, openApp } from '../../support/app.ts';
import { ana, ines, kaia, kofi, noor, omar, type Person } from '../../support/cast.ts';
import { type DeskApi, openDeskApi } from '../../support/desk-api.ts';

const on = (id: string, act: string) => `/api/questions/${id}/${act}`;

describe('Curation at the desk', () => {
  let app: App;
  let desk: DeskApi;
  let a: string;
  let b: string;
  beforeEach(async () => {
    app = await openApp();
    desk = await openDeskApi(app);
    a = await asks(noor, 'Why did the Lyon office close?');
    b = await asks(omar, 'When did the Lyon office close, and why?');
  });
  afterEach(async () => {
    await desk.stop();
    await app.close();
  });

  const asks = async (person: Person, words: string) =>
    must(await ask(app.deps, app.hand(person), { submission: freshId(), leader: ines.aadObjectId, words })).id;
  const shown = async (id: string, who = kofi) => (await desk.get(who, on(id, 'curation'))).body;
  const mine = async (who: Person) => (await desk.get(who, '/api/mine')).body.questions[0];

  it('merges, shows both sides, and undoes it', async () => {
    const merged = await desk.post(kofi, on(b, 'merge'), { into: a });
    assert.equal(merged.status, 200);
    assert.equal(merged.body.merged.into.question, a);
    assert.equal(merged.body.merged.by, kofi.name);
    assert.deepEqual(merged.body.may, { ...merged.body.may, merge: false, unmerge: true });
    assert.deepEqual((await shown(a)).carries, [{ question: b, words: 'When did the Lyon office close, and why?' }]);
    const undone = await desk.post(kofi, on(b, 'unmerge'));
    assert.equal(undone.body.merged, undefined);
    assert.deepEqual((await shown(a)).carries, []);
  });

  it('finds what may ask the same, the likeliest first, and not itself', async () => {
    await asks(noor, 'What about pay?');
    const third = await asks(noor, 'Does the Lyon team move?');
    const { questions } = (await desk.get(kofi, on(a, 'similar'))).body;
    assert.deepEqual(
      questions.map(({ question }: { question: string }) => question),
      [b, third],
    );
  });

  it('shows each asker their own words, those of the other, and the same answer', async () => {
    await desk.post(kofi, on(b, 'merge'), { into: a });
    const [noors, omars] = [await mine(noor), await mine(omar)];
    assert.equal(omars.question, b);
    assert.equal(omars.words, 'When did the Lyon office close, and why?');
    assert.deepEqual(omars.wordings, [{ words: 'Why did the Lyon office close?' }]);
    assert.deepEqual(noors.wordings, [{ words: 'When did the Lyon office close, and why?' }]);
    assert.doesNotMatch(JSON.stringify(omars), new RegExp(a), 'The id of what somebody else asked is none of theirs');
  });

  it('proposes words, which only the asker sees as a diff, and only they put in place', async () => {
    const form = { submission: freshId(), words: 'Why did an office close?', reason: 'It names a place.' };
    const proposed = await desk.post(kofi, on(a, 'edit'), form);
    assert.equal(proposed.body.edit.state, 'proposed');
    const { edit, words } = await mine(noor);
    assert.equal(words, 'Why did the Lyon office close?');
    assert.deepEqual([edit.by, edit.reason], [kofi.name, 'It names a place.']);
    assert.deepEqual(
      edit.changes.filter(({ is }: { is: string }) => is !== 'kept').map(({ text }: { text: string }) => text.trim()),
      ['the Lyon', 'an'],
    );
    const answer = { question: a, proposal: edit.proposal, agrees: true };
    assert.equal((await desk.post(omar, '/api/mine/edit', answer)).status, 404, 'it is nobody else’s');
    assert.equal((await desk.post(noor, '/api/mine/edit', answer)).status, 200);
    assert.deepEqual([(await mine(noor)).words, (await mine(noor)).edited], ['Why did an office close?', true]);
    assert.equal((await desk.post(noor, '/api/mine/edit', answer)).status, 409, 'it is no longer there');
  });

  it('tells comms that the asker did not agree, and no more', async () => {
    const form = { submission: freshId(), words: 'Why?', reason: 'It names a place.' };
    await desk.post(kofi, on(a, 'edit'), form);
    await desk.post(noor, '/api/mine/edit', { question: a, proposal: form.submission, agrees: false });
    assert.deepEqual((await shown(a)).edit, { state: 'refused', by: kofi.name });
  });

  it('sorts many at once, and says of each for which it could not', async () => {
    must(await withdraw(app.deps, app.hand(omar), b));
    const { body } = await desk.post(kofi, '/api/topics', { questions: [a, b], topic: 'Culture' });
    assert.equal(body.done, 1);
    assert.equal(body.notDone[0].question, b);
    assert.equal((await shown(a)).topic, 'Culture');
    assert.equal((await desk.post(kofi, '/api/topics', { questions: [a], topic: 'Gossip' })).body.done, 0);
    await desk.post(kofi, '/api/topics', { questions: [a] });
    assert.equal((await shown(a)).topic, undefined);
  });

  it('declines as comms, which the Register says', async () => {
    const { status } = await desk.post(kofi, on(a, 'decline'), { reason: 'unclear', words: '' });
    assert.equal(status, 200);
    const { body } = await desk.get(omar, `/api/register?leader=${ines.aadObjectId}`);
    assert.equal(body.questions[0].role, 'curator');
  });

  it('blocks an abusive author by two people, and lifts it by one', async () => {
    must(await decline(app.deps, ines.aadObjectId, { question: a, reason: 'respect', words: '' }));
    assert.equal((await shown(a)).may.block, true);
    await desk.post(kofi, on(a, 'block'), { days: 7, words: 'An insult.' });
    assert.equal((await desk.post(kofi, on(a, 'block/agree'))).status, 403, 'not the same person');
    assert.equal((await shown(a, ana)).may.agree, true);
    const agreed = await desk.post(ana, on(a, 'block/agree'));
    assert.deepEqual([agreed.body.block.state, agreed.body.block.agreed], ['agreed', ana.name]);
    assert.equal((await desk.post(kaia, on(a, 'block'), { days: 0, words: 'x' })).status, 422);
  });

  it('is for curators: a leader, an admin and everybody else are refused', async () => {
    for (const who of [ines, omar, ana]) {
      for (const [act, body] of [
        ['merge', { into: a }],
        ['unmerge', {}],
        ['edit', { submission: freshId(), words: 'x', reason: 'y' }],
        ['decline', { reason: 'unclear', words: '' }],
      ] as const)
        assert.equal((await desk.post(who, on(b, act), body)).status, 403, `${who.name} ${act}`);
      assert.equal((await desk.post(who, '/api/topics', { questions: [a] })).status, 403);
    }
  });
});
