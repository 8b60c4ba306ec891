import type { Directory } from '../domain/directory.ts';
import { outOfReach } from '../domain/posting.ts';
import { type GivenUp, mayLinger, mayStand, stopped, taken, wentOn } from '../domain/publication.ts';
import type { Publication } from '../domain/question.ts';
import type { AnsweredQuestion, Question } from '../domain/question.ts';
import type { View } from './cards.ts';
import type { PublicationLine } from './data.ts';
import { sayWhy } from './stuck.ts';
import { noWarning } from './warning.ts';
import { leaderName, sayList, sayTime, toLines, toThread, withError } from './words.ts';

/** A channel as cards name it; `link` leads to a post in it, where the client can follow one. */
export interface Named {
  id: string;
  name: string;
  teamName: string;
  link?: (post: { activity: string }) => string | undefined;
  /** Where it has Slots: the time zone in which they are thought of. */
  zone?: string | undefined;
}

/** An answered question as curators see it: what is there to publish, and where it stands. */
export function curateCard(directory: Directory, question: Question, channels: Named[], chosen?: Named): View {
  const answered = question.state === 'answered' ? question : undefined;
  const standing = answered?.publications.filter(({ channel }) => taken(answered, channel)) ?? [];
  const isPlanned = standing.some(({ state }) => state === 'scheduled');
  const goesOn = answered !== undefined && wentOn(answered);
  const leader = leaderName(directory, question.leader);
  const notNow = answered?.notNow;
  return {
    card: 'curate',
    data: {
      ...toThread(question, 'reader'),
      heading: goesOn ? 'The conversation went on' : `${leader} answered`,
      hasStatus: question.state === 'withdrawn',
      status: question.state === 'withdrawn' ? 'Withdrawn by the person who asked. The words are erased.' : '',
      statusColor: 'Default',
      hasNotNow: notNow !== undefined,
      notNow: notNow === undefined ? '' : `Set aside by ${notNow.by}: ${notNow.reason}`,
      publications: answered ? answered.publications.map((one) => toLine(answered, one, channels)) : [],
      publishTitle: [chosen === undefined ? 'Publish' : `Publish in ${chosen.name}`, isPlanned && 'now']
        .filter(Boolean)
        .join(' '),
      mayPublish: answered !== undefined && standing.every(({ state }) => state === 'scheduled'),
      mayPublishOn: goesOn,
      mayChoose: answered !== undefined && channels.length > (standing.length || 1),
      maySetAside: answered !== undefined && standing.length === 0,
    },
  };
}

function toLine(question: AnsweredQuestion, publication: Publication, channels: Named[]): PublicationLine {
  const channel = channels.find(({ id }) => id === publication.channel);
  const name = channel?.name ?? 'A channel that is gone';
  const root = publication.root;
  const link = (root && channel?.link?.(root.post)) ?? '';
  const gaveUp = stopped(question, publication.channel);
  const lingers = mayLinger(publication);
  const unsure = publication.state === 'uncertain' || gaveUp !== undefined || lingers;
  const maybeThere = mayStand(publication) !== undefined;
  const planned = publication.state === 'scheduled';
  const line = { channel: publication.channel, unsure, maybeThere, planned, hasLink: link !== '', link };
  if (gaveUp) return { ...line, text: `${name}: ${sayStopped(gaveUp)}`, color: 'Attention', again: 'Try again' };
  if (publication.state === 'uncertain') {
    const text = `${name}: Teams did not say whether the post arrived. Please look there before you post again.`;
    return { ...line, text, color: 'Attention', again: 'It is missing, post again' };
  }
  if (publication.state === 'scheduled') {
    const when = sayTime(publication.at, channel?.zone);
    return { ...line, text: `Planned in ${name} for ${when} by ${publication.by}`, color: 'Accent', again: '' };
  }
  if (publication.state === 'retracted') {
    const { by, reason } = publication.retraction;
    const text = sayList(`Taken out of ${name} by ${by}: ${reason}`, lingers && LINGERS);
    return { ...line, text, color: 'Warning', again: lingers ? 'I looked: nothing is left there' : '' };
  }
  const isDone = publication.state === 'posted';
  const isOld = outOfReach(question, publication);
  return {
    ...line,
    text: sayList(`${isDone ? 'Published' : 'Being published'} in ${name} by ${publication.by}`, isOld && OLD_POST),
    color: isOld ? 'Warning' : isDone ? 'Good' : 'Accent',
    again: '',
  };
}

const OLD_POST =
  'A correction cannot reach the post that you found there, because Teams never named it. Please add it in the channel by hand.';

const LINGERS = 'A post that Teams never named may still stand there. Please look, and delete it in the channel.';

const sayStopped = (gaveUp: GivenUp): string =>
  gaveUp.state === 'dropped'
    ? `${gaveUp.by} gave this up: ${gaveUp.reason}`
    : `this could not be posted. ${sayWhy(gaveUp.why)} Nothing is lost: you can try again.`;

/** The form to choose channels; those where the thread stands already are left out. */
export function channelsForm(question: Question, channels: Named[], chosen: string, error?: string): View {
  const isFree = (channel: string) => question.state !== 'answered' || taken(question, channel) === undefined;
  return {
    card: 'channels',
    data: {
      id: question.id,
      context: toLines(question.words),
      chosen,
      channels: channels
        .filter(({ id }) => isFree(id))
        .map(({ id, name, teamName }) => ({ title: `${name} (${teamName})`, value: id })),
      ...withError(error),
    },
  };
}

export const notNowForm = (question: Question, submission: string, words = '', error?: string): View => ({
  card: 'write',
  data: {
    id: question.id,
    submission,
    title: 'Not now',
    context: toLines(question.words),
    label: 'Why not now?',
    words,
    hint: 'The leader reads this reason. You can still publish later.',
    send: 'Set aside',
    verb: 'notNow.send',
    about: '',
    backVerb: 'curate.show',
    ...noWarning,
    ...withError(error),
  },
});
