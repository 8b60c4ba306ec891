import { type Directory, nameOf } from '../domain/directory.ts';
import type { Delivery } from '../domain/delivery.ts';
import type { Question } from '../domain/question.ts';
import { isStuck, mayDrop, maySendAgain } from '../domain/stuck.ts';
import { shorten } from '../domain/words.ts';
import type { View } from './cards.ts';
import type { StuckLine } from './data.ts';
import type { Say } from './say.ts';
import { noWarning } from './warning.ts';
import { leaderName, toLines, withError } from './words.ts';

/** What Teams' and our own codes mean. What is missing here was a server that did not answer as it should. */
const KNOWN = [
  '400',
  '401',
  '403',
  '404',
  '412',
  '413',
  '429',
  'never-met',
  'channel-gone',
  'vault-away',
  'no-token',
  'untrusted',
  'fault',
] as const;

/** Why something was not delivered, as a sentence. */
export function sayWhy(say: Say, code: string): string {
  const known = KNOWN.find((one) => one === code);
  return known === undefined ? say('stuck.why.unknown', { code }) : say(`stuck.why.${known}`);
}

const MINUTE = 60_000;

/** When it is tried again, coarsely: nobody has to learn the minute. */
function sayNext(say: Say, until: number, now: number): string {
  if (until - now <= 5 * MINUTE) return say('stuck.next.minutes');
  return say(until - now <= 60 * MINUTE ? 'stuck.next.hour' : 'stuck.next.hours');
}

function stateOf({ say, now }: Delivering, delivery: Delivery): Pick<StuckLine, 'why' | 'color' | 'state'> {
  // Why the asker cannot be reached may tell who they are: somebody who left, somebody who removed the bot.
  const unsaid = delivery.target.kind === 'notice' ? say('stuck.unsaid') : undefined;
  if (delivery.state === 'waiting') {
    const why = unsaid ?? `${sayWhy(say, delivery.why)} ${sayNext(say, delivery.until, now)}`;
    return { state: say('stuck.waiting'), why, color: 'Warning' };
  }
  if (delivery.state === 'dead') {
    return { state: say('stuck.dead'), why: unsaid ?? sayWhy(say, delivery.why), color: 'Attention' };
  }
  return { state: say('stuck.uncertain'), why: say('stuck.unsure'), color: 'Attention' };
}

export interface Delivering {
  say: Say;
  directory: Directory;
  channels: { id: string; name: string }[];
  now: number;
}

/** What it was about. Its words only where comms may read them: once it was answered. */
function whatOf({ say, directory, channels }: Delivering, question: Question, { target }: Delivery): string {
  const named = (id: string) => nameOf(directory, id) ?? say('stuck.noRole');
  switch (target.kind) {
    case 'card': {
      const place = question.places.find(({ key }) => key === target.place);
      return say(place?.post === undefined ? 'stuck.card' : 'stuck.change', { person: named(place?.to ?? '') });
    }
    case 'publication': {
      const channel = channels.find(({ id }) => id === target.channel)?.name ?? say('stuck.goneChannel');
      return say('stuck.thread', { channel });
    }
    case 'notice':
      return say('stuck.notice');
    case 'wording':
    case 'release':
      return say('stuck.wording');
    case 'block':
      return say('stuck.block');
    case 'tell':
      return say('stuck.tell', { person: named(target.person) });
  }
}

function about({ say, directory }: Delivering, question: Question): string {
  if (question.state === 'answered') return say('stuck.about.answered', { words: shorten(question.words, 140) });
  return say(`stuck.about.${question.state}`, { leader: leaderName(say, directory, question.leader) });
}

const toLine = (given: Delivering, question: Question, delivery: Delivery): StuckLine => ({
  id: question.id,
  key: delivery.key,
  about: about(given, question),
  what: whatOf(given, question, delivery),
  ...stateOf(given, delivery),
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
  const count = total > shown.length ? given.say('stuck.count', { count: total, shown: shown.length }) : '';
  return {
    card: 'deliveries',
    say: given.say,
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
  say: given.say,
  data: {
    id: question.id,
    submission: '',
    title: given.say('stuck.dropTitle'),
    context: toLines(`${whatOf(given, question, delivery)}\n${about(given, question)}`),
    label: given.say('stuck.dropWhy'),
    words,
    hint: given.say('stuck.dropHint'),
    send: given.say('stuck.drop'),
    verb: 'stuck.drop',
    about: delivery.key,
    backVerb: 'stuck.show',
    ...noWarning,
    ...withError(error),
  },
});
