import type { Question } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { asCurator } from './authority.ts';
import { publish } from './curate.ts';
import { scheduleNext } from './plan.ts';
import type { Deps } from './ports.ts';

/** A request ends in time, however slow the store is. */
export const MOST_AT_ONCE = 25;

/** What a curator does to several questions in one go. */
export type ManyAct = { do: 'publish'; channels: string[] } | { do: 'schedule'; channel: string };

export interface Result {
  question: string;
  /** `unknown`: the store did not answer, and it may be done. Doing it once more does no harm. */
  became: 'done' | 'refused' | 'unknown';
  refusal?: Refusal;
}

/** Acts on one question after the other, in the order given; what is refused for one keeps no other from it. */
export async function actOnMany(
  deps: Deps,
  actor: string,
  { act, questions }: { act: ManyAct; questions: string[] },
): Promise<Result[] | Refusal> {
  const curator = asCurator(deps.directory(), actor);
  if (isRefusal(curator)) return curator;
  const results: Result[] = [];
  for (const question of new Set(questions))
    results.push(await actOnOne(deps, question, () => does(deps, actor, { act, question })));
  return results;
}

async function actOnOne(deps: Deps, question: string, act: () => Promise<Question | Refusal>): Promise<Result> {
  try {
    const done = await act();
    return isRefusal(done) ? { question, became: 'refused', refusal: done } : { question, became: 'done' };
  } catch (error) {
    deps.fault(error);
    return { question, became: 'unknown' };
  }
}

function does(
  deps: Deps,
  actor: string,
  { act, question }: { act: ManyAct; question: string },
): Promise<Question | Refusal> {
  switch (act.do) {
    case 'publish':
      return publish(deps, actor, question, act.channels);
    case 'schedule':
      return scheduleNext(deps, actor, question, act.channel);
  }
}
