import { MOST_DAYS, USUAL_DAYS } from '../domain/block.ts';
import { curatorsAndAdmins, type Directory } from '../domain/directory.ts';
import type { Block, Question } from '../domain/question.ts';
import type { View } from './cards.ts';
import type { Color, Line } from './data.ts';
import { noWarning } from './warning.ts';
import { sayDay, toDeclined, toLines, toThread, withError } from './words.ts';

const sayDays = (days: number): string => (days === 1 ? '1 day' : `${days} days`);

function statusOf({ by, days, agreed, until = '', state, ended }: Block): { status: string; statusColor: Color } {
  const both = `Proposed by ${by.name}, agreed by ${agreed?.name ?? ''}.`;
  const ender = ended?.by.name ?? '';
  switch (state) {
    case 'proposed':
      return {
        status: `${by.name} proposes to stop this author for ${sayDays(days)}. A second person has to agree.`,
        statusColor: 'Accent',
      };
    case 'turned-down':
      return {
        status: `${ender} disagrees with ${by.name}, who proposed to stop this author for ${sayDays(days)}. Nobody is stopped.`,
        statusColor: 'Default',
      };
    case 'agreed':
      return { status: `Being stopped until ${sayDay(until)}. ${both}`, statusColor: 'Accent' };
    case 'standing':
      // An end that did not come: what was to be erased could not be found.
      return ended === undefined
        ? { status: `Stopped until ${sayDay(until)}. ${both}`, statusColor: 'Warning' }
        : {
            status: `Stopped until ${sayDay(until)}. ${ender} could not lift this: no way leads back to the author. ${both}`,
            statusColor: 'Warning',
          };
    case 'gone':
      return { status: `Nobody could be stopped: no way leads back to the author. ${both}`, statusColor: 'Warning' };
    case 'lifting':
      return { status: `Being lifted by ${ender}. ${both}`, statusColor: 'Accent' };
    case 'lifted':
      return { status: `Lifted by ${ender}. ${both}`, statusColor: 'Default' };
  }
}

/** What can be done is said where something still can: to those who look back it would be a riddle. */
const isOver = (block: Block | undefined): boolean => block?.ended !== undefined || block?.state === 'gone';

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
      reason: block === undefined ? [] : reasonsOf(block),
      explains: !isOver(block),
      mayPropose: isConcerned && isCurator && block === undefined,
      mayAgree: isConcerned && isComms && block?.state === 'proposed' && block.by.id !== reader,
      mayLift: isConcerned && isComms && block?.state === 'standing' && block.ended === undefined,
    },
  };
}

const reasonsOf = ({ by, reason, ended }: Block): Line[] => [
  ...toLines(`${by.name}: ${reason}`),
  ...(ended === undefined ? [] : toLines(`${ended.by.name}: ${ended.reason}`)),
];

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

interface EndTyped {
  submission: string;
  words?: string;
  error?: string;
}

/** The form to turn a proposal down. */
export const disagreeForm = (question: Question, typed: EndTyped): View =>
  endForm(question, typed, {
    title: 'Disagree',
    label: 'Why should this author not be stopped?',
    hint: 'Then nobody is stopped because of this question, and nobody can propose it again. Your name and this reason stay with the question, for comms alone.',
    send: 'Disagree',
    verb: 'disagree.send',
  });

/** The form to end a block before its day. */
export const liftForm = (question: Question, typed: EndTyped): View =>
  endForm(question, typed, {
    title: 'Let them ask again',
    label: 'Why may this author ask again?',
    hint: 'Your name and this reason stay with the question. Whoever wrote it reads the reason, not your name, and nobody learns who they are.',
    send: 'Let them ask again',
    verb: 'lift.send',
  });

type Ending = Record<'title' | 'label' | 'hint' | 'send' | 'verb', string>;

const endForm = (question: Question, { submission, words = '', error }: EndTyped, ending: Ending): View => ({
  card: 'write',
  data: {
    id: question.id,
    submission,
    context: toLines(question.words),
    words,
    about: '',
    backVerb: 'block.show',
    ...ending,
    ...noWarning,
    ...withError(error),
  },
});

/** What the author reads below their own question; the names of who proposed, agreed or lifted are not for them. */
export function sayBlocked(question: Question, appealTo: string): string {
  const block = question.state === 'declined' ? question.block : undefined;
  if (block?.until === undefined || block.state === 'gone') return '';
  if (block.state === 'lifted')
    return `What stopped you because of this question was lifted early.\nThe reason: ${block.ended?.reason ?? ''}`;
  return `Because of this question you cannot ask or follow up until ${sayDay(block.until)}. You can still read and vote. Nobody was told who you are. You may appeal to a human: ${appealTo}.\nThe reason: ${block.reason}`;
}
