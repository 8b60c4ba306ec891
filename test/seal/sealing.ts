import type { Address, Asker, Opener, ReturnAddress, Sealer } from '../../bot/app/ports.ts';
import { weekOf } from '../../bot/domain/week.ts';
import { Keys } from '../../bot/seal/keys.ts';
import { makeOpener, makeSealer } from '../../bot/seal/sealer.ts';
import { noor, omar, type Person, TENANT } from '../support/cast.ts';
import { useFolder } from '../support/folder.ts';

const MONDAY = Date.UTC(2026, 10, 23, 12);
const WEEK_MS = 7 * 86_400_000;

export const addressOf = (person: Person): Address => ({
  conversation: person.conversationId,
  tenant: TENANT.id,
  serviceUrl: 'https://smba.trafficmanager.net/emea/',
});

/** Keys in a new folder, what is made from them, and a clock, anew for each test of the suite that calls this. */
export interface Sealing {
  /** In milliseconds since 1970. */
  now: number;
  sealer: Sealer;
  opener: Opener;
  noors: Asker;
  omars: Asker;
  hand(person: Person, address?: ReturnAddress): Asker;
  /** The keys as another process would read them; those of another installation under another name. */
  openKeys(name?: string): Keys;
  /** A week later, whose keys were made. */
  passWeek(): Promise<void>;
  destroy(epoch: string): Promise<void>;
}

export function useSealing(): Sealing {
  const folder = useFolder();
  let keys: Keys;
  const sealing = {
    now: MONDAY,
    hand: (person: Person, address: ReturnAddress = addressOf(person)) =>
      sealing.sealer.asker({ id: person.aadObjectId, address }),
    openKeys: (name = 'forthright.json') => Keys.open(folder.file(name)),
    async passWeek() {
      sealing.now += WEEK_MS;
      await keys.begin(weekOf(new Date(sealing.now)));
    },
    destroy: (epoch) => keys.destroy(epoch),
  } as Sealing;
  beforeEach(async () => {
    sealing.now = MONDAY;
    keys = sealing.openKeys();
    await keys.begin(weekOf(new Date(MONDAY)));
    sealing.sealer = makeSealer(keys, { now: () => new Date(sealing.now) });
    sealing.opener = makeOpener(keys);
    sealing.noors = sealing.hand(noor);
    sealing.omars = sealing.hand(omar);
  });
  return sealing;
}
