import assert from 'node:assert/strict';
import type { Name } from '../../bot/store/cosmos-containers.ts';
import { openAccount, isStandIn, removeDatabase, type TestAccount } from '../store/cosmos-account.ts';
import { type Seen, startWire, type Wire } from '../store/cosmos-wire.ts';
import { canariesOf, foundIn } from '../support/canary.ts';
import { ines, kofi, noor } from '../support/cast.ts';
import { partsOf, textOf } from '../support/client.ts';
import { useFolder } from '../support/folder.ts';
import { settingsIn, startProcess } from '../support/process.ts';
import { openScene, type Scene } from '../support/scene.ts';

/** What an invoke is answered within, at Teams' edge. */
const INVOKE_MS = 3000;

/** The result, and how long it took in milliseconds. */
async function timed<Result>(act: () => Promise<Result>): Promise<[Result, number]> {
  const began = performance.now();
  return [await act(), performance.now() - began];
}

const addsQuestion = ({ does, container }: Seen): boolean => does === 'create' && container === 'questions';

describe('The bot on Cosmos DB', function () {
  const folder = useFolder();
  let test: TestAccount;
  let wire: Wire;
  let scene: Scene;
  before(async function () {
    if (!isStandIn) this.skip();
    test = await openAccount();
    wire = await startWire(test.account.endpoint);
  });
  beforeEach(async () => {
    await test.empty();
    wire.seen.length = 0;
    const { key } = test.account.access;
    const cosmos = { ...test.account, endpoint: wire.endpoint, key };
    scene = await openScene({ limits: { questions: 3, votes: 3 }, cosmos });
  });
  afterEach(async () => {
    wire.always(undefined);
    await scene.close();
  });
  after(async () => {
    await wire?.close();
    await test?.close();
  });

  it('goes from ask to answer and publication, over a restart', async () => {
    const card = await scene.asked('Why did we close Lyon?');
    await scene.restart();
    await scene.answered(card, 'It was empty.');
    await scene.kofi.press(await scene.card(kofi, 'Publish in General'), 'Publish in General');
    await scene.card(kofi, 'Published in General');
    const mine = await scene.command(scene.noor, 'my questions');
    assert.match(textOf(mine), /Why did we close Lyon\?/);
  });

  it('sends it nothing that names an asker or a voter; it adds the second of each row’s last write', async () => {
    await scene.asked('Why did we close Lyon?');
    await scene.noor.press(await scene.command(scene.noor, 'questions'), 'I’d ask this too');
    await scene.settled();
    const sent = wire.seen.map(({ text }) => text).join('\n');
    assert.ok(sent.includes(ines.aadObjectId), 'the premise: a leader is in it');
    assert.deepEqual(foundIn(sent, canariesOf(noor)), []);
    const FIELDS: Partial<Record<Name, string[]>> = {
      questions: ['doc', 'id', 'nonce', 'partition', 'since', 'stage'],
      seals: ['capsule', 'epoch', 'id'],
      slips: ['epoch', 'id', 'nonce', 'slip'],
      votes: ['epoch', 'id', 'nonce', 'question', 'voter'],
      counts: ['act', 'day', 'id', 'nonce'],
      greetings: ['id', 'nonce'],
    };
    for (const [name, fields] of Object.entries(FIELDS)) {
      const [row = {}] = await test.rows(name as Name);
      assert.deepEqual(Object.keys(row).toSorted(), ['_etag', '_rid', '_self', '_ts', ...fields], name);
      assert.ok(Math.abs(Number(row['_ts']) - Date.now() / 1000) < 60, 'This is why the documents warn of it');
    }
    const [{ since } = { since: '' }] = await test.rows('questions');
    assert.match(String(since), /^\d{4}-W\d\d$/, 'of an asking the week is all there is');
  });

  it('answers within three seconds while it is silent, keeps the form with its text, and takes it afterwards', async () => {
    const form = await scene.command(scene.noor, 'ask');
    const request = scene.noor.pressing(form, 'Send', { words: 'Does this get lost?' });
    wire.always({ cut: 'silence' });
    const [gone, atOnce] = await timed(() => scene.noor.send(request));
    assert.match(String(gone.note), /Nothing was sent and your text is still here/);
    wire.always({ cut: 'silence' }, ({ container }) => container !== 'greetings');
    const [kept, later] = await timed(() => scene.noor.send(request));
    assert.match(textOf(kept.card), /could not be sent in time\. Your text is still here/);
    assert.equal(partsOf(kept.card).find(({ id }) => id === 'words')?.['value'], 'Does this get lost?');
    assert.ok(Math.max(atOnce, later) < INVOKE_MS, `${atOnce} and ${later} ms`);
    assert.match(scene.bot.lines.join(''), /"code":"StoreAway"/);
    wire.always(undefined);
    await scene.noor.send(request);
    await scene.card(ines, 'Does this get lost?');
  });

  it('lets Azure’s libraries print nothing, whatever the environment wants: they would tell the ids of rows', async () => {
    const { endpoint, database, access } = test.account;
    const account = { COSMOS_ENDPOINT: endpoint, COSMOS_DATABASE: database, COSMOS_KEY: access.key };
    await removeDatabase(test.account, database);
    const settings = { ...settingsIn(folder.path), ...account, AZURE_LOG_LEVEL: 'verbose', DEBUG: '*' };
    const bot = startProcess(settings);
    await bot.says(/"listening-local"/);
    bot.signal('SIGTERM');
    assert.equal(await bot.ended, 0);
    assert.match(bot.stderr, /^Local mode: [^\n]*\n$/);
  });

  it('asked again after a timeout in which it was kept, has it once', async () => {
    const form = await scene.command(scene.noor, 'ask');
    const request = scene.noor.pressing(form, 'Send', { words: 'Only once?' });
    wire.always({ cut: 'silence', takesEffect: true }, addsQuestion);
    assert.match(textOf((await scene.noor.send(request)).card), /could not be sent in time/);
    wire.always(undefined);
    await scene.noor.send(request);
    await scene.card(ines, 'Only once?');
    await scene.settled();
    assert.equal((await test.rows('questions')).length, 1);
    assert.equal((await test.rows('counts')).length, 1);
  });
});
