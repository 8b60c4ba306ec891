import { type Entry, leadsUp, type Question } from '../domain/question.ts';
import type { View } from './cards.ts';
import type { Said } from './data.ts';
import type { Say } from './say.ts';
import { sayAnswered, type Side, sayWho, toAlso, toDeclined, toLines } from './words.ts';

/** From where somebody came to read, and where they go back to. */
const BACK: Record<Side, string> = { asker: 'mine.show', leader: 'question.show', reader: 'curate.show' };

export interface Reading {
  side: Side;
  /** Counts from 0. */
  part: number;
  backVerb?: string;
}

/** One part of a thread that is too long for one card: the question, the answer, or something said around them. */
export function wholeCard(say: Say, question: Question, { side, part, backVerb = BACK[side] }: Reading): View {
  const parts = partsOf(say, question, side);
  const at = Math.min(part, parts.length - 1);
  const { who, lines } = parts[at] ?? { who: '', lines: [] };
  return {
    card: 'whole',
    say,
    data: {
      id: question.id,
      who,
      words: lines,
      place: say('whole.place', { part: at + 1, parts: parts.length }),
      hasNext: at + 1 < parts.length,
      next: at + 1,
      hasPrevious: at > 0,
      previous: at - 1,
      backVerb,
    },
  };
}

function partsOf(say: Say, question: Question, side: Side): Said[] {
  const said = (entry: Entry): Said => ({ who: sayWho(say, entry, side), lines: toLines(entry.words) });
  const { isDeclined, declined, declinedWords } = toDeclined(say, question);
  return [
    { who: say('whole.question'), lines: toLines(question.words) },
    ...toAlso(say, question),
    ...question.thread.filter(leadsUp).map(said),
    ...(question.state === 'answered'
      ? [{ who: sayAnswered(say, question), lines: toLines(question.answer.words) }]
      : isDeclined
        ? [{ who: say('whole.declined', { reason: declined }), lines: declinedWords }]
        : []),
    ...question.thread.filter((entry) => !leadsUp(entry)).map(said),
  ];
}
