import type { Store } from '../app/ports.ts';
import { PATIENCE } from './cosmos-attempt.ts';
import { makeBlocks } from './cosmos-blocks.ts';
import { makeCapsules } from './cosmos-capsules.ts';
import { type Account, openContainers } from './cosmos-client.ts';
import { ALL } from './cosmos-containers.ts';
import { makeClaims } from './cosmos-claims.ts';
import { makeCounts } from './cosmos-counts.ts';
import { eraseEpoch } from './cosmos-epochs.ts';
import { makeLeases } from './cosmos-leases.ts';
import { makeQuestions } from './cosmos-questions.ts';
import { makeReactions } from './cosmos-reactions.ts';
import { Requests } from './cosmos-requests.ts';
import { makeRoles } from './cosmos-roles.ts';
import { makeSettings } from './cosmos-settings.ts';
import { makeStages } from './cosmos-stages.ts';
import { makeSlots } from './cosmos-slots.ts';
import { makeStuck } from './cosmos-stuck.ts';
import { makeVotes } from './cosmos-votes.ts';
import { type Cursors, makeCursors } from './cursor.ts';

/** What one open store remembers, whoever asks it. */
interface Shared {
  cursors: Cursors;
  known: { forgotten: string };
  close(): void;
}

const ANY = `SELECT TOP 1 VALUE c.id FROM c WHERE c.partition = '${ALL}'`;
/** Whoever asks whether the store answers does not wait for long. */
const READY_MS = 2000;

/** Opens the Store on Azure Cosmos DB. Throws StoreFault with words for the operator where it cannot be used. */
export async function openCosmos(account: Account, patience = PATIENCE): Promise<{ store: Store; isNew: boolean }> {
  const { containers, close } = await openContainers(account);
  const requests = new Requests(containers, patience);
  const store = makeStore(requests, { cursors: makeCursors(), known: { forgotten: '' }, close });
  return { store, isNew: await isNew(requests) };
}

/** A Seal comes before its question, which is never erased, or before what waits: without them nothing is sealed. */
async function isNew(requests: Requests): Promise<boolean> {
  for (const name of ['questions', 'waiting'] as const) {
    if ((await requests.query(name, ALL, ANY)).length > 0) return false;
  }
  return true;
}

const makeStore = (requests: Requests, shared: Shared): Store => ({
  ...makeQuestions(requests, shared.cursors),
  ...makeCapsules(requests),
  ...makeVotes(requests),
  ...makeReactions(requests),
  ...makeCounts(requests, shared.known),
  ...makeBlocks(requests),
  ...makeRoles(requests),
  ...makeSlots(requests),
  ...makeStuck(requests),
  ...makeSettings(requests),
  ...makeStages(requests),
  ...makeClaims(requests),
  ...makeLeases(requests),
  eraseEpoch: (epoch, limit) => eraseEpoch(requests, epoch, limit),
  // Where rows lie is Cosmos DB's own matter.
  scatter: async () => true,
  within: (ms) => makeStore(requests.within({ left: ms }), shared),
  // A query, as a point read does not tell a missing row from a missing container.
  ready: async () => void (await requests.within({ left: READY_MS }).query('questions', ALL, ANY)),
  close: async () => shared.close(),
});
