import assert from 'node:assert/strict';
import { linkSync, readFileSync, rmSync, statSync } from 'node:fs';
import { EpochGone } from '../../bot/app/ports.ts';
import { Keys } from '../../bot/seal/keys.ts';
import { useFolder } from '../support/folder.ts';

const WEEK = '2026-W48';
const OTHER = '2026-W49';

describe('Destroyed keys', () => {
  const folder = useFolder();
  let keys: Keys;
  const file = () => folder.file('forthright.json');
  beforeEach(async () => {
    keys = Keys.open(file());
    await keys.begin(WEEK);
    await keys.begin(OTHER);
  });

  it('are in the file no more, alone; the week is noted as gone, and stays so after a restart', async () => {
    const secret = (await keys.privateHalf(WEEK)).toString('base64url');
    const other = await keys.privateHalf(OTHER);
    assert.ok(readFileSync(file(), 'utf8').includes(secret), 'the premise');
    await keys.destroy(WEEK);
    assert.ok(!readFileSync(file(), 'utf8').includes(secret));
    for (const ring of [keys, Keys.open(file())]) {
      assert.deepEqual([ring.epochs(), ring.gone()], [[OTHER], [WEEK]]);
      assert.throws(() => ring.derive(WEEK, 'vote'), EpochGone);
      assert.deepEqual(await ring.privateHalf(OTHER), other);
    }
    if (process.platform !== 'win32') assert.equal(statSync(file()).mode & 0o777, 0o600);
  });

  it('do not stand in the bytes of the file that was replaced', async () => {
    const old = folder.file('the old file, held');
    linkSync(file(), old);
    const before = readFileSync(old, 'utf8');
    await keys.destroy(WEEK);
    const after = readFileSync(old);
    assert.ok(after.length >= before.length);
    assert.ok(after.every((byte) => byte === 0));
  });

  it('of a week that is gone already, or never was, change nothing', async () => {
    await keys.destroy(WEEK);
    await keys.destroy(WEEK);
    await keys.destroy('2020-W01');
    assert.deepEqual([keys.epochs(), keys.gone()], [[OTHER], [WEEK]]);
  });

  it('do not come back: a week that begins again, by a clock set back, has other keys', async () => {
    const [half, tag] = [keys.publicHalf(WEEK), keys.tag(WEEK, 'vote', 'a')];
    await keys.destroy(WEEK);
    await keys.begin(WEEK);
    assert.notDeepEqual(keys.publicHalf(WEEK), half);
    assert.notEqual(keys.tag(WEEK, 'vote', 'a'), tag);
    assert.deepEqual(keys.gone(), []);
  });

  it('that could not be written away are there, and are told: nothing pretends to be gone', async () => {
    const broken = Keys.open(file());
    rmSync(folder.path, { recursive: true });
    await assert.rejects(broken.destroy(WEEK));
    assert.deepEqual([broken.epochs(), broken.gone()], [[OTHER, WEEK], []]);
  });

  it('leave behind what was noted of the others, and of time', async () => {
    await keys.note(1_800_000_000_000.5, new Map([[OTHER, { ended: 20_000, closed: undefined }]]));
    await keys.destroy(WEEK);
    const again = Keys.open(file());
    assert.equal(again.pace(), 1_800_000_000_001);
    assert.deepEqual(again.watched(OTHER), { ended: 20_000, closed: undefined });
    await again.note(5, new Map([[OTHER, {}]]));
    assert.deepEqual(Keys.open(file()).watched(OTHER), { ended: undefined, closed: undefined });
  });
});
