import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { StoreAway } from '../../bot/app/ports.ts';
import { type Config } from '../../bot/config.ts';
import { StoreFault, toStoreFault } from '../../bot/store/faults.ts';
import { type Contents, contentsOf, contentsOfFile, examine, openToRead } from './contents.ts';
import { type Finding, mend, ok } from './finding.ts';

/** What was found of the store; its contents where there are any that this release reads. */
export interface Kept {
  findings: Finding[];
  isNew: boolean;
  contents?: Contents;
}

const known = (error: unknown): boolean => error instanceof StoreFault || error instanceof StoreAway;

/** Reads the store that the settings name, and leaves it as it is. */
export async function lookAtStore(config: Config): Promise<Kept> {
  try {
    return config.cosmos.endpoint === ''
      ? lookAtFile(join(config.dataDir, 'forthright.db'))
      : await lookAtCosmos(config);
  } catch (error) {
    if (!known(error)) throw error;
    return { findings: [mend('store', (error as Error).message)], isNew: false };
  }
}

function lookAtFile(file: string): Kept {
  if (!existsSync(file)) return { findings: [ok('store: none yet, the bot makes it at its start')], isNew: true };
  try {
    const db = openToRead(file);
    try {
      const release = examine(db);
      if (release === 'current')
        return { findings: [ok('store: whole, and of this release')], isNew: false, contents: contentsOfFile(db) };
      db.close();
      const what = 'store: whole, of an older release; the bot brings it to this one at its start. Back it up before';
      return { findings: [ok(what)], isNew: false };
    } catch (error) {
      if (db.isOpen) db.close();
      throw error;
    }
  } catch (error) {
    throw toStoreFault(file, error);
  }
}

async function lookAtCosmos({ cosmos, appType, appId }: Config): Promise<Kept> {
  // Loaded where they are wanted: Azure's libraries are large.
  const [{ missingContainers }, { openCosmos }] = await Promise.all([
    import('../../bot/store/cosmos-client.ts'),
    import('../../bot/store/cosmos.ts'),
  ]);
  const { managedIdentity } = await import('../../bot/azure.ts');
  const identity = () => managedIdentity(appType === 'UserAssignedMSI' ? appId : undefined);
  const account = { ...cosmos, access: cosmos.key === '' ? { identity: identity() } : { key: cosmos.key } };
  const missing = await missingContainers(account);
  if (missing.length > 0) {
    const how = `not as this release wants them: ${missing.join(', ')}. With COSMOS_KEY the bot makes them at its start; else deploy infra/ again.`;
    return { findings: [mend('store', `containers are ${how}`)], isNew: false };
  }
  const { store, isNew } = await openCosmos(account);
  return { findings: [ok('store: reached, with all its containers')], isNew, contents: contentsOf(store) };
}
