import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { examineAll, REAL } from '../../infra/doctor/doctor.ts';
import { toLine } from '../../infra/doctor/finding.ts';
import { startBot } from '../support/bot.ts';
import { canariesOf, foundIn } from '../support/canary.ts';
import { noor } from '../support/cast.ts';
import { textOf } from '../support/client.ts';
import { useFolder } from '../support/folder.ts';
import { openScene, type Scene } from '../support/scene.ts';
import { sample } from '../store/samples.ts';

/** `npm run backup`, by these settings and no others: its exit code, and what it wrote. */
async function backUp(settings: Record<string, string>, ...args: string[]): Promise<{ code: number; said: string }> {
  const main = new URL('../../infra/backup.ts', import.meta.url).pathname;
  const env = { PATH: process.env['PATH'] ?? '', ...settings };
  const child = spawn(process.execPath, ['--no-warnings', main, ...args], { env, timeout: 12_000 });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += String(part)));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
}

/** What the doctor would have mended. */
const toMend = async (environment: Record<string, string>): Promise<string[]> =>
  (await examineAll({ ...REAL, environment })).map(toLine).filter((line) => line.startsWith('mend'));

describe('npm run backup', () => {
  const folder = useFolder();
  const settings = () => ({ DATA_DIR: folder.file('data'), KEY_FILE: folder.file('keys', 'forthright.json') });
  const database = () => folder.file('data', 'forthright.db');
  const copy = () => folder.file('copies', 'monday.db');
  beforeEach(() => mkdirSync(folder.file('copies')));

  it('keeps nothing of the order of asking, in which the pages of the database stand until they are scattered', async () => {
    const store = openSqlite(database());
    const all = Array.from({ length: 60 }, (_, n) => sample({ words: `Why is door number ${100 + n} locked?` }));
    for (const question of all) await store.add(question);
    await store.close();
    /** Questions as their words stand in the file, one after the other. */
    const orderIn = (file: string) => {
      const bytes = readFileSync(file);
      const places = all.map(({ id, words }) => ({ id, at: bytes.indexOf(words) }));
      assert.ok(
        places.every(({ at }) => at > 0),
        'the premise: the words are found',
      );
      return places.toSorted((one, other) => one.at - other.at).map(({ id }) => id);
    };
    const asked = all.map(({ id }) => id);
    assert.deepEqual(orderIn(database()), asked, 'the premise: the database would tell');
    assert.equal((await backUp(settings(), copy())).code, 0);
    assert.deepEqual(orderIn(copy()), asked.toSorted());
  });

  it('is for the bot’s account alone, and says that the keys are not in it', async function () {
    await openSqlite(database()).close();
    const { code, said } = await backUp(settings(), copy());
    assert.equal(code, 0, said);
    assert.match(said, /The keys are not in it/);
    assert.deepEqual(readdirSync(folder.file('copies')), ['monday.db'], 'Nothing is left beside it');
    if (process.platform !== 'win32') assert.equal(statSync(copy()).mode & 0o777, 0o600);
  });

  const state = () => readdirSync(folder.path, { recursive: true }).map(String).toSorted();

  const REFUSED: [what: string, to: () => string[], before: () => void, says: RegExp][] = [
    ['no file', () => [], () => {}, /npm run backup -- FILE/],
    ['a file that is there', () => [copy()], () => writeFileSync(copy(), 'another one'), /there already/],
    ['a folder that is missing', () => [folder.file('none', 'a.db')], () => {}, /folder is missing/],
    [
      'the folder of the keys',
      () => [folder.file('keys', 'a.db')],
      () => mkdirSync(folder.file('keys')),
      /of the keys/,
    ],
    ['the folder of the data', () => [folder.file('data', 'a.db')], () => {}, /of the data/],
  ];
  for (const [what, to, before, says] of REFUSED)
    it(`refuses ${what}, and writes nothing`, async () => {
      await openSqlite(database()).close();
      before();
      const stood = state();
      const { code, said } = await backUp(settings(), ...to());
      assert.equal(code, 1);
      assert.match(said, says);
      assert.deepEqual(state(), stood);
      if (existsSync(copy())) assert.equal(readFileSync(copy(), 'utf8'), 'another one');
    });

  it('makes none of a database that is missing or damaged, and none where Azure keeps the data', async () => {
    assert.match((await backUp(settings(), copy())).said, /is missing. See that DATA_DIR is right/);
    mkdirSync(folder.file('data'));
    writeFileSync(database(), 'no database at all');
    assert.match((await backUp(settings(), copy())).said, /is damaged/);
    const cosmos = { COSMOS_ENDPOINT: 'https://fabrikam.documents.azure.com:443/' };
    assert.match((await backUp({ ...settings(), ...cosmos }, copy())).said, /whose backups Azure keeps/);
    assert.ok(!existsSync(copy()));
  });
});

