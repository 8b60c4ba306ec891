import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import type { Asker, Channel, Deps, Store } from '../../bot/app/ports.ts';
import { makeAnswers } from '../../bot/app/answers.ts';
import { deliver } from '../../bot/app/deliver.ts';
import type { Pace } from '../../bot/app/pace.ts';
import { recount } from '../../bot/app/tally.ts';
import type { Directory } from '../../bot/domain/directory.ts';
import type { Question } from '../../bot/domain/question.ts';
import { PLAIN_POLICY, type Policy } from '../../bot/domain/settings.ts';
import { isRefusal, type Refusal } from '../../bot/domain/refusal.ts';
import { weekOf } from '../../bot/domain/week.ts';
import { parseDirectory } from '../../bot/directory-file.ts';
import { Keys } from '../../bot/seal/keys.ts';
import { makeSealer } from '../../bot/seal/sealer.ts';
import { makeSearch } from '../../bot/store/search.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { CHANNEL, type ChannelOfTeam, directoryJson, type Person, TEAM, TENANT } from './cast.ts';
import { FakeCourier } from './courier.ts';

const SERVICE_URL = 'https://smba.trafficmanager.net/amer/';

/** What use cases are given: the real store in memory, the real sealer, and a clock and a courier that a test holds. */
export interface App {
  /** A test may put in other ports. */
  deps: Deps;
  readonly store: Store;
  readonly courier: FakeCourier;
  /** Faults that were told, newest last. */
  readonly faults: unknown[];
  wakes: number;
  /** Counts the votes that were given since, as the tally does. */
  counts(): Promise<void>;
  now: Date;
  /** A change takes effect with the next call, as a changed file does. */
  directory: Directory;
  policy: Policy;
  passes(ms: number): void;
  /** The hand of somebody who acts. */
  hand(person: Person): Asker;
  question(id: string): Promise<Question>;
  /** Carries out what a question owes. */
  delivers(id: string): Promise<void>;
  close(): Promise<void>;
}

/** Everything at once: most tests are about something else. */
export const noPace: Pace = { turn: () => Promise.resolve(), pause: () => {} };

/** Sets up what use cases need. A Monday noon, far from any change of week. */
export async function openApp(store: Store = openSqlite(':memory:')): Promise<App> {
  const folder = mkdtempSync(join(tmpdir(), 'forthright-app-'));
  const clock = { now: () => app.now };
  const keys = Keys.open(join(folder, 'keys.json'));
  const sealer = makeSealer(keys, clock);
  const voted = new Set<string>();
  const app: App = {
    store,
    courier: new FakeCourier(),
    faults: [],
    wakes: 0,
    now: new Date('2026-11-23T12:00:00Z'),
    directory: parseDirectory(JSON.stringify(directoryJson())),
    policy: { ...PLAIN_POLICY, limits: { questions: 0, votes: 0 }, mixing: { size: 1, minutes: 0 } },
    deps: {
      store,
      sealer,
      clock,
      ids: { fresh: freshId, chance: () => 0.5 },
      appealTo: 'your administrator',
      nextNotices: () => 0,
      directory: () => app.directory,
      policy: () => app.policy,
      async reread() {
        Object.assign(app, (await store.settings())?.settings);
      },
      answers: makeAnswers({ store, search: makeSearch(), uptime: () => app.now.getTime() }),
      fault: (error) => `fault ${app.faults.push(error)}`,
      wake: () => void (app.wakes += 1),
      tally: (question) => void voted.add(question),
    },
    async counts() {
      for (const question of voted) await recount({ store, clock, ring: keys, sealer }, question);
    },
    passes: (ms) => void (app.now = new Date(app.now.getTime() + ms)),
    hand: (person) => sealer.asker({ id: `${TENANT.id} ${person.aadObjectId}`, address: addressOf(person) }),
    async question(id) {
      const kept = await store.question(id);
      if (kept === undefined) throw new Error('There is no such question');
      return kept.question;
    },
    delivers: async (id) => void (await deliver({ ...app.deps, courier: app.courier, pace: noPace }, id)),
    async close() {
      await store.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
  await keys.begin(weekOf(app.now));
  return app;
}

export const addressOf = (person: Person) => ({
  conversation: person.conversationId,
  tenant: TENANT.id,
  serviceUrl: SERVICE_URL,
});

/** A submission id, as a form gets it when it opens. */
/** Lets what was begun come to its end: every write waits for the turn of the event loop in which it becomes durable. */
export async function rests(): Promise<void> {
  for (let turn = 0; turn < 200; turn += 1) await setImmediate();
}

export const freshId = (): string => randomBytes(16).toString('base64url');

export const channelOf = ({ id, name }: ChannelOfTeam = CHANNEL): Channel => ({
  id,
  name,
  team: TEAM.id,
  teamName: TEAM.name,
  tenant: TENANT.id,
  serviceUrl: SERVICE_URL,
  greeted: true,
});

/** The value, where a "no" would be a fault of the test. */
export function must<Value>(value: Value | Refusal): Value {
  if (isRefusal(value)) throw new Error(`Refused: ${value.refused}`);
  return value;
}

/** A store whose process dies at one call: just before it was written, or just after. */
export function dyingAt(store: Store, method: keyof Store, when: 'before' | 'after', nth = 1): Store {
  let calls = 0;
  return new Proxy(store, {
    get(target, name) {
      const call = (Reflect.get(target, name) as (...args: unknown[]) => Promise<unknown>).bind(target);
      if (name !== method) return call;
      return async (...args: unknown[]) => {
        calls += 1;
        const dies = calls === nth;
        if (dies && when === 'before') throw new Error('killed');
        const result = await call(...args);
        if (dies) throw new Error('killed');
        return result;
      };
    },
  });
}
