import type { Channel, Met, Store } from '../app/ports.ts';
import type { Database } from './database.ts';

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

/** Who was greeted, people with a role, and channels. */
export const makeRoles = (db: Database): Roles => ({
  async addGreeting(tag: string): Promise<boolean> {
    return (await db.run('INSERT INTO greetings (tag) VALUES (?) ON CONFLICT DO NOTHING', tag)) === 1;
  },

  async greeted(tag: string): Promise<boolean> {
    return (await db.get('SELECT 1 FROM greetings WHERE tag = ?', tag)) !== undefined;
  },

  async eraseGreeting(tag: string): Promise<void> {
    await db.erase('DELETE FROM greetings WHERE tag = ?', tag);
  },

  async met(id: string): Promise<Met | undefined> {
    const row = await db.get('SELECT doc FROM met WHERE id = ?', id);
    return row && (read(row['doc']) as Met);
  },

  async putMet(met: Met): Promise<void> {
    await db.run('INSERT OR REPLACE INTO met (id, doc) VALUES (?, ?)', met.id, JSON.stringify(met));
  },

  async channel(id: string): Promise<Channel | undefined> {
    const row = await db.get('SELECT doc FROM channels WHERE id = ?', id);
    return row && (read(row['doc']) as Channel);
  },

  async channels(): Promise<Channel[]> {
    return (await db.all('SELECT doc FROM channels')).map((row) => read(row['doc']) as Channel);
  },

  async putChannel(channel: Channel): Promise<void> {
    await db.run('INSERT OR REPLACE INTO channels (id, doc) VALUES (?, ?)', channel.id, JSON.stringify(channel));
  },

  async eraseChannel(id: string): Promise<void> {
    await db.run('DELETE FROM channels WHERE id = ?', id);
  },
});

const read = (doc: unknown): unknown => JSON.parse(String(doc));
