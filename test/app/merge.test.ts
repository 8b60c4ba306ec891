import assert from 'node:assert/strict';
import { ask } from '../../bot/app/ask.ts';
import { decideEdit, proposeEdit } from '../../bot/app/edit.ts';
import { declineAsCurator, publish, setTopic } from '../../bot/app/curate.ts';
import { answer, decline } from '../../bot/app/lead.ts';
import { merge, unmerge } from '../../bot/app/merge.ts';
import { asSeen, carryWording } from '../../bot/app/wordings.ts';
import { followUp, sign, withdraw } from '../../bot/app/own.ts';
import { openQuestions, vote } from '../../bot/app/vote.ts';
import { type App, channelOf, dyingAt, freshId, must, openApp } from '../support/app.ts';
import { ana, CHANNEL, crowd, devi, ines, kaia, kofi, noor, omar, otto, type Person } from '../support/cast.ts';

const says = (question: string, words = 'And then?') => ({ question, words, submission: freshId() });
const [INES, KOFI] = [ines.aadObjectId, kofi.aadObjectId];

describe('a curator who merges duplicates', () => {
  let app: App;
  let a: string;
  let b: string;
  beforeEach(async () => {
    app = await openApp();
    await app.store.putChannel(channelOf());
    a = await asks(noor, 'Why did we close Lyon?');
    b = await asks(omar, 'What about Lyon?');
  });
  afterEach(() => app.close());

  const asks = async (person: Person, words: string, leader = INES) =>
    must(await ask(app.deps, app.hand(person), { submission: freshId(), leader, words })).id;
  const merges = (id = b, into = a, actor = KOFI) => merge(app.deps, actor, id, into);
  const answers = (id = a, words = 'Because.') =>
    answer(app.deps, INES, { question: id, submission: freshId(), words });
  const votes = async (person: Person, id: string, wanted = true) => vote(app.deps, app.hand(person), id, wanted);
  const proposes = async (words = 'What about the office?', id = b) => {
    const form = { question: id, submission: freshId(), words, reason: 'It names a place.' };
    must(await proposeEdit(app.deps, KOFI, form));
    return form.submission;
  };
  const decides = (proposal: string, agrees: boolean, person = omar, question = b) =>
    decideEdit(app.deps, app.hand(person), { question, proposal, agrees });
  const wordings = async (id = a) => (await app.question(id)).wordings?.map(({ words }) => words) ?? [];
  const counted = async (id = a) => {
    await app.counts();
    return (await app.question(id)).votes;
  };

  it('finds every wording with the question that stays, at once', async () => {
    const merged = must(await merges());
    assert.equal(merged.state, 'merged');
    assert.deepEqual(await wordings(), ['What about Lyon?']);
  });

  it('has to be one: nobody else may merge, or undo', async () => {
    for (const person of [noor, omar, ines, devi, ana]) {
      assert.deepEqual(await merges(b, a, person.aadObjectId), { refused: 'not-allowed' }, person.name);
    }
    must(await merges());
    assert.deepEqual(await unmerge(app.deps, INES, b), { refused: 'not-allowed' });
    assert.deepEqual(await merges(b, 'no such'), { refused: 'not-found' });
  });

  it('merges for another leader as well', async () => {
    const others = await asks(noor, 'Does Otto know of Lyon?', otto.aadObjectId);
    must(await merges(others));
    assert.deepEqual(await wordings(), ['Does Otto know of Lyon?']);
  });

  it('goes where a merged question went: there are no chains', async () => {
    const c = await asks(noor, 'Lyon?');
    must(await merges());
    must(await merges(c, b));
    assert.deepEqual(await wordings(), ['What about Lyon?', 'Lyon?']);
    assert.deepEqual(await merges(a, await asks(noor, 'Else?')), { refused: 'carries-others' });
  });

  it('never leaves a chain where two merge at once', async () => {
    const c = await asks(noor, 'Lyon?');
    await Promise.all([merges(b, a), merge(app.deps, kaia.aadObjectId, a, c)]);
    for (const id of [a, b, c]) await app.delivers(id);
    for (const id of [a, b]) {
      const question = await app.question(id);
      if (question.state !== 'merged') continue;
      const into = await app.question(question.into);
      assert.notEqual(into.state, 'merged');
      assert.ok(into.wordings?.some((wording) => wording.id === id));
    }
  });

  it('tells each asker: of the merge, and of the answer, which both read under their own question', async () => {
    must(await merges());
    await app.delivers(b);
    await app.delivers(a);
    app.courier.forget();
    must(await answers());
    await app.delivers(a);
    assert.equal(app.courier.texts.filter((text) => text === 'notice').length, 2);
    const seen = await asSeen(app.deps, await app.question(b));
    assert.ok(seen.state === 'answered' && seen.words === 'What about Lyon?');
    assert.equal(seen.answer.words, 'Because.');
  });

  it('undoes it: the question is open as it was, and may be answered for itself', async () => {
    must(await merges());
    must(await unmerge(app.deps, KOFI, b));
    assert.deepEqual(await wordings(), []);
    assert.equal(must(await answers(b)).state, 'answered');
    assert.equal((await app.question(a)).state, 'open');
  });

  for (const when of ['before', 'after'] as const) {
    it(`loses nothing where the bot dies ${when} it saved the question that stays`, async () => {
      const deps = { ...app.deps, store: dyingAt(app.store, 'save', when, 2) };
      await assert.rejects(merge(deps, KOFI, b, a), /killed/);
      assert.equal((await app.question(b)).state, 'merged');
      await app.delivers(b);
      assert.deepEqual(await wordings(), ['What about Lyon?']);
    });
  }

  it('opens it again where the other one cannot carry it after all', async () => {
    const deps = { ...app.deps, store: dyingAt(app.store, 'save', 'before', 2) };
    await assert.rejects(merge(deps, KOFI, b, a), /killed/);
    must(await decline(app.deps, INES, { question: a, reason: 'unclear', words: '' }));
    await app.delivers(b);
    assert.equal((await app.question(b)).state, 'open');
  });

  it('opens it again where the other one is taken back', async () => {
    must(await merges());
    must(await withdraw(app.deps, app.hand(noor), a));
    await app.delivers(a);
    const question = await app.question(b);
    assert.deepEqual([question.state, question.words], ['open', 'What about Lyon?']);
  });

  it('leaves each asker their own: follow-ups reach the leader, and what is taken back goes', async () => {
    must(await merges());
    must(await answers());
    must(await followUp(app.deps, app.hand(omar), says(b)));
    assert.deepEqual(
      (await app.question(a)).thread.map(({ words, of }) => [words, of]),
      [['And then?', b]],
    );
    assert.deepEqual(await followUp(app.deps, app.hand(omar), says(a)), { refused: 'not-found' }, 'A is not theirs');
    must(await sign(app.deps, app.hand(omar), b, omar.name));
    assert.equal((await app.question(a)).wordings?.[0]?.signed, omar.name);
    assert.equal((await app.question(a)).signed, undefined);
    must(await withdraw(app.deps, app.hand(omar), b));
    assert.doesNotMatch(JSON.stringify(await app.question(a)), /What about Lyon|And then|Gossamer/);
  });

  it('lets nobody take back what was published with others, or declined', async () => {
    must(await merges());
    must(await answers());
    must(await publish(app.deps, KOFI, a, [CHANNEL.id]));
    assert.deepEqual(await withdraw(app.deps, app.hand(omar), b), { refused: 'published' });
  });

  it('adds up votes, nobody twice', async () => {
    const [one, two, three] = crowd;
    assert.ok(one && two && three);
    for (const person of [one, two]) must(await votes(person, a));
    for (const person of [two, three]) must(await votes(person, b));
    must(await merges());
    assert.equal(await counted(), 3);
    must(await unmerge(app.deps, KOFI, b));
    assert.deepEqual([await counted(), await counted(b)], [2, 2]);
  });

  it('counts whom it finds, and the asker of the other question only by a vote', async () => {
    must(await merges());
    assert.equal(await counted(), 0);
    must(await votes(omar, a));
    assert.equal(await counted(), 1);
  });

  it('tells who voted for the one that they asked the other too, counts them once, and lets them take it back', async () => {
    must(await votes(ines, b));
    must(await merges());
    assert.deepEqual(await votes(ines, a), { refused: 'already-voted' });
    const page = await openQuestions(app.deps, app.hand(ines), { leader: INES });
    assert.deepEqual([...page.voted], [a]);
    must(await votes(ines, a, false));
    assert.equal(await counted(), 0);
    must(await votes(ines, a));
    assert.equal(await counted(), 1);
  });

  it('a repeat of the delivery changes nothing', async () => {
    must(await merges());
    const before = await app.question(a);
    assert.ok(await carryWording(app.deps, b, a));
    assert.deepEqual(await app.question(a), before);
  });

  describe('who proposes other words', () => {
    it('needs the asker, and nobody else', async () => {
      const proposal = await proposes();
      for (const person of [noor, ines, kofi]) {
        assert.deepEqual(await decides(proposal, true, person), { refused: 'not-found' }, person.name);
      }
      assert.equal((await app.question(b)).words, 'What about Lyon?');
      assert.equal(must(await decides(proposal, true)).words, 'What about the office?');
    });

    it('has to be a curator, and to say why', async () => {
      const form = { question: b, submission: freshId(), words: 'Else?', reason: 'It names a place.' };
      assert.deepEqual(await proposeEdit(app.deps, INES, form), { refused: 'not-allowed' });
      assert.deepEqual(await proposeEdit(app.deps, KOFI, { ...form, reason: ' ' }), { refused: 'blank' });
      assert.deepEqual(await proposeEdit(app.deps, KOFI, { ...form, words: '' }), { refused: 'blank' });
    });

    it('moves no card before: the leader sees nothing of it, the asker is told', async () => {
      await app.delivers(b);
      app.courier.forget();
      await proposes();
      await app.delivers(b);
      assert.deepEqual(app.courier.texts, ['notice']);
    });

    it('finds agreed words with the question that carries them', async () => {
      must(await merges());
      must(await decides(await proposes(), true));
      assert.deepEqual(await wordings(), ['What about the office?']);
    });
  });

  describe('who declines, or sorts', () => {
    it('declines by role, and the leader is told', async () => {
      const form = { question: b, reason: 'personal' as const, words: '' };
      assert.deepEqual(await declineAsCurator(app.deps, INES, form), { refused: 'not-allowed' });
      assert.deepEqual(await declineAsCurator(app.deps, KOFI, { ...form, reason: undefined }), {
        refused: 'no-reason',
      });
      const declined = must(await declineAsCurator(app.deps, KOFI, form));
      assert.ok(declined.state === 'declined' && declined.decline.role === 'curator');
      await app.delivers(b);
      assert.ok(app.courier.texts.includes('tell Ines declined'));
      assert.doesNotMatch(JSON.stringify(declined), /Kofi/);
    });

    it('sets a topic of the list, and no other', async () => {
      assert.equal(must(await setTopic(app.deps, KOFI, a, 'Culture')).topic, 'Culture');
      assert.deepEqual(await setTopic(app.deps, KOFI, a, 'Gossip'), { refused: 'unknown-topic' });
      assert.deepEqual(await setTopic(app.deps, INES, a, 'Culture'), { refused: 'not-allowed' });
      assert.equal(must(await setTopic(app.deps, KOFI, a)).topic, undefined);
    });
  });
});
