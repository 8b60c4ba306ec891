import { z } from 'zod';
import { defaultChannel } from '../../app/curate.ts';
import { linkToPost } from '../../app/links.ts';
import { readStreams } from '../../app/planner.ts';
import type { Channel } from '../../app/ports.ts';
import { sayWhy } from '../../cards/stuck.ts';
import { outOfReach } from '../../domain/posting.ts';
import { mayLinger, mayStand, stopped, taken, wentOn } from '../../domain/publication.ts';
import type { AnsweredQuestion, Publication, Question } from '../../domain/question.ts';
import { isRefusal, type Refusal } from '../../domain/refusal.ts';
import { nextFree } from '../../domain/slot.ts';
import type { Desk } from './route.ts';
import { Id } from './thread.ts';

/** Milliseconds since 1970, of this century. */
export const Instant = z.int().min(0).max(4_102_444_800_000);

const InChannel = z.strictObject({
  state: z.enum(['scheduled', 'posting', 'posted', 'uncertain', 'retracted']),
  /** The curator who chose the channel. */
  by: z.string(),
  /** When it is to be posted. */
  at: Instant.optional(),
  /** Where clients of Teams can go to the post. */
  link: z.string().optional(),
  /** Who took it out of the channel, and why. */
  retraction: z.strictObject({ by: z.string(), reason: z.string() }).optional(),
  /** Its post may stand there; a curator looks. */
  mayStand: z.boolean(),
  /** Taken out, and yet a post that nobody can reach may stand there. */
  mayLinger: z.boolean(),
  /** Why nobody tries any more. */
  stopped: z.string().optional(),
  /** A correction cannot reach the post. */
  isOld: z.boolean(),
  /** Nothing else may be published in this channel now. */
  isTaken: z.boolean(),
});

export const Publishing = z.strictObject({
  question: Id,
  state: z.enum(['open', 'answered', 'declined', 'withdrawn', 'merged']),
  /** The conversation went on, and somebody has to agree that it is published. */
  wentOn: z.boolean(),
  channels: z.array(
    z.strictObject({
      id: z.string(),
      /** Empty where the channel is gone. */
      name: z.string(),
      team: z.string(),
      isDefault: z.boolean(),
      /** Where it has Slots. */
      zone: z.string().optional(),
      /** The next Slots for which nothing is planned. */
      free: z.array(Instant),
      publication: InChannel.optional(),
    }),
  ),
});
export type Publishing = z.infer<typeof Publishing>;

/** So many free Slots are offered at once. */
const OFFERED = 8;

/** How the thread stands in every channel. */
export async function standingOf(desk: Desk, question: Question): Promise<z.input<typeof Publishing> | Refusal> {
  const { deps, caller } = desk;
  const streams = await readStreams(deps, caller.id);
  if (isRefusal(streams)) return streams;
  const chosen = await defaultChannel(deps);
  const now = deps.clock.now().getTime();
  const answered = question.state === 'answered' ? question : undefined;
  const publications = answered?.publications ?? [];
  const here = streams.map(({ channel, slots, planned }) => ({
    id: channel.id,
    name: channel.name,
    team: channel.teamName,
    isDefault: channel.id === chosen?.id,
    ...(slots === undefined ? {} : { zone: slots.zone }),
    free: slots === undefined ? [] : nextFree(slots, now, { planned: planned.map(({ at }) => at), most: OFFERED }),
    ...inChannel(desk, answered, channel),
  }));
  const gone = publications.filter(({ channel }) => !here.some(({ id }) => id === channel));
  return {
    question: question.id,
    state: question.state,
    wentOn: answered !== undefined && wentOn(answered),
    channels: [
      ...here,
      ...gone.map(({ channel: id }) => ({
        id,
        name: '',
        team: '',
        isDefault: false,
        free: [],
        ...inChannel(desk, answered, { id }),
      })),
    ],
  };
}

type Place = Pick<Channel, 'id'> & Partial<Channel>;

function inChannel(desk: Desk, question: AnsweredQuestion | undefined, channel: Place) {
  const publication = question?.publications.find((one) => one.channel === channel.id);
  return question && publication ? { publication: toInChannel(desk, question, { publication, channel }) } : {};
}

function toInChannel(
  desk: Desk,
  question: AnsweredQuestion,
  { publication, channel }: { publication: Publication; channel: Place },
): z.input<typeof InChannel> {
  const gaveUp = stopped(question, channel.id);
  const link = linkTo(channel, publication);
  return {
    state: publication.state,
    by: publication.by,
    ...(publication.state === 'scheduled' ? { at: publication.at } : {}),
    ...(publication.state === 'retracted' ? { retraction: publication.retraction } : {}),
    ...(link === undefined ? {} : { link }),
    mayStand: mayStand(publication) !== undefined,
    mayLinger: mayLinger(publication),
    ...(gaveUp === undefined ? {} : { stopped: sayStopped(desk, gaveUp) }),
    isOld: publication.state !== 'retracted' && outOfReach(question, publication),
    isTaken: taken(question, channel.id) !== undefined,
  };
}

const sayStopped = ({ say }: Desk, gaveUp: NonNullable<ReturnType<typeof stopped>>): string =>
  gaveUp.state === 'dropped' ? `${gaveUp.by}: ${gaveUp.reason}` : sayWhy(say, gaveUp.why);

function linkTo(channel: Place, { root }: Publication): string | undefined {
  const { tenant, serviceUrl } = channel;
  if (root === undefined || tenant === undefined || serviceUrl === undefined) return undefined;
  return linkToPost({ ...(channel as Channel), tenant, serviceUrl }, root.post.activity);
}
