import { openCosmos } from '../../bot/store/cosmos.ts';
import { openAccount, type TestAccount } from './cosmos-account.ts';
import { storeContract } from './contract.ts';

describe('Cosmos DB', () => {
  let test: TestAccount;
  before(async () => void (test = await openAccount()));
  after(() => test.close());

  storeContract('Cosmos DB', async () => {
    await test.empty();
    return (await openCosmos(test.account)).store;
  });
});
