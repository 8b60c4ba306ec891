import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { EpochGone, VaultAway } from '../../bot/app/ports.ts';
import { KeyFault } from '../../bot/seal/keyfile.ts';
import { Keys } from '../../bot/seal/keys.ts';
import { useFolder } from '../support/folder.ts';
import { FakeVault } from '../support/vault.ts';

const WEEK = '2026-W48';
const NEXT_WEEK = '2026-W49';
const KEYS = new URL('../../bot/seal/keys.ts', import.meta.url).href;

describe('Several instances that share one key file', () => {
  const folder = useFolder();
  const file = () => folder.file('keys', 'forthright.json');
  const two = () => [Keys.open(file()), Keys.open(file())] as const;

  it('seal and open under the same keys, whichever began them', async () => {
    const [one, other] = two();
    await one.begin(WEEK);
    assert.deepEqual(other.epochs(), [], 'The premise: it was not told');
    await other.begin(WEEK);
    assert.deepEqual(other.publicHalf(WEEK), one.publicHalf(WEEK));
    assert.equal(other.tag(WEEK, 'vote', 'a'), one.tag(WEEK, 'vote', 'a'));
    assert.equal(other.chance('batch', 1), one.chance('batch', 1));
  });

  it('see what another began when they look, and open at once what was sealed under it', async () => {
    const [one, other] = two();
    await one.begin(WEEK);
    assert.deepEqual(await other.privateHalf(WEEK), await one.privateHalf(WEEK));
    await one.begin(NEXT_WEEK);
    await other.refresh();
    assert.deepEqual(other.epochs(), [NEXT_WEEK, WEEK]);
  });

  it('lose nothing that others wrote: weeks, notes and time of each are kept', async () => {
    const [one, other] = two();
    await one.begin(WEEK);
    await other.begin(NEXT_WEEK);
    await one.note(7, new Map([[WEEK, { ended: 20_000 }]]));
    const again = Keys.open(file());
    assert.deepEqual([again.epochs(), again.pace(), again.watched(WEEK).ended], [[NEXT_WEEK, WEEK], 7, 20_000]);
  });

  it('bring no destroyed key back, whoever writes next, and forget it when they look', async () => {
    const [one, other] = two();
    await one.begin(WEEK);
    await other.begin(WEEK);
    const secret = (await one.privateHalf(WEEK)).toString('base64url');
    await one.destroy(WEEK);
    assert.ok(other.epochs().includes(WEEK), 'The premise: it was not told');
    await other.begin(NEXT_WEEK);
    await other.note(7, new Map([[WEEK, { ended: 20_000 }]]));
    assert.ok(!readFileSync(file(), 'utf8').includes(secret));
    for (const keys of [other, Keys.open(file())]) {
      assert.deepEqual([keys.epochs(), keys.gone()], [[NEXT_WEEK], [WEEK]]);
      assert.throws(() => keys.derive(WEEK, 'vote'), EpochGone);
    }
  });

  it('forget by a look alone, and what they derived before with it', async () => {
    const [one, other] = two();
    await one.begin(WEEK);
    await other.refresh();
    const derived = other.tag(WEEK, 'vote');
    await one.destroy(WEEK);
    await one.begin(WEEK);
    await other.refresh();
    assert.notEqual(other.tag(WEEK, 'vote'), derived);
    assert.deepEqual(other.publicHalf(WEEK), one.publicHalf(WEEK), 'A week that began again has its new keys');
    assert.equal(other.tag(WEEK, 'a'), one.tag(WEEK, 'a'));
  });

  it('keep to their keys, and say so, when another file is put in the place of theirs', async () => {
    const keys = Keys.open(file());
    await keys.begin(WEEK);
    const tag = keys.tag(WEEK, 'vote');
    Keys.open(folder.file('others.json'));
    writeFileSync(file(), readFileSync(folder.file('others.json')), { mode: 0o600 });
    await assert.rejects(keys.refresh(), KeyFault);
    assert.equal(keys.tag(WEEK, 'vote'), tag);
  });

  it('with a vault take over what another began; while it is away they know nothing of it, and later they do', async () => {
    const vault = new FakeVault();
    const one = await Keys.unlock(file(), vault);
    const other = await Keys.unlock(file(), vault);
    await one.begin(WEEK);
    vault.isAway = true;
    await assert.rejects(other.refresh(), VaultAway);
    assert.deepEqual(other.epochs(), []);
    vault.isAway = false;
    await other.refresh();
    assert.equal(other.tag(WEEK, 'vote'), one.tag(WEEK, 'vote'));
  });

  it('go on after one of them was killed in the middle of a change, and serve people meanwhile', async () => {
    const keys = Keys.open(file());
    writeFileSync(`${file()}.lock`, '');
    utimesSync(`${file()}.lock`, 1, 1);
    let served = 0;
    const others = setInterval(() => (served += 1), 10);
    await keys.begin(WEEK).finally(() => clearInterval(others));
    assert.ok(served > 10, `In all the time that it waited, others were served ${served} times`);
    assert.deepEqual(Keys.open(file()).epochs(), [WEEK]);
    assert.equal(existsSync(`${file()}.lock`), false);
  }).timeout(10_000);

  it('started at once on nothing, as processes, make one file, and every week in it that any of them began', async () => {
    const weeks = Array.from({ length: 3 }, (_, n) =>
      Array.from({ length: 6 }, (_of, week) => `2026-W${10 + n * 6 + week}`),
    );
    const processes = weeks.map((own) => {
      const work = `const { Keys } = await import(${JSON.stringify(KEYS)});
        const keys = Keys.open(${JSON.stringify(file())});
        for (const week of ${JSON.stringify(own)}) await keys.begin(week);
        process.stdout.write(keys.tag('lasting', 'the same'));`;
      return spawn(process.execPath, ['--input-type=module', '-e', work], { stdio: ['ignore', 'pipe', 'inherit'] });
    });
    const said = processes.map(async (child) => {
      let text = '';
      child.stdout.on('data', (part) => (text += String(part)));
      assert.deepEqual(await once(child, 'close'), [0, null]);
      return text;
    });
    assert.equal(new Set(await Promise.all(said)).size, 1);
    assert.deepEqual(Keys.open(file()).epochs(), weeks.flat().toSorted().toReversed());
    assert.deepEqual(readdirSync(folder.file('keys')), ['forthright.json']);
  }).timeout(15_000);
});
