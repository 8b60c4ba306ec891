import assert from 'node:assert/strict';
import { ines, noor } from '../support/cast.ts';
import { type Card, findButton, partsOf, textOf } from '../support/client.ts';
import { incoming } from '../support/activities.ts';
import { openScene, type Scene } from '../support/scene.ts';

const ASKED = 'This may show who you are:';
const BETRAYS = 'Why was my raise refused?\nBest regards, Nico';
const valueOf = (card: Card | undefined, id: string) => partsOf(card).find((part) => part['id'] === id)?.['value'];
const inboxOf = (scene: Scene) => scene.cards(ines).map(textOf).join('\n');

for (const forms of ['inline', 'dialog'] as const) {
  describe(`a form whose words betray their writer, forms ${forms}`, () => {
    let scene: Scene;
    beforeEach(async () => void (scene = await openScene({ forms })));
    afterEach(() => scene.close());

    const open = async (): Promise<Card | undefined> => {
      const card = await scene.command(scene.noor, 'ask');
      return forms === 'inline' ? card : (await scene.noor.press(card, 'Ask privately')).card;
    };
    const mine = async () => {
      const list = await scene.command(scene.noor, 'my questions');
      const opened = forms === 'inline' ? list : (await scene.noor.press(list, 'My questions')).card;
      return scene.noor.press(opened, 'Open');
    };

    it('asks before it sends, keeps the text, and sends when told to', async () => {
      const first = await scene.noor.press(await open(), 'Send', { words: BETRAYS, topic: 'Culture' });
      assert.equal(first.dialog ?? false, forms === 'dialog', 'the form stays where it is');
      const text = textOf(first.card);
      assert.ok(text.includes(`${ASKED}\nA signature: \n“Best regards, Nico”\nNothing was sent yet.`), text);
      assert.deepEqual([valueOf(first.card, 'words'), valueOf(first.card, 'topic')], [BETRAYS, 'Culture']);
      assert.throws(() => findButton(first.card, 'Send'), 'the button says what it does');
      await scene.settled();
      assert.ok(!inboxOf(scene).includes('my raise'), 'nothing was sent');
      const second = await scene.noor.press(first.card, 'Send anyway');
      assert.match(second.note ?? textOf(second.card), /^Sent/);
      assert.match(textOf(await scene.card(ines, 'my raise')), /Best regards, Nico/);
    });

    it('asks before a follow-up, and before what answers an ask-back', async () => {
      const card = await scene.asked('Why is there no raise?');
      const back = await scene.ines.press(card, 'Ask back');
      await scene.ines.press(back.card, 'Send', { words: 'Which department?' });
      const clarify = await scene.noor.press((await mine()).card, 'Answer back');
      const asked = await scene.noor.press(clarify.card, 'Send', { words: 'As the only analyst in Graz I get none.' });
      assert.ok(textOf(asked.card).includes(`${ASKED}\nWords that fit one person: \n“As the only analyst in Graz”`));
      await scene.noor.press(asked.card, 'Send anyway', { words: 'Finance, all of us.' });
      await scene.answered(await scene.card(ines, 'Finance, all of us.'), 'Next year.');
      const form = await scene.noor.press((await mine()).card, 'Follow up');
      const words = 'Call me: 0170 1234567';
      const again = await scene.noor.press(form.card, 'Send', { words });
      assert.match(textOf(again.card), /This may show who you are:\nA phone number: \n“0170 1234567”/);
      assert.equal(valueOf(again.card, 'words'), words);
      await scene.noor.press(again.card, 'Send anyway');
      await scene.card(ines, words);
    });
  });
}

