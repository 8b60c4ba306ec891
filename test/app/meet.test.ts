import assert from 'node:assert/strict';
import { hear, install, meet } from '../../bot/app/meet.ts';
import { addressOf, type App, channelOf, openApp } from '../support/app.ts';
import { CHANNEL, devi, ines, kofi, noor, omar, type Person, SECOND_CHANNEL } from '../support/cast.ts';

describe('meeting people', () => {
  let app: App;
  beforeEach(async () => void (app = await openApp()));
  afterEach(() => app.close());
  const meets = (person: Person, address = addressOf(person)) =>
    meet(app.deps, { id: person.aadObjectId, address, asker: app.hand(person), language: 'en' });

  it('greets each role once, however often Teams says that the bot was installed', async () => {
    assert.deepEqual(await meets(ines), ['asker', 'leader']);
    assert.deepEqual(await meets(devi), ['asker', 'delegate']);
    assert.deepEqual(await meets(kofi), ['asker', 'curator']);
    for (const person of [ines, devi, kofi]) assert.deepEqual(await meets(person), []);
  });

  it('greets in a new role alone', async () => {
    assert.deepEqual(await meets(omar), ['asker']);
    const { curators } = app.directory;
    app.directory = { ...app.directory, curators: [...curators, { id: omar.aadObjectId, name: omar.name }] };
    assert.deepEqual(await meets(omar), ['curator']);
    assert.deepEqual(await meets(omar), []);
  });

  it('remembers where to write to people with a role, and where they moved', async () => {
    await meets(ines);
    const moved = { ...addressOf(ines), serviceUrl: 'https://smba.trafficmanager.net/emea/' };
    assert.deepEqual(await meets(ines, moved), []);
    const met = await app.store.met(ines.aadObjectId);
    assert.deepEqual(met, { id: ines.aadObjectId, address: moved, language: 'en', greeted: ['leader'] });
  });

  it('remembers the language of somebody with a role, keeps it where Teams names none, and nobody else’s', async () => {
    await meets(ines);
    const says = (person: Person, language?: string) => hear(app.deps, { id: person.aadObjectId, language });
    await says(ines, 'de');
    await says(ines);
    await meet(app.deps, {
      id: ines.aadObjectId,
      address: addressOf(ines),
      asker: app.hand(ines),
      language: undefined,
    });
    assert.equal((await app.store.met(ines.aadObjectId))?.language, 'de');
    await says(noor, 'de');
    assert.equal(await app.store.met(noor.aadObjectId), undefined);
  });

  it('remembers of an employee one tag that says nothing', async () => {
    assert.deepEqual(await meets(noor), ['asker']);
    assert.equal(await app.store.met(noor.aadObjectId), undefined);
    assert.doesNotMatch(app.hand(noor).greetingTag(), /noor|e7a0f001/i);
  });

  it('forgets no greeting of somebody whose chat the bot opened itself', async () => {
    await app.store.putMet({ id: ines.aadObjectId, address: addressOf(ines), greeted: [] });
    assert.deepEqual(await meets(ines), ['asker', 'leader']);
  });
});

const both = () => [CHANNEL, SECOND_CHANNEL].map((channel) => ({ ...channelOf(channel), greeted: false }));

describe('installing in a team', () => {
  let app: App;
  beforeEach(async () => void (app = await openApp()));
  afterEach(() => app.close());

  it('registers every channel, and greets the chosen one, once', async () => {
    assert.equal(await install(app.deps, both(), CHANNEL.id), true);
    assert.equal(await install(app.deps, both(), CHANNEL.id), false);
    const greeted = new Map((await app.store.channels()).map((channel) => [channel.id, channel.greeted]));
    assert.deepEqual([greeted.get(CHANNEL.id), greeted.get(SECOND_CHANNEL.id)], [true, false]);
  });

  it('greets nobody when channels are only listed again, and follows their names', async () => {
    const renamed = both().map((channel) => ({ ...channel, name: `New ${channel.name}` }));
    await install(app.deps, both(), CHANNEL.id);
    assert.equal(await install(app.deps, renamed, ''), false);
    const channel = await app.store.channel(CHANNEL.id);
    assert.deepEqual([channel?.name, channel?.greeted], [`New ${CHANNEL.name}`, true]);
  });
});
