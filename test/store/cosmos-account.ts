import { createHttpServer } from '@vercel/cosmosdb-server';
import type { Container } from '@azure/cosmos';
import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { type Account, openContainers } from '../../bot/store/cosmos-client.ts';
import { CONTAINERS, type Name, NAMES } from '../../bot/store/cosmos-containers.ts';

const { COSMOS_ENDPOINT: endpoint = '', COSMOS_KEY: key = '' } = process.env;

/** Where `COSMOS_ENDPOINT` names Microsoft's emulator or an account, the tests run there; else on a stand-in in this process. */
export const isStandIn = endpoint === '';

export interface TestAccount {
  account: Account & { access: { key: string } };
  /** Every row as it is kept, with what Cosmos DB adds to it. */
  rows(name: Name): Promise<Record<string, unknown>[]>;
  /** Removes every row. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

/** A database of its own, which `close` takes away again. */
export async function openAccount(): Promise<TestAccount> {
  const standIn = isStandIn ? await startStandIn() : undefined;
  const account = {
    endpoint: standIn?.endpoint ?? endpoint,
    database: `forthright-test-${randomBytes(4).toString('hex')}`,
    access: { key: standIn ? Buffer.from('a key').toString('base64') : key },
  };
  const { containers, close } = await openContainers(account);
  if (standIn) await addReverse(containers.questions);
  return {
    account,
    rows: async (name) =>
      (await containers[name].items.query<Record<string, unknown>>('SELECT * FROM c').fetchAll()).resources,
    async empty() {
      await Promise.all(
        NAMES.map(async (name) => {
          const query = `SELECT c.id, c.${CONTAINERS[name].partition} AS partition FROM c`;
          const { resources } = await containers[name].items.query<{ id: string; partition: string }>(query).fetchAll();
          for (const { id, partition } of resources) await containers[name].item(id, partition).delete();
        }),
      );
    },
    async close() {
      await containers.questions.database.delete();
      close();
      await standIn?.close();
    },
  };
}

/** Cosmos DB reads an index of several fields backwards as well; the stand-in wants another one for that. */
async function addReverse(container: Container): Promise<void> {
  const { resource } = await container.read();
  assert.ok(resource?.indexingPolicy?.compositeIndexes);
  const { id, partitionKey, indexingPolicy } = resource;
  const reverse = { ascending: 'descending', descending: 'ascending' } as const;
  const reversed = resource.indexingPolicy.compositeIndexes.map((list) =>
    list.map(({ path, order }) => ({ path, order: reverse[order] })),
  );
  const compositeIndexes = [...resource.indexingPolicy.compositeIndexes, ...reversed];
  await container.replace({ id, partitionKey: partitionKey!, indexingPolicy: { ...indexingPolicy, compositeIndexes } });
}

/** Takes a database away behind the back of a store. */
export async function removeDatabase(account: Account, database: string): Promise<void> {
  const { containers, close } = await openContainers({ ...account, database });
  await containers.questions.database.delete();
  close();
}

/** A stand-in for Cosmos DB: it has no TTL, no throughput, and sorts out logical partitions by the query's own words alone. */
export async function startStandIn(): Promise<{ endpoint: string; close(): Promise<void> }> {
  const server = createHttpServer({ keepAlive: true });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    endpoint: `http://127.0.0.1:${port}`,
    async close() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
