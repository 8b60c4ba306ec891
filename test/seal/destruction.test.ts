import assert from 'node:assert/strict';
import fs, { linkSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import sinon from 'sinon';
import { EpochGone } from '../../bot/app/ports.ts';
import { Keys } from '../../bot/seal/keys.ts';
import { useFolder } from '../support/folder.ts';

const WEEK = '2026-W48';
const OTHER = '2026-W49';

const isZeroed = (path: string) => assert.ok(readFileSync(path).every((byte) => byte === 0));

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

  /** The file as it is now, in reach whatever takes its name. */
  const holdOld = (): string => {
    const old = folder.file('the old file, held');
    linkSync(file(), old);
    assert.ok(statSync(old).size > 100, 'the premise');
    return old;
  };

  const REPLACED: Record<string, () => unknown> = {
    'a destruction': () => keys.destroy(WEEK),
    'the next week': () => keys.begin('2026-W50'),
    'what was noted of time': () => keys.note(1, new Map()),
  };
  for (const [what, replace] of Object.entries(REPLACED))
    it(`do not stand in the bytes of a file that was replaced by ${what}`, async () => {
      const old = holdOld();
      await replace();
      isZeroed(old);
      assert.deepEqual(readdirSync(folder.path).toSorted(), ['forthright.json', 'the old file, held']);
    });

  it('do not stand in what a crash left: a draft, or the old file', async () => {
    const old = holdOld();
    renameSync(old, `${file()}.old`);
    linkSync(`${file()}.old`, old);
    writeFileSync(`${file()}.new`, readFileSync(file()));
    linkSync(`${file()}.new`, folder.file('the draft, held'));
    writeFileSync(folder.file('another'), readFileSync(file()), { mode: 0o600 });
    renameSync(folder.file('another'), file());
    await Keys.open(file()).destroy(WEEK);
    isZeroed(old);
    isZeroed(folder.file('the draft, held'));
    assert.deepEqual(Keys.open(file()).epochs(), [OTHER]);
  });

  it('are destroyed where a crash left the file itself under its old name, and the other keys stay', async () => {
    linkSync(file(), `${file()}.old`);
    const other = await keys.privateHalf(OTHER);
    await Keys.open(file()).destroy(WEEK);
    assert.deepEqual(await Keys.open(file()).privateHalf(OTHER), other);
  });

  it('do not stand in the old bytes where a file cannot have two names', async () => {
    const old = holdOld();
    const link = sinon.stub(fs, 'linkSync').throws(Object.assign(new Error('link'), { code: 'ENOTSUP' }));
    syncBuiltinESMExports();
    try {
      await keys.destroy(WEEK);
    } finally {
      link.restore();
      syncBuiltinESMExports();
    }
    sinon.assert.calledOnce(link);
    isZeroed(old);
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
