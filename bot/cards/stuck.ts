import { type Directory, nameOf } from '../domain/directory.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { Question } from '../domain/question.ts';
import { isStuck, mayDrop, maySendAgain } from '../domain/stuck.ts';
import { shorten } from '../domain/words.ts';
import type { View } from './cards.ts';
import type { StuckLine } from './data.ts';
import { noWarning } from './warning.ts';
import { leaderName, toLines, withError } from './words.ts';

/** What Teams' and our own codes mean. What is missing here was a server that did not answer as it should. */
const WHY: Readonly<Record<string, string>> = {
  '400': 'Teams could not read the message (400).',
  '401': 'Teams did not accept the bot’s credentials (401).',
  '403': 'Teams does not let the bot write there (403): perhaps it was removed or blocked.',
  '404': 'What was to be written to is no longer there (404).',
  '412': 'Teams was busy (412).',
  '413': 'The message is too large for Teams (413).',
  '429': 'Teams asked the bot to slow down (429).',
  'never-met': 'They have not met the bot yet: please ask them to open it once.',
  'channel-gone': 'The bot is no longer in this channel: please add it to the team again.',
  'vault-away': 'The key vault cannot be reached.',
  untrusted: 'The address is not one of Teams.',
  fault: 'Something went wrong in the bot; its log has more.',
};

/** Why something was not delivered, as a sentence. */
export const sayWhy = (code: string): string => WHY[code] ?? `Teams could not be reached, or did not answer (${code}).`;

const MINUTE = 60_000;

/** When it is tried again, coarsely: nobody has to learn the minute. */
function sayNext(until: number, now: number): string {
  if (until - now <= 5 * MINUTE) return 'It is tried again in a few minutes.';
  return until - now <= 60 * MINUTE ? 'It is tried again within the hour.' : 'It is tried again in some hours.';
}

/** Why the asker cannot be reached may tell who they are: somebody who left, somebody who removed the bot. */
const UNSAID = 'The reason is not shown, because it may tell who asked.';

function stateOf(delivery: Delivery, now: number): Pick<StuckLine, 'why' | 'color' | 'state'> {
  const isNotice = delivery.target.kind === 'notice';
  if (delivery.state === 'waiting') {
    const why = isNotice ? UNSAID : `${sayWhy(delivery.why)} ${sayNext(delivery.until, now)}`;
    return { state: 'Waiting', why, color: 'Warning' };
  }
  if (delivery.state === 'dead') {
    return { state: 'Given up', why: isNotice ? UNSAID : sayWhy(delivery.why), color: 'Attention' };
  }
  return { state: 'Uncertain', why: 'Teams did not say whether the post arrived.', color: 'Attention' };
}

export interface Delivering {
  directory: Directory;
  channels: { id: string; name: string }[];
  now: number;
}

/** What it was about. Its words only where comms may read them: once it was answered. */
function whatOf({ directory, channels }: Delivering, question: Question, { target }: Delivery): string {
  const person = (id: string) => nameOf(directory, id) ?? 'somebody who has no role any more';
  switch (target.kind) {
    case 'card': {
      const place = question.places.find(({ key }) => key === target.place);
      const card = place?.post === undefined ? 'A card' : 'A change to the card';
      return `${card} for ${person(place?.to ?? '')}`;
    }
    case 'publication':
      return `The thread in ${channels.find(({ id }) => id === target.channel)?.name ?? 'a channel that is gone'}`;
    case 'notice':
      return 'A notice to the person who asked';
    case 'block':
      return 'To stop the author, as two people agreed';
    case 'tell':
      return `A word to ${person(target.person)}`;
  }
}

function about({ directory }: Delivering, question: Question): string {
  const leader = leaderName(directory, question.leader);
  if (question.state === 'answered') return `“${shorten(question.words, 140)}”`;
  return question.state === 'open' ? `An open question for ${leader}` : `A ${question.state} question for ${leader}`;
}

const toLine = (given: Delivering, question: Question, delivery: Delivery): StuckLine => ({
  id: question.id,
  key: delivery.key,
  about: about(given, question),
  what: whatOf(given, question, delivery),
  ...stateOf(delivery, given.now),
  mayLook: delivery.state === 'uncertain',
  maySendAgain: maySendAgain(delivery),
  mayDrop: mayDrop(delivery),
});

/** Buttons and lines beyond these are slow on a phone. */
export const STUCK_SHOWN = 10;

/** What was not delivered, for curators. */
export function stuckCard(given: Delivering, questions: Question[], total: number): View {
  const lines = questions.flatMap((question) =>
    question.deliveries.filter(isStuck).map((delivery) => toLine(given, question, delivery)),
  );
  const shown = lines.slice(0, STUCK_SHOWN);
  const count = total > shown.length ? `${total} messages did not arrive yet. The first ${shown.length}:` : '';
  return {
    card: 'deliveries',
    data: { none: total === 0, hasMore: count !== '', count, deliveries: shown },
  };
}

/** The form to give one of them up. */
export const dropForm = (
  given: Delivering,
  question: Question,
  delivery: Delivery,
  { words = '', error }: { words?: string; error?: string } = {},
): View => ({
  card: 'write',
  data: {
    id: question.id,
    submission: '',
    title: 'Drop this message',
    context: toLines(`${whatOf(given, question, delivery)}\n${about(given, question)}`),
    label: 'Why?',
    words,
    hint: 'Your name and this reason are kept with the question. If the question changes, that is sent all the same.',
    send: 'Drop',
    verb: 'stuck.drop',
    about: delivery.key,
    backVerb: 'stuck.show',
    ...noWarning,
    ...withError(error),
  },
});
