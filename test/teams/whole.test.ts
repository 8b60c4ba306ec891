import assert from 'node:assert/strict';
import { kofi } from '../support/cast.ts';
import { buttonsOf, textOf } from '../support/client.ts';
import { openScene, type Scene } from '../support/scene.ts';

/** Each fits into a card, both do not. */
const FAMILY = '👩‍👩‍👧‍👦';
const QUESTION = `Why Lyon? ${FAMILY.repeat(1800)} That is all.`;
const ANSWER = `It was empty. ${FAMILY.repeat(1800)} I am sorry.`;
const CUT = 'Shortened here';

for (const forms of ['inline', 'dialog'] as const) {
  describe(`a thread that is too long for one card, forms ${forms}`, () => {
    let scene: Scene;
    beforeEach(async () => {
      scene = await openScene({ forms, meets: ['noor', 'ines', 'kofi', 'omar'] });
      await scene.answered(await scene.asked(QUESTION), ANSWER);
    });
    afterEach(() => scene.close());

    const mine = async () => {
      const list = await scene.command(scene.noor, 'my questions');
      const opened = forms === 'dialog' ? (await scene.noor.press(list, 'My questions')).card : list;
      return (await scene.noor.press(opened, 'Open')).card;
    };

    it('can be read whole by its asker, its leader and curators, part by part, and back', async () => {
      const cards = {
        noor: await mine(),
        ines: await scene.card(scene.ines.person, 'Answered'),
        kofi: await scene.card(kofi, 'Ines Varandell answered'),
      };
      for (const name of ['noor', 'ines', 'kofi'] as const) {
        const card = cards[name];
        assert.ok(textOf(card).includes(CUT), `the premise: ${name}'s card is cut`);
        const first = await scene[name].press(card, 'Read the whole');
        assert.ok(textOf(first.card).includes(QUESTION), name);
        assert.match(textOf(first.card), /1 of 2/);
        const second = await scene[name].press(first.card, 'Next');
        assert.ok(textOf(second.card).includes(ANSWER), name);
        const back = await scene[name].press(second.card, 'Previous');
        assert.ok(textOf(back.card).includes(QUESTION), name);
        if (forms === 'inline') {
          assert.ok(textOf((await scene[name].press(back.card, 'Back')).card).includes(CUT), name);
        }
      }
    });

    it('is not there for a colleague with a forwarded card', async () => {
      const read = scene.kofi.pressing(await scene.card(kofi, 'Ines Varandell answered'), 'Read the whole');
      const { id, aadObjectId, name, conversationId } = scene.omar.person;
      const from = { ...(read as { from: object }).from, id, aadObjectId, name };
      const seen = await scene.omar.send({
        ...read,
        from,
        conversation: { ...(read['conversation'] as object), id: conversationId },
      } as typeof read);
      assert.ok(!JSON.stringify(seen).includes('Lyon'));
      assert.match(seen.note ?? '', /not here|no longer|cannot be found|not there/i);
    });

    it('keeps an open one from curators', async () => {
      const read = scene.kofi.pressing(await scene.card(kofi, 'Ines Varandell answered'), 'Read the whole');
      const other = await scene.asked(`Another one ${FAMILY.repeat(1500)}`);
      const id = buttonsOf(other)
        .map(({ data }) => data['question'])
        .find((one) => typeof one === 'string');
      const text = JSON.stringify(read);
      const old = /"question":"([\w-]{22})"/.exec(text)?.[1] ?? '';
      assert.ok(old !== '' && id !== old, 'the premise');
      const seen = await scene.kofi.send(JSON.parse(text.replaceAll(old, String(id))) as typeof read);
      assert.ok(!JSON.stringify(seen).includes('Another one'));
    });
  });
}
