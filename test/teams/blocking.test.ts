import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { kaia, kofi, noor } from '../support/cast.ts';
import { buttonsOf, type Card, partsOf, textOf } from '../support/client.ts';
import { openScene, type Scene } from '../support/scene.ts';

const INSULT = 'Which idiot signed this off?';
const REFUSED = /You cannot ask or follow up until \d+ \w+ \d{4}.*You may appeal to a human: your administrator\./;
const typedIn = (card: Card | undefined, id: string) => partsOf(card).find((part) => part['id'] === id)?.['value'];

for (const forms of ['inline', 'dialog'] as const) {
  describe(`stopping an author, forms ${forms}`, () => {
    let scene: Scene;
    beforeEach(async () => void (scene = await openScene({ forms, meets: ['noor', 'ines', 'kofi', 'kaia', 'ana'] })));
    afterEach(() => scene.close());

    const declined = async () => {
      const form = await scene.ines.press(await scene.asked(INSULT), 'Decline');
      await scene.ines.press(form.card, 'Decline', { reason: 'respect' });
      return scene.card(kofi, 'Declined as not respectful');
    };
    const proposed = async () => {
      const form = await scene.kofi.press(await declined(), 'Stop this author');
      await scene.kofi.press(form.card, 'Propose', { words: 'The third insult' });
      return scene.card(kaia, 'A second person has to agree');
    };
    const stopped = async () => {
      await scene.kaia.press(await proposed(), 'Agree');
      return scene.card(kofi, 'Stopped until');
    };
    const asks = async (client = scene.noor, words = 'May I?') => {
      const card = await scene.command(client, 'ask');
      const form = forms === 'inline' ? card : (await client.press(card, 'Ask privately')).card;
      return (await client.press(form, 'Send', { words })).card;
    };

    const isSent = async (client = scene.noor) => {
      const card = await scene.command(client, 'ask');
      const form = forms === 'inline' ? card : (await client.press(card, 'Ask privately')).card;
      const seen = await client.press(form, 'Send', { words: 'May I ask this?' });
      return /Sent/.test(seen.note ?? textOf(seen.card));
    };

    it('does nothing by a proposal alone, which names who made it, for how long and why', async () => {
      const card = await proposed();
      assert.match(textOf(card), /Kofi Tamarisk proposes to stop this author for 7 days\..*The third insult/s);
      assert.ok(await isSent());
    });

    it('refuses the author, with the reason, the day and whom to appeal to; the text is kept, others ask on', async () => {
      const card = await stopped();
      assert.match(
        textOf(card),
        /Proposed by Kofi Tamarisk, agreed by Kaia Welkinson\.\nKofi Tamarisk: The third insult/,
      );
      assert.deepEqual(
        buttonsOf(card).map(({ title }) => title),
        ['Let them ask again'],
      );
      const refused = await asks();
      assert.match(textOf(refused), REFUSED);
      assert.equal(typedIn(refused, 'words'), 'May I?');
      assert.ok(await isSent(scene.omar));
      for (const client of ['ines', 'kofi', 'kaia', 'ana'] as const)
        for (const shown of scene.cards(scene[client].person)) assert.ok(!textOf(shown).includes('Quillamor'));
    });

    it('ends with its day', async () => {
      await stopped();
      // The bot writes in this same process, which could not wait for it.
      await scene.settled();
      const db = new DatabaseSync(join(scene.bot.folder, 'data', 'forthright.db'));
      db.prepare('UPDATE blocks SET until = ?').run(new Date().toISOString().slice(0, 10));
      db.close();
      assert.ok(await isSent());
      await scene.restart();
      const after = new DatabaseSync(join(scene.bot.folder, 'data', 'forthright.db'), { readOnly: true });
      const rows = after.prepare('SELECT count(*) AS n FROM blocks');
      await scene.teams.until(() => rows.get()?.['n'] === 0);
      after.close();
    });

    it('is turned down by a second person, with a reason that both read; nobody is stopped or can be', async () => {
      const theirs = await proposed();
      const form = await scene.kaia.press(theirs, 'Disagree');
      assert.match(
        textOf((await scene.kaia.press(form.card, 'Disagree', { words: ' ' })).card),
        /There is no text yet/,
      );
      await scene.kaia.press(form.card, 'Disagree', { words: 'A fair question, rudely put' });
      const card = await scene.card(kofi, 'Nobody is stopped');
      assert.match(textOf(card), /Kaia Welkinson disagrees with Kofi Tamarisk.*Kaia Welkinson: A fair question/s);
      assert.match(textOf(theirs), /Two people can stop its author/, 'the premise');
      assert.doesNotMatch(
        textOf(card),
        /Two people can stop its author/,
        'what can no longer be done is not explained',
      );
      assert.deepEqual(buttonsOf(card), []);
      const late = await scene.ana.press(theirs, 'Agree');
      assert.match(late.note ?? '', /Kaia Welkinson has disagreed/);
      const own = await scene.kofi.press(theirs, 'Disagree');
      const refused = await scene.kofi.press(own.card, 'Disagree', { words: 'Mine' });
      assert.match(refused.note ?? '', /You proposed this yourself/);
      assert.ok(await isSent());
    });

    it('is lifted early by one person, whose name and reason stay; the author may ask again and reads why', async () => {
      const form = await scene.ana.press(await stopped(), 'Let them ask again');
      await scene.ana.press(form.card, 'Let them ask again', { words: 'They said sorry' });
      const card = await scene.card(kofi, 'Lifted by');
      assert.match(textOf(card), /Lifted by Ana Fenchurch.*agreed by Kaia Welkinson.*Ana Fenchurch: They said sorry/s);
      assert.deepEqual(buttonsOf(card), []);
      assert.ok(await isSent());
      const db = new DatabaseSync(join(scene.bot.folder, 'data', 'forthright.db'), { readOnly: true });
      const rows = db.prepare('SELECT count(*) AS n FROM blocks').get();
      db.close();
      assert.equal(rows?.['n'], 0);
    });

    it('is lifted by nobody else: not its leader, nor its author, nor a reader with a card in hand', async () => {
      const theirs = await stopped();
      for (const client of [scene.ines, scene.omar, scene.noor]) {
        const { note } = await client.press(theirs, 'Let them ask again');
        assert.match(note ?? '', /belongs to someone else/);
      }
    });

    it('needs two: whoever proposed has no button to agree, and is refused with a card in hand', async () => {
      const theirs = await proposed();
      assert.deepEqual(buttonsOf(await scene.card(kofi, 'A second person has to agree')), []);
      const own = await scene.kofi.press(theirs, 'Agree');
      assert.match(own.note ?? '', /You proposed this yourself/);
      for (const client of [scene.ines, scene.omar, scene.noor]) {
        const { note } = await client.press(theirs, 'Agree');
        assert.match(note ?? '', /belongs to someone else/);
      }
      assert.ok(await isSent());
    });

    it('keeps the form open where the reason or the days are missing', async () => {
      const form = await scene.kofi.press(await declined(), 'Stop this author');
      const blank = await scene.kofi.press(form.card, 'Propose', { words: ' ' });
      assert.match(textOf(blank.card), /There is no text yet/);
      const long = await scene.kofi.press(form.card, 'Propose', { words: 'An insult', days: '31' });
      assert.match(textOf(long.card), /Please choose from 1 to 30 days/);
      assert.equal(typedIn(long.card, 'words'), 'An insult');
    });

    it('is one block, however often and by how many it is agreed', async () => {
      const request = scene.kaia.pressing(await proposed(), 'Agree');
      const anas = scene.ana.pressing(await scene.card(scene.ana.person, 'A second person has to agree'), 'Agree');
      await Promise.all([scene.kaia.send(request), scene.kaia.send(request), scene.ana.send(anas)]);
      await scene.card(kofi, 'Stopped until');
      await scene.settled();
      const db = new DatabaseSync(join(scene.bot.folder, 'data', 'forthright.db'), { readOnly: true });
      const rows = db.prepare('SELECT count(*) AS n FROM blocks').get();
      db.close();
      assert.equal(rows?.['n'], 1);
    });
  });
}

