import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import sinon from 'sinon';
import type { Store } from '../../bot/app/ports.ts';
import { ines } from '../support/cast.ts';
import { textOf } from '../support/client.ts';
import { openScene, type Scene } from '../support/scene.ts';

const BEFORE = 'Is this still there?';
const WORDS = 'Does this get lost?';
/** What Teams gives an invoke, by the design. */
const INVOKE_MS = 3000;

/** What SQLite says through Node: "Result and Error Codes". Reads go on. */
function failingWrites(errcode: number) {
  const run = sinon.stub(StatementSync.prototype, 'run').callsFake(function (this: StatementSync, ...values) {
    if (!/questions/.test(this.sourceSQL)) return run.wrappedMethod.apply(this, values);
    throw Object.assign(new Error(`The words ${WORDS}`), { code: 'ERR_SQLITE_ERROR', errcode });
  });
  return () => run.restore();
}

const file = (scene: Scene) => join(scene.bot.folder, 'data', 'forthright.db');

function locked(scene: Scene): () => void {
  const other = new DatabaseSync(file(scene));
  other.exec('BEGIN IMMEDIATE');
  return () => other.close();
}

/** Takes something away from the running bot, and returns what brings it back. */
type Trouble = (scene: Scene) => () => void;
const TROUBLES: [what: string, begin: Trouble, remedy: RegExp][] = [
  ['a full disk', () => failingWrites(13), /has no room: the disk is full\. Nothing was lost\. Make room/],
  ['a disk that fails', () => failingWrites(10), /cannot be read or written: the disk reports a fault\. Keep a copy/],
  [
    'a file that became read-only',
    () => failingWrites(8),
    /cannot be opened, or cannot be written\. Give the bot’s account permission/,
  ],
  ['a damaged page', () => failingWrites(11), /is damaged.*restore its backup/],
  ['a file that another process locks', locked, /is being written to by another process\. Stop that one/],
];

