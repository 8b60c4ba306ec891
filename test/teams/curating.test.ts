import assert from 'node:assert/strict';
import { incoming } from '../support/activities.ts';
import { CHANNEL, ines, kaia, kofi, noor, SECOND_CHANNEL } from '../support/cast.ts';
import { buttonsOf, type Card, textOf } from '../support/client.ts';
import { post } from '../support/post.ts';
import { openScene, type Scene } from '../support/scene.ts';

const QUESTION = 'Why is the roof leaking?';
const isRoot = ({ path, method, body }: { path: string; method: string; body: unknown }) =>
  method === 'POST' && path === '/v3/conversations' && JSON.stringify(body).includes('A question for');
const isReply = ({ path, method }: { path: string; method: string }) =>
  method === 'POST' && path.includes(';messageid=');

const isNotice = ({ body }: { body: unknown }) => JSON.stringify(body ?? '').includes('A question you follow');

describe('curating', () => {
  let scene: Scene;
  beforeEach(async () => void (scene = await openScene()));
  afterEach(() => scene.close());

  const answered = async (words = 'It rains in.'): Promise<Card> => {
    await scene.answered(await scene.asked(QUESTION), words);
    return scene.card(kofi, 'Publish in General');
  };

  it('shows curators question, answer and Authorship, and says where it stands', async () => {
    const card = await answered();
    assert.match(
      textOf(card),
      /Ines Varandell answered\nWhy is the roof leaking\?.*It rains in\.\nWritten by Ines Varandell/s,
    );
    const pressed = await scene.kofi.press(card, 'Publish in General');
    assert.match(textOf(pressed.card), /(Being published|Published) in General by Kofi Tamarisk/);
    assert.match(textOf(await scene.card(kaia, 'Published in General by Kofi Tamarisk')), /It rains in/);
  });

  it('chooses channels, several at once', async () => {
    const form = await scene.kofi.press(await answered(), 'Choose channels');
    assert.match(textOf(form.card), /General \(Fabrikam Town Square\)\n.*\n?Ask \(Fabrikam Town Square\)/);
    const none = await scene.kofi.press(form.card, 'Publish', { channels: '' });
    assert.match(textOf(none.card), /Please choose at least one channel/);
    await scene.kofi.press(form.card, 'Publish', { channels: `${CHANNEL.id},${SECOND_CHANNEL.id}` });
    await scene.teams.until(() => scene.teams.channelThreads(SECOND_CHANNEL.id).some((thread) => thread.length === 2));
    await scene.teams.until(() => scene.thread().length === 2);
    const unknown = await scene.kofi.press(form.card, 'Publish', { channels: '19:nowhere@thread.tacv2' });
    assert.match(unknown.note ?? '', /no longer connected/);
  });

  it('sets aside with a reason that the leader reads, and may publish later', async () => {
    const card = await answered();
    const form = await scene.kofi.press(card, 'Not now');
    await scene.kofi.press(form.card, 'Set aside', { words: 'The insurer comes on Monday.' });
    await scene.card(ines, 'Kofi Tamarisk is not publishing it now: The insurer comes on Monday.');
    await scene.kofi.press(await scene.card(kofi, 'Set aside by Kofi Tamarisk'), 'Publish in General');
    await scene.teams.until(() => scene.thread().length === 2);
  });

  it('keeps an unanswered follow-up out of the channel, and appends it once replied to', async () => {
    const card = await answered();
    const own = await scene.noor.press(await scene.command(scene.noor, 'my questions'), 'Open');
    const followUp = await scene.noor.press(own.card, 'Follow up');
    await scene.noor.press(followUp.card, 'Send', { words: 'Since when?' });
    await scene.kofi.press(card, 'Publish in General');
    await scene.card(kofi, 'Published in General');
    await scene.settled();
    assert.equal(scene.thread().length, 2);
  });

  it('marks a post as uncertain when Teams does not say whether it arrived, and does not post twice by itself', async () => {
    const card = await answered();
    scene.teams.fail({ status: 502, deliver: true, match: isReply });
    await scene.kofi.press(card, 'Publish in General');
    const unsure = await scene.card(kofi, 'Teams did not say whether the post arrived');
    await scene.settled();
    assert.equal(scene.teams.requests.filter(isReply).length, 1, 'one attempt is one request');
    await scene.kofi.press(unsure, 'It is there');
    await scene.card(kofi, 'Published in General by Kofi Tamarisk');
    await scene.settled();
    assert.equal(scene.thread().length, 2);
  });

  it('posts again when a curator says that it is missing', async () => {
    const card = await answered();
    scene.teams.fail({ status: 502, deliver: false, match: isRoot });
    await scene.kofi.press(card, 'Publish in General');
    const unsure = await scene.card(kofi, 'Teams did not say whether the post arrived');
    assert.ok(
      !buttonsOf(unsure).some(({ title }) => title === 'It is there'),
      'a root that nobody confirmed has no id to reply to',
    );
    await scene.kofi.press(unsure, 'It is missing, post again');
    await scene.teams.until(() => scene.thread().length === 2);
  });

  it('waits as long as Teams says after 429, and then posts once', async () => {
    const card = await answered();
    scene.teams.fail({ status: 429, headers: { 'retry-after': '1' }, match: isRoot });
    const before = Date.now();
    await scene.kofi.press(card, 'Publish in General');
    await scene.teams.until(() => scene.thread().length === 2, { ms: 4000 });
    assert.ok(Date.now() - before >= 1000);
    assert.equal(scene.teams.requests.filter(isRoot).length, 2);
  });

  it('stops on 403, says why, and tries again when asked to', async () => {
    const card = await answered();
    scene.teams.fail({ status: 403, match: isRoot });
    await scene.kofi.press(card, 'Publish in General');
    const stopped = await scene.card(kofi, 'this could not be posted. Teams does not let the bot write there (403)');
    await scene.kofi.press(stopped, 'Try again');
    await scene.teams.until(() => scene.thread().length === 2);
  });

  it('sends after a restart what was still owed', async () => {
    let isDown = true;
    const match = ({ path }: { path: string }) => isDown && path.includes(ines.conversationId);
    scene.teams.fail({ times: 50, status: 429, headers: { 'retry-after': '1' }, match });
    const form = await scene.command(scene.noor, 'ask');
    await scene.noor.press(form, 'Send', { words: 'Does this survive?' });
    await scene.settled();
    assert.ok(!scene.cards(ines).some((card) => textOf(card).includes('survive')));
    await scene.restart();
    await scene.settled();
    isDown = false;
    await scene.card(ines, 'Does this survive?');
  }).timeout(8000);

  it('sends the private notice again when its outcome is unknown', async () => {
    const armed = scene.teams.fail({ status: 500, match: isNotice });
    await answered();
    await scene.teams.until(() => armed.left() === 0);
    // The next try is 2 to 20 s later; that it is owed is what the bot keeps.
    await scene.settled();
    assert.ok(!scene.cards(noor).some((card) => textOf(card).includes('A question you follow')));
  });

  it('registers channels once, follows their names, and forgets deleted ones', async () => {
    const activity = incoming({ serviceUrl: scene.teams.url });
    await post(scene.bot.url, activity.installsInTeam(kofi));
    await scene.settled();
    const welcomes = scene.teams
      .channelThreads(CHANNEL.id)
      .filter(([root]) => textOf(root?.card as never).includes('Forthright is in this channel'));
    assert.equal(welcomes.length, 1);
    await post(scene.bot.url, activity.deletesChannel(kofi, SECOND_CHANNEL));
    const form = await scene.kofi.press(await answered(), 'Publish in General');
    assert.ok(!textOf(form.card).includes('Choose channels'));
  });

  it('says that no channel is there before it is in a team', async () => {
    const activity = incoming({ serviceUrl: scene.teams.url });
    const card = await answered();
    await post(scene.bot.url, activity.installsInTeam(kofi, CHANNEL, 'remove'));
    const seen = await scene.kofi.press(card, 'Publish in General');
    assert.match(seen.note ?? '', /No channel is connected yet/);
  });
});