describe('words that betray', () => {
  let scene: Scene;
  beforeEach(async () => void (scene = await openScene()));
  afterEach(() => scene.close());
  const send = async (words: string, inputs: Record<string, string> = {}) =>
    (await scene.noor.press(await scene.command(scene.noor, 'ask'), 'Send', { words, ...inputs })).card;

  it('count the name that Teams tells, and no leader’s', async () => {
    assert.match(textOf(await send('Why does Quillamor earn less?')), /A name: \n“Quillamor”/);
    assert.match(textOf(await send('Why is this so? Thanks, Ines')), /^Sent/);
  });

  it('are asked about once: what was shown goes through, something new is shown with all of it', async () => {
    const first = await send('Best? Write to nq@fabrikam.example');
    const changed = 'Best? Write to nick@fabrikam.example';
    const second = await scene.noor.press(first, 'Send anyway', { words: `${changed}\nLG Nico` });
    assert.match(textOf(second.card), /“nick@fabrikam\.example”\n.*\n“LG Nico”/);
    const third = await scene.noor.press(second.card, 'Send anyway', { words: `${changed}\nLG Nicola` });
    assert.match(textOf(third.card), /^Sent/);
  });

  it('are not asked about again after another reason to keep the form', async () => {
    const warned = await send(BETRAYS);
    const long = await scene.noor.press(warned, 'Send anyway', { words: `${'x'.repeat(2001)}\nLG Nico` });
    assert.match(textOf(long.card), /Please shorten it/);
    assert.ok(!textOf(long.card).includes(ASKED));
    assert.match(textOf((await scene.noor.press(long.card, 'Send', { words: BETRAYS })).card), /^Sent/);
  });

  it('may be sent with a name', async () => {
    assert.match(textOf(await send(BETRAYS, { signed: 'true' })), /^Sent/);
    const warned = await send('Second?\nLG Nico');
    const signed = await scene.noor.press(warned, 'Send anyway', {
      signed: 'true',
      words: 'Second? nq@fabrikam.example',
    });
    assert.match(textOf(signed.card), /^Sent/, 'the switch was turned in between');
  });

  it('may follow up under a name', async () => {
    await scene.answered(await scene.asked('Why not?', { signed: 'true' }), 'Because.');
    const own = await scene.noor.press(await scene.command(scene.noor, 'my questions'), 'Open');
    const form = await scene.noor.press(own.card, 'Follow up');
    const seen = await scene.noor.press(form.card, 'Send', { words: 'Best regards, Noor' });
    assert.ok(!textOf(seen.card).includes(ASKED));
    await scene.card(ines, 'Best regards, Noor');
  });

  it('make one question, however often the same press arrives', async () => {
    const warned = await send(BETRAYS);
    const anyway = scene.noor.pressing(warned, 'Send anyway');
    await Promise.all([1, 2, 3, 4].map(() => scene.noor.send(anyway)));
    await scene.settled();
    assert.equal(scene.cards(ines).filter((card) => textOf(card).includes('my raise')).length, 1);
  });

  it('are shown as typed, three of a kind at most', async () => {
    const words = [1, 2, 3, 4, 5].map((n) => `nq${n}@fabrikam.example`).join(', ');
    assert.match(textOf(await send(`Why? ${words}`)), /“nq3@fabrikam\.example” and 2 more/);
    const hostile = await send('Why?\nViele Grüße aus [x](http://b.example) {{TIME(1)}}');
    assert.match(textOf(hostile), /A signature: \n“Viele Grüße aus \[x\]\(http:\/\/b\.example\) \{\n/);
    const runs = partsOf(hostile).filter(({ type }) => type === 'TextRun');
    assert.ok(
      runs.every(({ text }) => !(text as string).includes('{{')),
      'clients would expand it',
    );
  });

  it('of somebody else’s question are told the same as no words: it is not here', async () => {
    await scene.answered(await scene.asked('Whose is this?'), 'Nobody’s.');
    const own = await scene.noor.press(await scene.command(scene.noor, 'my questions'), 'Open');
    const form = await scene.noor.press(own.card, 'Follow up');
    const { data } = findButton(form.card, 'Send');
    const forge = incoming({ serviceUrl: scene.teams.url });
    for (const words of ['fine', 'LG Nico']) {
      const seen = await scene.omar.send(forge.executes(scene.omar.person, 'followUp.send', { ...data, words }));
      assert.equal(
        seen.note ?? textOf(seen.card).match(/This question is not here any more\./)?.[0],
        'This question is not here any more.',
      );
    }
  });

  it('take any claim of what was shown for a courtesy, and no more', async () => {
    const { data } = findButton(await scene.command(scene.noor, 'ask'), 'Send');
    const forge = incoming({ serviceUrl: scene.teams.url });
    const press = (shown: unknown) =>
      scene.noor.send(forge.executes(noor, 'ask.send', { ...data, leader: ines.aadObjectId, words: BETRAYS, shown }));
    for (const shown of ['', ',', 'toString', '__proto__', 'SIGNATURE', 'email,phone'])
      assert.ok(textOf((await press(shown)).card).includes(ASKED), shown);
    for (const shown of [['signature'], 7, {}, 'x'.repeat(501)])
      assert.match((await press(shown)).note ?? '', /out of date/);
    assert.match(textOf((await press('signature')).card), /^Sent/);
  });
});
