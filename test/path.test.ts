import assert from 'node:assert/strict';
import { ines, kaia, kofi, noor } from './support/cast.ts';
import { findButton, textOf } from './support/client.ts';
import { openScene, type Scene } from './support/scene.ts';

const QUESTION = 'Why did we close the Lyon office without telling the people there?';

for (const forms of ['inline', 'dialog'] as const) {
  describe(`the path of a question, forms ${forms}`, () => {
    let scene: Scene;
    beforeEach(async () => void (scene = await openScene({ forms })));
    afterEach(() => scene.close());

    it('goes from ask to answer, publication, follow-up and reply', async () => {
      const { noor: asker, ines: leader, kofi: curator } = scene;
      const queueCard = await scene.asked(QUESTION);

      const form = await leader.press(queueCard, 'Answer');
      await leader.press(form.card, 'Send', { words: 'I should have come to Lyon first.' });
      assert.match(textOf(await scene.card(ines, 'Answered')), /Written by Ines Varandell/);

      const toCurate = await scene.card(kofi, 'Publish in General');
      await curator.press(toCurate, 'Publish in General');
      await scene.teams.until(() => scene.thread().length === 2);
      assert.match(textOf(scene.thread()[0]), /A question for Ines Varandell, Chief Executive\nWhy did we close/);
      assert.match(textOf(scene.thread()[1]), /I should have come to Lyon first\.\nWritten by Ines Varandell/);
      await scene.card(kofi, 'Published in General by Kofi Tamarisk');

      const notice = await scene.card(noor, 'A question you follow has an update.');
      const list = await asker.press(notice, 'My questions');
      const own = await asker.press(list.card, 'Open');
      assert.match(textOf(own.card), /I should have come to Lyon first/);
      const followUp = await asker.press(own.card, 'Follow up');
      await asker.press(followUp.card, 'Send', { words: 'Will they get an offer elsewhere?' });

      const continued = await scene.card(ines, 'Will they get an offer elsewhere?');
      const reply = await leader.press(continued, 'Reply');
      await leader.press(reply.card, 'Send', { words: 'Yes, all fourteen.' });
      const wentOn = await scene.card(kofi, 'The conversation went on');
      await curator.press(wentOn, 'Publish the rest');
      await scene.teams.until(() => scene.thread().length === 4);
      assert.match(textOf(scene.thread()[2]), /Follow-up from the person who asked\nWill they get/);
      assert.match(textOf(scene.thread()[3]), /Ines Varandell replied\nYes, all fourteen\./);
    });
  });
}

describe('the path of a question', () => {
  let scene: Scene;
  beforeEach(async () => void (scene = await openScene()));
  afterEach(() => scene.close());

  it('takes the same submission four times as one question', async () => {
    const form = await scene.command(scene.noor, 'ask');
    const results = await Promise.all(
      Array.from({ length: 4 }, () => scene.noor.send(scene.noor.pressing(form, 'Send', { words: QUESTION }))),
    );
    for (const { card } of results) assert.match(textOf(card), /^Sent/);
    await scene.settled();
    assert.equal(scene.cards(ines).filter((card) => textOf(card).includes(QUESTION)).length, 1);
    assert.match(textOf(await scene.command(scene.ines, 'queue')), /1 waiting/);
  });

  it('lets only one of two curators publish, and tells the other who was first', async () => {
    await scene.answered(await scene.asked(QUESTION), 'I should have come.');
    const [kofis, kaias] = [await scene.card(kofi, QUESTION), await scene.card(kaia, QUESTION)];
    findButton(kaias, 'Publish in General');
    const seen = await Promise.all([
      scene.kofi.press(kofis, 'Publish in General'),
      scene.kaia.press(kaias, 'Publish in General'),
    ]);
    await scene.teams.until(() => scene.thread().length === 2);
    await scene.settled();
    assert.equal(seen.filter(({ note }) => /^Already (being )?published by (Kofi|Kaia) /.test(note ?? '')).length, 1);
    assert.equal(scene.thread(1).length, 0);
  });
});
