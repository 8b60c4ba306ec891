import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { makeAnswers } from '../../bot/app/answers.ts';
import { ask } from '../../bot/app/ask.ts';
import type { Asker, Deps, Opener, Sealer, Store } from '../../bot/app/ports.ts';
import { parseDirectory } from '../../bot/directory-file.ts';
import { isRefusal } from '../../bot/domain/refusal.ts';
import { PLAIN_POLICY } from '../../bot/domain/settings.ts';
import { Keys } from '../../bot/seal/keys.ts';
import { makeOpener, makeSealer } from '../../bot/seal/sealer.ts';
import { makeSearch } from '../../bot/store/search.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { directoryJson, ines, type Person, TENANT } from '../support/cast.ts';

/** A loopback address that nobody is sent to: local mode takes no other. */
export const SERVICE_URL = 'http://127.0.0.1:9/';
/** What production has by default, where it has a cost. */
export const LIMITS = { questions: 3, votes: 30 };
export const MIXING = { size: 3, minutes: 30 };

export const freshId = (): string => randomBytes(16).toString('base64url');
export const words = (n: number): string => `Why do we learn of plan ${n} from the press, and not from you? `.repeat(3);

/** Somebody of a large company. */
export const employee = (n: number): Person => ({
  name: `Employee ${n}`,
  id: `29:employee-${n}`,
  aadObjectId: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  email: `employee-${n}@fabrikam.example`,
  conversationId: `a:chat-of-employee-${n}`,
});

export interface Stage {
  deps: Deps;
  store: Store;
  opener: Opener;
  /** Where their chat is: nowhere, unless it is told. */
  readonly hand: (person: Person, serviceUrl?: string) => Asker;
}

const clock = { now: () => new Date() };

/** What use cases are given, on files of a folder; a sealer may stand in for the real one. */
export function openStage(folder: string, standIn?: Sealer): Stage {
  const keys = Keys.open(join(folder, 'keys', 'forthright.json'));
  const store = openSqlite(join(folder, 'data', 'forthright.db'));
  const sealer = standIn ?? makeSealer(keys, clock, { isLocal: true });
  const directory = parseDirectory(JSON.stringify(directoryJson()));
  const ids = { fresh: freshId, chance: Math.random };
  const ports = { store, sealer, clock, ids };
  const calls = {
    appealTo: '',
    nextNotices: () => 0,
    directory: () => directory,
    policy: () => ({ ...PLAIN_POLICY, limits: LIMITS, mixing: MIXING }),
    reread: async () => {},
    fault: String,
    wake: () => {},
    answers: makeAnswers({ store, search: makeSearch(), uptime: () => performance.now() }),
    tally: () => {},
  };
  return {
    deps: { ...ports, ...calls },
    store,
    opener: makeOpener(keys, { isLocal: true }),
    hand: (person, serviceUrl = SERVICE_URL) =>
      sealer.asker({
        id: `${TENANT.id} ${person.aadObjectId}`,
        address: { conversation: person.conversationId, tenant: TENANT.id, serviceUrl },
      }),
  };
}

/** Somebody asks Ines; throws where that is refused. */
export async function asks(deps: Deps, asker: Asker, n: number): Promise<string> {
  const form = { submission: freshId(), leader: ines.aadObjectId, words: words(n) };
  const asked = await ask(deps, asker, form);
  if (isRefusal(asked)) throw new Error(`Refused: ${asked.refused}`);
  return asked.id;
}

/** The same without limit and mixing, as questions come to be over weeks; and nothing is owed while others are measured. */
export async function asksAndIsDelivered({ deps, store, hand }: Stage, person: Person, n: number): Promise<string> {
  const policy = { ...deps.policy(), limits: { questions: 0, votes: 0 }, mixing: { size: 1, minutes: 0 } };
  const free = { ...deps, policy: () => policy };
  const id = await asks(free, hand(person), n);
  const kept = await store.question(id);
  if (kept === undefined) throw new Error('What was asked is not there');
  await store.save({ ...kept.question, deliveries: [] }, kept.version);
  return id;
}
