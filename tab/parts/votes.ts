import { say } from '../words.ts';

/** How many would ask the same. A small number stays unsaid: it would tell on each of them. */
export function sayVotes(votes: number | 'few'): string {
  if (votes === 'few') return say('reading.fewVotes');
  return votes === 0 ? '' : say('thread.votes', { count: votes });
}

/** The same of a question that has its answer by now. */
export function sayWanted(votes: number | 'few'): string {
  if (votes === 'few') return say('reading.fewWanted');
  return votes === 0 ? '' : say('reading.manyWanted', { count: votes });
}
