import assert from 'node:assert/strict';
import { ask } from '../../bot/app/ask.ts';
import { publish } from '../../bot/app/curate.ts';
import { answer } from '../../bot/app/lead.ts';
import { ownReaction, react } from '../../bot/app/react.ts';
import { vote } from '../../bot/app/vote.ts';
import type { Reaction } from '../../bot/domain/reaction.ts';
import { isRefusal } from '../../bot/domain/refusal.ts';
import { type App, channelOf, freshId, must, openApp } from '../support/app.ts';
import { CHANNEL, crowd, ines, kofi, noor, omar, otto, type Person } from '../support/cast.ts';

describe('What readers say of an answer', () => {
  let app: App;
  beforeEach(async () => {
    app = await openApp();
    await app.store.putChannel(channelOf());
  });
  afterEach(() => app.close());

  async function answered(): Promise<string> {
    const form = { submission: freshId(), leader: ines.aadObjectId, words: 'Why?' };
    const { id } = must(await ask(app.deps, app.hand(noor), form));
    must(await vote(app.deps, app.hand(omar), id, true));
    must(await answer(app.deps, ines.aadObjectId, { question: id, submission: freshId(), words: 'So.' }));
    return id;
  }
  async function publishes(): Promise<string> {
    const id = await answered();
    must(await publish(app.deps, kofi.aadObjectId, id, [CHANNEL.id]));
    return id;
  }
  const says = (who: Person, question: string, reaction?: Reaction) =>
    react(app.deps, app.hand(who), { question, reaction });
  const counts = async (id: string) => {
    await app.counts();
    const question = await app.question(id);
    return question.state === 'answered' ? question.reactions : undefined;
  };

  it('is counted once for each reader, the last word of each', async () => {
    const id = await publishes();
    await says(omar, id, 'helped');
    await says(omar, id, 'helped');
    await says(otto, id, 'helped');
    await says(otto, id, 'not');
    assert.deepEqual(await counts(id), { helped: 1, partly: 0, not: 1 });
    const question = await app.question(id);
    assert.equal(await ownReaction(app.deps, app.hand(otto), question), 'not');
    assert.equal(await ownReaction(app.deps, app.hand(noor), question), undefined);
    await says(omar, id);
    assert.deepEqual(await counts(id), { helped: 0, partly: 0, not: 1 });
  });

  it('stands under a value that is neither that of their vote, nor of another question', async () => {
    const [first, second] = [await app.question(await publishes()), await app.question(await publishes())];
    const hand = app.hand(omar);
    const tags = [
      hand.reactionTag(first),
      hand.reactionTag(second),
      hand.voteTag(first),
      app.hand(otto).reactionTag(first),
    ];
    assert.equal(new Set(tags).size, 4);
  });

  it('is taken of published answers alone', async () => {
    for (const id of [await answered(), freshId()])
      assert.deepEqual(await says(omar, id, 'helped'), { refused: 'not-found' });
  });

  it('changes neither revision, history nor what is owed: it says nothing of the question', async () => {
    const id = await publishes();
    await app.delivers(id);
    const before = await app.question(id);
    await says(omar, id, 'partly');
    await app.counts();
    const { reactions: _reactions, ...after } = { reactions: undefined, ...(await app.question(id)) };
    assert.deepEqual(after, before);
  });

  it('counts among the votes of the day', async () => {
    const id = await publishes();
    app.policy = { ...app.policy, limits: { questions: 0, votes: 1 } };
    assert.equal(await says(crowd[0] ?? omar, id, 'helped'), undefined);
    const refused = await says(crowd[0] ?? omar, id, 'not');
    assert.ok(isRefusal(refused) && refused.refused === 'limit');
    assert.equal(await says(crowd[0] ?? omar, id), undefined, 'what was said can be taken back');
  });
});
