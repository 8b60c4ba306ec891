import assert from 'node:assert/strict';
import { directoryJson, ines, otto } from '../support/cast.ts';
import { buttonsOf, type Card, partsOf, textOf } from '../support/client.ts';
import { openScene, type Scene } from '../support/scene.ts';

const typedIn = (card: Card | undefined, id: string) => partsOf(card).find((part) => part['id'] === id)?.['value'];

describe('a day’s limit', () => {
  let scene: Scene;
  afterEach(() => scene.close());

  for (const forms of ['inline', 'dialog'] as const)
    it(`on questions keeps the form open with its text, and says when to come back, forms ${forms}`, async () => {
      scene = await openScene({ forms, limits: { questions: 3 } });
      for (let n = 1; n <= 3; n += 1) await scene.asked(`Question number ${n}?`);
      const command = await scene.command(scene.noor, 'ask');
      const form = forms === 'inline' ? command : (await scene.noor.press(command, 'Ask privately')).card;
      const fourth = { words: 'Question number 4?', topic: 'Strategy', signed: 'true' };
      const seen = await scene.noor.press(form, 'Send', fourth);
      assert.match(
        textOf(seen.card),
        /You have asked 3 questions today\. Tomorrow you can ask again\. Your text is still here, but not kept on our side\./,
      );
      assert.deepEqual(
        ['words', 'topic', 'signed'].map((id) => typedIn(seen.card, id)),
        Object.values(fourth),
      );
      assert.match(textOf(await scene.command(scene.ines, 'queue')), /3 waiting/);
      assert.match(textOf(await scene.command(scene.omar, 'questions')), /3 questions for Ines/);
    });

  it('on questions counts a form once that Teams sends again, over a restart too', async () => {
    scene = await openScene({ limits: { questions: 2 } });
    const form = await scene.command(scene.noor, 'ask');
    const request = scene.noor.pressing(form, 'Send', { words: 'Sent four times' });
    await Promise.all([scene.noor.send(request), scene.noor.send(request)]);
    await scene.restart();
    await scene.noor.send(request);
    await scene.asked('The second one');
    const again = await scene.noor.press(await scene.command(scene.noor, 'ask'), 'Send', { words: 'The third' });
    assert.match(textOf(again.card), /You have asked 2 questions today/);
    assert.match(textOf((await scene.noor.send(request)).card), /^Sent/);
  });

  it('on votes leaves the list as it is, and still takes votes back', async () => {
    scene = await openScene({ limits: { votes: 1 } });
    for (let n = 1; n <= 2; n += 1) await scene.asked(`Question number ${n}?`);
    const list = await scene.command(scene.omar, 'questions');
    const voted = await scene.omar.press(list, 'I’d ask this too');
    const second = await scene.omar.press(voted.card, 'I’d ask this too');
    assert.equal(second.note, 'You have voted once today, votes taken back included. Tomorrow you can vote again.');
    const back = await scene.omar.press(voted.card, 'Take my vote back');
    const titles = (card: typeof back.card) => buttonsOf(card).map(({ title }) => title);
    assert.deepEqual(
      [titles(voted.card).includes('Take my vote back'), titles(back.card).includes('Take my vote back')],
      [true, false],
    );
  });
});

describe('a small audience', () => {
  let scene: Scene;
  beforeEach(async () => {
    const directory = directoryJson();
    const leaders = directory.leaders.map((leader) =>
      leader.id === otto.aadObjectId ? { ...leader, audience: 9 } : leader,
    );
    scene = await openScene({
      directory: { ...directory, leaders, audience: 10 },
      meets: ['noor', 'ines', 'otto', 'kofi'],
    });
  });
  afterEach(() => scene.close());

  const toOtto = { words: 'Why am I the only one on night shift?', leader: otto.aadObjectId };

  it('is told when the form opens, before anybody writes; of everybody who is asked by so few, and of nobody else', async () => {
    const opened = async () => textOf(await scene.command(scene.noor, 'ask'));
    assert.match(await opened(), /Fewer than 10 people can ask Otto Harrowgate, so .* only with “Sign with my name”\./);
    await scene.bot.changeDirectory({ ...directoryJson(), audience: 9 });
    assert.match(await opened(), /Fewer than 10 people can ask here, so .* only with “Sign with my name”\./);
    await scene.bot.changeDirectory({ ...directoryJson(), audience: 10 });
    assert.doesNotMatch(await opened(), /Fewer than/);
    await scene.bot.changeDirectory(directoryJson());
    assert.doesNotMatch(await opened(), /Fewer than/);
  });

  it('is refused without a name, with the reason, the text and the switch to sign; signed, the question is sent', async () => {
    const refused = await scene.noor.press(await scene.command(scene.noor, 'ask'), 'Send', toOtto);
    assert.match(
      textOf(refused.card),
      /Fewer than 10 people can ask Otto Harrowgate.*Nothing was sent.*“Sign with my name”/s,
    );
    assert.deepEqual([typedIn(refused.card, 'words'), typedIn(refused.card, 'leader')], Object.values(toOtto));
    assert.equal(typedIn(refused.card, 'signed'), 'false');
    assert.match(textOf(await scene.command(scene.otto, 'queue')), /Nothing waits/);
    const signed = await scene.noor.press(refused.card, 'Send', { signed: 'true' });
    assert.match(textOf(signed.card), /^Sent/);
    assert.match(textOf(await scene.card(otto, toOtto.words)), /signed by Noor Quillamor/i);
  });

  it('of one leader leaves the others as they are: ten people are enough', async () => {
    await scene.asked('Ten of us can ask you?');
  });

  it('takes follow-ups on what was asked without a name before it became small', async () => {
    const card = await scene.asked('Why so few?');
    await scene.bot.changeDirectory({ ...directoryJson(), audience: 3 });
    await scene.answered(card, 'Many left.');
    const own = await scene.noor.press(await scene.command(scene.noor, 'my questions'), 'Open');
    const form = await scene.noor.press(own.card, 'Follow up');
    await scene.noor.press(form.card, 'Send', { words: 'Who stays?' });
    assert.match(textOf(await scene.card(ines, 'Who stays?')), /asked without a name/i);
  });
});