describe('greeting', () => {
  it('greets each role once, however often Teams repeats the event', async () => {
    const scene = await openScene({ meets: ['noor', 'ines', 'kofi', 'devi', 'ana'] });
    try {
      for (const client of [scene.noor, scene.ines, scene.kofi, scene.devi, scene.ana]) {
        await client.installs();
        await client.says('help');
      }
      await scene.settled();
      const cards = (client: typeof scene.noor) => scene.cards(client.person).map(textOf).slice(0, -1);
      const titles = ['You answer', 'You draft', 'You publish', 'You administer'];
      const expected = [[], ['You answer'], ['You publish'], ['You draft'], ['You administer']];
      for (const [at, client] of [scene.noor, scene.ines, scene.kofi, scene.devi, scene.ana].entries()) {
        const greetings = cards(client);
        assert.equal(greetings.length, 1, client.person.name);
        assert.match(greetings[0] ?? '', /Ask your leaders a question/);
        assert.deepEqual(
          titles.filter((title) => greetings[0]?.includes(title)),
          expected[at],
        );
      }
    } finally {
      await scene.close();
    }
  });

  it('greets somebody in a new role when they next write, and only in that', async () => {
    const scene = await openScene();
    try {
      const { directoryJson } = await import('../support/cast.ts');
      const directory = directoryJson();
      const { omar } = await import('../support/cast.ts');
      await scene.omar.installs();
      await scene.bot.changeDirectory({ ...directory, curators: [{ id: omar.aadObjectId, name: omar.name }] });
      await scene.omar.says('help');
      await scene.settled();
      const cards = scene.cards(omar).map(textOf);
      assert.equal(cards.filter((text) => text.includes('You publish')).length, 2, 'the greeting, and what help says');
      assert.ok(!cards[1]?.includes('Ask your leaders a question'));
    } finally {
      await scene.close();
    }
  });

  it('greets again on the next occasion when the greeting could not be sent', async () => {
    const scene = await openScene({ meets: [] });
    try {
      const { omar } = await import('../support/cast.ts');
      scene.teams.fail({ status: 500, times: 1, match: ({ path }) => path.includes(omar.conversationId) });
      await scene.omar.installs();
      await scene.settled();
      assert.match(scene.cards(omar).map(textOf).join(), /Ask your leaders a question/);
      await scene.omar.installs();
      await scene.settled();
      assert.equal(scene.cards(omar).length, 1);
    } finally {
      await scene.close();
    }
  });
});
