import { randomBytes } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { JSONValue, SqlQuerySpec } from '@azure/cosmos';
import { type Attempt, attempt, type Done, type Patience, toAway, type Wait } from './cosmos-attempt.ts';
import { type Containers, statusOf } from './cosmos-client.ts';
import { CONTAINERS, type Name } from './cosmos-containers.ts';

/** Rows that are read at once in a move. */
const PAGE = 200;

type Row = { id: string } & Record<string, unknown>;

/** Milliseconds that whoever is waiting has left for the store. */
export interface Budget {
  left: number;
}

/** One request each, tried again while that is safe and there is time. Throws StoreAway where it stays refused. */
export class Requests {
  readonly #containers: Containers;
  readonly #patience: Patience;
  readonly #budget: Budget | undefined;

  constructor(containers: Containers, patience: Patience, budget?: Budget) {
    this.#containers = containers;
    this.#patience = patience;
    this.#budget = budget;
  }

  /** The same, for somebody who waits. */
  within(budget: Budget): Requests {
    return new Requests(this.#containers, this.#patience, budget);
  }

  async read(name: Name, id: string, partition: string): Promise<Row | undefined> {
    const item = this.#containers[name].item(id, partition);
    const { resource } = await this.#try(({ abortSignal }) => item.read<Row>({ abortSignal }));
    return resource;
  }

  /** False where a row with this id is there already. */
  async create(name: Name, row: Row): Promise<boolean> {
    const written = { ...row, nonce: freshNonce() };
    return this.#try(async ({ abortSignal, isUnsure }) => {
      try {
        await this.#containers[name].items.create(written, { abortSignal });
        return true;
      } catch (error) {
        if (statusOf(error) !== 409) throw error;
        // The one that is there may be ours: made by the attempt whose answer did not come.
        return isUnsure && (await this.#isOurs(name, written, abortSignal));
      }
    });
  }

  /** False where the row is gone, or was written since it had this version. */
  async replace(name: Name, row: Row, version: string): Promise<boolean> {
    const written = { ...row, nonce: freshNonce() };
    const item = this.#containers[name].item(row.id, this.#partitionOf(name, row));
    return this.#try(async ({ abortSignal, isUnsure }) => {
      try {
        await item.replace(written, { abortSignal, accessCondition: { type: 'IfMatch', condition: version } });
        return true;
      } catch (error) {
        if (statusOf(error) === 404) return false;
        if (statusOf(error) !== 412) throw error;
        return isUnsure && (await this.#isOurs(name, written, abortSignal));
      }
    });
  }

  /** Writes a row, whatever stood there. */
  async put(name: Name, row: Row): Promise<void> {
    await this.#try(({ abortSignal }) => this.#containers[name].items.upsert(row, { abortSignal }));
  }

  /** False where there was no such row. Where an answer was lost, nobody knows: it is gone now, and that is true. */
  async erase(name: Name, id: string, partition: string): Promise<boolean> {
    const item = this.#containers[name].item(id, partition);
    return this.#try(async ({ abortSignal, isUnsure }) => {
      try {
        await item.delete({ abortSignal });
        return true;
      } catch (error) {
        if (statusOf(error) !== 404) throw error;
        return isUnsure;
      }
    });
  }

  /** All rows that the query finds in one logical partition. */
  async query<Found>(name: Name, partition: string, query: string, values: Values = {}): Promise<Found[]> {
    const items = this.#containers[name].items;
    const options = { partitionKey: partition };
    const { resources } = await this.#try(({ abortSignal }) =>
      items.query<Found>(toSpec(query, values), { ...options, abortSignal }).fetchAll(),
    );
    return resources;
  }

  /** The rows with these ids in one logical partition. */
  async among<Found>(name: Name, partition: string, ids: string[]): Promise<Found[]> {
    if (ids.length === 0) return [];
    const values = Object.fromEntries(ids.map((id, n) => [`id${n}`, id]));
    const names = Object.keys(values).map((id) => `@${id}`);
    const where = `c.${CONTAINERS[name].partition} = @partition AND c.id IN (${names.join()})`;
    return this.query(name, partition, `SELECT * FROM c WHERE ${where}`, { ...values, partition });
  }

  /** Up to `limit` rows, or a few more, from every partition. For work that nobody waits for: it asks each of them. */
  async queryAll<Found>(name: Name, query: string, values: Values, limit: number): Promise<Found[]> {
    const items = this.#containers[name].items;
    return this.#try(async ({ abortSignal }) => {
      const found: Found[] = [];
      const pages = items.query<Found>(toSpec(query, values), { maxItemCount: limit, abortSignal });
      while (pages.hasMoreResults() && found.length < limit) found.push(...((await pages.fetchNext()).resources ?? []));
      return found;
    });
  }

  /** Every row of a container, page by page: for a move to another store. */
  async *all(name: Name): AsyncGenerator<Row> {
    const items = this.#containers[name].items;
    let continuationToken: string | undefined;
    do {
      const page = await this.#try(({ abortSignal }) => {
        const options = {
          maxItemCount: PAGE,
          abortSignal,
          ...(continuationToken === undefined ? {} : { continuationToken }),
        };
        return items.query<Row>('SELECT * FROM c', options).fetchNext();
      });
      yield* page.resources ?? [];
      continuationToken = page.continuationToken;
    } while (continuationToken !== undefined);
  }

  /** Part of an attempt: what fails here has the whole attempt tried again. */
  async #isOurs(name: Name, row: Row, abortSignal: AbortSignal): Promise<boolean> {
    const item = this.#containers[name].item(row.id, this.#partitionOf(name, row));
    return (await item.read<Row>({ abortSignal })).resource?.['nonce'] === row['nonce'];
  }

  #partitionOf(name: Name, row: Row): string {
    return String(row[CONTAINERS[name].partition]);
  }

  async #try<Result>(act: (attempt: Attempt) => Promise<Result>): Promise<Result> {
    const ends = performance.now() + (this.#budget?.left ?? this.#patience.request);
    const left = () => ends - performance.now();
    let isUnsure = false;
    try {
      for (let tried = 0; ; tried += 1) {
        const outcome: Done<Result> | Wait = await attempt(act, {
          isUnsure,
          ms: Math.min(this.#patience.attempt, left()),
          tried,
        });
        if ('result' in outcome) return outcome.result;
        isUnsure ||= outcome.isUnsure;
        if (outcome.ms >= left()) throw toAway(outcome.error);
        await delay(outcome.ms);
      }
    } finally {
      if (this.#budget) this.#budget.left = left();
    }
  }
}

type Values = Record<string, JSONValue>;

const toSpec = (query: string, values: Values): SqlQuerySpec => ({
  query,
  parameters: Object.entries(values).map(([name, value]) => ({ name: `@${name}`, value })),
});

/** Tells our own write from somebody else's; it says nothing besides. */
const freshNonce = (): string => randomBytes(9).toString('base64url');
