import assert from 'node:assert/strict';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { networkInterfaces, tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import { Keys } from '../bot/seal/keys.ts';
import { incoming } from './support/activities.ts';
import { canariesOf, canaryOf, foundIn } from './support/canary.ts';
import { noor } from './support/cast.ts';
import { post } from './support/post.ts';
import { type BotProcess, settingsIn, startProcess } from './support/process.ts';

const WORDS = 'Xylophagous words of a question';
/** A port of this machine at which nobody listens. */
const NOBODY = 'http://127.0.0.1:9/';

/** Loading the SDK takes half a second, and far longer on a machine that has much else to do. */
const START_MS = 15_000;

const makeFolder = () => mkdtempSync(join(tmpdir(), 'forthright-test-'));

const readme = readFileSync(join(import.meta.dirname, '..', 'README.md'), 'utf8');
const turns = (figures: string) => Number(/seconds_count\{of="turn",ended="done"\} (\d+)/.exec(figures)?.[1] ?? 0);

describe('The process', () => {
  let folder: string;
  let bot: BotProcess;
  let port: number;
  before(async function () {
    this.timeout(START_MS);
    folder = makeFolder();
    bot = startProcess({ ...settingsIn(folder), METRICS_PORT: '0' });
    port = Number((await bot.says(/"listening-local".*"port":(\d+)/))[1]);
  });
  after(async () => {
    bot.signal('SIGKILL');
    await bot.ended;
    rmSync(folder, { recursive: true });
  });

  it('says that it is in local mode, and what that means', () => {
    assert.match(bot.stderr, /^Local mode: .*nobody is authenticated.*Not for real questions\.\n$/);
  });

  it('finds at its next start what Node compiled at this one', async () => {
    // It says that it listens before it keeps what was compiled, and answers after that.
    assert.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 200);
    const own = join(folder, 'again');
    mkdirSync(own);
    const again = startProcess({ ...settingsIn(own), NODE_DEBUG_NATIVE: 'COMPILE_CACHE' });
    await again.says(/listening-local/);
    again.signal('SIGKILL');
    await again.ended;
    for (const file of ['bot/main.ts', 'botbuilder/lib/index.js']) {
      assert.match(again.stderr, new RegExp(`code cache for \\S+ \\S*/${file} was accepted`));
    }
  });

  it('keeps data and keys apart, and both to itself', function () {
    assert.ok(existsSync(join(folder, 'data', 'forthright.db')));
    if (process.platform === 'win32') this.skip();
    assert.equal(statSync(join(folder, 'keys', 'forthright.json')).mode & 0o777, 0o600);
    for (const name of ['data', 'keys']) assert.equal(statSync(join(folder, name)).mode & 0o777, 0o700);
  });

  it('hears this machine, and no other: its network addresses refuse', async function () {
    assert.equal((await fetch(`http://127.0.0.1:${port}/readyz`)).status, 200);
    const all = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
    const others = all.filter(({ internal, family }) => !internal && family === 'IPv4');
    if (others.length === 0) this.skip();
    for (const { address } of others) {
      const socket = connect({ port, host: address, timeout: 1000 });
      await assert.rejects(once(socket, 'connect'), { code: 'ECONNREFUSED' });
    }
  });

  it('writes nothing of a request, whatever becomes of that', async () => {
    const url = `http://127.0.0.1:${port}`;
    const asNoor = incoming({ serviceUrl: NOBODY });
    const before = bot.stdout.length;
    await post(url, asNoor.says(noor, WORDS));
    await post(url, asNoor.installs(noor));
    await post(url, asNoor.executes(noor, WORDS, { words: WORDS }));
    await post(url, asNoor.executes(noor, 'ask', { words: { deep: [WORDS] }, leader: 7, submission: {} }));
    await post(url, { ...asNoor.says(noor, WORDS), serviceUrl: `https://${WORDS}` });
    await post(url, { ...asNoor.says(noor, WORDS), conversation: WORDS });
    await post(url, { __proto__: noor, constructor: noor, toString: WORDS });
    const broken = { method: 'POST', body: `{"from": ${WORDS}`, headers: { 'content-type': 'application/json' } };
    assert.equal((await fetch(`${url}/api/messages`, broken)).status, 400);
    assert.equal((await fetch(`${url}/${noor.aadObjectId}?${WORDS}`)).status, 404);
    await bot.says(/"level":"fault"/);
    assert.ok(bot.stdout.length > before, 'Nothing failed, so nothing is shown');
    const written = bot.stdout + bot.stderr;
    assert.deepEqual(foundIn(written, [...canariesOf(noor), ...canaryOf('words', WORDS)]), []);
    for (const line of bot.stdout.trimEnd().split('\n')) {
      const allowed = new Set(['level', 'code', 'reference', 'status', 'port', 'count', 'where']);
      assert.deepEqual(
        Object.keys(JSON.parse(line) as object).filter((key) => !allowed.has(key)),
        [],
        line,
      );
    }
  });

  it('shows operators figures on a port of their own, in which nobody and nothing that was done is named', async () => {
    const figures = Number((await bot.says(/"code":"figures","port":(\d+)/))[1]);
    const before = await (await fetch(`http://127.0.0.1:${figures}/metrics`)).text();
    await post(
      `http://127.0.0.1:${port}`,
      incoming({ serviceUrl: NOBODY }).executes(noor, 'ask.send', { words: WORDS }),
    );
    const after = await (await fetch(`http://127.0.0.1:${figures}/metrics`)).text();
    assert.equal(turns(after), turns(before) + 1);
    assert.match(after, /forthright_deliveries\{state="dead"\} 0/);
    const shown = readme.match(/^forthright_.*\}/gm) ?? [];
    assert.equal(shown.length, 3, 'The premise: the README shows some');
    for (const series of shown) assert.ok(after.includes(`${series} `), series);
    assert.deepEqual(foundIn(after, [...canariesOf(noor), ...canaryOf('words', WORDS)]), []);
    assert.doesNotMatch(after, /ask|vote|slip|question/i);
    assert.equal((await fetch(`http://127.0.0.1:${port}/metrics`)).status, 404);
  });

  it('asked to end, finishes what it took, takes nothing more, and exits with 0', async () => {
    const body = JSON.stringify(incoming({ serviceUrl: NOBODY }).executes(noor, 'nothing that is known'));
    const head = `POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
    const socket = connect(port, '127.0.0.1');
    let answer = '';
    socket.on('data', (part) => (answer += String(part)));
    socket.write(head + body.slice(0, 20));
    await delay(100);
    bot.signal('SIGTERM');
    await delay(100);
    await assert.rejects(once(connect(port, '127.0.0.1'), 'connect'), { code: 'ECONNREFUSED' });
    socket.write(body.slice(20));
    await once(socket, 'close');
    assert.match(answer, /^HTTP\/1\.1 200 [^]*statusCode/);
    assert.equal(await bot.ended, 0);
    assert.match(bot.stdout, /"code":"stopped"\}\n$/);
  });
});

describe('The process does not start', () => {
  const folders: string[] = [];
  const bots: Record<string, BotProcess> = {};
  const busy = createServer();

  /** Prepares a folder and starts the bot on it. */
  const start = (name: string, prepare: (folder: string) => Record<string, string> | void) => {
    const folder = makeFolder();
    folders.push(folder);
    const settings = settingsIn(folder);
    bots[name] = startProcess({ ...settings, ...prepare(folder) });
  };
  before(async function () {
    this.timeout(START_MS);
    busy.listen(0, '127.0.0.1');
    await once(busy, 'listening');
    start('settings', () => ({
      NODE_ENV: 'production',
      PORT: 'x',
      FORMS: 'y',
      HOST: '0.0.0.0',
      SERVICE_URL: 'z',
      MICROSOFT_APP_PASSWORD: WORDS,
    }));
    start('directory', (folder) => writeFileSync(join(folder, 'directory.json'), '{\n"leaders": none\n}'));
    start('keys', (folder) => {
      mkdirSync(join(folder, 'keys'));
      writeFileSync(join(folder, 'keys', 'forthright.json'), '{}', { mode: 0o600 });
    });
    start('newer', (folder) => {
      mkdirSync(join(folder, 'data'));
      const db = new DatabaseSync(join(folder, 'data', 'forthright.db'));
      db.exec('PRAGMA user_version = 99');
      db.close();
      Keys.open(join(folder, 'keys', 'forthright.json'));
    });
    start('lost keys', (folder) => {
      mkdirSync(join(folder, 'data'));
      writeFileSync(join(folder, 'data', 'forthright.db'), '');
    });
    start('port', () => ({ PORT: String((busy.address() as { port: number }).port) }));
    await Promise.all(Object.values(bots).map(({ ended }) => ended));
  });
  after(async () => {
    busy.close();
    for (const folder of folders) rmSync(folder, { recursive: true });
  });

  const refuses = async (name: string, ...remedies: RegExp[]) => {
    const bot = bots[name];
    assert.ok(bot);
    assert.equal(await bot.ended, 1);
    for (const remedy of remedies) assert.match(bot.stderr, remedy);
    assert.doesNotMatch(bot.stdout, /listening/);
    assert.doesNotMatch(bot.stderr, /^ {4}at /m, 'A stack is not for operators');
  };

  it('in production without Bot credentials, or with other faulty settings: every fault is told at once, and no secret', async () => {
    const names = ['NODE_ENV', 'PORT', 'FORMS', 'HOST', 'SERVICE_URL', 'MICROSOFT_APP_PASSWORD'];
    await refuses('settings', ...names.map((name) => new RegExp(`^  - ${name} `, 'm')), /\.env\.example/);
    assert.ok(!bots['settings']?.stderr.includes(WORDS));
  });

  it('with a faulty directory: its line is told', () => refuses('directory', /directory\.json\nline 2: /));

  it('with a damaged key file', () => refuses('keys', /forthright\.json is damaged.*backup/));

  it('on a database from a newer release', () => refuses('newer', /version 99.*newer release/));

  it('with new keys beside data of old: everybody would be cut off', () => refuses('lost keys', /is missing.*backup/));

  it('on a port that is taken', () => refuses('port', /PORT \d+ is taken by another process\. Stop that one/));
});
