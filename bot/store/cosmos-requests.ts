import { randomBytes, randomInt } from 'node:crypto';
import { setTimeout as delay } from 'node:timers/promises';
import type { JSONValue, SqlQuerySpec } from '@azure/cosmos';
import { StoreAway } from '../app/ports.ts';
import { type Containers, statusOf } from './cosmos-client.ts';
import { CONTAINERS, type Name } from './cosmos-containers.ts';

/** In milliseconds. */
export interface Patience {
  /** Until an attempt is given up: healthy, Cosmos DB answers within some 10 ms. */
  attempt: number;
  /** For a request with all its attempts, where nobody waits for it. */
  request: number;
}

export const PATIENCE: Patience = { attempt: 900, request: 10_000 };

/** The first wait of our own between two attempts; each further one is twice as long, up to the last. */
const [FIRST_WAIT_MS, LAST_WAIT_MS] = [20, 640];

/** Refused for now, and certainly not done: too many requests, "retry with" another write, a partition that moves. */
const NOT_DONE = new Set([410, 429, 449]);
/** Done or not: nobody knows. Source: Microsoft, "Designing resilient applications with Azure Cosmos DB SDKs". */
const UNSURE = new Set([408, 500, 502, 503, 504]);

type Row = { id: string } & Record<string, unknown>;

/** Milliseconds that whoever is waiting has left for the store. */
export interface Budget {
  left: number;
}

interface Attempt {
  abortSignal: AbortSignal;
  /** An earlier attempt may have taken effect. */
  isUnsure: boolean;
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

interface Trying {
  isUnsure: boolean;
  ms: number;
  tried: number;
}

interface Done<Result> {
  result: Result;
}

interface Wait {
  ms: number;
  isUnsure: boolean;
  error: unknown;
}

/** One attempt: its result, or how long to wait for the next. Throws where a further one would not help. */
async function attempt<Result>(
  act: (attempt: Attempt) => Promise<Result>,
  { isUnsure, ms, tried }: Trying,
): Promise<Done<Result> | Wait> {
  if (ms <= 0) throw toAway(undefined);
  const abortSignal = AbortSignal.timeout(Math.ceil(ms));
  try {
    return { result: await act({ abortSignal, isUnsure }) };
  } catch (error) {
    if (error instanceof StoreAway) throw error;
    const status = statusOf(error);
    const isPassing = status === undefined ? isUnanswered(error) : NOT_DONE.has(status) || UNSURE.has(status);
    if (!isPassing) throw status === undefined ? error : toAway(error);
    const told = (error as { retryAfterInMs?: number }).retryAfterInMs;
    return { ms: told ?? waitBefore(tried), isUnsure: status === undefined || UNSURE.has(status), error };
  }
}

const isUnanswered = (error: unknown): boolean =>
  error instanceof Error && ['AbortError', 'TimeoutError', 'Unreached'].includes(error.name);

/** With jitter: those who met one fault together do not meet again. */
const waitBefore = (tried: number): number => {
  const wait = Math.min(FIRST_WAIT_MS * 2 ** tried, LAST_WAIT_MS);
  return randomInt(wait / 2, wait + 1);
};

/** Errors of the SDK hold ids and whole answers: what became of a request is told by its status alone. */
function toAway(error: unknown): StoreAway {
  const status = statusOf(error);
  return new StoreAway(status === undefined ? 'Cosmos DB does not answer.' : `Cosmos DB answers ${status}.`, status);
}

const toSpec = (query: string, values: Values): SqlQuerySpec => ({
  query,
  parameters: Object.entries(values).map(([name, value]) => ({ name: `@${name}`, value })),
});

/** Tells our own write from somebody else's; it says nothing besides. */
const freshNonce = (): string => randomBytes(9).toString('base64url');
