import { MOST_DAYS, USUAL_DAYS } from '../domain/block.ts';
import { curatorsAndAdmins, type Directory } from '../domain/directory.ts';
import type { Block, Question } from '../domain/question.ts';
import type { View } from './cards.ts';
import type { Color, Line } from './data.ts';
import type { Say } from './say.ts';
import { noWarning } from './warning.ts';
import { toDeclined, toLines, toThread, withError } from './words.ts';

const sayDays = (say: Say, count: number): string => say('shared.days', { count });

function statusOf(say: Say, block: Block): { status: string; statusColor: Color } {
  const { by, days: count, agreed, until = '', state, ended } = block;
  const both = say('block.both', { proposer: by.name, second: agreed?.name ?? '' });
  const ender = ended?.by.name ?? '';
  switch (state) {
    case 'proposed':
      return { status: say('block.proposed', { name: by.name, count }), statusColor: 'Accent' };
    case 'turned-down':
      return { status: say('block.turnedDown', { ender, name: by.name, count }), statusColor: 'Default' };
    case 'agreed':
      return { status: say('block.agreed', { day: say.day(until), both }), statusColor: 'Accent' };
    case 'standing': {
      // An end that did not come: what was to be erased could not be found.
      const failed = ended !== undefined;
      const status = say(failed ? 'block.notLifted' : 'block.standing', { day: say.day(until), both, ender });
      return { status, statusColor: 'Warning' };
    }
    case 'gone':
      return { status: say('block.gone', { both }), statusColor: 'Warning' };
    case 'lifting':
      return { status: say('block.lifting', { ender, both }), statusColor: 'Accent' };
    case 'lifted':
      return { status: say('block.lifted', { ender, both }), statusColor: 'Default' };
  }
}

/** What can be done is said where something still can: to those who look back it would be a riddle. */
const isOver = (block: Block | undefined): boolean => block?.ended !== undefined || block?.state === 'gone';

/** A question that was declined as not respectful, as comms see it. Buttons are only those that this reader may press. */
export function blockCard(say: Say, directory: Directory, question: Question, reader: string): View {
  const { id, size, words, meta } = toThread(say, question, 'reader');
  const block = question.state === 'declined' ? question.block : undefined;
  const isCurator = directory.curators.some((curator) => curator.id === reader);
  const isComms = curatorsAndAdmins(directory).some((person) => person.id === reader);
  const isConcerned = question.state === 'declined' && question.leader !== reader;
  return {
    card: 'block',
    say,
    data: {
      id,
      size,
      words,
      meta,
      ...toDeclined(say, question),
      hasStatus: block !== undefined,
      ...(block === undefined ? { status: '', statusColor: 'Default' } : statusOf(say, block)),
      reason: block === undefined ? [] : reasonsOf(say, block),
      explains: !isOver(block),
      mayPropose: isConcerned && isCurator && block === undefined,
      mayAgree: isConcerned && isComms && block?.state === 'proposed' && block.by.id !== reader,
      mayLift: isConcerned && isComms && block?.state === 'standing' && block.ended === undefined,
    },
  };
}

const reasonsOf = (say: Say, { by, reason, ended }: Block): Line[] =>
  [{ by, reason }, ...(ended === undefined ? [] : [ended])].flatMap((given) =>
    toLines(say('block.given', { name: given.by.name, reason: given.reason })),
  );

export interface BlockTyped {
  days?: string;
  words?: string;
  error?: string;
}

const CHOICES = [1, 3, USUAL_DAYS, 14, MOST_DAYS];

/** The form to propose it. */
export const proposeForm = (say: Say, question: Question, { days, words = '', error }: BlockTyped = {}): View => ({
  card: 'propose-block',
  say,
  data: {
    id: question.id,
    context: toLines(question.words),
    days: days ?? String(USUAL_DAYS),
    choices: CHOICES.map((choice) => ({ title: sayDays(say, choice), value: String(choice) })),
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
export const disagreeForm = (say: Say, question: Question, typed: EndTyped): View =>
  endForm(say, question, typed, {
    title: say('block.disagree'),
    label: say('block.whyNot'),
    hint: say('block.disagreeHint'),
    verb: 'disagree.send',
  });

/** The form to end a block before its day. */
export const liftForm = (say: Say, question: Question, typed: EndTyped): View =>
  endForm(say, question, typed, {
    title: say('block.lift'),
    label: say('block.whyLift'),
    hint: say('block.liftHint'),
    verb: 'lift.send',
  });

type Ending = Record<'title' | 'label' | 'hint' | 'verb', string>;

const endForm = (say: Say, question: Question, { submission, words = '', error }: EndTyped, ending: Ending): View => ({
  card: 'write',
  say,
  data: {
    id: question.id,
    submission,
    context: toLines(question.words),
    words,
    about: '',
    backVerb: 'block.show',
    ...ending,
    send: ending.title,
    ...noWarning,
    ...withError(error),
  },
});

/** What the author reads below their own question; the names of who proposed, agreed or lifted are not for them. */
export function sayBlocked(say: Say, question: Question, appealTo: string): string {
  const block = question.state === 'declined' ? question.block : undefined;
  if (block?.until === undefined || block.state === 'gone') return '';
  if (block.state === 'lifted') return say('block.wasLifted', { reason: block.ended?.reason ?? '' });
  return say('block.stopped', { day: say.day(block.until), appealTo: sayAppeal(say, appealTo), reason: block.reason });
}

/** The human to whom somebody may appeal, where the operator named one. */
export const sayAppeal = (say: Say, appealTo: string): string => appealTo || say('shared.administrator');