describe('a store in trouble, under a bot that runs', () => {
  let scene: Scene;
  let told: string[];
  beforeEach(async () => {
    scene = await openScene();
    told = [];
    sinon.stub(process.stderr, 'write').callsFake((text) => told.push(String(text)) > 0);
  });
  afterEach(async () => {
    sinon.restore();
    await scene.close();
  });

  for (const [what, begin, remedy] of TROUBLES)
    it(`${what}: nothing is sent, the text stays, the operator reads what to do once; then it goes on by itself`, async () => {
      await scene.asked(BEFORE);
      const form = await scene.command(scene.noor, 'ask');
      const send = scene.noor.pressing(form, 'Send', { words: WORDS });
      const end = begin(scene);
      for (let times = 0; times < 2; times += 1) {
        const began = performance.now();
        const { card } = await scene.noor.send(send);
        assert.ok(performance.now() - began < INVOKE_MS);
        assert.match(textOf(card), /could not be sent just now.*your text is still here/s);
        assert.ok(textOf(card).includes(WORDS));
      }
      end();
      assert.equal(told.length, 1, told.join(''));
      assert.match(told.join(''), new RegExp(`^The database .*forthright\\.db ${remedy.source}.*\\n$`, 's'));
      assert.ok(![...told, ...scene.bot.lines].join('').includes(WORDS), 'Nobody reads the words');
      assert.match(textOf((await scene.noor.send(send)).card), /^Sent/);
      await scene.card(ines, WORDS);
      await scene.settled();
      for (const words of [BEFORE, WORDS])
        assert.equal(scene.cards(ines).filter((card) => textOf(card).includes(words)).length, 1);
    });

  it('what has no remedy is logged by its code, and nobody reads its message', async () => {
    const form = await scene.command(scene.noor, 'ask');
    const end = failingWrites(1);
    assert.match(textOf((await scene.noor.press(form, 'Send', { words: WORDS })).card), /could not be sent/);
    end();
    assert.deepEqual(told, []);
    assert.match(scene.bot.lines.join(''), /ERR_SQLITE_ERROR\.1"/);
    assert.ok(!scene.bot.lines.join('').includes(WORDS));
  });
});

const run = (command: string, ...words: string[]) => spawnSync(command, words).status === 0;

describe('a disk that is really full', () => {
  let disk: string;
  let mayMount: boolean;
  before(() => {
    disk = mkdtempSync(join(tmpdir(), 'forthright-disk-'));
    mayMount = run('mount', '-t', 'tmpfs', '-o', 'size=2m', 'none', disk);
  });
  after(() => {
    if (mayMount) assert.ok(run('umount', disk));
    rmdirSync(disk);
  });

  it('keeps what was accepted, takes nothing more, and goes on once there is room', async function () {
    // Only some accounts may mount a disk of their own; the row above says the same of a disk that pretends.
    if (!mayMount) this.skip();
    const folder = join(disk, 'bot');
    mkdirSync(folder);
    const scene = await openScene({ folder });
    const stderr = sinon.stub(process.stderr, 'write').returns(true);
    try {
      const form = await scene.command(scene.noor, 'ask');
      await scene.asked(BEFORE);
      await scene.settled();
      assert.ok(!run('dd', 'if=/dev/zero', `of=${join(disk, 'ballast')}`, 'bs=1024'), 'the premise: it is full');
      // The log has some room left for the next writes: at last there is none.
      const sent: string[] = [];
      for (let n = 0; !sent.at(-1)?.includes('could not be sent') && n < 50; n += 1) {
        const words = `Does number ${n} get lost? ${'x '.repeat(900)}`;
        sent.push(textOf((await scene.noor.press(await scene.command(scene.noor, 'ask'), 'Send', { words })).card));
      }
      assert.match(sent.at(-1) ?? '', /could not be sent just now.*your text is still here/s);
      sinon.assert.calledWithMatch(stderr, 'has no room: the disk is full');
      rmSync(join(disk, 'ballast'));
      assert.match(textOf((await scene.noor.press(form, 'Send', { words: WORDS })).card), /^Sent/);
      for (const words of [BEFORE, WORDS]) await scene.card(ines, words);
      const accepted = sent.filter((text) => text.startsWith('Sent')).length + 2;
      await scene.settled();
      assert.match(textOf(await scene.command(scene.ines, 'queue')), new RegExp(`${accepted} waiting`));
    } finally {
      stderr.restore();
      await scene.close();
    }
  });
});

describe('a store that does not answer', () => {
  let scene: Scene;
  let answer: () => void;
  let gate: Promise<void>;
  beforeEach(() => void (gate = new Promise((settle) => (answer = settle))));
  /** Each write waits until it is told to go on. */
  const slow = (store: Store, methods: readonly string[]): Store => {
    return new Proxy(store, {
      get(target, method) {
        if (method === 'within') return (ms: number) => slow(target.within(ms), methods);
        const call = Reflect.get(target, method) as (...values: unknown[]) => Promise<unknown>;
        if (!methods.includes(String(method))) return call.bind(target);
        return async (...values: unknown[]) => {
          await gate;
          return call.apply(target, values);
        };
      },
    });
  };
  afterEach(() => scene.close());

  it('keeps nobody waiting: within three seconds they read that it is not certain, and again counts once', async () => {
    scene = await openScene({ parts: { around: (store) => slow(store, ['putSeal', 'save']) } });
    const form = await scene.command(scene.noor, 'ask');
    const send = scene.noor.pressing(form, 'Send', { words: WORDS });
    const began = performance.now();
    const seen = await scene.noor.send(send);
    assert.ok(performance.now() - began < INVOKE_MS);
    assert.deepEqual([seen.status, seen.card], [500, undefined], 'the form stays as it is');
    assert.match(
      seen.note ?? '',
      /not certain that it was sent\. Your text is still here.*counts once\. \([0-9a-f]{8}\)$/,
    );
    const [reference] = /[0-9a-f]{8}(?=\)$)/.exec(seen.note ?? '') ?? [];
    assert.match(scene.bot.lines.join(''), new RegExp(`"level":"fault".*"reference":"${reference}"`));
    answer();
    assert.match(textOf((await scene.noor.send(send)).card), /^Sent/);
    await scene.card(ines, WORDS);
    await scene.settled();
    assert.equal(scene.cards(ines).filter((card) => textOf(card).includes(WORDS)).length, 1);
  });
});
