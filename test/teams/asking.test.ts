import assert from 'node:assert/strict';
import { incoming } from '../support/activities.ts';
import { ines, noor, otto } from '../support/cast.ts';
import { findButton, partsOf, textOf } from '../support/client.ts';
import { post } from '../support/post.ts';
import { openScene, type Scene } from '../support/scene.ts';

const valueOf = (card: Parameters<typeof partsOf>[0], id: string) =>
  partsOf(card).find((part) => part['id'] === id)?.['value'];

describe('asking', () => {
  let scene: Scene;
  beforeEach(async () => void (scene = await openScene()));
  afterEach(() => scene.close());

  it('shows leader, question, topic, the switch to sign, and the two honest lines', async () => {
    const text = textOf(await scene.command(scene.noor, 'ask'));
    assert.match(text, /Ines Varandell, Chief Executive\n.*\n?Otto Harrowgate/);
    assert.match(text, /Leaders and comms cannot see who you are\. Whoever controls this bot’s code and keys could\./);
    assert.match(text, /Microsoft 365 may record that you used this bot\./);
    assert.match(text, /Sign with my name/);
  });

  it('keeps the text where it is blank, too long, or for a leader who left', async () => {
    const form = await scene.command(scene.noor, 'ask');
    const blank = await scene.noor.press(form, 'Send', { words: ' \n\u200B ' });
    assert.match(textOf(blank.card), /There is no text yet/);
    const long = 'x'.repeat(2001);
    const tooLong = await scene.noor.press(form, 'Send', { words: long, topic: 'Strategy', signed: 'true' });
    assert.match(textOf(tooLong.card), /2001 characters long; 2000 fit/);
    assert.deepEqual(
      ['words', 'topic', 'signed'].map((id) => valueOf(tooLong.card, id)),
      [long, 'Strategy', 'true'],
    );
    const gone = await scene.noor.press(form, 'Send', { words: 'Why?', leader: 'nobody' });
    assert.match(textOf(gone.card), /no longer on the list/);
    assert.equal(valueOf(gone.card, 'words'), 'Why?');
    assert.match(textOf(await scene.command(scene.ines, 'queue')), /Nothing waits/);
  });

  it('counts as people count: 2,000 family emoji fit', async () => {
    const words = '👩‍👩‍👧‍👦'.repeat(2000);
    const form = await scene.command(scene.noor, 'ask');
    assert.match(textOf((await scene.noor.press(form, 'Send', { words })).card), /^Sent/);
  });

  it('gives a receipt without text, leader or name', async () => {
    const form = await scene.command(scene.noor, 'ask');
    const text = textOf((await scene.noor.press(form, 'Send', { words: 'Why so secret?' })).card);
    assert.match(text, /^Sent\n/);
    for (const word of ['secret', ines.name, noor.name]) assert.ok(!text.includes(word), word);
  });

  it('does not keep what was typed into the chat, and offers to ask privately', async () => {
    const reply = await scene.command(scene.noor, 'Why did you fire my whole team?');
    assert.match(textOf(reply), /I did not keep what you typed, but it stays in this chat’s history/);
    assert.match(textOf((await scene.noor.press(reply, 'Ask privately')).card), /Your question/);
    assert.match(textOf(await scene.command(scene.ines, 'queue')), /Nothing waits/);
  });

  it('shows the notification text of the leader’s card: the question', async () => {
    await scene.asked('Will there be layoffs?');
    const sent = scene.teams.conversation(ines.conversationId).at(-1)?.activity as { summary?: string; text?: string };
    assert.equal(sent.summary, 'Will there be layoffs?');
    assert.equal(sent.text, undefined, 'Teams would split text and card in two');
  });

  it('reaches a leader whom the bot never met, by opening the chat', async () => {
    const form = await scene.command(scene.noor, 'ask');
    await scene.noor.press(form, 'Send', { words: 'Are you new here?', leader: otto.aadObjectId });
    await scene.teams.until(() =>
      textOf(scene.teams.chatWith(otto).at(-1)?.card as never).includes('Are you new here?'),
    );
  });

  it('shows hostile words as typed, in cards and in what is posted', async () => {
    const words =
      '[x](http://evil.example) <at>CEO</at> ![](http://pixel.example) **b** <script>alert(1)</script> ${id} #{a}';
    const card = await scene.asked(words);
    const block = partsOf(card).find(
      (part) => part['type'] === 'TextRun' && (part['text'] as string).startsWith('[x]'),
    );
    assert.equal(block?.['text'], words);
    await scene.answered(card, words);
    const sent = scene.teams.requests.map(({ body }) => JSON.stringify(body)).join('\n');
    assert.ok(!/"type":"mention"/.test(sent), 'nobody is mentioned');
  });

  it('cleans what nobody sees: bidi overrides, zero-width marks, NUL', async () => {
    const form = await scene.command(scene.noor, 'ask');
    await scene.noor.press(form, 'Send', { words: 'Is \u202Eevil\u202C\u200B\u0000 hidden\uFEFF?' });
    await scene.card(ines, 'Is evil hidden?');
  });

  it('signs with the name that Teams tells, where the asker chose to', async () => {
    const card = await scene.asked('Here I stand', { signed: 'true', name: 'Somebody Else' });
    assert.match(textOf(card), /Signed by Noor Quillamor|signed by Noor Quillamor/);
  });

  it('lets the asker sign later, one way', async () => {
    await scene.asked('Who am I?');
    const own = await scene.noor.press(await scene.command(scene.noor, 'my questions'), 'Open');
    const confirm = await scene.noor.press(own.card, 'Sign with my name');
    await scene.noor.press(confirm.card, 'Sign with my name');
    assert.match(textOf(await scene.card(ines, 'signed by Noor Quillamor')), /Who am I\?/);
    const again = await scene.noor.press(confirm.card, 'Sign with my name');
    assert.equal(again.note, 'This question already carries a name.');
  });

  it('withdraws: the words go, the leader is told, nothing leads back', async () => {
    const card = await scene.asked('Forget that I said this');
    const list = await scene.command(scene.noor, 'my questions');
    const own = await scene.noor.press(list, 'Open');
    const confirm = await scene.noor.press(own.card, 'Withdraw');
    const done = await scene.noor.press(confirm.card, 'Withdraw');
    assert.match(textOf(done.card), /^Withdrawn/);
    await scene.card(ines, 'A question was withdrawn');
    await scene.teams.until(() => !scene.cards(ines).some((one) => textOf(one).includes('Forget that')));
    assert.match(textOf(await scene.command(scene.noor, 'my questions')), /not asked anything/);
    const form = await scene.ines.press(card, 'Answer');
    assert.match(textOf(form.card), /Withdrawn by the person who asked/);
  });

  it('refuses a card from before, or one that somebody wrote, without a word lost', async () => {
    const activity = incoming({ serviceUrl: scene.teams.url });
    for (const [verb, data] of [
      ['no.such.verb', {}],
      ['__proto__', {}],
      ['constructor', {}],
      ['ask.send', { submission: '../../etc', words: 'x' }],
      ['answer.send', { question: ['a'], submission: {}, words: 1 }],
    ] as const) {
      const seen = await scene.noor.send(activity.executes(noor, verb, data));
      assert.match(seen.note ?? '', /out of date/, verb);
    }
    const polluted = JSON.parse(
      '{"submission":"AAAAAAAAAAAAAAAAAAAAAA","words":"Fine?","__proto__":{"leader":"x"}}',
    ) as object;
    const form = await scene.command(scene.noor, 'ask');
    findButton(form, 'Send');
    const seen = await scene.noor.send(activity.executes(noor, 'ask.send', { ...polluted, leader: ines.aadObjectId }));
    assert.match(textOf(seen.card), /^Sent/);
    assert.equal(({} as { leader?: string }).leader, undefined);
  });

  it('keeps the form open with its text when the store fails', async () => {
    const form = await scene.command(scene.noor, 'ask');
    const request = scene.noor.pressing(form, 'Send', { words: 'Does this get lost?' });
    scene.bot.breakStore();
    const seen = await scene.noor.send(request);
    assert.match(textOf(seen.card), /could not be sent just now\. Nothing was kept/);
    assert.equal(valueOf(seen.card, 'words'), 'Does this get lost?');
    assert.ok(!scene.bot.lines.join('').includes('get lost'), 'the log holds no words');
    const other = await scene.noor.press(form, 'Cancel');
    assert.match(textOf(other.card), /Nothing was sent/);
    const ready = await fetch(`${scene.bot.url}/readyz`, { signal: AbortSignal.timeout(2000) });
    assert.equal(ready.status, 503);
  });

  it('says that something failed, with a reference, when a command cannot be answered', async () => {
    scene.bot.breakStore();
    const reply = await scene.command(scene.ines, 'queue');
    const reference = /\(([0-9a-f]{8})\)/.exec(textOf(reply))?.[1] ?? 'none';
    assert.ok(scene.bot.lines.join('').includes(`"reference":"${reference}"`));
  });

  it('refuses messages in a channel, and tells where to ask', async () => {
    const activity = incoming({ serviceUrl: scene.teams.url });
    const message = activity.saysInChannel(noor, '<at>Forthright</at> ask');
    await post(scene.bot.url, message);
    const thread = scene.teams.conversation(message.conversation.id);
    assert.match(textOf(thread.at(-1)?.card as never), /there, nobody sees who asks/);
  });
});

