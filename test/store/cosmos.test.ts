import assert from 'node:assert/strict';
import { openCosmos } from '../../bot/store/cosmos.ts';
import { openAccount, type TestAccount } from './cosmos-account.ts';
import { storeContract } from './contract.ts';
import { fresh, sample, WEEK } from './samples.ts';

describe('Cosmos DB', () => {
  let test: TestAccount;
  before(async () => void (test = await openAccount()));
  after(() => test.close());

  storeContract('Cosmos DB', async () => {
    await test.empty();
    return (await openCosmos(test.account)).store;
  });

  it('is new, so that keys may be made beside it, until something was sealed: a question, or what waits to be one', async () => {
    const isNew = async () => {
      const opened = await openCosmos(test.account);
      await opened.store.close();
      return opened.isNew;
    };
    await test.empty();
    assert.equal(await isNew(), true);
    const { store } = await openCosmos(test.account);
    await store.add(sample());
    assert.equal(await isNew(), false);
    await test.empty();
    await store.addWaiting({ id: fresh(), epoch: WEEK, capsule: fresh() });
    assert.equal(await isNew(), false);
    await store.close();
  });
});
