import { historyOf } from './history.ts';
import type { Question } from './question.ts';
import { mondayOf } from './week.ts';

/** What everybody may know of how a leader answers. */
export interface LeaderRecord {
  answered: number;
  waiting: number;
  declined: number;
  /** Of the newest answers, half came within so many weeks. Nothing where there are too few to say. */
  weeks?: number;
}

const WEEK_MS = 7 * 86_400_000;
/** Among fewer, one slow answer would be the median. */
const LEAST = 5;

/** Weeks from asking to the first answer: no day of an asking is kept. Nothing where an earlier release noted no answer. */
export function weeksToAnswer(question: Question): number | undefined {
  const answered = historyOf(question).find(({ did }) => did === 'answered');
  if (answered === undefined) return undefined;
  return Math.round((Date.parse(mondayOf(answered.week)) - Date.parse(mondayOf(question.week))) / WEEK_MS);
}

/** The one in the middle, of an even number the smaller one. */
export function medianWeeks(questions: readonly Question[]): number | undefined {
  const weeks = questions.map(weeksToAnswer).filter((one) => one !== undefined);
  if (weeks.length < LEAST) return undefined;
  return weeks.toSorted((a, b) => a - b)[Math.floor((weeks.length - 1) / 2)];
}
