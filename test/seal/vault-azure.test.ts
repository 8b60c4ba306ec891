import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { VaultAway } from '../../bot/app/ports.ts';
import { Keys } from '../../bot/seal/keys.ts';
import { makeOpener, makeSealer } from '../../bot/seal/sealer.ts';
import type { Vault } from '../../bot/seal/vault.ts';
import { attempt } from '../../bot/teams/outcome.ts';
import { fresh } from '../store/samples.ts';
import { noor } from '../support/cast.ts';
import { useFolder } from '../support/folder.ts';
import { KeyVault } from '../support/key-vault.ts';
import { addressOf } from './sealing.ts';

const WEEK = '2026-W48';
const clock = { now: () => new Date('2026-11-23T12:00:00Z') };

describe('Azure Key Vault', () => {
  const folder = useFolder();
  let standIn: KeyVault;
  let vault: Vault;
  beforeEach(async () => {
    standIn = await new KeyVault().start();
    vault = standIn.open();
  });
  afterEach(() => standIn.stop());

  it('wraps under a key of the epoch alone, made once, and unwraps', async () => {
    const [one, other] = [randomBytes(32), randomBytes(32)];
    const wrapped = [await vault.wrap(WEEK, one), await vault.wrap(WEEK, other), await vault.wrap('2026-W49', one)];
    assert.deepEqual([...standIn.keys.keys()], [`forthright-${WEEK}`, 'forthright-2026-W49']);
    assert.deepEqual(await vault.unwrap(WEEK, wrapped[0] ?? ''), one);
    assert.deepEqual(await vault.unwrap(WEEK, wrapped[1] ?? ''), other);
    await assert.rejects(vault.unwrap('2026-W49', wrapped[0] ?? ''), VaultAway);
  });

  it('made by two instances at once, unwraps what either of them wrapped', async () => {
    const [secret, another] = [randomBytes(32), randomBytes(32)];
    standIn.race();
    const wrapped = await Promise.all([vault.wrap(WEEK, secret), standIn.open().wrap(WEEK, another)]);
    assert.equal(standIn.keys.get(`forthright-${WEEK}`)?.length, 2, 'The premise: two versions were made');
    const opened = wrapped.map((one) => vault.unwrap(WEEK, one));
    assert.deepEqual(await Promise.all(opened), [secret, another]);
    await vault.destroy(WEEK);
    for (const one of wrapped) await assert.rejects(vault.unwrap(WEEK, one), VaultAway);
  });

  it('lets two instances start at once on nothing: both have the same keys, and so after a restart', async () => {
    const start = () => Keys.unlock(folder.file('keys', 'shared.json'), standIn.open());
    standIn.race();
    const both = await Promise.all([start(), start()]);
    standIn.race();
    await Promise.all(both.map((keys) => keys.begin(WEEK)));
    assert.deepEqual(
      [...standIn.keys.values()].map(({ length }) => length),
      [2, 2],
      'The premise',
    );
    const all = [...both, await start()];
    assert.equal(new Set(all.map((keys) => keys.tag(WEEK, 'vote'))).size, 1);
    assert.equal(new Set(all.map((keys) => keys.tag('lasting', 'greeting'))).size, 1);
    const halves = await Promise.all(all.map(async (keys) => (await keys.privateHalf(WEEK)).toString('hex')));
    assert.equal(new Set(halves).size, 1);
  });

  it('opens what an earlier release wrapped, without the version of its key', async () => {
    const secret = randomBytes(32);
    const [, bytes = ''] = (await vault.wrap(WEEK, secret)).split('.');
    assert.ok(bytes.length > 44, 'The premise: a version stands before what is wrapped');
    assert.deepEqual(await vault.unwrap(WEEK, bytes), secret);
  });

  it('destroys for ever: deleted and purged, also where a crash came between, and twice', async () => {
    const wrapped = await vault.wrap(WEEK, randomBytes(32));
    standIn.fails = { status: 403, match: /^DELETE \/deletedkeys/ };
    await assert.rejects(vault.destroy(WEEK), VaultAway);
    assert.equal(standIn.deleted.size, 1, 'The premise: it could be recovered');
    standIn.fails = undefined;
    await vault.destroy(WEEK);
    await vault.destroy(WEEK);
    assert.deepEqual([standIn.keys.size, standIn.deleted.size], [0, 0]);
    await assert.rejects(vault.unwrap(WEEK, wrapped), VaultAway);
  });

  for (const [status, remedy] of [
    [503, /out of service/],
    [403, /role Key Vault Crypto Officer/],
    [429, /answers 429/],
  ] as const)
    it(`that answers ${status} keeps notices waiting; asking goes on`, async () => {
      const keys = await Keys.unlock(folder.file('keys.json'), vault);
      await keys.begin(WEEK);
      standIn.fails = { status, match: /./ };
      standIn.asked.length = 0;
      const hand = makeSealer(keys, clock).asker({ id: noor.aadObjectId, address: addressOf(noor) });
      const question = hand.questionId(fresh());
      const seal = await hand.seal(question);
      hand.writeSlip(WEEK, hand.slipTag(WEEK, 0), question);
      assert.deepEqual(standIn.asked, [], 'Asking needs the public half alone');

      const opener = makeOpener(keys);
      await assert.rejects(opener.open(question, seal), (error) => {
        assert.ok(error instanceof VaultAway);
        assert.match(error.message, remedy);
        assert.ok(!JSON.stringify([error.message, error.cause]).includes('xylophagous'), 'It tells the SDK’s words');
        return true;
      });
      const sends = async () => ({ conversation: JSON.stringify(await opener.open(question, seal)), activity: '1' });
      assert.deepEqual(await attempt(sends), { refused: 'vault-away' });
      for (const request of new Set(standIn.asked))
        assert.equal(
          standIn.asked.filter((asked) => asked === request).length,
          2,
          'One attempt is one try of each request',
        );
      standIn.fails = undefined;
      assert.deepEqual(await attempt(sends), {
        sent: { conversation: JSON.stringify(addressOf(noor)), activity: '1' },
      });
      standIn.fails = { status, match: /./ };
      await assert.rejects(keys.destroy(WEEK), VaultAway);
      assert.deepEqual(keys.epochs(), [WEEK]);
    });

  it('that is nowhere is told with what to look at', async () => {
    await standIn.stop();
    await assert.rejects(Keys.unlock(folder.file('keys.json'), vault), /cannot be reached.*KEY_VAULT_URL/);
    await standIn.start();
  });
});
