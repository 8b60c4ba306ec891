import type { Channel, Met, Store } from '../app/ports.ts';
import { ALL } from './cosmos-containers.ts';
import type { Requests } from './cosmos-requests.ts';

type Roles = Pick<
  Store,
  | 'addGreeting'
  | 'eraseGreeting'
  | 'greeted'
  | 'met'
  | 'putMet'
  | 'channel'
  | 'channels'
  | 'putChannel'
  | 'eraseChannel'
>;

/** Whom the bot met, and where it is installed. */
export const makeRoles = (requests: Requests): Roles => ({
  addGreeting: (tag) => requests.create('greetings', { id: tag }),
  eraseGreeting: async (tag) => void (await requests.erase('greetings', tag, tag)),
  greeted: async (tag) => (await requests.read('greetings', tag, tag)) !== undefined,
  async met(id) {
    const row = await requests.read('met', toId(id), toId(id));
    return row && (row['doc'] as Met);
  },
  putMet: (met) => requests.put('met', { id: toId(met.id), doc: met }),
  async channel(id) {
    const row = await requests.read('channels', toId(id), ALL);
    return row && (row['doc'] as Channel);
  },
  channels: () => requests.query<Channel>('channels', ALL, `SELECT VALUE c.doc FROM c WHERE c.partition = '${ALL}'`),
  putChannel: (channel) => requests.put('channels', { id: toId(channel.id), partition: ALL, doc: channel }),
  eraseChannel: async (id) => void (await requests.erase('channels', toId(id), ALL)),
});

/** Teams puts marks into its ids that Cosmos DB forbids in ids: / \ ? #. */
export const toId = (id: string): string => Buffer.from(id).toString('base64url');
