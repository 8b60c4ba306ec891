import {
  type Container,
  CosmosClient,
  type CosmosClientOptions,
  type ContainerDefinition,
  type Database as CosmosDatabase,
  type IndexingPolicy,
  PartitionKeyKind,
} from '@azure/cosmos';
import { isDeepStrictEqual } from 'node:util';
import { StoreAway } from '../app/ports.ts';
import { CONTAINERS, type Layout, type Name, NAMES } from './cosmos-containers.ts';
import { StoreFault } from './faults.ts';

export interface Account {
  endpoint: string;
  database: string;
  /** The account's key, or the bot's own identity in Azure. */
  access: { key: string } | { identity: NonNullable<CosmosClientOptions['aadCredentials']> };
}

export type Containers = Record<Name, Container>;

/** How long the start waits for one answer. */
const STARTING_MS = 10_000;

/** The least that a database may share out automatically among all its containers, in request units a second. */
const SHARED_UNITS = 1000;

/** Finds the containers, and makes those that are missing where it may. Throws StoreFault with words for the operator. */
export async function openContainers(account: Account): Promise<{ containers: Containers; close: () => void }> {
  const { client, close } = makeClient(account);
  try {
    const database = await makeDatabase(client, account.database);
    const made = NAMES.map(async (name) => {
      return [name, await makeContainer(database, toRequest(name, CONTAINERS[name]))] as const;
    });
    const containers = Object.fromEntries(await Promise.all(made)) as Containers;
    return { containers, close };
  } catch (error) {
    close();
    throw toFault(error);
  }
}

/** The containers that the next start would make or change; none of them is touched. Throws StoreFault likewise. */
export async function missingContainers(account: Account): Promise<Name[]> {
  const { client, close } = makeClient(account);
  try {
    const database = client.database(account.database);
    const looks = NAMES.map(async (name) => ((await isAsWanted(database, name)) ? [] : [name]));
    return (await Promise.all(looks)).flat();
  } catch (error) {
    throw toFault(error);
  } finally {
    close();
  }
}

async function isAsWanted(database: CosmosDatabase, name: Name): Promise<boolean> {
  try {
    const { resource } = await database.container(name).read();
    return holds(resource?.indexingPolicy, toRequest(name, CONTAINERS[name]).indexingPolicy);
  } catch (error) {
    if (statusOf(error) === 404) return false;
    throw error;
  }
}

function makeClient({ endpoint, access }: Account): { client: CosmosClient; close: () => void } {
  const closing = new AbortController();
  const client = new CosmosClient({
    endpoint,
    ...('key' in access ? { key: access.key } : { aadCredentials: access.identity }),
    httpClient: { sendRequest: (request) => send(request, closing.signal) },
    // When to try again is our own matter (cosmos-requests.ts): somebody is waiting, and the SDK would wait a second and
    // longer. Regions are Azure's: the account's own address follows the region that takes writes.
    connectionPolicy: {
      requestTimeout: STARTING_MS,
      enableEndpointDiscovery: false,
      retryOptions: { maxRetryAttemptCount: 0, fixedRetryIntervalInMilliseconds: 0, maxWaitTimeInSeconds: 0 },
    },
  });
  const close = () => {
    closing.abort(new StoreAway('The store is closed.'));
    client.dispose();
  };
  return { client, close };
}

type Send = NonNullable<CosmosClientOptions['httpClient']>['sendRequest'];
type Sending = Parameters<Send>[0];

/** No answer came: whether the request took effect is unknown. No code of the SDK's, which would repeat some by itself. */
export class Unreached extends Error {
  override name = 'Unreached';
}

/** One request, one attempt, over Node's own fetch. */
async function send(request: Sending, closing: AbortSignal): ReturnType<Send> {
  closing.throwIfAborted();
  // The SDK asks for a plan beside each query. None of ours needs one: they are sorted and counted in one partition alone.
  if (request.headers.has('x-ms-cosmos-is-query-plan-request')) throw new Unreached('A plan is not asked for');
  const { url, method, abortSignal } = request;
  const init = { method, headers: request.headers.toJSON(), body: (request.body as string | undefined) ?? null };
  try {
    const response = await fetch(url, { ...init, signal: (abortSignal as AbortSignal | undefined) ?? null });
    const bodyAsText = await response.text();
    return { request, status: response.status, headers: toHeaders(response.headers), bodyAsText };
  } catch (error) {
    if (abortSignal?.aborted === true) throw error;
    throw new Unreached('No answer came');
  }
}

