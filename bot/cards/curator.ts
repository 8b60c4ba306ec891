import type { Directory } from '../domain/directory.ts';
import { outOfReach } from '../domain/posting.ts';
import { type GivenUp, mayLinger, mayStand, stopped, taken, wentOn } from '../domain/publication.ts';
import type { Publication } from '../domain/question.ts';
import type { AnsweredQuestion, Question } from '../domain/question.ts';
import type { View } from './cards.ts';
import type { PublicationLine } from './data.ts';
import type { Say } from './say.ts';
import { sayWhy } from './stuck.ts';
import { noWarning } from './warning.ts';
import { leaderName, sayList, toLines, toThread, withError } from './words.ts';

/** A channel as cards name it; `link` leads to a post in it, where the client can follow one. */
export interface Named {
  id: string;
  name: string;
  teamName: string;
  link?: (post: { activity: string }) => string | undefined;
  /** Where it has Slots: the time zone in which they are thought of. */
  zone?: string | undefined;
}

/** The channels there are, and the one where a question goes that nobody chose one for. */
interface Places {
  channels: Named[];
  chosen?: Named | undefined;
}

/** An answered question as curators see it: what is there to publish, and where it stands. */
export function curateCard(say: Say, directory: Directory, question: Question, { channels, chosen }: Places): View {
  const answered = question.state === 'answered' ? question : undefined;
  const standing = answered?.publications.filter(({ channel }) => taken(answered, channel)) ?? [];
  const isPlanned = standing.some(({ state }) => state === 'scheduled');
  const goesOn = answered !== undefined && wentOn(answered);
  const leader = leaderName(say, directory, question.leader);
  const notNow = answered?.notNow;
  return {
    card: 'curate',
    say,
    data: {
      ...toThread(say, question, 'reader'),
      heading: goesOn ? say('curate.wentOn') : say('curate.answered', { leader }),
      hasStatus: question.state === 'withdrawn',
      status: question.state === 'withdrawn' ? say('question.withdrawn') : '',
      statusColor: 'Default',
      hasNotNow: notNow !== undefined,
      notNow: notNow === undefined ? '' : say('curate.setAside', { curator: notNow.by, reason: notNow.reason }),
      publications: answered ? answered.publications.map((one) => toLine(say, answered, one, channels)) : [],
      publishTitle: sayPublish(say, chosen?.name, isPlanned),
      mayPublish: answered !== undefined && standing.every(({ state }) => state === 'scheduled'),
      maySchedule: answered !== undefined && standing.length === 0 && chosen?.zone !== undefined,
      mayPublishOn: goesOn,
      mayChoose: answered !== undefined && channels.length > (standing.length || 1),
      maySetAside: answered !== undefined && standing.length === 0,
    },
  };
}

function sayPublish(say: Say, channel: string | undefined, isPlanned: boolean): string {
  if (channel === undefined) return say(isPlanned ? 'curate.publishNow' : 'curate.title');
  return say(isPlanned ? 'curate.publishInNow' : 'curate.publishIn', { channel });
}

function toLine(say: Say, question: AnsweredQuestion, publication: Publication, channels: Named[]): PublicationLine {
  const channel = channels.find(({ id }) => id === publication.channel);
  const name = channel?.name ?? say('curate.goneChannel');
  const root = publication.root;
  const link = (root && channel?.link?.(root.post)) ?? '';
  const gaveUp = stopped(question, publication.channel);
  const lingers = mayLinger(publication);
  const unsure = publication.state === 'uncertain' || gaveUp !== undefined || lingers;
  const maybeThere = mayStand(publication) !== undefined;
  const planned = publication.state === 'scheduled';
  const line = { channel: publication.channel, unsure, maybeThere, planned, hasLink: link !== '', link };
  if (gaveUp) {
    return { ...line, text: sayStopped(say, name, gaveUp), color: 'Attention', again: say('curate.tryAgain') };
  }
  if (publication.state === 'uncertain') {
    const text = say('curate.unsure', { channel: name });
    return { ...line, text, color: 'Attention', again: say('curate.missing') };
  }
  if (publication.state === 'scheduled') {
    const time = say.time(publication.at, channel?.zone);
    const text = say('curate.planned', { channel: name, time, curator: publication.by });
    return { ...line, text, color: 'Accent', again: '' };
  }
  if (publication.state === 'retracted') {
    const { by, reason } = publication.retraction;
    const gone = say('curate.retracted', { channel: name, curator: by, reason });
    const text = sayList(gone, lingers && say('curate.lingers'));
    return { ...line, text, color: 'Warning', again: lingers ? say('curate.looked') : '' };
  }
  const isDone = publication.state === 'posted';
  const isOld = outOfReach(question, publication);
  const where = { channel: name, curator: publication.by };
  return {
    ...line,
    text: sayList(say(isDone ? 'curate.published' : 'curate.publishing', where), isOld && say('curate.oldPost')),
    color: isOld ? 'Warning' : isDone ? 'Good' : 'Accent',
    again: '',
  };
}

const sayStopped = (say: Say, channel: string, gaveUp: GivenUp): string =>
  gaveUp.state === 'dropped'
    ? say('curate.gaveUp', { channel, curator: gaveUp.by, reason: gaveUp.reason })
    : say('curate.failed', { channel, why: sayWhy(say, gaveUp.why) });

/** The form to choose channels; those where the thread stands already are left out. */
export function channelsForm(say: Say, question: Question, { channels, chosen }: Places, error?: string): View {
  const isFree = (channel: string) => question.state !== 'answered' || taken(question, channel) === undefined;
  return {
    card: 'channels',
    say,
    data: {
      id: question.id,
      context: toLines(question.words),
      chosen: chosen?.id ?? '',
      channels: channels
        .filter(({ id }) => isFree(id))
        .map(({ id, name, teamName }) => ({ title: `${name} (${teamName})`, value: id })),
      ...withError(error),
    },
  };
}

/** A stream for which nothing is planned soon, as curators are told of it. */
export const dryCard = (say: Say, { channel, at, zone, ready }: Dry): Extract<View, { card: 'dry' }> => ({
  card: 'dry',
  say,
  data: {
    heading: say('dry.title', { channel: channel.name }),
    text: say('dry.text', { channel: channel.name, team: channel.teamName, time: say.time(at, zone) }),
    ready: ready === 0 ? say('dry.none') : say('dry.ready', { count: ready }),
  },
});

interface Dry {
  channel: { name: string; teamName: string };
  at: number;
  zone: string;
  ready: number;
}

interface NotNowTyped {
  submission: string;
  words?: string;
  error?: string;
}

export const notNowForm = (say: Say, question: Question, { submission, words = '', error }: NotNowTyped): View => ({
  card: 'write',
  say,
  data: {
    id: question.id,
    submission,
    title: say('curate.notNow'),
    context: toLines(question.words),
    label: say('notNow.why'),
    words,
    hint: say('notNow.hint'),
    send: say('notNow.send'),
    verb: 'notNow.send',
    about: '',
    backVerb: 'curate.show',
    ...noWarning,
    ...withError(error),
  },
});