const opensChat = ({ method, path }: { method: string; path: string }) =>
  method === 'POST' && path === '/v3/conversations';

describe('my questions', () => {
  it('come in pages, each once', async () => {
    const scene = await openScene();
    try {
      for (let n = 1; n <= 12; n += 1) await scene.asked(`Question number ${n}?`);
      const first = await scene.command(scene.noor, 'my questions');
      const second = (await scene.noor.press(first, 'More')).card;
      const asked = [first, second].flatMap((card) => textOf(card).match(/Question number \d+/g) ?? []);
      assert.deepEqual([asked.length, new Set(asked).size], [12, 12]);
      assert.ok(!textOf(second).includes('More'));
    } finally {
      await scene.close();
    }
  });
});

describe('what is typed into the chat', () => {
  it('is a command also when nearly so; something short is not treated as a leaked question', async () => {
    const scene = await openScene();
    try {
      assert.match(textOf(await scene.command(scene.noor, 'ASK!')), /Your question/);
      assert.match(textOf(await scene.command(scene.noor, 'my question')), /My questions/);
      assert.match(textOf(await scene.command(scene.noor, 'Hello')), /Ask your leaders a question/);
      assert.match(textOf(await scene.command(scene.noor, 'asl')), /I don’t know that word/);
      assert.match(textOf(await scene.command(scene.noor, 'Why me?')), /I did not keep what you typed/);
    } finally {
      await scene.close();
    }
  });
});

