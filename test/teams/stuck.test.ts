import assert from 'node:assert/strict';
import { CHANNEL, ines, kofi, noor } from '../support/cast.ts';
import { buttonsOf, type Card, textOf } from '../support/client.ts';
import { openScene, type Scene } from '../support/scene.ts';

const QUESTION = 'Why is the roof leaking?';
const isTo =
  (conversation: string) =>
  ({ path, body }: { path: string; body: unknown }) =>
    path.includes(conversation) && !JSON.stringify(body ?? '').includes('Not delivered');
const isPart = ({ path, method }: { path: string; method: string }) =>
  method === 'POST' && path.includes(';messageid=');
const isEdit = ({ path, method }: { path: string; method: string }) => method === 'PUT' && path.includes('19:');

const titles = (card: Card) => buttonsOf(card).map(({ title }) => title);

for (const forms of ['inline', 'dialog'] as const) {
  describe(`what was not delivered, forms ${forms}`, () => {
    let scene: Scene;
    beforeEach(async () => void (scene = await openScene({ forms })));
    afterEach(() => scene.close());

    const list = () => scene.command(scene.kofi, 'deliveries');
    const asks = async () => {
      const card = await scene.command(scene.noor, 'ask');
      const form = textOf(card).includes('Your question') ? card : (await scene.noor.press(card, 'Ask privately')).card;
      await scene.noor.press(form, 'Send', { words: QUESTION });
      await scene.settled();
    };

    it('is nothing, where everything arrived; only curators may look', async () => {
      await scene.asked(QUESTION);
      const card = await list();
      assert.match(textOf(card), /Not delivered\nEverything arrived/);
      assert.deepEqual(titles(card), []);
      await scene.ines.says('deliveries');
      const answers = scene.teams.chatWith(ines).map(({ activity }) => JSON.stringify(activity));
      assert.ok(
        answers.some((answer) => answer.includes('Only curators see')),
        answers.join('\n'),
      );
    });

    it('names an open question without its words, and sends it again', async () => {
      scene.teams.fail({ status: 403, match: isTo(ines.conversationId) });
      await asks();
      const card = await list();
      assert.match(
        textOf(card),
        /Given up\nA card for Ines Varandell\nAn open question for Ines Varandell\n.*does not let the bot write there \(403\)/,
      );
      assert.doesNotMatch(JSON.stringify(card), /roof/);
      const { card: after } = await scene.kofi.press(card, 'Send again');
      assert.doesNotMatch(textOf(after), /Given up/);
      await scene.card(ines, QUESTION);
      await scene.settled();
      assert.match(textOf(await list()), /Everything arrived/);
    });

    it('says of a notice neither why nor when, because that may tell who asked', async () => {
      const card = await scene.asked(QUESTION);
      scene.teams.fail({ status: 403, match: isTo(noor.conversationId) });
      await scene.answered(card, 'It rains in.');
      await scene.settled();
      const shown = await list();
      assert.match(
        textOf(shown),
        /Given up\nA notice to the person who asked\n“Why is the roof leaking\?”\nThe reason is not shown/,
      );
      assert.doesNotMatch(JSON.stringify(shown), /403|Zephyr/);
    });

    it('says that a notice waits, and no more of it', async () => {
      const card = await scene.asked(QUESTION);
      scene.teams.fail({ status: 429, headers: { 'retry-after': '600' }, match: isTo(noor.conversationId) });
      await scene.answered(card, 'It rains in.');
      await scene.settled();
      const shown = textOf(await list());
      assert.match(shown, /Waiting\nA notice to the person who asked/);
      assert.doesNotMatch(shown, /429|hour|minutes/);
    });

    it('is dropped with a reason, which is kept with the curator’s name', async () => {
      scene.teams.fail({ status: 403, match: isTo(ines.conversationId) });
      await asks();
      const form = await scene.kofi.press(await list(), 'Drop');
      assert.match(
        textOf(form.card),
        /Drop this message\nA card for Ines Varandell\nAn open question for Ines Varandell/,
      );
      assert.doesNotMatch(JSON.stringify(form.card), /roof/);
      const again = await scene.kofi.press(form.card, 'Drop', { words: ' ' });
      assert.match(textOf(again.card), /There is no text yet/);
      await scene.kofi.press(again.card, 'Drop', { words: 'She told me that she left.' });
      assert.match(textOf(await list()), /Everything arrived/);
      const late = await scene.kofi.press(form.card, 'Drop', { words: 'Twice.' });
      assert.match(late.note ?? '', /somebody else settled it/);
    });

    it('waits until a time that is told coarsely', async () => {
      scene.teams.fail({ status: 429, headers: { 'retry-after': '600' }, match: isTo(ines.conversationId) });
      await asks();
      assert.match(
        textOf(await list()),
        /Waiting\nA card for Ines Varandell\n.*\nTeams asked the bot to slow down \(429\)\. It is tried again within the hour\./,
      );
    });

    it('leads to the card where a curator says what stands in the channel', async () => {
      await scene.answered(await scene.asked(QUESTION), 'It rains in.');
      scene.teams.fail({ status: 502, match: isPart });
      await scene.kofi.press(await scene.card(kofi, 'Publish in General'), 'Publish in General');
      await scene.card(kofi, 'Teams did not say whether the post arrived');
      const card = await list();
      assert.match(textOf(card), /Uncertain\nThe thread in General\n“Why is the roof leaking\?”/);
      assert.deepEqual(titles(card), ['Look']);
      const curated = await scene.kofi.press(card, 'Look');
      await scene.kofi.press(curated.card, 'It is missing, post again');
      await scene.teams.until(() => scene.teams.channelThread(CHANNEL.id, 1).length === 2);
    });

    const publishes = async () => {
      await scene.answered(await scene.asked(QUESTION), 'It rains in.');
      await scene.kofi.press(await scene.card(kofi, 'Publish in General'), 'Publish in General');
    };
    const corrects = async (words: string) => {
      const form = await scene.ines.press(await scene.card(ines, 'It rains in'), 'Correct the answer');
      await scene.ines.press(form.card, 'Replace the answer', { words });
    };

    it('shows an edit whose post was deleted in the channel, and by whom it was given up', async () => {
      await publishes();
      await scene.card(kofi, 'Published in General');
      scene.teams.fail({ status: 404, match: isEdit });
      await corrects('It rains in, still.');
      await scene.card(kofi, 'no longer there (404)');
      const card = await list();
      assert.match(textOf(card), /Given up\nThe thread in General/);
      const form = await scene.kofi.press(card, 'Drop');
      await scene.kofi.press(form.card, 'Drop', { words: 'We deleted it ourselves.' });
      await scene.card(kofi, 'General: Kofi Tamarisk gave this up: We deleted it ourselves.');
    });

    it('shows that a correction cannot reach a post which a curator found', async () => {
      scene.teams.fail({ status: 502, deliver: true, match: isPart });
      await publishes();
      const unsure = await scene.card(kofi, 'Teams did not say whether the post arrived');
      await scene.kofi.press(unsure, 'It is there');
      await scene.card(kofi, 'Published in General');
      await corrects('It rains in, still.');
      await scene.card(kofi, 'Published in General by Kofi Tamarisk · A correction cannot reach the post');
      assert.equal(scene.teams.requests.filter(isEdit).length, 0);
    });
  });
}
