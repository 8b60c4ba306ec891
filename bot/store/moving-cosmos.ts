import { type Account, openContainers } from './cosmos-client.ts';
import { PATIENCE } from './cosmos-attempt.ts';
import { Requests } from './cosmos-requests.ts';
import { openCosmos } from './cosmos.ts';
import { type Kind, type Movable, plainDoc, type PlainRow } from './moving.ts';

/** Which field of the row in Cosmos DB each field of the plain row is. */
const FIELDS: Record<Kind, Record<string, string>> = {
  questions: { doc: 'doc' },
  seals: { id: 'id', epoch: 'epoch', capsule: 'capsule' },
  slips: { tag: 'id', epoch: 'epoch', slip: 'slip' },
  waiting: { id: 'id', epoch: 'epoch', capsule: 'capsule' },
  votes: { question: 'question', week: 'epoch', tag: 'id', voter: 'voter' },
  reactions: { question: 'question', week: 'epoch', tag: 'id', reaction: 'reaction' },
  counts: { day: 'day', tag: 'id', act: 'act' },
  blocks: { tag: 'id', mark: 'mark', epoch: 'epoch', until: 'until' },
  greetings: { tag: 'id' },
  met: { doc: 'doc' },
  channels: { doc: 'doc' },
  settings: { doc: 'doc' },
  changes: { doc: 'doc' },
  slots: { doc: 'doc' },
};

/** The account as a side of a move. Throws StoreFault where it cannot be used. */
export async function openMovableCosmos(account: Account): Promise<Movable> {
  const { store } = await openCosmos(account);
  const { containers, close } = await openContainers(account);
  const requests = new Requests(containers, PATIENCE);
  return {
    store,
    async *rows(kind) {
      for await (const row of requests.all(kind)) yield toPlain(row, FIELDS[kind]);
    },
    async close() {
      close();
      await store.close();
    },
  };
}

const toPlain = (row: Record<string, unknown>, fields: Record<string, string>): PlainRow =>
  Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [
      name,
      name === 'doc' ? plainDoc(row[field]) : field in row ? String(row[field]) : '',
    ]),
  );
