import assert from 'node:assert/strict';
import { ask } from '../../bot/app/ask.ts';
import { publish } from '../../bot/app/curate.ts';
import { answer, decline, speak } from '../../bot/app/lead.ts';
import { owns } from '../../bot/app/mine.ts';
import { followUp, sign, withdraw } from '../../bot/app/own.ts';
import { type App, channelOf, freshId, must, openApp } from '../support/app.ts';
import { CHANNEL, ines, kofi, noor, omar } from '../support/cast.ts';

const INES = ines.aadObjectId;
const say = (question: string, words = 'And the people?', submission = freshId()) => ({ question, words, submission });

describe('what askers do with their own questions', () => {
  let app: App;
  let id: string;
  beforeEach(async () => {
    app = await openApp();
    await app.store.putChannel(channelOf());
    const form = { submission: freshId(), leader: INES, words: 'Why did we close Lyon?' };
    id = must(await ask(app.deps, app.hand(noor), form)).id;
  });
  afterEach(() => app.close());

  const answers = () => answer(app.deps, INES, say(id, 'I should have come.'));
  const publishes = () => publish(app.deps, kofi.aadObjectId, id, [CHANNEL.id]);

  it('follows up after the answer, and once for a form that comes again', async () => {
    must(await answers());
    const form = say(id, ' And the people?\u200B');
    const asked = must(await followUp(app.deps, app.hand(noor), form));
    must(await followUp(app.deps, app.hand(noor), form));
    assert.deepEqual((await app.question(id)).thread, asked.thread);
    assert.deepEqual(
      asked.thread.map(({ kind, words }) => [kind, words]),
      [['follow-up', 'And the people?']],
    );
  });

  it('writes a clarification before the answer, where the leader asked back', async () => {
    assert.deepEqual(await followUp(app.deps, app.hand(noor), say(id)), { refused: 'not-asked-back' });
    must(await speak(app.deps, INES, 'ask-back', say(id, 'Which part?')));
    const clarified = must(await followUp(app.deps, app.hand(noor), say(id, 'The timing.')));
    assert.equal(clarified.thread.at(-1)?.kind, 'clarification');
  });

  it('takes a clarification that met the answer on its way as a follow-up', async () => {
    must(await speak(app.deps, INES, 'ask-back', say(id, 'Which part?')));
    must(await answers());
    const asked = must(await followUp(app.deps, app.hand(noor), say(id, 'The timing.')));
    assert.equal(asked.thread.at(-1)?.kind, 'follow-up');
  });

  it('keeps nothing of the form in an entry’s id, so that ids of two people differ', async () => {
    must(await answers());
    const form = say(id);
    const asked = must(await followUp(app.deps, app.hand(noor), form));
    assert.notEqual(asked.thread[0]?.id, form.submission);
  });

  it('refuses blank and long words', async () => {
    must(await answers());
    assert.deepEqual(await followUp(app.deps, app.hand(noor), say(id, '\0')), { refused: 'blank' });
    const long = await followUp(app.deps, app.hand(noor), say(id, 'x'.repeat(2001)));
    assert.deepEqual(long, { refused: 'too-long', length: 2001, limit: 2000 });
  });

  it('is nobody else’s: who knows the id reads that it is not here', async () => {
    must(await answers());
    for (const person of [omar, ines, kofi]) {
      const hand = app.hand(person);
      const notFound = { refused: 'not-found' };
      assert.deepEqual(await followUp(app.deps, hand, say(id)), notFound, person.name);
      assert.deepEqual(await withdraw(app.deps, hand, id), notFound, person.name);
      assert.deepEqual(await sign(app.deps, hand, id, person.name), notFound, person.name);
    }
    assert.equal((await app.question(id)).state, 'answered');
  });

  it('withdraws: the words go, and what leads to the asker', async () => {
    must(await withdraw(app.deps, app.hand(noor), id));
    assert.equal((await app.question(id)).words, '');
    assert.equal(await app.store.seal(app.deps.sealer.sealId(id)), undefined);
    assert.ok(!(await owns(app.deps, app.hand(noor), id)));
  });

  it('withdraws an answer that nobody published, even as the leader answers', async () => {
    const [, withdrawn] = await Promise.all([answers(), withdraw(app.deps, app.hand(noor), id)]);
    assert.equal(must(withdrawn).state, 'withdrawn');
    assert.equal((await app.question(id)).state, 'withdrawn');
    assert.deepEqual(await answers(), { refused: 'not-open', state: 'withdrawn' });
  });

  it('erases nothing where a withdrawal is refused: published or declined', async () => {
    must(await answers());
    must(await publishes());
    assert.deepEqual(await withdraw(app.deps, app.hand(noor), id), { refused: 'published' });
    assert.ok(await owns(app.deps, app.hand(noor), id));
    assert.ok(await app.store.seal(app.deps.sealer.sealId(id)));

    const other = { submission: freshId(), leader: INES, words: 'Another one?' };
    const second = must(await ask(app.deps, app.hand(noor), other)).id;
    must(await decline(app.deps, INES, { question: second, reason: 'unclear', words: '' }));
    assert.deepEqual(await withdraw(app.deps, app.hand(noor), second), { refused: 'not-open', state: 'declined' });
    assert.ok(await owns(app.deps, app.hand(noor), second));
  });

  it('signs, one way', async () => {
    assert.equal(must(await sign(app.deps, app.hand(noor), id, noor.name)).signed, noor.name);
    assert.deepEqual(await sign(app.deps, app.hand(noor), id, 'Another Name'), { refused: 'already-signed' });
  });
});