describe('A backup that is restored', function () {
  this.timeout(30_000);
  const folder = useFolder();
  let scene: Scene;
  beforeEach(async () => void (scene = await openScene()));
  afterEach(() => scene.close());

  const settings = () => ({
    DATA_DIR: join(scene.bot.folder, 'data'),
    KEY_FILE: join(scene.bot.folder, 'keys', 'forthright.json'),
    DIRECTORY_FILE: join(scene.bot.folder, 'directory.json'),
  });

  /** As docs/admin.md says: into a new folder, with the keys of today. */
  async function restore(copy: string): Promise<Record<string, string>> {
    await scene.bot.stop();
    const restored = { ...settings(), DATA_DIR: folder.file('restored') };
    mkdirSync(restored.DATA_DIR, { mode: 0o700 });
    copyFileSync(copy, join(restored.DATA_DIR, 'forthright.db'));
    return restored;
  }

  const startOn = async (restored: Record<string, string>) =>
    void (scene.bot = await startBot({
      forms: 'inline',
      serviceUrl: scene.teams.url,
      folder: scene.bot.folder,
      settings: restored,
    }));

  const mine = async () => scene.command(scene.noor, 'mine');

  async function withdraws(words: string): Promise<void> {
    const list = await mine();
    assert.ok(textOf(list).includes(words), 'the premise: it is listed');
    const own = await scene.noor.press(list, 'Open');
    const confirm = await scene.noor.press(own.card, 'Withdraw');
    assert.match(textOf((await scene.noor.press(confirm.card, 'Withdraw')).card), /^Withdrawn/);
    await scene.settled();
  }

  it('taken while people ask, holds what was acknowledged before it, and a bot starts on it', async () => {
    await scene.asked('Who decided about Lyon?');
    const copy = folder.file('monday.db');
    let isDone = false;
    const backup = backUp(settings(), copy).finally(() => (isDone = true));
    let meanwhile = 0;
    for (; !isDone; meanwhile += 1) await scene.asked(`Is anybody asking meanwhile, ${meanwhile}?`);
    const { code, said } = await backup;
    assert.equal(code, 0, said);
    assert.ok(meanwhile > 2, 'the premise: the bot wrote while it was taken');
    const copied = readFileSync(copy);
    assert.deepEqual(foundIn(copied, canariesOf(noor)), [], 'Who asked stands in no backup');

    assert.deepEqual(await toMend(settings()), [], 'The doctor reads what a bot writes at that moment');
    const restored = await restore(copy);
    assert.deepEqual(await toMend(restored), []);
    const store = openSqlite(join(restored['DATA_DIR'] ?? '', 'forthright.db'));
    const held = await store.all({ limit: 1000 });
    await store.close();
    assert.ok(held.some(({ words }) => words === 'Who decided about Lyon?'));
    await startOn(restored);
    // More may have come into it than a page of the queue shows.
    const queue = textOf(await scene.command(scene.ines, 'queue'));
    assert.ok(queue.includes(`${held.length} waiting`), queue);
    assert.match(textOf(await mine()), /Waiting for an answer/);
  });

  it('brings back what was withdrawn since, words and all; its asker can withdraw it once more', async () => {
    const words = 'Why was my manager promoted?';
    await scene.asked(words);
    await scene.settled();
    const copy = folder.file('monday.db');
    assert.equal((await backUp(settings(), copy)).code, 0);
    await withdraws(words);
    await startOn(await restore(copy));
    const again = await scene.command(scene.ines, 'queue');
    assert.ok(textOf(again).includes(words), 'docs/admin.md says so: it is back');
    await withdraws(words);
    assert.ok(!textOf(await scene.command(scene.ines, 'queue')).includes(words));
  });
});
