import type { Directory } from '../domain/directory.ts';
import { outOfReach } from '../domain/posting.ts';
import { type GivenUp, mayStand, stopped, wentOn } from '../domain/publication.ts';
import type { Publication } from '../domain/question.ts';
import type { AnsweredQuestion, Question } from '../domain/question.ts';
import type { View } from './cards.ts';
import type { PublicationLine } from './data.ts';
import { sayWhy } from './stuck.ts';
import { noWarning } from './warning.ts';
import { leaderName, sayList, toLines, toThread, withError } from './words.ts';

/** A channel as cards name it; `link` leads to a post in it, where the client can follow one. */
export interface Named {
  id: string;
  name: string;
  teamName: string;
  link?: (post: { activity: string }) => string | undefined;
}

/** An answered question as curators see it: what is there to publish, and where it stands. */
export function curateCard(directory: Directory, question: Question, channels: Named[], chosen?: Named): View {
  const answered = question.state === 'answered' ? question : undefined;
  const begun = (answered?.publications.length ?? 0) > 0;
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
      publishTitle: chosen === undefined ? 'Publish' : `Publish in ${chosen.name}`,
      mayPublish: answered !== undefined && !begun,
      mayPublishOn: goesOn,
      mayChoose: answered !== undefined && channels.length > (answered.publications.length || 1),
    },
  };
}

function toLine(question: AnsweredQuestion, publication: Publication, channels: Named[]): PublicationLine {
  const channel = channels.find(({ id }) => id === publication.channel);
  const name = channel?.name ?? 'A channel that is gone';
  const root = publication.root;
  const link = (root && channel?.link?.(root.post)) ?? '';
  const gaveUp = stopped(question, publication.channel);
  const unsure = publication.state === 'uncertain' || gaveUp !== undefined;
  const maybeThere = mayStand(publication) !== undefined;
  const line = { channel: publication.channel, unsure, maybeThere, hasLink: link !== '', link };
  if (gaveUp) return { ...line, text: `${name}: ${sayStopped(gaveUp)}`, color: 'Attention', again: 'Try again' };
  if (publication.state === 'uncertain') {
    const text = `${name}: Teams did not say whether the post arrived. Please look there before you post again.`;
    return { ...line, text, color: 'Attention', again: 'It is missing, post again' };
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

const sayStopped = (gaveUp: GivenUp): string =>
  gaveUp.state === 'dropped'
    ? `${gaveUp.by} gave this up: ${gaveUp.reason}`
    : `this could not be posted. ${sayWhy(gaveUp.why)} Nothing is lost: you can try again.`;

/** The form to choose channels; those where the thread stands already are left out. */
export function channelsForm(question: Question, channels: Named[], chosen: string, error?: string): View {
  const taken = question.state === 'answered' ? question.publications.map((one) => one.channel) : [];
  return {
    card: 'channels',
    data: {
      id: question.id,
      context: toLines(question.words),
      chosen,
      channels: channels
        .filter(({ id }) => !taken.includes(id))
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
