import { find, type Own } from './mix.ts';
import type { Asker, Deps, Store } from './ports.ts';

/** Slips are looked up this many at a time. */
const BATCH = 16;

type Slips = Pick<Store, 'slips'>;

/** A Slip that leads to a question. Several do where one form was sent several times at once. */
interface OwnSlip {
  tag: string;
  question: string;
}

/**
 * How many Slips a person has in an epoch, which is the first number without one: a blanked one keeps its number, so there
 * are no gaps, and a few looks find the end among hundreds.
 */
export async function countSlips(store: Slips, asker: Asker, epoch: string): Promise<number> {
  let [taken, free] = [0, Infinity];
  while (taken < free) {
    const numbers = looksBetween(taken, free);
    const tags = numbers.map((n) => asker.slipTag(epoch, n));
    const slips = await store.slips(epoch, tags);
    const firstFree = tags.findIndex((tag) => !slips.has(tag));
    const seen = firstFree < 0 ? numbers : numbers.slice(0, firstFree);
    taken = (seen.at(-1) ?? taken - 1) + 1;
    free = numbers[seen.length] ?? free;
  }
  return taken;
}

/** Doubling while no end is known; then in even steps up to it. */
function looksBetween(taken: number, free: number): number[] {
  if (free === Infinity) return Array.from({ length: 10 }, (_, n) => taken + 2 ** n - 1);
  const step = Math.ceil((free - taken) / BATCH);
  return Array.from({ length: Math.ceil((free - taken) / step) }, (_, n) => taken + n * step);
}

/** The newest of an epoch first; none is read before it is asked for. */
export async function* ownSlips(store: Slips, asker: Asker, epoch: string, count?: number): AsyncGenerator<OwnSlip> {
  for (let end = count ?? (await countSlips(store, asker, epoch)); end > 0; end -= BATCH) {
    const tags = Array.from({ length: Math.min(BATCH, end) }, (_, n) => asker.slipTag(epoch, end - 1 - n));
    const slips = await store.slips(epoch, tags);
    for (const tag of tags) {
      const slip = slips.get(tag);
      const question = slip === undefined ? undefined : asker.readSlip(epoch, tag, slip);
      if (question !== undefined) yield { tag, question };
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
  for (const id of (await ownIds(deps.store, asker, from + limit)).slice(from)) {
    const own = await find(deps, id);
    if (own?.state === 'withdrawn') await eraseTraces(deps, asker, id);
    else if (own) questions.push(own);
  }
  return questions;
}

async function ownIds(store: Slips, asker: Asker, limit: number): Promise<string[]> {
  // A form that was cut short in one week and sent again in the next has Slips in both.
  const ids = new Set<string>();
  for (const epoch of asker.epochs()) {
    for await (const { question } of ownSlips(store, asker, epoch)) {
      ids.add(question);
      if (ids.size >= limit) return [...ids];
    }
  }
  return [...ids];
}

/** Tells whether this person asked it: what card data claim counts for nothing. */
export async function owns(deps: Pick<Deps, 'store'>, asker: Asker, question: string): Promise<boolean> {
  for (const epoch of asker.epochs()) {
    for await (const own of ownSlips(deps.store, asker, epoch)) if (own.question === question) return true;
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
    for await (const own of ownSlips(store, asker, epoch)) {
      if (own.question === question) await store.putSlip(epoch, own.tag, asker.writeSlip(epoch, own.tag));
    }
  }
}
