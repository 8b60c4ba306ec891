import { MOST_DAYS, USUAL_DAYS } from '../domain/block.ts';
import { curatorsAndAdmins, type Directory } from '../domain/directory.ts';
import type { Block, Question } from '../domain/question.ts';
import type { View } from './cards.ts';
import type { Color } from './data.ts';
import { sayDay, toDeclined, toLines, toThread, withError } from './words.ts';

const sayDays = (days: number): string => (days === 1 ? '1 day' : `${days} days`);

function statusOf({ by, days, agreed, until = '', state }: Block): { status: string; statusColor: Color } {
  const both = `Proposed by ${by.name}, agreed by ${agreed?.name ?? ''}.`;
  switch (state) {
    case 'proposed':
      return {
        status: `${by.name} proposes to stop this author for ${sayDays(days)}. A second person has to agree.`,
        statusColor: 'Accent',
      };
    case 'agreed':
      return { status: `Being stopped until ${sayDay(until)}. ${both}`, statusColor: 'Accent' };
    case 'standing':
      return { status: `Stopped until ${sayDay(until)}. ${both}`, statusColor: 'Good' };
    case 'gone':
      return { status: `Nobody could be stopped: the question is too old. ${both}`, statusColor: 'Warning' };
  }
}

/** A question that was declined as not respectful, as comms see it. Buttons are only those that this reader may press. */
export function blockCard(directory: Directory, question: Question, reader: string): View {
  const { id, size, words, meta } = toThread(question, 'reader');
  const block = question.state === 'declined' ? question.block : undefined;
  const isCurator = directory.curators.some((curator) => curator.id === reader);
  const isComms = curatorsAndAdmins(directory).some((person) => person.id === reader);
  const isConcerned = question.state === 'declined' && question.leader !== reader;
  return {
    card: 'block',
    data: {
      id,
      size,
      words,
      meta,
      ...toDeclined(question),
      hasStatus: block !== undefined,
      ...(block === undefined ? { status: '', statusColor: 'Default' } : statusOf(block)),
      reason: block === undefined ? [] : toLines(block.reason),
      mayPropose: isConcerned && isCurator && block === undefined,
      mayAgree: isConcerned && isComms && block?.state === 'proposed' && block.by.id !== reader,
    },
  };
}

export interface BlockTyped {
  days?: string;
  words?: string;
  error?: string;
}

const CHOICES = [1, 3, USUAL_DAYS, 14, MOST_DAYS];

/** The form to propose it. */
export const proposeForm = (question: Question, { days, words = '', error }: BlockTyped = {}): View => ({
  card: 'propose-block',
  data: {
    id: question.id,
    context: toLines(question.words),
    days: days ?? String(USUAL_DAYS),
    choices: CHOICES.map((choice) => ({ title: sayDays(choice), value: String(choice) })),
    words,
    ...withError(error),
  },
});

/** What the author reads below their own question; the names of who agreed are not for them. */
export function sayBlocked(question: Question): string {
  const block = question.state === 'declined' ? question.block : undefined;
  if (block?.until === undefined || block.state === 'gone') return '';
  return `Because of this question you cannot ask or follow up until ${sayDay(block.until)}. Nobody was told who you are. The reason: ${block.reason}`;
}
