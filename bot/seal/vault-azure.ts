import { KeyClient, type KeyClientOptions } from '@azure/keyvault-keys';
import { VaultAway } from '../app/ports.ts';
import type { Vault } from './vault.ts';

const ALGORITHM = 'RSA-OAEP-256';
const BITS = 3072;
/** An invoke has three seconds in all; whoever waits for a vault any longer tries again later. */
const TIMEOUT_MS = 2500;
/** Nobody waits for a deletion. */
const DELETING_MS = 60_000;

/**
 * Azure Key Vault: one RSA key per epoch, which never leaves the vault. Its role is "Key Vault Crypto Officer", with the right
 * to purge: a deleted key that can be recovered is not destroyed. Where the vault protects keys from purging, an epoch is
 * gone only once the vault's own retention (7 days at least) has passed; until then each try is told as VaultAway.
 */
export function makeAzureVault(
  url: string,
  credential: ConstructorParameters<typeof KeyClient>[1],
  options: KeyClientOptions = {},
): Vault {
  // Our own policy decides when to try again.
  const client = new KeyClient(url, credential, { ...options, retryOptions: { maxRetries: 0 } });
  return {
    wrap: (epoch, secret) =>
      asked(async () => {
        const version = await makeKey(client, nameOf(epoch));
        const key = client.getCryptographyClient(nameOf(epoch), { keyVersion: version });
        const { result } = await key.wrapKey(ALGORITHM, secret, limited());
        return `${version}.${Buffer.from(result).toString('base64url')}`;
      }),
    unwrap: (epoch, wrapped) =>
      asked(async () => {
        // What an earlier release wrapped names no version: there the vault takes the newest.
        const [bytes = '', keyVersion = ''] = wrapped.split('.').toReversed();
        const key = client.getCryptographyClient(nameOf(epoch), { keyVersion });
        const { result } = await key.unwrapKey(ALGORITHM, Buffer.from(bytes, 'base64url'), limited());
        return Buffer.from(result);
      }),
    destroy: (epoch) => asked(() => destroyKey(client, nameOf(epoch))),
  };
}

const nameOf = (epoch: string): string => `forthright-${epoch}`;
const limited = (ms = TIMEOUT_MS) => ({ abortSignal: AbortSignal.timeout(ms) });

/** The version to wrap with. Two that make a key at once make two versions of it: what is wrapped names its own. */
async function makeKey(client: KeyClient, name: string): Promise<string> {
  const options = { keySize: BITS, keyOps: ['wrapKey', 'unwrapKey'], exportable: false, ...limited() };
  const found = await known(client.getKey(name, limited()));
  const { properties } = found ?? (await client.createRsaKey(name, options));
  if (properties.version === undefined) throw new VaultAway('The vault named no version of its key.');
  return properties.version;
}

/** Deletes, which takes the vault a few seconds, and purges. Cut short, it goes on from there the next time. */
async function destroyKey(client: KeyClient, name: string): Promise<void> {
  if (await known(client.getKey(name, limited()))) {
    const deleting = await client.beginDeleteKey(name, { intervalInMs: 1000, ...limited(DELETING_MS) });
    await deleting.pollUntilDone();
  }
  if (await known(client.getDeletedKey(name, limited()))) await client.purgeDeletedKey(name, limited());
}

/** Nothing where the vault knows of nothing. */
async function known<Found>(request: Promise<Found>): Promise<Found | undefined> {
  try {
    return await request;
  } catch (error) {
    if (statusOf(error) === 404) return undefined;
    throw error;
  }
}

const statusOf = (error: unknown): unknown => (error as { statusCode?: unknown } | null)?.statusCode;

/** Errors of the SDK carry addresses and tokens: what became of a request is told by its status alone. */
async function asked<Result>(request: () => Promise<Result>): Promise<Result> {
  try {
    return await request();
  } catch (error) {
    if (error instanceof VaultAway) throw error;
    const status = statusOf(error);
    throw new VaultAway(typeof status === 'number' ? (REMEDIES[status] ?? `The vault answers ${status}.`) : UNREACHED);
  }
}

const UNREACHED =
  'The vault cannot be reached. See that KEY_VAULT_URL is right, and that the network lets the bot out to it.';
const FORBIDDEN =
  'The vault refuses the bot’s identity. Give it the role Key Vault Crypto Officer, with the right to purge.';
const REMEDIES: Record<number, string> = {
  401: FORBIDDEN,
  403: FORBIDDEN,
  404: 'The vault has no such key. Where the vault was restored or replaced, set KEY_VAULT_URL to the one of before.',
  503: 'The vault is out of service (503). Nothing is lost; it opens again when it is back.',
};