/** What the SDK reads of an answer's headers; its own kind comes from a library that is not ours to import. */
const toHeaders = (headers: Headers): Sending['headers'] =>
  ({
    get: (name: string) => headers.get(name) ?? undefined,
    toJSON: () => Object.fromEntries(headers),
  }) as unknown as Sending['headers'];

async function makeDatabase(client: CosmosClient, id: string): Promise<CosmosDatabase> {
  try {
    return (await client.databases.createIfNotExists({ id, maxThroughput: SHARED_UNITS })).database;
  } catch (error) {
    // A serverless account has no throughput to share out, and refuses to be told one.
    if (statusOf(error) !== 400) throw error;
    return (await client.databases.createIfNotExists({ id })).database;
  }
}

type Definition = ContainerDefinition & { id: string; indexingPolicy: IndexingPolicy };

/** A container that an earlier release made lacks the indexes that came later. */
async function makeContainer(database: CosmosDatabase, wanted: Definition): Promise<Container> {
  const { container, resource } = await database.containers.createIfNotExists(wanted);
  if (!holds(resource?.indexingPolicy, wanted.indexingPolicy)) await container.replace(wanted);
  return container;
}

/** Tells whether a policy has what is wanted; Cosmos DB adds something of its own. */
function holds(policy: IndexingPolicy | undefined, wanted: IndexingPolicy): boolean {
  const paths = new Set(policy?.includedPaths?.map(({ path }) => path));
  const lists = policy?.compositeIndexes ?? [];
  return (
    (wanted.includedPaths ?? []).every(({ path }) => paths.has(path)) &&
    (wanted.compositeIndexes ?? []).every((list) => lists.some((other) => isDeepStrictEqual(other, list)))
  );
}

/** A container as Cosmos DB is asked for it, by the bot or by whoever sets Azure up. */
export const toRequest = (id: Name, { partition, indexed, unique, lists = [], ttl }: Layout): Definition => ({
  id,
  partitionKey: { paths: [`/${partition}`], kind: PartitionKeyKind.Hash, version: 2 },
  indexingPolicy: {
    indexingMode: 'consistent',
    includedPaths: indexed.map((path) => ({ path: `/${path}/?` })),
    excludedPaths: [{ path: '/*' }],
    compositeIndexes: lists.map((list) => list.map(({ path, order }) => ({ path: `/${path}`, order }))),
  },
  ...(unique === undefined ? {} : { uniqueKeyPolicy: { uniqueKeys: [{ paths: [`/${unique}`] }] } }),
  ...(ttl === undefined ? {} : { defaultTtl: ttl }),
});

/** The HTTP status with which Cosmos DB refused; nothing where no answer came. */
export function statusOf(error: unknown): number | undefined {
  const code = (error as { code?: unknown } | null)?.code;
  return typeof code === 'number' && code >= 400 ? code : undefined;
}

const FORBIDDEN =
  'refuses the bot. Set COSMOS_KEY, or give its managed identity the role Cosmos DB Built-in Data Contributor; with that role it cannot make a database or containers, so set them up first (infra/).';
const REMEDIES: Record<number, string> = { 401: FORBIDDEN, 403: FORBIDDEN };
const UNREACHED = 'cannot be reached. See that COSMOS_ENDPOINT is right, and that the network lets the bot out to it.';

/** Errors of the SDK carry addresses and words: what became of a request is told by its status alone. */
function toFault(error: unknown): unknown {
  const status = statusOf(error);
  const isUnanswered = error instanceof Unreached || (error as { name?: unknown } | null)?.name === 'TimeoutError';
  if (/^(Aggregate)?(Authentication|CredentialUnavailable)/.test(String((error as { name?: unknown }).name)))
    return new StoreFault(`Cosmos DB ${FORBIDDEN}`);
  if (status === undefined && !isUnanswered) return error;
  const remedy =
    status === undefined
      ? UNREACHED
      : (REMEDIES[status] ??
        `answers ${status}. Start again; where it stays, look at the account in the Azure portal.`);
  return new StoreFault(`Cosmos DB ${remedy}`);
}
