import assert from 'node:assert/strict';
import { appendFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { canariesOf, type Canary, canaryOf, filesIn, foundIn } from './support/canary.ts';
import { ines, kaia, kofi, noor, omar } from './support/cast.ts';
import { textOf } from './support/client.ts';
import { openScene, type Scene } from './support/scene.ts';

const TYPED = 'Quizzaciously typed into the open chat';
const TAKEN_BACK = 'Xylophagous words that were taken back';

/** Where a canary was found, as "place: canary"; nothing is what the promise asks for. */
function leaks(scene: Scene, canaries: Canary[]): string[] {
  const places: [string, Buffer | string][] = [
    ...filesIn(scene.bot.folder)
      .filter(({ file }) => file !== 'directory.json')
      .map(({ file, bytes }): [string, Buffer] => [file, bytes]),
    ['log', scene.bot.lines.join('')],
    ...scene.teams.requests
      .filter(({ path }) => !path.includes(noor.conversationId))
      .map(({ method, path, body }): [string, string] => [
        `${method} ${path.slice(0, 30)}`,
        `${path} ${JSON.stringify(body)}`,
      ]),
  ];
  return places.flatMap(([place, bytes]) => foundIn(bytes, canaries).map((name) => `${place}: ${name}`));
}

/** Noor through every use case there is for an asker. */
async function live(scene: Scene, forms: 'inline' | 'dialog'): Promise<void> {
  const { noor: asker, ines: leader, kofi: curator } = scene;
  await asker.says(TYPED);
  await asker.says('help');
  const card = await scene.asked('Why is the lift broken?');
  const mine = async (nth = 0) => {
    const list = await scene.command(asker, 'my questions');
    const opened = forms === 'dialog' ? (await asker.press(list, 'My questions')).card : list;
    return asker.press(opened, 'Open', {}, nth);
  };
  const back = await leader.press(card, 'Ask back');
  await leader.press(back.card, 'Send', { words: 'Which lift?' });
  const clarify = await asker.press((await mine()).card, 'Answer back');
  await asker.press(clarify.card, 'Send', { words: 'The left one.' });
  await asker.press(await scene.command(asker, 'questions'), 'I’d ask this too');
  await asker.press(await scene.command(asker, 'questions'), 'Take my vote back');
  await asker.press(await scene.command(asker, 'questions'), 'I’d ask this too');
  await scene.answered(await scene.card(ines, 'The left one.'), 'The part is on its way.');
  await curator.press(await scene.card(kofi, 'Publish in General'), 'Publish in General');
  await scene.card(kofi, 'Published in General');
  const followUp = await asker.press((await mine()).card, 'Follow up');
  await asker.press(followUp.card, 'Send', { words: 'From where?' });
  const reply = await leader.press(await scene.card(ines, 'From where?'), 'Reply');
  await leader.press(reply.card, 'Send', { words: 'From Oslo.' });
  await curator.press(await scene.card(kofi, 'The conversation went on'), 'Publish the rest');
  await scene.teams.until(() => scene.thread().length === 6);
  await scene.asked(TAKEN_BACK);
  const own = await mine();
  const nth = textOf(own.card).includes(TAKEN_BACK) ? own : await mine(1);
  const confirm = await asker.press(nth.card, 'Withdraw');
  await asker.press(confirm.card, 'Withdraw');
  await scene.card(ines, 'A question was withdrawn');
  scene.teams.fail({ status: 403, match: ({ body }) => JSON.stringify(body ?? '').includes('A question you follow') });
  await scene.answered(await scene.asked('Can you reach me?'), 'I hope so.');
  await scene.settled();
  const drop = await curator.press(await scene.command(curator, 'deliveries'), 'Drop');
  await curator.press(drop.card, 'Drop', { words: 'They will look.' });
  const declined = await leader.press(await scene.asked('Who is to blame?'), 'Decline');
  await leader.press(declined.card, 'Decline', { reason: 'personal' });
  const insult = await leader.press(await scene.asked('Which fool?'), 'Decline');
  await leader.press(insult.card, 'Decline', { reason: 'respect' });
  const stop = await curator.press(await scene.card(kofi, 'Declined as not respectful'), 'Stop this author');
  await curator.press(stop.card, 'Propose', { words: 'An insult' });
  await scene.kaia.press(await scene.card(kaia, 'A second person has to agree'), 'Agree');
  await scene.card(kofi, 'Stopped until');
  await scene.settled();
}

/** Every row of the blocks. */
function blocks(scene: Scene): { tag: string; mark: string; epoch: string; until: string }[] {
  const db = new DatabaseSync(join(scene.bot.folder, 'data', 'forthright.db'));
  const rows = db.prepare('SELECT * FROM blocks').all();
  db.close();
  return rows as ReturnType<typeof blocks>;
}

/** The rows of the day's count. */
function counts(scene: Scene): { day: string; tag: string; act: string }[] {
  const db = new DatabaseSync(join(scene.bot.folder, 'data', 'forthright.db'));
  const rows = db.prepare('SELECT day, tag, act FROM counts').all();
  db.close();
  return rows as ReturnType<typeof counts>;
}

const isAtRest = (place: string) => !/^(POST|PUT|GET)/.test(place);
const isNoors = ({ path }: { path: string }) => path.includes(noor.conversationId);

describe('privacy', () => {
  for (const forms of ['inline', 'dialog'] as const) {
    it(`nothing at rest, logged or sent to anyone else names the asker, forms ${forms}`, async () => {
      const scene = await openScene({ forms, limits: { questions: 9, votes: 9 } });
      try {
        await live(scene, forms);
        assert.ok(counts(scene).length > 3, 'the premise: what she did was counted');
        const [block, ...others] = blocks(scene);
        assert.deepEqual(Object.keys(block ?? {}), ['tag', 'mark', 'epoch', 'until'], 'the premise: she is stopped');
        assert.equal(others.length, 0);
        for (const value of [block?.tag ?? '', block?.mark ?? '']) {
          const canary = { name: 'of the block', bytes: Buffer.from(value) };
          const files = new Set(leaks(scene, [canary]).map((place) => place.replace('.db-wal', '.db')));
          assert.deepEqual(files, new Set(['forthright.db: of the block']), 'it stands in its row alone');
        }
        assert.deepEqual(leaks(scene, canariesOf(noor)), [], 'while the bot runs');
        assert.deepEqual(leaks(scene, canaryOf('typed text', TYPED)), [], 'what was typed into the chat');
        const atRest = leaks(scene, canaryOf('withdrawn words', TAKEN_BACK)).filter(
          (place) => !/^(POST|PUT)/.test(place),
        );
        assert.deepEqual(atRest, [], 'what was withdrawn');
        await scene.bot.stop();
        assert.deepEqual(leaks(scene, canariesOf(noor)), [], 'after it stopped');
      } finally {
        await scene.close();
      }
    }).timeout(15_000);
  }

  it('the search itself finds what is there: a leader in the clear, and a planted canary', async () => {
    const scene = await openScene();
    try {
      await scene.asked('Is this thing on?');
      assert.ok(leaks(scene, canariesOf(ines)).some((place) => place.startsWith('forthright.db')));
      assert.ok(leaks(scene, canaryOf('words', 'Is this thing on?')).length > 0);
      for (const canary of canariesOf(noor)) {
        appendFileSync(join(scene.bot.folder, 'planted'), canary.bytes);
        assert.ok(leaks(scene, [canary]).length > 0, canary.name);
      }
    } finally {
      await scene.close();
    }
  });

  it('a signed question shows the name, and no id', async () => {
    const scene = await openScene();
    try {
      await scene.asked('I stand by this', { signed: 'true' });
      await scene.settled();
      const found = leaks(scene, canariesOf(noor));
      assert.ok(found.some((place) => place.startsWith('forthright.db') && place.includes('name')));
      assert.deepEqual(
        found.filter((place) => !place.includes(': name ')),
        [],
      );
    } finally {
      await scene.close();
    }
  });

  it('a question that waits to be mixed stands in no file, log or request but the asker’s own, by word or name', async () => {
    const scene = await openScene({ mixing: { size: 3, minutes: 30 }, noticeMinutes: 15 });
    try {
      const form = await scene.command(scene.noor, 'ask');
      await scene.noor.press(form, 'Send', { words: TAKEN_BACK });
      const list = await scene.command(scene.noor, 'my questions');
      assert.ok(textOf(list).includes(TAKEN_BACK), 'the premise: it waits');
      await scene.settled();
      assert.deepEqual(leaks(scene, [...canariesOf(noor), ...canaryOf('words', TAKEN_BACK)]), []);
    } finally {
      await scene.close();
    }
  });

  it('a failing send, a refused one and a fault leave no name in the log', async () => {
    const scene = await openScene();
    try {
      scene.teams.fail({ status: 403, match: isNoors });
      await scene.noor.says('help');
      const form = await scene.command(scene.noor, 'ask');
      const request = scene.noor.pressing(form, 'Send', { words: 'Anyone there?' });
      scene.bot.breakStore();
      await scene.noor.send(request);
      assert.ok(
        scene.bot.lines.some((line) => line.includes('"level":"fault"')),
        'the premise: faults were logged',
      );
      assert.deepEqual(leaks(scene, canariesOf(noor)), []);
    } finally {
      await scene.close();
    }
  });

  it('words that betray their writer stay nowhere after the warning: no file, no log line, no message', async () => {
    const scene = await openScene();
    try {
      const found = ['zaphod.mail@fabrikam.example', '0170 7654321', 'LG Zaphod'];
      const form = await scene.command(scene.noor, 'ask');
      const warned = await scene.noor.press(form, 'Send', { words: `Why? ${found.join('\n')}` });
      for (const one of found) assert.ok(textOf(warned.card).includes(`“${one}”`), `the premise: ${one} was shown`);
      const canaries = found.flatMap((one) => canaryOf(one, one));
      await scene.settled();
      assert.deepEqual(leaks(scene, canaries), []);
      const request = scene.noor.pressing(warned.card, 'Send anyway');
      scene.bot.breakStore();
      await scene.noor.send(request);
      assert.ok(
        scene.bot.lines.some((line) => line.includes('"level":"fault"')),
        'the premise: a fault was logged',
      );
      assert.deepEqual(leaks(scene, canaries), []);
    } finally {
      await scene.close();
    }
  });

  it('what is counted of a day links nothing, and is in no byte of any file after a start on the next day', async () => {
    const scene = await openScene({ limits: { questions: 9, votes: 9 } });
    try {
      for (const words of ['x', 'y'.repeat(1900), 'z']) await scene.asked(words);
      for (const client of [scene.noor, scene.omar])
        await client.press(await scene.command(client, 'questions'), 'I’d ask this too');
      await scene.settled();
      const rows = counts(scene);
      const values = rows.flatMap(({ tag, act }) => [tag, act]);
      assert.equal(rows.length, 5);
      assert.equal(new Set(values).size, 10, 'a value stands twice');
      assert.equal(new Set(values.map(({ length }) => length)).size, 1, 'a size tells kinds apart');
      assert.deepEqual(leaks(scene, [...canariesOf(noor), ...canariesOf(omar)]).filter(isAtRest), []);
      await scene.bot.stop();
      const db = new DatabaseSync(join(scene.bot.folder, 'data', 'forthright.db'));
      db.exec("UPDATE counts SET day = '2026-01-01'");
      db.close();
      await scene.restart();
      await scene.teams.until(() => counts(scene).length === 0);
      for (const value of values)
        assert.deepEqual(leaks(scene, [{ name: 'count', bytes: Buffer.from(value) }]).filter(isAtRest), []);
    } finally {
      await scene.close();
    }
  });

  it('return addresses of any length make Seals of one length, and readers leave only a mark', async () => {
    const scene = await openScene({ meets: ['noor', 'ines', 'omar'] });
    try {
      await scene.asked('x');
      await scene.asked('y'.repeat(1900));
      await scene.omar.press(await scene.command(scene.omar, 'questions'), 'I’d ask this too');
      await scene.settled();
      const db = new DatabaseSync(join(scene.bot.folder, 'data', 'forthright.db'), { readOnly: true });
      const sizes = db.prepare('SELECT DISTINCT length(capsule) AS size FROM seals').all();
      const slips = db.prepare('SELECT DISTINCT length(slip) AS size, length(tag) AS tag FROM slips').all();
      db.close();
      assert.deepEqual([sizes.length, slips.length], [1, 1]);
      assert.deepEqual(
        leaks(scene, canariesOf(omar)).filter((place) => !/^(POST|PUT|GET)/.test(place)),
        [],
      );
    } finally {
      await scene.close();
    }
  });
});