describe('an author who is stopped', () => {
  let scene: Scene;
  beforeEach(async () => void (scene = await openScene()));
  afterEach(() => scene.close());

  it('has another tag for each block, so that two blocks of one author look like those of two', async () => {
    for (const words of [INSULT, 'Are you all fools?']) await scene.asked(words);
    for (const words of [INSULT, 'Are you all fools?']) {
      const form = await scene.ines.press(await scene.card(scene.ines.person, words), 'Decline');
      await scene.ines.press(form.card, 'Decline', { reason: 'respect' });
      const stop = await scene.kofi.press(await scene.card(kofi, words), 'Stop this author');
      await scene.kofi.press(stop.card, 'Propose', { words: 'An insult' });
      const proposed = await scene.teams.until(() =>
        scene.cards(kaia).find((card) => textOf(card).includes(words) && textOf(card).includes('has to agree')),
      );
      await scene.kaia.press(proposed, 'Agree');
    }
    await scene.teams.until(
      () => scene.cards(kofi).filter((card) => textOf(card).includes('Stopped until')).length === 2,
    );
    const db = new DatabaseSync(join(scene.bot.folder, 'data', 'forthright.db'), { readOnly: true });
    const rows = db.prepare('SELECT DISTINCT tag FROM blocks').all();
    db.close();
    assert.equal(rows.length, 2);
  });

  it('cannot follow up either, and reads why below their question, without the names of who agreed', async () => {
    const answered = await scene.asked('Why is the lift broken?');
    await scene.answered(answered, 'The part is on its way.');
    const declined = await scene.ines.press(await scene.asked(INSULT), 'Decline');
    await scene.ines.press(declined.card, 'Decline', { reason: 'respect' });
    const form = await scene.kofi.press(await scene.card(kofi, 'Declined as not respectful'), 'Stop this author');
    await scene.kofi.press(form.card, 'Propose', { words: 'The third insult', days: '30' });
    await scene.kaia.press(await scene.card(kaia, 'A second person has to agree'), 'Agree');
    await scene.card(kofi, 'Stopped until');
    const open = async (words: string) => {
      const list = await scene.command(scene.noor, 'my questions');
      for (const nth of [0, 1]) {
        const { card } = await scene.noor.press(list, 'Open', {}, nth);
        if (textOf(card).includes(words)) return card;
      }
      return assert.fail(`There is no ${words}`);
    };
    const own = textOf(await open(INSULT));
    assert.match(
      own,
      /Because of this question you cannot ask or follow up until .*You can still read and vote.*appeal to a human: your administrator.*\nThe reason: The third insult/,
    );
    for (const name of ['Kofi', 'Kaia']) assert.ok(!own.includes(name));
    const followUp = await scene.noor.press(await open('lift'), 'Follow up');
    const refused = await scene.noor.press(followUp.card, 'Send', { words: 'And when?' });
    assert.match(textOf(refused.card), REFUSED);
    assert.equal(typedIn(refused.card, 'words'), 'And when?');
  });

  it('is told of the end by the notice that everybody gets, and reads the reason, not who lifted it', async () => {
    const form = await scene.ines.press(await scene.asked(INSULT), 'Decline');
    await scene.ines.press(form.card, 'Decline', { reason: 'respect' });
    const stop = await scene.kofi.press(await scene.card(kofi, 'Declined as not respectful'), 'Stop this author');
    await scene.kofi.press(stop.card, 'Propose', { words: 'An insult' });
    await scene.kaia.press(await scene.card(kaia, 'A second person has to agree'), 'Agree');
    const lift = await scene.kofi.press(await scene.card(kofi, 'Stopped until'), 'Let them ask again');
    await scene.settled();
    const before = scene.cards(noor);
    await scene.kofi.press(lift.card, 'Let them ask again', { words: 'They said sorry' });
    await scene.card(kofi, 'Lifted by');
    await scene.settled();
    const told = scene.cards(noor).slice(before.length);
    assert.deepEqual(told, [before.at(-1)], 'the same card as the notices before');
    const { card } = await scene.noor.press(await scene.command(scene.noor, 'my questions'), 'Open');
    assert.match(
      textOf(card),
      /What stopped you because of this question was lifted early\.\nThe reason: They said sorry/,
    );
    assert.ok(!textOf(card).includes('Kofi'));
  });
});