describe('an answer back that comes after the answer', () => {
  it('is not turned into a public follow-up unasked; its text stays', async () => {
    const scene = await openScene();
    try {
      const card = await scene.asked('Who decided this?');
      const back = await scene.ines.press(card, 'Ask back');
      await scene.ines.press(back.card, 'Send', { words: 'Decided what?' });
      const own = await scene.noor.press(await scene.command(scene.noor, 'my questions'), 'Open');
      const form = await scene.noor.press(own.card, 'Answer back');
      await scene.answered(card, 'I did.');
      const late = await scene.noor.press(form.card, 'Send', { words: 'Those in Paris.' });
      assert.match(textOf(late.card), /The answer came while you were writing.*Those in Paris\./s);
      const sent = await scene.noor.press(late.card, 'Send');
      assert.match(textOf(sent.card), /You followed up\nThose in Paris\./);
    } finally {
      await scene.close();
    }
  });
});

describe('the two honest lines', () => {
  for (const forms of ['inline', 'dialog'] as const)
    it(`lead to the page that says what is kept, which the bot serves, forms ${forms}`, async () => {
      const scene = await openScene({ forms });
      try {
        const card = await scene.command(scene.noor, 'ask');
        const form = forms === 'inline' ? card : (await scene.noor.press(card, 'Ask privately')).card;
        const lines = /^We keep your words.*used this bot\. \[What is kept, and who could learn what\]\((.*)\)$/m;
        const [, link = ''] = lines.exec(textOf(form)) ?? [];
        assert.equal(link, `${scene.bot.url}/privacy`);
        assert.match(await (await fetch(link)).text(), /<h1>What is kept, and what is not<\/h1>/);
      } finally {
        await scene.close();
      }
    });
});

describe('a leader who could not be reached', () => {
  it('gets the cards that were given up, when they first meet the bot', async () => {
    const scene = await openScene({ meets: ['noor'] });
    try {
      const armed = scene.teams.fail({ status: 403, match: opensChat });
      const form = await scene.command(scene.noor, 'ask');
      await scene.noor.press(form, 'Send', { words: 'Is anybody there?' });
      await scene.teams.until(() => armed.left() === 0);
      await scene.settled();
      await scene.ines.installs();
      await scene.card(ines, 'Is anybody there?');
    } finally {
      await scene.close();
    }
  });
});
