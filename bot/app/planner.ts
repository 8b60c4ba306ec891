import type { Leader } from '../domain/directory.ts';
import { plannedIn } from '../domain/plan.ts';
import { isRetracted, type AnsweredQuestion } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { isZone, nextFree, type Slots } from '../domain/slot.ts';
import { fill, type Filling, leastFirst, type Place, runsDry, type Tally } from '../domain/stream.ts';
import { isDay } from '../domain/week.ts';
import { asCurator } from './authority.ts';
import { type Channel, Conflict, type Deps } from './ports.ts';
import type { KeptSlots } from './slots.ts';

/** More than a year of Slots. */
const MOST_PLANNED = 1000;
/** Threads that are proposed at once. */
const MOST_PROPOSED = 50;

/** A thread that is planned for a channel. */
export interface PlannedThread {
  at: number;
  /** The name of the curator who planned it. */
  by: string;
  question: AnsweredQuestion;
}

/** What becomes of one channel. */
export interface Stream {
  channel: Channel;
  /** With the holidays of all channels; nothing where nobody set any Slots. */
  slots?: Slots;
  kept?: KeptSlots;
  /** Soonest first. */
  planned: PlannedThread[];
  /** The first Slot without a thread, where it is near. */
  dryAt?: number;
}

type Needs = Pick<Deps, 'store' | 'clock' | 'policy'>;

/** Every channel with its Slots and what is planned there. */
export async function streams({ store, clock, policy }: Needs): Promise<Stream[]> {
  const [channels, kept, questions] = await Promise.all([store.channels(), store.slots(), store.planned(MOST_PLANNED)]);
  const holidays = policy().holidays.map(({ day }) => day);
  const now = clock.now().getTime();
  return channels.map((channel): Stream => {
    const own = kept.find((one) => one.channel === channel.id);
    const planned = questions
      .flatMap((question) => plannedIn(question, channel.id).map(({ at, by }) => ({ at, by, question })))
      .toSorted((a, b) => a.at - b.at);
    if (own === undefined) return { channel, planned };
    const slots = { ...own.slots, holidays: [...own.slots.holidays, ...holidays] };
    const dryAt = runsDry(slots, { planned: planned.map(({ at }) => at), now, days: policy().dryDays });
    return { channel, planned, slots, kept: own, ...(dryAt === undefined ? {} : { dryAt }) };
  });
}

/** The same, for whoever plans. */
export const readStreams = async (deps: Deps, actor: string): Promise<Stream[] | Refusal> => {
  const curator = asCurator(deps.directory(), actor);
  return isRefusal(curator) ? curator : streams(deps);
};

/** How much each leader has answered, the least first. */
export async function readTallies(deps: Deps, actor: string): Promise<(Tally & { name: string })[] | Refusal> {
  const { store } = deps;
  const directory = deps.directory();
  const curator = asCurator(directory, actor);
  if (isRefusal(curator)) return curator;
  const tally = async ({ id: leader, name }: Leader) => {
    const [answered, waiting] = await Promise.all(
      (['answered', 'open'] as const).map((state) => store.list({ leader, state, limit: 1 })),
    );
    return { leader, name, answered: answered?.total ?? 0, waiting: waiting?.total ?? 0 };
  };
  const tallies = await Promise.all(directory.leaders.map(tally));
  return leastFirst(tallies).map((one) => ({
    ...one,
    name: tallies.find(({ leader }) => leader === one.leader)?.name ?? '',
  }));
}

/** What a curator wants the Slots of a channel to be, and the version that they saw. */
export interface WantedSlots {
  channel: string;
  slots: Slots;
  version?: string | undefined;
}

/** Sets when a channel takes its next thread. What is planned already keeps its time. */
export async function setSlots(deps: Deps, actor: string, wanted: WantedSlots): Promise<Refusal | undefined> {
  const curator = asCurator(deps.directory(), actor);
  if (isRefusal(curator)) return curator;
  const { channel, slots, version } = wanted;
  if ((await deps.store.channel(channel)) === undefined) return { refused: 'unknown-channel' };
  if (!isZone(slots.zone)) return { refused: 'no-zone' };
  if (!slots.holidays.every(isDay)) return { refused: 'no-day' };
  try {
    await deps.store.saveSlots({ channel, slots: tidy(slots), warned: false }, version);
    return undefined;
  } catch (error) {
    if (error instanceof Conflict) return { refused: 'slots-changed' };
    throw error;
  }
}

const tidy = ({ zone, weekly, holidays }: Slots): Slots => {
  const sorted = weekly.toSorted((a, b) => a.weekday - b.weekday || a.time.localeCompare(b.time));
  const once = new Map(sorted.map((one) => [`${one.weekday} ${one.time}`, one]));
  return { zone, weekly: [...once.values()], holidays: [...new Set(holidays)].toSorted() };
};

/** A thread and the free Slot that it would fill. */
export interface Proposal {
  at: number;
  question: AnsweredQuestion;
}

/** In the order of their Slots, with the zone in which those are thought of. */
export interface Proposals {
  zone: string;
  proposals: Proposal[];
}

/** What would fill the free Slots of a channel: answered threads, the oldest first. Nothing is changed by asking. */
export async function proposeFill(deps: Deps, actor: string, channel: string): Promise<Proposals | Refusal> {
  const all = await readStreams(deps, actor);
  if (isRefusal(all)) return all;
  const stream = all.find((one) => one.channel.id === channel);
  if (stream === undefined) return { refused: 'unknown-channel' };
  const threads = await candidates(deps);
  const filled = fill(placesOf(stream, deps.clock.now().getTime(), threads.length), threads);
  const found = ({ id, at }: Filling) =>
    threads.filter((question) => question.id === id).map((question) => ({ at, question }));
  return { zone: stream.slots?.zone ?? 'UTC', proposals: filled.flatMap(found) };
}

/** What waits to be planned, for whoever plans. */
export async function readReady(deps: Deps, actor: string): Promise<AnsweredQuestion[] | Refusal> {
  const curator = asCurator(deps.directory(), actor);
  return isRefusal(curator) ? curator : candidates(deps);
}

/** Up to MOST_PROPOSED threads: answered, planned nowhere, neither set aside nor taken out of a channel. */
export async function candidates({ store }: Pick<Deps, 'store'>): Promise<AnsweredQuestion[]> {
  const { questions } = await store.staged({ stage: 'answered', limit: 2 * MOST_PROPOSED });
  return questions
    .filter((question) => question.state === 'answered')
    .filter(({ notNow, publications }) => notNow === undefined && !publications.some(isRetracted))
    .slice(0, MOST_PROPOSED);
}

/** Free Slots, and what is planned between them. */
function placesOf({ slots, planned }: Stream, now: number, most: number): Place[] {
  if (slots === undefined) return [];
  const free = nextFree(slots, now, { planned: planned.map(({ at }) => at), most });
  const ahead = planned.filter(({ at }) => at > now);
  return [
    ...free.map((at): Place => ({ at, isFree: true })),
    ...ahead.map(({ at, question: { topic } }): Place => ({ at, isFree: false, topic })),
  ].toSorted((a, b) => a.at - b.at);
}
