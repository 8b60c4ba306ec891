import type { Store } from '../../bot/app/ports.ts';
import { blocksContract } from './contract-blocks.ts';
import { capsulesContract } from './contract-capsules.ts';
import { epochsContract } from './contract-epochs.ts';
import { claimsContract } from './contract-claims.ts';
import { countsContract } from './contract-counts.ts';
import { leasesContract } from './contract-leases.ts';
import { listsContract } from './contract-lists.ts';
import { owedContract } from './contract-owed.ts';
import { questionsContract } from './contract-questions.ts';
import { reactionsContract } from './contract-reactions.ts';
import { rolesContract } from './contract-roles.ts';
import { settingsContract } from './contract-settings.ts';
import { stagesContract } from './contract-stages.ts';
import { slotsContract } from './contract-slots.ts';
import { stuckContract } from './contract-stuck.ts';
import { votesContract } from './contract-votes.ts';
import { waitingContract } from './contract-waiting.ts';

/** Gives the store of the running test. */
export type Given = () => Store;

/**
 * What the Store port promises, whichever database keeps it. `open` gives a store that holds nothing; this suite closes
 * it.
 */
export function storeContract(name: string, open: () => Promise<Store>): void {
  describe(`${name} keeps the promises of a store:`, () => {
    let store: Store;
    beforeEach(async () => void (store = await open()));
    afterEach(() => store.close());
    const given: Given = () => store;

    questionsContract(given);
    listsContract(given);
    stagesContract(given);
    owedContract(given);
    slotsContract(given);
    stuckContract(given);
    capsulesContract(given);
    epochsContract(given);
    waitingContract(given);
    votesContract(given);
    reactionsContract(given);
    countsContract(given);
    blocksContract(given);
    leasesContract(given);
    claimsContract(given);
    rolesContract(given);
    settingsContract(given);
  });
}
