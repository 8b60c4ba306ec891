import { existsSync } from 'node:fs';
import { VaultAway } from '../../bot/app/ports.ts';
import type { Config } from '../../bot/config.ts';
import { KeyFault, readKeyFile } from '../../bot/seal/keyfile.ts';
import { Keys } from '../../bot/seal/keys.ts';
import { makeSealer } from '../../bot/seal/sealer.ts';
import type { Contents } from './contents.ts';
import { type Finding, mend, ok } from './finding.ts';
import type { Kept } from './kept.ts';

/** Whether the keys can be read, and are those of the data. No Seal is opened for it. */
export async function lookAtKeys(config: Config, { isNew, contents }: Kept): Promise<Finding[]> {
  const { keyFile, keyVault } = config;
  try {
    const file = readKeyFile(keyFile, keyVault === '' ? 'clear' : 'wrapped', isNew);
    if (file === undefined) return [ok('keys: none yet, the bot makes them at its start')];
    // Opening them would take away a lock that a killed process left.
    if (existsSync(`${keyFile}.lock`))
      return [mend('keys', 'they are being changed right now. Run the doctor again; if it stays, start the bot anew.')];
    const keys = await openKeys(config);
    const readable = ok(keyVault === '' ? 'keys: readable by the bot alone' : 'keys: the vault unwraps them');
    return [readable, ...(contents === undefined ? [] : await match(keys, file.gone, contents))];
  } catch (error) {
    if (error instanceof KeyFault || error instanceof VaultAway) return [mend('keys', error.message)];
    throw error;
  }
}

async function openKeys({ keyFile, keyVault, appType, appId }: Config): Promise<Keys> {
  if (keyVault === '') return Keys.open(keyFile, { mayMake: false });
  const [{ makeAzureVault }, { managedIdentity }] = await Promise.all([
    import('../../bot/seal/vault-azure.ts'),
    import('../../bot/azure.ts'),
  ]);
  const identity = managedIdentity(appType === 'UserAssignedMSI' ? appId : undefined);
  return Keys.unlock(keyFile, makeAzureVault(keyVault, identity), { mayMake: false });
}

const RESTORE = 'Restore the key file that goes with them: with this one, nobody who asked can be written back to.';

/** Where the Seal of a question lies is told by the key that never rotates: with another one, none is found. */
async function match(keys: Keys, gone: string[], contents: Contents): Promise<Finding[]> {
  const questions = (await contents.questions()).filter(({ state }) => state !== 'withdrawn');
  const weeks = new Set([...keys.epochs(), ...gone]);
  if (questions.some(({ week }) => !weeks.has(week)))
    return [mend('keys and data', `KEY_FILE lacks weeks in which questions were asked. ${RESTORE}`)];
  const sealed = questions.filter(({ week }) => keys.epochs().includes(week));
  const sealer = makeSealer(keys, { now: () => new Date(0) });
  for (const { id } of sealed)
    if (await contents.hasSeal(sealer.sealId(id))) return [ok('keys and data: they belong together')];
  return sealed.length === 0
    ? [ok('keys and data: no question yet whose keys are still there')]
    : [mend('keys and data', `KEY_FILE is that of other data. ${RESTORE}`)];
}
