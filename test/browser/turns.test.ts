import assert from 'node:assert/strict';
import { answer, ask, NOTICE, openOwn, write } from './moves.ts';
import { onStage } from './stage.ts';
import { Witness } from './witness.ts';

describe('other turns that a question takes, seen in three Teams windows', () => {
  const stage = onStage();
  const witness = new Witness();
  beforeEach(async () => await stage().kofi.openChat());
  afterEach(async () => await witness.looks(stage()));

  it('is declined with a reason, which Noor reads and the Register lists', async () => {
    const { noor, ines, kofi } = stage();
    const question = 'Who decided on the new bonus, and why?';
    await ask(noor, question);
    const card = await ines.card(question);
    await card.press('Decline');
    await card.fill('Anything to add?', 'I can say more in May.');
    await card.press('Decline');
    await card.reads('Please choose a reason');
    assert.equal(await card.value('Anything to add?'), 'I can say more in May.');
    await card.choose('Reason', 'It is confidential for now');
    await noor.cardAfter(async () => await card.press('Decline'), NOTICE);
    await card.reads('It is confidential for now');
    const own = await openOwn(noor, question);
    await own.reads('Declined by Ines Duarte: It is confidential for now');
    const register = await kofi.command('declined', question);
    witness.assertOrder(await register.text(), [question, 'It is confidential for now', 'I can say more in May.']);
  });

  it('is withdrawn, and its words are gone from Ines’ chat', async () => {
    const { noor, ines } = stage();
    const question = 'Will my team be moved to Porto?';
    await ask(noor, question);
    const card = await ines.card(question);
    const own = await openOwn(noor, question);
    await own.press('Withdraw');
    await own.reads('Withdraw this question?');
    await own.press('Withdraw');
    await own.reads('Your words are erased');
    await card.reads('Withdrawn by the person who asked.');
    await ines.reads('A question was withdrawn');
    assert.doesNotMatch(await ines.screen(), /Porto/);
    assert.deepEqual(await card.buttons(), ['See the queue']);
  });

  it('rises in Ines’ queue when a colleague would ask it too', async () => {
    const { noor, ines, kofi } = stage();
    const questions = ['When will we have a canteen?', 'When will we have a crèche?'];
    for (const question of questions) await ask(noor, question);
    const inQueue = async (): Promise<string[]> => {
      const queue = await ines.command('queue', questions[0]!);
      const text = await queue.text();
      return questions.toSorted((one, other) => text.indexOf(one) - text.indexOf(other));
    };
    const [first, last] = await inQueue();
    const list = await kofi.command('questions', last!);
    await list.press('I’d ask this too', last);
    await list.reads('Fewer than 5 would ask this too');
    assert.deepEqual(await inQueue(), [last, first]);
  });

  it('is set aside with a reason that Ines reads, and published in two channels later', async () => {
    const { noor, ines, kofi } = stage();
    const question = 'Why is the Lisbon team paid less?';
    const reason = 'After the works council on Friday.';
    await ask(noor, question);
    const inesCard = await answer(ines, question, 'It should not be. I will look into it this week.');
    const card = await kofi.card(question);
    const setsAside = { press: 'Not now', label: 'Why not now?', words: reason, send: 'Set aside' };
    const told = await ines.cardAfter(async () => await write(card, setsAside), 'Your answer is set aside');
    await told.reads(reason);
    await inesCard.reads(reason);
    await card.reads(`Set aside by Kofi Mensah: ${reason}`);
    await card.press('Choose channels');
    await card.choose('Publish in', 'Ask us (Contoso)');
    await card.press('Publish');
    for (const channel of ['General', 'Ask us']) await card.reads(`Published in ${channel} by Kofi Mensah`);
    for (const channel of ['General', 'Ask us']) {
      await kofi.openChannel(channel);
      const thread = await kofi.thread('I will look into it this week.');
      witness.assertOrder(thread, [question, 'Ines Duarte answers', 'Written by Ines Duarte']);
    }
  });

  it('shows hostile words as they were typed, and lets them do nothing', async () => {
    const { noor, ines, kofi, wires } = stage();
    const words = [
      '[x](http://evil.example) ![x](http://evil.example/x.png) <at>CEO</at> http://evil.example/y',
      '{{DATE(2026-01-01T00:00:00Z, SHORT)}} **bold** _so_ ${1+1} ${words} &lt;b&gt;',
      '<script>document.title = "evil"</script><img src="http://evil.example/z.png">',
    ];
    await ask(noor, `Is this read as typed?\n${words.join('\n')}`);
    const inesCard = await answer(ines, words[1]!, words.join('\n'));
    const card = await kofi.card(words[1]!);
    await card.press('Publish in General');
    await card.reads('Published in General');
    const own = await openOwn(noor, 'Is this read as typed?');
    for (const shown of [inesCard, card, own]) {
      witness.assertOrder(await shown.text(), [...words, ...words]);
      assert.equal(await shown.livelyParts(), 0);
    }
    await kofi.openChannel('General');
    witness.assertOrder(await kofi.thread(words[0]!), [...words, ...words]);
    for (const page of [noor, ines, kofi]) assert.equal(await page.links('evil'), 0);
    witness.swearsThatNobodyFetched('evil', Object.values(wires));
  });

  it('has shown nobody who asked', () => witness.swearsThatNobodyLearned(stage()));

  it('carries a name when its asker signs it', async () => {
    const { noor, ines, kofi } = stage();
    const question = 'May I bring my dog to the office?';
    await ask(noor, question, { signed: true });
    const card = await ines.card(question);
    await card.reads('signed by Noor Haddad');
    await answer(ines, question, 'Yes, on Fridays.');
    const toCurate = await kofi.card(question);
    await toCurate.reads('signed by Noor Haddad');
  });
});
