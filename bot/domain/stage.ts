import { plannedIn } from './plan.ts';
import { reachedBy } from './publication.ts';
import type { Question } from './question.ts';
import { mondayOf } from './week.ts';

/** The columns of the board, in the order in which a question comes through them. */
export const STAGES = ['waiting', 'answered', 'scheduled', 'published', 'declined'] as const;
export type Stage = (typeof STAGES)[number];

/** Where an answered question stands, by what has become of its Publications. */
const REACHED = { nothing: 'answered', retracted: 'answered', planned: 'scheduled', published: 'published' } as const;

/** Where a question stands on the board; nothing for one that was taken back, or merged into another. */
export function stageOf(question: Question): Stage | undefined {
  switch (question.state) {
    case 'open':
      return 'waiting';
    case 'answered':
      return REACHED[reachedBy(question)];
    case 'declined':
      return 'declined';
    case 'withdrawn':
    case 'merged':
      return undefined;
  }
}

/**
 * By what a stage is ordered. What waits has the week of its asking and nothing else; what is scheduled has the time at which it is
 * posted first; other stages have the day on which they were reached, by an act of a leader or curator. Of what an earlier
 * release kept that day is not known: the first day of its week stands in for it.
 */
export function sinceOf(question: Question): string {
  const stage = stageOf(question);
  if (stage === 'waiting') return question.week;
  if (stage === 'scheduled') return new Date(firstTime(question)).toISOString();
  return question.since ?? mondayOf(question.week);
}

const firstTime = (question: Question): number =>
  question.state === 'answered' ? (plannedIn(question)[0]?.at ?? 0) : 0;

/** The newest first; the other stages begin with what has been there for longest. */
export const isNewestFirst = (stage: Stage): boolean => stage === 'published' || stage === 'declined';

/** Notes the day on which a question came to another stage. Of an asking no day is kept. */
export function stamped<Q extends Question>(before: Question, after: Q, day: string): Q {
  const stage = stageOf(after);
  if (stage === stageOf(before)) return after;
  const { since: _since, ...rest } = after;
  return (stage === undefined || stage === 'waiting' ? rest : { ...rest, since: day }) as Q;
}
