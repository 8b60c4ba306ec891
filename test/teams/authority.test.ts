import assert from 'node:assert/strict';
import { incoming } from '../support/activities.ts';
import { ines, kofi, noor, otto } from '../support/cast.ts';
import { buttonsOf, findButton, textOf } from '../support/client.ts';
import { post } from '../support/post.ts';
import { openScene, type Scene } from '../support/scene.ts';

const QUESTION = 'Who decided to close the canteen?';

describe('who may do what', () => {
  let scene: Scene;
  beforeEach(async () => void (scene = await openScene()));
  afterEach(() => scene.close());

  it('a colleague cannot answer, decline, hand on or ask back from a forwarded card', async () => {
    const card = await scene.asked(QUESTION);
    for (const title of ['Answer', 'Ask back', 'Later', 'Hand on', 'Decline']) {
      findButton(card, title);
      const seen = await scene.omar.press(card, title);
      assert.equal(seen.note, 'This card belongs to someone else. Nothing was changed.', title);
    }
    const form = await scene.ines.press(card, 'Answer');
    const sent = await scene.omar.press(form.card, 'Send', { words: 'I am Ines' });
    assert.equal(sent.note, 'This card belongs to someone else. Nothing was changed.');
    assert.match(textOf(await scene.command(scene.ines, 'queue')), /1 waiting/);
  });

  it('another leader cannot answer what was asked of Ines', async () => {
    const form = await scene.ines.press(await scene.asked(QUESTION), 'Answer');
    const sent = await scene.otto.press(form.card, 'Send', { words: 'I am not Ines' });
    assert.match(sent.note ?? '', /belongs to someone else/);
  });

  it('a delegate may draft, and never send', async () => {
    const card = await scene.asked(QUESTION);
    const queue = await scene.command(scene.devi, 'queue');
    const form = await scene.devi.press(queue, 'Draft an answer');
    assert.deepEqual(
      buttonsOf(form.card).map(({ title }) => title),
      ['Save draft', 'Back'],
    );
    await scene.devi.press(form.card, 'Save draft', { words: 'The board did.' });
    const inesForm = await scene.ines.press(card, 'Answer');
    const forged = await scene.devi.press(inesForm.card, 'Send', { words: 'The board did.' });
    assert.match(forged.note ?? '', /belongs to someone else/);
    assert.match(textOf(inesForm.card), /The board did\./);
    const sent = await scene.ines.press(inesForm.card, 'Send');
    assert.match(textOf(sent.card), /Drafted by Devi Ostrakhan, approved by Ines Varandell/);
  });

  it('says so when the leader edits what a delegate drafted', async () => {
    const card = await scene.asked(QUESTION);
    const form = await scene.devi.press(await scene.command(scene.devi, 'queue'), 'Draft an answer');
    await scene.devi.press(form.card, 'Save draft', { words: 'The board did.' });
    const sent = await scene.answered(card, 'I did, and I regret how.');
    assert.match(textOf(sent.card), /Drafted by Devi Ostrakhan, edited and approved by Ines Varandell/);
  });

  it('only curators publish, set aside or choose channels', async () => {
    await scene.answered(await scene.asked(QUESTION), 'I did.');
    const card = await scene.card(kofi, 'Publish in General');
    for (const client of [scene.omar, scene.ines, scene.noor, scene.ana]) {
      for (const title of ['Publish in General', 'Not now']) {
        const seen = await client.press(card, title);
        assert.match(seen.note ?? '', /belongs to someone else/, `${client.person.name} ${title}`);
      }
    }
    await scene.settled();
    assert.equal(scene.thread().length, 0);
  });

  it('nobody but the asker can read, follow, sign or withdraw a question as its asker', async () => {
    await scene.asked(QUESTION);
    const list = await scene.command(scene.noor, 'my questions');
    const own = await scene.noor.press(list, 'Open');
    for (const client of [scene.omar, scene.ines, scene.kofi]) {
      assert.equal((await client.press(list, 'Open')).note, 'This question is not here any more.');
      assert.equal((await client.press(own.card, 'Withdraw')).note, 'This question is not here any more.');
      const forged = incoming({ serviceUrl: scene.teams.url });
      const { data } = findButton(list, 'Open');
      for (const verb of ['withdraw.send', 'sign.send']) {
        const seen = await client.send(forged.executes(client.person, verb, data));
        assert.equal(seen.note, 'This question is not here any more.', verb);
      }
      const submission = 'AAAAAAAAAAAAAAAAAAAAAA';
      const seen = await client.send(
        forged.executes(client.person, 'followUp.send', { ...data, submission, words: 'x' }),
      );
      assert.equal(seen.note, 'This question is not here any more.');
    }
    assert.match(textOf((await scene.noor.press(list, 'Open')).card), /Waiting for an answer/);
  });

  it('a role that was removed loses the next press', async () => {
    const card = await scene.asked(QUESTION);
    const form = await scene.ines.press(card, 'Answer');
    const without = { leaders: [{ id: otto.aadObjectId, name: otto.name }], curators: [] };
    await scene.bot.changeDirectory(without);
    const sent = await scene.ines.press(form.card, 'Send', { words: 'Too late' });
    assert.match(sent.note ?? '', /belongs to someone else/);
  });

  it('refuses a foreign tenant, and keeps nothing of it', async () => {
    const before = scene.teams.requests.length;
    const foreign = incoming({ serviceUrl: scene.teams.url, tenantId: '00000000-dead-4bee-8f00-000000000000' });
    const said = await post(scene.bot.url, foreign.says(noor, 'ask'));
    const pressed = await post(scene.bot.url, foreign.executes(noor, 'ask.open'));
    assert.deepEqual([said.status, pressed.status], [403, 403]);
    await scene.settled();
    assert.equal(scene.teams.requests.length, before);
  });

  it('sends nothing to a service URL that is not one of Teams', async () => {
    for (const serviceUrl of [
      'http://169.254.169.254/',
      'https://evil.example/',
      `http://user:word@127.0.0.1:1/`,
      '',
    ]) {
      const said = await post(scene.bot.url, incoming({ serviceUrl }).says(noor, 'ask'));
      const pressed = await post(scene.bot.url, incoming({ serviceUrl }).executes(noor, 'ask.open'));
      assert.deepEqual([said.status, pressed.status], [403, 403], serviceUrl);
    }
    await scene.settled();
    assert.equal(scene.cards(noor).filter((card) => textOf(card).includes('Your question')).length, 0);
  });

  it('answers no card from a channel, where everybody would see whose questions are whose', async () => {
    const activity = incoming({ serviceUrl: scene.teams.url });
    const pressed = await post(
      scene.bot.url,
      activity.executes(noor, 'mine.open', {}, { thread: '19:x@thread.tacv2' }),
    );
    assert.equal(pressed.status, 403);
  });

  it('takes who acts from the activity, not from card data', async () => {
    const form = await scene.ines.press(await scene.asked(QUESTION), 'Answer');
    const seen = await scene.omar.press(form.card, 'Send', {
      words: 'x',
      actor: ines.aadObjectId,
      from: ines.id,
      leader: ines.aadObjectId,
    });
    assert.match(seen.note ?? '', /belongs to someone else/);
  });
});
