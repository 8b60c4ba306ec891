import assert from 'node:assert/strict';
import { chmodSync, existsSync, linkSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { EpochGone } from '../../bot/app/ports.ts';
import { Keys } from '../../bot/seal/keys.ts';
import { useFolder } from '../support/folder.ts';

const THIS_WEEK = '2026-W48';
const NEXT_WEEK = '2026-W49';

describe('Epochs', () => {
  const folder = useFolder();
  const file = () => folder.file('keys', 'forthright.json');

  it('are added week by week, newest first, and survive a restart', async () => {
    const keys = Keys.open(file());
    for (const week of ['2026-W52', '2027-W01', '2026-W51', '2026-W52']) await keys.begin(week);
    const again = Keys.open(file());
    assert.deepEqual(again.epochs(), ['2027-W01', '2026-W52', '2026-W51']);
    for (const week of again.epochs()) assert.ok(again.derive(week, 'capsule').equals(keys.derive(week, 'capsule')));
  });

  it('have keys that differ by week and purpose, and are the same every time', async () => {
    const keys = Keys.open(file());
    await keys.begin(THIS_WEEK);
    await keys.begin(NEXT_WEEK);
    const derived = [THIS_WEEK, NEXT_WEEK, 'lasting'].flatMap((epoch) =>
      ['capsule', 'vote'].map((purpose) => keys.derive(epoch, purpose).export().toString('hex')),
    );
    assert.equal(new Set(derived).size, 6);
    assert.equal(keys.derive(THIS_WEEK, 'capsule').export().toString('hex'), derived[0]);
    assert.equal(keys.derive(THIS_WEEK, 'capsule').symmetricKeySize, 32);
  });

  it('whose key was destroyed derive nothing, backups included', async () => {
    const keys = Keys.open(file());
    await keys.begin(THIS_WEEK);
    for (const gone of [NEXT_WEEK, '', 'constructor', '__proto__']) {
      assert.throws(() => keys.derive(gone, 'capsule'), EpochGone);
      assert.throws(() => keys.publicHalf(gone), EpochGone);
      await assert.rejects(() => keys.privateHalf(gone), EpochGone);
    }
  });

  it('that could not be written are not used: nothing is sealed under a key that a restart would lose', async () => {
    const keys = Keys.open(file());
    rmSync(folder.file('keys'), { recursive: true });
    for (const _try of [1, 2]) await assert.rejects(() => keys.begin(THIS_WEEK));
    assert.deepEqual(keys.epochs(), []);
    mkdirSync(folder.file('keys'));
    await keys.begin(THIS_WEEK);
    assert.deepEqual(Keys.open(file()).epochs(), [THIS_WEEK]);
  });

  it('are not written into a draft that somebody laid out for all to read', async function () {
    if (process.platform === 'win32') this.skip();
    const keys = Keys.open(file());
    const draft = `${file()}.new`;
    const spied = folder.file('spied');
    writeFileSync(draft, '', { mode: 0o666 });
    chmodSync(draft, 0o666);
    linkSync(draft, spied);
    await keys.begin(THIS_WEEK);
    assert.equal(readFileSync(spied, 'utf8'), '');
    assert.equal(existsSync(draft), false);
    assert.deepEqual(Keys.open(file()).epochs(), [THIS_WEEK]);
  });
});

describe('A tag', () => {
  const folder = useFolder();
  let keys: Keys;
  beforeEach(async () => {
    keys = Keys.open(folder.file('forthright.json'));
    await keys.begin(THIS_WEEK);
    await keys.begin(NEXT_WEEK);
  });

  it('is the same for a repeat, and after a restart', () => {
    const tag = keys.tag(THIS_WEEK, 'vote', 'a', 'b');
    assert.equal(keys.tag(THIS_WEEK, 'vote', 'a', 'b'), tag);
    assert.equal(Keys.open(folder.file('forthright.json')).tag(THIS_WEEK, 'vote', 'a', 'b'), tag);
    assert.match(tag, /^[\w-]{22}$/);
  });

  it('differs by epoch, purpose, and every way to cut the same letters into parts', () => {
    const tags = [
      keys.tag(THIS_WEEK, 'vote', 'ab', 'c'),
      keys.tag(THIS_WEEK, 'vote', 'a', 'bc'),
      keys.tag(THIS_WEEK, 'vote', 'abc'),
      keys.tag(THIS_WEEK, 'vote', 'abc', ''),
      keys.tag(THIS_WEEK, 'vote', 'ab1:c'),
      keys.tag(THIS_WEEK, 'vote', 'é', 'a'),
      keys.tag(THIS_WEEK, 'vote', 'e', '\u0301a'),
      keys.tag(THIS_WEEK, 'slip', 'ab', 'c'),
      keys.tag(NEXT_WEEK, 'vote', 'ab', 'c'),
      keys.tag('lasting', 'vote', 'ab', 'c'),
    ];
    assert.equal(new Set(tags).size, tags.length);
  });

  it('differs between two installations', () => {
    const others = Keys.open(folder.file('others.json'));
    assert.notEqual(others.tag('lasting', 'vote', 'a'), keys.tag('lasting', 'vote', 'a'));
  });
});
