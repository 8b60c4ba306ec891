import assert from 'node:assert/strict';
import { ask } from '../../bot/app/ask.ts';
import { defaultChannel, notNow, publish, publishOn, settle } from '../../bot/app/curate.ts';
import { answer, speak } from '../../bot/app/lead.ts';
import { followUp, withdraw } from '../../bot/app/own.ts';
import { isRefusal } from '../../bot/domain/refusal.ts';
import { type App, channelOf, freshId, must, openApp } from '../support/app.ts';
import { ana, CHANNEL, devi, ines, kaia, kofi, noor, omar, otto, SECOND_CHANNEL } from '../support/cast.ts';
import { isAnswered, standing } from '../support/questions.ts';

const [INES, KOFI, KAIA] = [ines.aadObjectId, kofi.aadObjectId, kaia.aadObjectId];

describe('what curators do', () => {
  let app: App;
  let id: string;
  beforeEach(async () => {
    app = await openApp();
    for (const channel of [CHANNEL, SECOND_CHANNEL]) await app.store.putChannel(channelOf(channel));
    const asked = { submission: freshId(), leader: INES, words: 'Why did we close Lyon?' };
    id = must(await ask(app.deps, app.hand(noor), asked)).id;
    must(await answer(app.deps, INES, form('I should have come.')));
  });
  afterEach(() => app.close());

  const form = (words: string) => ({ question: id, submission: freshId(), words });
  const publishes = (actor = KOFI, channels?: string[]) => publish(app.deps, actor, id, channels);
  const channels = async () => isAnswered(await app.question(id)).publications.map(({ channel }) => channel);
  async function goesOn() {
    must(await followUp(app.deps, app.hand(noor), form('And now?')));
    must(await speak(app.deps, INES, 'reply', form('Soon.')));
  }

  const acts: Record<string, (actor: string) => Promise<unknown>> = {
    publish: (actor) => publishes(actor),
    'choose channels': (actor) => publishes(actor, [SECOND_CHANNEL.id]),
    'publish the rest': (actor) => publishOn(app.deps, actor, id),
    'not now': (actor) => notNow(app.deps, actor, id, 'Later.'),
    settle: (actor) => settle(app.deps, actor, id, CHANNEL.id, 'nothing'),
  };
  for (const [name, act] of Object.entries(acts)) {
    it(`${name}: the leader, a delegate, an admin, the asker or a colleague are refused`, async () => {
      const before = await app.question(id);
      for (const { aadObjectId, name } of [ines, devi, ana, noor, omar, otto])
        assert.deepEqual(await act(aadObjectId), { refused: 'not-allowed' }, name);
      assert.deepEqual(await app.question(id), before);
    });
  }

  it('loses the role with the directory, at the next press', async () => {
    app.directory = { ...app.directory, curators: app.directory.curators.filter(({ id }) => id !== KOFI) };
    assert.deepEqual(await publishes(), { refused: 'not-allowed' });
    must(await publishes(KAIA));
  });

  it('publishes in the default channel with one press', async () => {
    must(await publishes());
    assert.deepEqual(await channels(), [CHANNEL.id]);
    assert.equal(standing(isAnswered(await app.question(id))).by, kofi.name);
  });

  it('publishes in several channels, and in no unknown one', async () => {
    assert.deepEqual(await publishes(KOFI, [CHANNEL.id, 'gone']), { refused: 'unknown-channel' });
    assert.deepEqual(await publishes(KOFI, []), { refused: 'no-channel' });
    assert.deepEqual(await channels(), []);
    must(await publishes(KOFI, [CHANNEL.id, SECOND_CHANNEL.id]));
    assert.deepEqual(await channels(), [CHANNEL.id, SECOND_CHANNEL.id]);
  });

  it('is one publication when two curators press at once, and the second reads who was first', async () => {
    const [first, second] = await Promise.all([publishes(KOFI), publishes(KAIA)]);
    must(first);
    assert.deepEqual(second, { refused: 'already-published', by: kofi.name, state: 'posting' });
    assert.deepEqual(await channels(), [CHANNEL.id]);
  });

  it('says that nothing is published when the answer was taken back meanwhile', async () => {
    const [withdrawn, published] = await Promise.all([withdraw(app.deps, app.hand(noor), id), publishes()]);
    assert.notEqual(isRefusal(withdrawn), isRefusal(published), 'one of them wins');
    const { state } = await app.question(id);
    assert.equal(state, isRefusal(published) ? 'withdrawn' : 'answered');
  });

  it('publishes the rest once, when a form comes twice', async () => {
    must(await publishes());
    await app.delivers(id);
    await goesOn();
    await Promise.all([1, 2].map(() => publishOn(app.deps, KOFI, id)));
    await app.delivers(id);
    assert.equal(standing(isAnswered(await app.question(id))).parts.length, 3);
    assert.equal(app.courier.texts.filter((text) => text.startsWith('post-')).length, 4);
  });

  it('sets aside with a reason that the leader is told, once', async () => {
    assert.deepEqual(await notNow(app.deps, KOFI, id, ' \0 '), { refused: 'blank' });
    assert.equal(isRefusal(await notNow(app.deps, KOFI, id, 'x'.repeat(501))), true);
    for (let times = 0; times < 2; times += 1) {
      must(await notNow(app.deps, KOFI, id, 'After the results.'));
      await app.delivers(id);
    }
    assert.equal(app.courier.texts.filter((text) => text === 'tell Ines not-now').length, 1);
    must(await publishes());
  });

  it('settles once what two curators saw at once', async () => {
    app.courier.reacts = ({ text, sent }) => (text === 'post-part answer' ? { unknown: '502' } : { sent });
    must(await publishes());
    await app.delivers(id);
    app.courier.reacts = ({ sent }) => ({ sent });
    const saw = [settle(app.deps, KOFI, id, CHANNEL.id, 'there'), settle(app.deps, KAIA, id, CHANNEL.id, 'nothing')];
    for (const settled of await Promise.all(saw)) must(settled);
    await app.delivers(id);
    assert.equal(app.courier.texts.filter((text) => text === 'post-part answer').length, 1);
    assert.equal(standing(isAnswered(await app.question(id))).state, 'posted');
  });
});

describe('the default channel', () => {
  let app: App;
  beforeEach(async () => void (app = await openApp()));
  afterEach(() => app.close());
  const wants = (channel?: string) => (app.directory = { ...app.directory, defaults: { channel } });
  const chosen = async () => (await defaultChannel(app.deps))?.id;

  it('is the one that the directory names, or gives the id of', async () => {
    for (const channel of [CHANNEL, SECOND_CHANNEL]) await app.store.putChannel(channelOf(channel));
    for (const wanted of [SECOND_CHANNEL.name, SECOND_CHANNEL.id]) {
      wants(wanted);
      assert.equal(await chosen(), SECOND_CHANNEL.id);
    }
  });

  it('is the only one there is, where the directory names none', async () => {
    wants();
    assert.equal(await chosen(), undefined);
    await app.store.putChannel(channelOf(SECOND_CHANNEL));
    assert.equal(await chosen(), SECOND_CHANNEL.id);
    await app.store.putChannel(channelOf(CHANNEL));
    assert.equal(await chosen(), undefined);
  });
});
