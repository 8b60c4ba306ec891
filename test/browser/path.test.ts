import assert from 'node:assert/strict';
import { answer, ask, NOTICE, openOwn, write } from './moves.ts';
import { onStage } from './stage.ts';
import { Witness } from './witness.ts';

const CHANNEL_GREETING = 'Forthright is in this channel';
const QUESTION = 'Why did we close the Lyon office without telling the people there?';
const ASK_BACK = 'Do you mean that it was closed, or how they were told?';
const CLARIFICATION = 'How they were told.';
const ANSWER = 'I should have come to Lyon first.\n\nI am sorry.';
const FOLLOW_UP = 'Will they get an offer elsewhere?';
const REPLY = 'Yes, all fourteen of them.';
const CORRECTION = 'I should have come to Lyon first, in March.';

describe('the path of a question, seen in three Teams windows', () => {
  const stage = onStage({ inOrder: true });
  const witness = new Witness();
  afterEach(async () => await witness.looks(stage()));

  it('greets each channel in which it is installed', async () => {
    const { kofi } = stage();
    for (const channel of ['General', 'Ask us']) {
      await kofi.openChannel(channel);
      await kofi.reads(CHANNEL_GREETING);
    }
    await kofi.openChat();
  });

  it('greets each role once, and a reload brings no second greeting', async () => {
    const { noor, ines, kofi } = stage();
    const greetings = [
      [noor, ['Ask your leaders a question']],
      [ines, ['You answer', 'Ask your leaders a question']],
      [kofi, ['You publish', 'Ask your leaders a question']],
    ] as const;
    for (const [page, said] of greetings) {
      for (const line of said) await page.reads(line);
      await page.reload();
      await page.command('questions', 'Open questions');
      const now = await page.text();
      for (const line of said) assert.ok(!now.includes(line), `${page.name} is greeted again:\n${now}`);
    }
  });

  it('keeps what was typed when the form finds fault with it', async () => {
    const { noor } = stage();
    const form = await noor.command('ask', 'Ask a question');
    await form.choose('Topic', 'Strategy');
    await form.press('Send');
    await form.reads('There is no text yet.');
    assert.equal(await form.value('Topic'), 'Strategy');
    const tooLong = `${'Why? '.repeat(400)}!`;
    await form.fill('Your question', tooLong);
    await form.press('Send');
    await form.reads('This is 2001 characters long; 2000 fit.');
    assert.equal(await form.value('Your question'), tooLong);
    assert.equal(await form.value('Topic'), 'Strategy');
    await form.press('Cancel');
    await form.reads('Nothing was sent');
  });

  it('leads from the form to the page that says what is kept', async () => {
    const form = await stage().noor.command('ask', 'Ask a question');
    const link = (await form.link('What is kept, and who could learn what')) ?? '';
    assert.match(link, /^http:\/\/127\.0\.0\.1:\d+\/privacy$/);
    assert.match(await (await fetch(link)).text(), /What is kept, and what is not/);
    await form.press('Cancel');
    await form.reads('Nothing was sent');
  });

  it('does not keep what is typed into the chat, and offers to ask privately', async () => {
    const { noor, kept } = stage();
    const typed = 'Is it true that the canteen closes?';
    const card = await noor.command(typed, 'That was not sent to anyone');
    assert.ok(!(await kept()).includes(typed));
    await card.press('Ask privately');
    await card.reads('Your question');
    await card.press('Cancel');
    await card.reads('Nothing was sent');
  });

  it('takes a question, and gives a receipt without its words', async () => {
    const { noor, ines } = stage();
    const receipt = await ask(noor, QUESTION);
    assert.doesNotMatch(await receipt.text(), /Lyon|Noor/);
    const card = await ines.card(QUESTION);
    assert.match(await card.text(), /A question for you[^]*asked without a name/);
  });

  it('keeps a draft for Ines until she comes back', async () => {
    const card = await stage().ines.card(QUESTION);
    await write(card, { press: 'Answer', label: 'Answer', words: 'A first thought.', send: 'Save draft' });
    await card.reads('A question for you');
    await card.press('Answer');
    await card.reads('Your answer');
    assert.equal(await card.value('Answer'), 'A first thought.');
    await card.press('Back');
    await card.reads('A question for you');
  });

  it('carries an ask-back to Noor, and what she answers back to Ines', async () => {
    const { noor, ines } = stage();
    const card = await ines.card(QUESTION);
    const asksBack = { press: 'Ask back', label: 'What would you like to know?', words: ASK_BACK };
    const notice = await noor.cardAfter(async () => await write(card, asksBack), NOTICE);
    assert.match(await notice.text(), /^A question you follow has an update\.\s+My questions$/);
    await notice.press('My questions');
    await notice.reads('Ines Duarte asks you back');
    await notice.press('Open');
    await notice.reads(ASK_BACK);
    const answersBack = { press: 'Answer back', label: 'Your answer', words: CLARIFICATION };
    const continued = await ines.cardAfter(async () => await write(notice, answersBack), CLARIFICATION);
    await notice.reads('You answered back');
    await continued.reads('The person who asked answered back');
  });

  it('shows the answer with its author to Ines and to Kofi', async () => {
    const { ines, kofi } = stage();
    const card = await answer(ines, CLARIFICATION, ANSWER);
    assert.match(await card.text(), /I should have come to Lyon first\.\s+I am sorry\.\s+Written by Ines Duarte/);
    const toCurate = await kofi.card('Ines Duarte answered');
    assert.match(await toCurate.text(), /Why did we close the Lyon[^]*I am sorry\.\s+Written by Ines Duarte/);
    assert.deepEqual(await toCurate.buttons(), ['Publish in General', 'Choose channels', 'Not now']);
  });

  it('publishes the thread in General, and tells Kofi and Ines where it stands', async () => {
    const { ines, kofi } = stage();
    const card = await kofi.card('Ines Duarte answered');
    await card.press('Publish in General');
    await card.reads('Published in General by Kofi Mensah');
    await (await ines.card(CLARIFICATION)).reads('Answered and published');
    await kofi.openChannel('General');
    const order = [QUESTION, 'Ines Duarte asked back', ASK_BACK, 'answered back', CLARIFICATION, 'I am sorry.'];
    witness.assertOrder(await kofi.thread('I am sorry.'), [...order, 'Written by Ines Duarte']);
    assert.ok(!(await kofi.text()).includes(CHANNEL_GREETING), 'The channel is greeted again');
    await kofi.openChat();
  });

  it('tells Noor without a word of it, and shows her the answer under My questions', async () => {
    const { noor } = stage();
    const notice = await noor.card(NOTICE);
    await notice.press('My questions');
    await notice.reads('Answered and published');
    await notice.press('Open');
    await notice.reads('I am sorry.');
    assert.match(await notice.text(), /Written by Ines Duarte/);
  });

  it('appends a follow-up and its reply to the same thread', async () => {
    const { noor, ines, kofi } = stage();
    const own = await openOwn(noor, QUESTION);
    const followsUp = { press: 'Follow up', label: 'Your follow-up', words: FOLLOW_UP };
    const card = await ines.cardAfter(async () => await write(own, followsUp), FOLLOW_UP);
    await own.reads('You followed up');
    const replies = { press: 'Reply', label: 'Your reply', words: REPLY };
    const wentOn = await kofi.cardAfter(async () => await write(card, replies), 'The conversation went on');
    await wentOn.press('Publish the rest');
    await wentOn.reads('Published in General by Kofi Mensah');
    await kofi.openChannel('General');
    const order = [
      'Ines Duarte answers',
      'Follow-up from the person who asked',
      FOLLOW_UP,
      'Ines Duarte replied',
      REPLY,
    ];
    witness.assertOrder(await kofi.thread(REPLY), [QUESTION, ...order]);
  });

  it('corrects the answer in its place, and says so', async () => {
    const { ines, kofi } = stage();
    const card = await ines.card(REPLY);
    await card.press('Correct the answer');
    await card.reads('Your answer so far');
    await card.fill('Answer', CORRECTION);
    await card.press('Replace the answer');
    await card.reads('Written by Ines Duarte · Corrected');
    const thread = await kofi.thread(CORRECTION);
    witness.assertOrder(thread, [QUESTION, CORRECTION, 'Written by Ines Duarte · Corrected', FOLLOW_UP, REPLY]);
    assert.doesNotMatch(thread, /I am sorry/);
    assert.equal(thread.split('Ines Duarte answers').length, 2);
  });

  it('has shown nobody who asked', () => witness.swearsThatNobodyLearned(stage()));
});
