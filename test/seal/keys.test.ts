import assert from 'node:assert/strict';
import { chmodSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { KeyFault } from '../../bot/seal/keyfile.ts';
import { Keys } from '../../bot/seal/keys.ts';
import { useFolder } from '../support/folder.ts';
import { withoutRoot } from '../support/root.ts';

const THIS_WEEK = '2026-W48';
const hasModes = process.platform !== 'win32';

const mode = (path: string) => statSync(path).mode & 0o777;

describe('The key file', () => {
  const folder = useFolder();
  const file = () => folder.file('keys', 'forthright.json');
  const kept = () =>
    JSON.parse(readFileSync(file(), 'utf8')) as {
      lasting: string;
      epochs: Record<string, Record<'private' | 'tag', string>>;
    };

  const isRefused = (remedy: RegExp) =>
    assert.throws(
      () => Keys.open(file()),
      (error: unknown) => error instanceof KeyFault && remedy.test(error.message) && error.message.includes(file()),
    );

  it('is made with its folder, for the bot’s account alone', () => {
    Keys.open(file());
    if (!hasModes) return;
    assert.equal(mode(file()), 0o600);
    assert.equal(mode(folder.file('keys')), 0o700);
  });

  it('stays for the bot’s account alone when a week is added, and nothing lies beside it', async () => {
    await Keys.open(file()).begin(THIS_WEEK);
    if (hasModes) assert.equal(mode(file()), 0o600);
    assert.deepEqual(readdirSync(folder.file('keys')), ['forthright.json']);
  });

  for (const others of [0o640, 0o604, 0o660, 0o666, 0o620, 0o611])
    it(`is refused with mode ${others.toString(8)}: the message tells the command that mends it`, async function () {
      if (!hasModes) this.skip();
      await Keys.open(file()).begin(THIS_WEEK);
      const before = readFileSync(file(), 'utf8');
      chmodSync(file(), others);
      isRefused(new RegExp(`chmod 600 ${file()}`));
      assert.equal(readFileSync(file(), 'utf8'), before);
      chmodSync(file(), 0o600);
      assert.deepEqual(Keys.open(file()).epochs(), [THIS_WEEK]);
    });

  const KEY = 'A'.repeat(43);
  const EPOCH = { public: KEY, private: KEY, tag: KEY };
  const WHOLE = { version: 1, lasting: KEY, epochs: { [THIS_WEEK]: EPOCH }, gone: [] };
  it('is read where it is whole: the premise of what follows', () => {
    mkdirSync(folder.file('keys'));
    writeFileSync(file(), JSON.stringify(WHOLE), { mode: 0o600 });
    assert.deepEqual(Keys.open(file()).epochs(), [THIS_WEEK]);
  });

  const DAMAGED = {
    'cut off': '{"version":1,"lasting":"',
    empty: '',
    'of another version': JSON.stringify({ ...WHOLE, version: 2 }),
    'without its lasting key': JSON.stringify({ ...WHOLE, lasting: undefined }),
    'with a short key': JSON.stringify({ ...WHOLE, epochs: { [THIS_WEEK]: { ...EPOCH, tag: 'short' } } }),
    'with a short private half': JSON.stringify({ ...WHOLE, epochs: { [THIS_WEEK]: { ...EPOCH, private: 'short' } } }),
    'with a week of the time before there were pairs': JSON.stringify({ ...WHOLE, epochs: { [THIS_WEEK]: KEY } }),
    'with a week that is none': JSON.stringify({
      ...WHOLE,
      epochs: { soon: EPOCH },
    }),
    'with more in it': JSON.stringify({ ...WHOLE, person: 'x' }),
    'with more in a week': JSON.stringify({ ...WHOLE, epochs: { [THIS_WEEK]: { ...EPOCH, person: 'x' } } }),
  };
  for (const [how, text] of Object.entries(DAMAGED))
    it(`that is ${how} is refused and left as it is: new keys would cut everybody off`, () => {
      mkdirSync(folder.file('keys'));
      writeFileSync(file(), text, { mode: 0o600 });
      isRefused(/damaged.*backup/);
      assert.equal(readFileSync(file(), 'utf8'), text);
    });

  it('that cannot be made is refused with words for the operator', () => {
    writeFileSync(folder.file('keys'), 'a file where the folder should be');
    isRefused(/cannot be (read|written)/);
  });

  it('that the bot’s account may not read is refused, and no other is made', () => {
    Keys.open(file());
    chmodSync(folder.path, 0o755);
    chmodSync(folder.file('keys'), 0o000);
    withoutRoot(() => isRefused(/cannot be (read|written)/));
    chmodSync(folder.file('keys'), 0o700);
  });

  it('that cannot be read is not taken for a damaged one', function () {
    if (!hasModes) this.skip();
    Keys.open(file());
    chmodSync(file(), 0o000);
    for (const path of [folder.path, folder.file('keys')]) chmodSync(path, 0o755);
    withoutRoot(() => isRefused(/cannot be read/));
  });

  it('names no key in what it throws or shows', async () => {
    const keys = Keys.open(file());
    await keys.begin(THIS_WEEK);
    const { private: half = '', tag = '' } = kept().epochs[THIS_WEEK] ?? {};
    const secrets = [kept().lasting, half, tag];
    assert.ok(secrets.every((secret) => secret.length === 43));
    writeFileSync(file(), readFileSync(file(), 'utf8').slice(0, -3), { mode: 0o600 });
    let message = '';
    try {
      Keys.open(file());
    } catch (error) {
      message = inspect(error);
    }
    assert.match(message, /damaged/);
    const shown = [message, JSON.stringify(keys), inspect(keys, { showHidden: true, depth: 9 })];
    for (const secret of secrets) for (const text of shown) assert.ok(!text.includes(secret));
  });
});
