import { find, type Own } from './mix.ts';
import type { Asker, Deps, Store } from './ports.ts';

/** Slips are looked up this many at a time. */
const BATCH = 32;

interface OwnSlips {
  /** The tags of their Slips by question, oldest first: several where one form was sent several times at once. */
  tags: Map<string, string[]>;
  /** The first number without a Slip. */
  next: number;
}

/** The questions this person asked in an epoch, read from their Slips. */
export async function ownSlips(store: Pick<Store, 'slips'>, asker: Asker, epoch: string): Promise<OwnSlips> {
  const own: OwnSlips = { tags: new Map(), next: 0 };
  for (;;) {
    const tags = Array.from({ length: BATCH }, (_, n) => asker.slipTag(epoch, own.next + n));
    const slips = await store.slips(tags);
    for (const tag of tags) {
      const slip = slips.get(tag);
      if (slip === undefined) return own;
      own.next += 1;
      const id = asker.readSlip(epoch, tag, slip);
      if (id !== undefined) own.tags.set(id, [...(own.tags.get(id) ?? []), tag]);
    }
  }
}

interface Page {
  from: number;
  limit: number;
}

/** The person's own questions, or a page of them, the newest week first. Finishes a withdrawal that was cut short. */
export async function mine(
  deps: Pick<Deps, 'store' | 'sealer'>,
  asker: Asker,
  { from, limit }: Page = { from: 0, limit: Infinity },
): Promise<Own[]> {
  const questions: Own[] = [];
  // A form that was cut short in one week and sent again in the next has Slips in both.
  const all = new Set<string>();
  for (const epoch of asker.epochs()) {
    const { tags } = await ownSlips(deps.store, asker, epoch);
    for (const id of [...tags.keys()].toReversed()) all.add(id);
  }
  for (const id of [...all].slice(from, from + limit)) {
    const own = await find(deps, id);
    if (own?.state === 'withdrawn') await eraseTraces(deps, asker, id);
    else if (own) questions.push(own);
  }
  return questions;
}

/** Tells whether this person asked it: what card data claim counts for nothing. */
export async function owns(deps: Pick<Deps, 'store'>, asker: Asker, question: string): Promise<boolean> {
  for (const epoch of asker.epochs()) {
    if ((await ownSlips(deps.store, asker, epoch)).tags.has(question)) return true;
  }
  return false;
}

/** Erases the Seal and what waits, and blanks the Slips: from then on nothing leads from this person to the question. */
export async function eraseTraces(
  { store, sealer }: Pick<Deps, 'store' | 'sealer'>,
  asker: Asker,
  question: string,
): Promise<void> {
  await store.eraseSeal(sealer.sealId(question));
  // What waits goes after the Seal: where this is cut short, the mixer finds it, and erases both.
  await store.eraseWaiting(sealer.waitingId(question));
  for (const epoch of asker.epochs()) {
    const tags = (await ownSlips(store, asker, epoch)).tags.get(question) ?? [];
    for (const tag of tags) await store.putSlip(epoch, tag, asker.writeSlip(epoch, tag));
  }
}
