import {
  reschedule as moved,
  retract as retracted,
  schedule as planned,
  unschedule as takenOff,
  type Planned,
  plannedIn,
} from '../domain/plan.ts';
import type { Question } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { nextFree } from '../domain/slot.ts';
import { checkWords, LIMITS } from '../domain/words.ts';
import { changeAsCurator, defaultChannel } from './curate.ts';
import { readStreams } from './planner.ts';
import type { Deps } from './ports.ts';

/** More than anybody plans for one channel. */
const MOST_PLANNED = 1000;

/** Why a thread cannot be planned for this time: it is over, another one has it, or the channel is gone. */
async function faultOf({ store, clock }: Deps, id: string, { channel, at }: Planned): Promise<Refusal | undefined> {
  if (at <= clock.now().getTime()) return { refused: 'slot-past' };
  if ((await store.channel(channel)) === undefined) return { refused: 'unknown-channel' };
  const others = (await store.planned(MOST_PLANNED)).filter((question) => question.id !== id);
  const isTaken = others.some((question) => plannedIn(question, channel).some((one) => one.at === at));
  return isTaken ? { refused: 'slot-taken' } : undefined;
}

/** Plans a thread for a time in a channel. */
export async function schedule(deps: Deps, actor: string, id: string, plan: Planned): Promise<Question | Refusal> {
  const fault = await faultOf(deps, id, plan);
  return changeAsCurator(deps, actor, id, (question, curator) => fault ?? planned(question, curator, plan));
}

/** Moves what is planned to another time. */
export async function reschedule(deps: Deps, actor: string, id: string, plan: Planned): Promise<Question | Refusal> {
  const fault = await faultOf(deps, id, plan);
  return changeAsCurator(deps, actor, id, (question, curator) => fault ?? moved(question, curator, plan));
}

/** Plans a thread for the next free Slot of a channel, or of the default one. */
export async function scheduleNext(
  deps: Deps,
  actor: string,
  id: string,
  channel?: string,
): Promise<Question | Refusal> {
  const streams = await readStreams(deps, actor);
  if (isRefusal(streams)) return streams;
  const chosen = channel ?? (await defaultChannel(deps))?.id;
  if (chosen === undefined) return { refused: 'no-channel' };
  const stream = streams.find((one) => one.channel.id === chosen);
  if (stream === undefined) return { refused: 'unknown-channel' };
  const times = stream.planned.map(({ at }) => at);
  const now = deps.clock.now().getTime();
  const [at] = stream.slots === undefined ? [] : nextFree(stream.slots, now, { planned: times, most: 1 });
  return at === undefined ? { refused: 'no-slot' } : schedule(deps, actor, id, { channel: chosen, at });
}

/** Takes it off the plan. */
export const unschedule = (deps: Deps, actor: string, id: string, channel: string): Promise<Question | Refusal> =>
  changeAsCurator(deps, actor, id, (question) => takenOff(question, channel));

/** Takes a published thread out of a channel, with a reason that everybody reads. */
export async function retract(
  deps: Deps,
  actor: string,
  id: string,
  { channel, reason }: { channel: string; reason: string },
): Promise<Question | Refusal> {
  const words = checkWords(reason, LIMITS.reason);
  return changeAsCurator(deps, actor, id, (question, curator) =>
    isRefusal(words) ? words : retracted(question, curator, { channel, reason: words }),
  );
}
