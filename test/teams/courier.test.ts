import assert from 'node:assert/strict';
import type { Courier } from '../../bot/app/carrying.ts';
import { SealBroken, type Store } from '../../bot/app/ports.ts';
import { PLAIN_POLICY } from '../../bot/domain/settings.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { makeCourier } from '../../bot/teams/courier.ts';
import { useSealing } from '../seal/sealing.ts';

const [FIRST, SECOND] = ['kJ8qYw0mT3uVb5nR7xZc1A', 'pL2sXe9nU4wCd6oS8yAf3B'] as const;
const FRIDAY = '2026-11-27';
const go = async () => {};

describe('the Courier', () => {
  const sealing = useSealing();
  let store: Store;
  let courier: Courier;
  beforeEach(() => {
    store = openSqlite(':memory:');
    const needs = { store, opener: sealing.opener, connector: {}, directory: assert.fail, policy: () => PLAIN_POLICY };
    courier = makeCourier(needs as never, {
      forms: 'dialog',
      serviceUrl: '',
      tenant: '',
      isLocal: false,
    });
  });
  afterEach(() => store.close());

  const blocks = async (question: string, until = FRIDAY) =>
    courier.block({ question, seal: await sealing.noors.seal(question), until }, go);
  const lifts = async (question: string) => courier.lift(question, await sealing.noors.seal(question), go);
  const until = () => store.blockedUntil(sealing.noors.blockTags());
  const rows = async () => {
    const standing = await Promise.all(sealing.noors.blockTags().map((tag) => store.blockedUntil([tag])));
    return standing.filter((day) => day !== undefined);
  };

  it('stops an author once for one question, however often it is carried out, as after a crash', async () => {
    for (let n = 0; n < 3; n += 1) assert.ok('sent' in (await blocks(FIRST)));
    assert.deepEqual(await rows(), [FRIDAY]);
    assert.equal(await store.blockedUntil(sealing.omars.blockTags()), undefined);
  });

  it('lifts the block of one question and leaves that of another, whichever came first', async () => {
    for (const [lifted, stays] of [
      [FIRST, SECOND],
      [SECOND, FIRST],
    ] as const) {
      await blocks(FIRST, lifted === FIRST ? '2026-12-24' : FRIDAY);
      await blocks(SECOND, lifted === SECOND ? '2026-12-24' : FRIDAY);
      assert.equal(await until(), '2026-12-24', 'the premise: the longer one counts');
      assert.ok('sent' in (await lifts(lifted)));
      assert.deepEqual(await rows(), [FRIDAY]);
      await lifts(stays);
      assert.deepEqual(await rows(), []);
    }
  });

  it('may lift again what is lifted, as after a crash, and what never stood', async () => {
    await blocks(FIRST);
    for (const question of [FIRST, FIRST, SECOND]) assert.ok('sent' in (await lifts(question)));
    assert.deepEqual(await rows(), []);
  });

  it('says that nothing is left where the keys of the week are gone', async () => {
    const seal = await sealing.noors.seal(FIRST);
    await sealing.destroy(seal.epoch);
    for (const outcome of [
      await courier.block({ question: FIRST, seal, until: FRIDAY }, go),
      await courier.lift(FIRST, seal, go),
    ])
      assert.deepEqual(outcome, { permanent: 'epoch-gone' });
  });

  it('tells a Seal that was moved from what may open later', async () => {
    const moved = await sealing.noors.seal(SECOND);
    await assert.rejects(courier.notice(FIRST, moved, go), SealBroken);
    await assert.rejects(courier.block({ question: FIRST, seal: moved, until: FRIDAY }, go), SealBroken);
    await assert.rejects(courier.lift(FIRST, moved, go), SealBroken);
  });
});
