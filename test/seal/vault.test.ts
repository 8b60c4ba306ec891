import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { EpochGone, VaultAway } from '../../bot/app/ports.ts';
import { KeyFault } from '../../bot/seal/keyfile.ts';
import { Keys } from '../../bot/seal/keys.ts';
import { makeOpener, makeSealer } from '../../bot/seal/sealer.ts';
import { fresh } from '../store/samples.ts';
import { noor } from '../support/cast.ts';
import { useFolder } from '../support/folder.ts';
import { FakeVault } from '../support/vault.ts';
import { addressOf } from './sealing.ts';

const WEEK = '2026-W48';
const NEXT_WEEK = '2026-W49';
const clock = { now: () => new Date('2026-11-23T12:00:00Z') };

describe('Keys with a vault', () => {
  const folder = useFolder();
  let vault: FakeVault;
  let keys: Keys;
  const file = () => folder.file('keys', 'forthright.json');
  const hand = (from = keys) => makeSealer(from, clock).asker({ id: noor.aadObjectId, address: addressOf(noor) });
  beforeEach(async () => {
    vault = new FakeVault();
    keys = await Keys.unlock(file(), vault);
    await keys.begin(WEEK);
  });

  it('stand in the file wrapped: none of them in the clear', async () => {
    const text = readFileSync(file(), 'utf8');
    const half = await keys.privateHalf(WEEK);
    assert.ok(!text.includes(half.toString('base64url')));
    assert.ok(
      text.includes(keys.publicHalf(WEEK).toString('base64url')),
      'The premise: keys are searched as they are written',
    );
    assert.throws(() => Keys.open(file()), KeyFault, 'Wrapped secrets are no keys by themselves');
  });

  it('are the same after a restart', async () => {
    const again = await Keys.unlock(file(), vault);
    assert.equal(hand(again).greetingTag(), hand().greetingTag());
    assert.equal(hand(again).slipTag(WEEK, 0), hand().slipTag(WEEK, 0));
    const question = fresh();
    const seal = await hand().seal(question);
    assert.deepEqual(await makeOpener(again).open(question, seal), addressOf(noor));
  });

  it('serve asking, My questions and votes while the vault is away; Seals stay closed, and open when it is back', async () => {
    vault.isAway = true;
    const question = hand().questionId(fresh());
    const seal = await hand().seal(question);
    const tag = hand().slipTag(WEEK, 0);
    assert.equal(hand().readSlip(WEEK, tag, hand().writeSlip(WEEK, tag, question)), question);
    assert.ok(hand().voteTag({ id: question, week: WEEK }));
    await assert.rejects(makeOpener(keys).open(question, seal), VaultAway);
    vault.isAway = false;
    assert.deepEqual(await makeOpener(keys).open(question, seal), addressOf(noor));
  });

  it('begin no week that the vault did not wrap: nothing is sealed under keys that are nowhere', async () => {
    vault.isAway = true;
    await assert.rejects(keys.begin(NEXT_WEEK), VaultAway);
    assert.deepEqual(keys.epochs(), [WEEK]);
    await assert.rejects(Keys.unlock(file(), vault), VaultAway);
  });

  it('that two begin at once are one pair', async () => {
    await Promise.all([keys.begin(NEXT_WEEK), keys.begin(NEXT_WEEK)]);
    const again = await Keys.unlock(file(), vault);
    assert.deepEqual(again.publicHalf(NEXT_WEEK), keys.publicHalf(NEXT_WEEK));
    assert.equal(again.tag(NEXT_WEEK, 'a'), keys.tag(NEXT_WEEK, 'a'));
  });

  it('are destroyed in the vault first: while it is away they stay, and nothing pretends otherwise', async () => {
    vault.isAway = true;
    await assert.rejects(keys.destroy(WEEK), VaultAway);
    assert.deepEqual([keys.epochs(), keys.gone()], [[WEEK], []]);
    vault.isAway = false;
    await keys.destroy(WEEK);
    assert.deepEqual([keys.epochs(), keys.gone()], [[], [WEEK]]);
    assert.deepEqual([...vault.keys], ['lasting']);
    await assert.rejects(keys.privateHalf(WEEK), EpochGone);
  });
});
