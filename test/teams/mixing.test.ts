import assert from 'node:assert/strict';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { canariesOf, canaryOf, filesIn, foundIn } from '../support/canary.ts';
import { ines, noor, omar, otto } from '../support/cast.ts';
import { buttonsOf, type Client, textOf } from '../support/client.ts';
import { openScene, type Scene } from '../support/scene.ts';

const WORDS = 'Xylophagous beetles in the board room?';
const MIXING = { size: 3, minutes: 30 };

describe('mixing', () => {
  let scene: Scene;
  afterEach(() => scene.close());

  async function asks(client: Client, words: string, leader = ines.aadObjectId) {
    const form = await scene.command(client, 'ask');
    const { card } = textOf(form).includes('Your question')
      ? { card: form }
      : await client.press(form, 'Ask privately');
    return client.press(card, 'Send', { words, leader });
  }
  /** The list of a person's own questions, from whichever client. */
  async function mine(client: Client) {
    const card = await scene.command(client, 'my questions');
    const isDialog = buttonsOf(card).some(({ title }) => title === 'My questions');
    return isDialog ? (await client.press(card, 'My questions')).card : card;
  }
  const rows = (): Record<string, unknown>[] => {
    const db = new DatabaseSync(join(scene.bot.folder, 'data', 'forthright.db'), { readOnly: true });
    const all = db.prepare('SELECT * FROM waiting').all();
    db.close();
    return all;
  };
  const atRest = (canary: string) =>
    filesIn(scene.bot.folder).flatMap(({ bytes }) => foundIn(bytes, canaryOf('canary', canary)));
  const queue = async () => textOf(await scene.command(scene.ines, 'queue'));

  for (const forms of ['inline', 'dialog'] as const) {
    it(`keeps a question on its way, and shows it to its asker alone, forms ${forms}`, async () => {
      scene = await openScene({ forms, mixing: MIXING, meets: ['noor', 'ines', 'omar'] });
      const sent = await asks(scene.noor, WORDS);
      assert.match(textOf(sent.card) + (sent.note ?? ''), /^Sent.*on its way/s);
      await scene.settled();
      assert.match(await queue(), /Nothing waits/);
      assert.ok(!scene.cards(ines).some((card) => textOf(card).includes(WORDS)));
      const list = await mine(scene.noor);
      assert.match(textOf(list), /On its way/);
      assert.ok(textOf(list).includes(WORDS));
      const { card } = await scene.noor.press(list, 'Open');
      assert.match(textOf(card), /On its way/);
      assert.deepEqual(
        buttonsOf(card).map(({ title }) => title),
        ['Withdraw', 'All my questions'],
      );
      assert.ok(!textOf(await mine(scene.omar)).includes(WORDS));
    });

    it(`lets its asker take it back: it is erased, and nobody is told, forms ${forms}`, async () => {
      scene = await openScene({ forms, mixing: MIXING, meets: ['noor', 'ines', 'omar'] });
      await asks(scene.noor, WORDS);
      const capsule = String(rows()[0]?.['capsule']);
      const own = await scene.noor.press(await mine(scene.noor), 'Open');
      const confirm = await scene.noor.press(own.card, 'Withdraw');
      assert.match(textOf(confirm.card), /Nobody has seen them, and nobody is told/);
      await scene.noor.press(confirm.card, 'Withdraw');
      assert.deepEqual([rows(), atRest(capsule.slice(0, 60)), atRest(capsule.slice(-60))], [[], [], []]);
      assert.ok(!textOf(await mine(scene.noor)).includes(WORDS));
      for (const words of ['One', 'Two', 'Three']) await asks(scene.omar, words);
      await scene.card(ines, 'Three');
      await scene.settled();
      for (const card of scene.cards(ines)) assert.doesNotMatch(textOf(card), /Xylophagous|withdrawn/);
    });
  }

  it('lets three in together, the words of whoever asked first among them', async () => {
    scene = await openScene({ mixing: MIXING, meets: ['noor', 'ines', 'otto', 'omar'] });
    await asks(scene.noor, WORDS);
    await asks(scene.omar, 'Who waters the plants?', otto.aadObjectId);
    await scene.settled();
    assert.match(await queue(), /Nothing waits/);
    const capsules = rows().map(({ capsule }) => String(capsule));
    await asks(scene.omar, 'Why no bicycles?');
    for (const text of [WORDS, 'Why no bicycles?']) await scene.card(ines, text);
    await scene.card(otto, 'Who waters the plants?');
    await scene.settled();
    assert.deepEqual(rows(), []);
    for (const capsule of capsules) assert.deepEqual(atRest(capsule.slice(0, 60)), []);
    assert.match(textOf(await mine(scene.noor)), /Waiting for an answer/);
  });

  it('keeps no word, no name, no time and no order of what waits: rows of one size, under random ids', async () => {
    scene = await openScene({ mixing: { size: 9, minutes: 30 }, meets: ['noor', 'ines', 'omar'] });
    for (const words of [WORDS, 'x', 'y'.repeat(1900)]) await asks(scene.noor, words);
    await asks(scene.omar, 'z');
    await scene.settled();
    const now = Date.now();
    for (const canary of [WORDS, 'y'.repeat(100)]) assert.deepEqual(atRest(canary), []);
    for (const { bytes } of filesIn(join(scene.bot.folder, 'data'))) {
      assert.deepEqual(foundIn(bytes, [...canariesOf(noor), ...canariesOf(omar)]), []);
      // Of this hour, in any usual notation: milliseconds, seconds, ISO.
      for (const time of [String(now).slice(0, 6), new Date(now).toISOString().slice(0, 13)])
        assert.ok(!bytes.includes(time), time);
    }
    assert.equal(rows().length, 4);
    for (const row of rows()) {
      assert.deepEqual(Object.keys(row), ['id', 'epoch', 'room', 'capsule']);
      assert.match(String(row['id']), /^[\w-]{22}$/);
      assert.match(String(row['epoch']), /^\d{4}-W\d{2}$/);
    }
    assert.equal(new Set(rows().map(({ capsule }) => String(capsule).length)).size, 1);
    const db = new DatabaseSync(join(scene.bot.folder, 'data', 'forthright.db'), { readOnly: true });
    assert.throws(() => db.prepare('SELECT rowid FROM waiting').all(), /no such column/);
    db.close();
  });

  it('outlasts a restart', async () => {
    scene = await openScene({ mixing: MIXING, meets: ['noor', 'ines', 'omar'] });
    await asks(scene.noor, WORDS);
    await scene.restart();
    assert.match(textOf(await mine(scene.noor)), /On its way/);
    for (const words of ['One', 'Two']) await asks(scene.omar, words);
    await scene.card(ines, WORDS);
  });

  it('does not say “Sent” where the row could not be written: the form stays open with its text', async () => {
    scene = await openScene({ mixing: MIXING, meets: ['noor', 'ines'] });
    const db = new DatabaseSync(join(scene.bot.folder, 'data', 'forthright.db'));
    db.exec('ALTER TABLE waiting RENAME TO taken_away');
    db.close();
    const seen = await asks(scene.noor, WORDS);
    assert.match(textOf(seen.card), /could not be sent/);
    assert.ok(textOf(seen.card).includes(WORDS));
  });
});
