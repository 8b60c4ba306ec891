import { type AnsweredQuestion, type Entry, leadsUp, type Question } from './question.ts';
import { stageOf } from './stage.ts';

/** What readers see of a thread: what a curator agreed to publish, in reading order, and nothing else that was said. */
export interface PublishedThread {
  question: AnsweredQuestion;
  entries: Entry[];
}

/** Nothing where it is not published, or was taken out again. */
export function published(question: Question): PublishedThread | undefined {
  if (question.state !== 'answered' || stageOf(question) !== 'published') return undefined;
  const agreed = question.thread.filter(({ id }) => question.agreed.includes(id));
  return {
    question,
    entries: [...agreed.filter(leadsUp), ...agreed.filter((entry) => !leadsUp(entry))],
  };
}
