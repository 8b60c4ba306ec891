import {
  reschedule as moved,
  retract as retracted,
  schedule as planned,
  unschedule as takenOff,
  type Planned,
} from '../domain/plan.ts';
import type { Question } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { checkWords, LIMITS } from '../domain/words.ts';
import { changeAsCurator } from './curate.ts';
import type { Deps } from './ports.ts';

/** Why a thread cannot be planned for this time: it is over, or the channel is gone. */
async function faultOf({ store, clock }: Deps, { channel, at }: Planned): Promise<Refusal | undefined> {
  if (at <= clock.now().getTime()) return { refused: 'slot-past' };
  return (await store.channel(channel)) === undefined ? { refused: 'unknown-channel' } : undefined;
}

/** Plans a thread for a time in a channel. */
export async function schedule(deps: Deps, actor: string, id: string, plan: Planned): Promise<Question | Refusal> {
  const fault = await faultOf(deps, plan);
  return changeAsCurator(deps, actor, id, (question, curator) => fault ?? planned(question, curator, plan));
}

/** Moves what is planned to another time. */
export async function reschedule(deps: Deps, actor: string, id: string, plan: Planned): Promise<Question | Refusal> {
  const fault = await faultOf(deps, plan);
  return changeAsCurator(deps, actor, id, (question, curator) => fault ?? moved(question, curator, plan));
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
