import { type Directory, leaderOf } from '../domain/directory.ts';
import { reachedBy } from '../domain/publication.ts';
import type { Question } from '../domain/question.ts';
import type { Color } from './data.ts';
import type { Say } from './say.ts';
import { isByComms, leaderName } from './words.ts';

export interface Shown {
  /** Whose card it is. */
  reader: string;
  /** The card answers what its reader did, so that the queue is where they go next. */
  seesQueue?: boolean;
  /** The entry that called for this card. */
  entry?: string | undefined;
  /** The question that carries the words of this one. */
  into?: Question | undefined;
}

type Status = { status: string; statusColor: Color };

/** Where a question stands, for its leader or a delegate. */
export function statusOf(say: Say, directory: Directory, question: Question, { reader, into }: Shown): Status {
  if (question.leader !== reader && leaderOf(directory, reader)) {
    const leader = leaderName(say, directory, question.leader);
    return { status: say('question.handedOn', { leader }), statusColor: 'Default' };
  }
  switch (question.state) {
    case 'open':
      if (question.promise === undefined) return { status: '', statusColor: 'Default' };
      return { status: say('question.promised', { day: say.day(question.promise) }), statusColor: 'Accent' };
    case 'answered':
      return { status: say(ANSWERED[reachedBy(question)]), statusColor: 'Good' };
    case 'declined':
      return {
        status: say(isByComms(question) ? 'question.declinedByComms' : 'question.declined'),
        statusColor: 'Warning',
      };
    case 'merged':
      return { status: sayMerged(say, directory, question.by, into), statusColor: 'Default' };
    case 'withdrawn':
      return { status: say('question.withdrawn'), statusColor: 'Default' };
  }
}

/** Where a merged question went. */
function sayMerged(say: Say, directory: Directory, curator: string, into: Question | undefined): string {
  if (into === undefined) return say('question.merged', { curator });
  return say('question.mergedTo', { curator, leader: leaderName(say, directory, into.leader) });
}

const ANSWERED = {
  nothing: 'question.answered',
  planned: 'question.planned',
  published: 'question.published',
  retracted: 'question.retracted',
} as const;
