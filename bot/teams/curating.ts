import { asCurator } from '../app/authority.ts';
import { defaultChannel, notNow, publish, publishOn, settle } from '../app/curate.ts';
import { scheduleNext, unschedule } from '../app/plan.ts';
import { channelsForm, notNowForm } from '../cards/curator.ts';
import { sayRefusal } from '../cards/refusal.ts';
import type { Question } from '../domain/question.ts';
import { isRefusal, type Refusal } from '../domain/refusal.ts';
import { curateView } from './courier.ts';
import type { Form } from './fields.ts';
import { refuse, type Reply, type Turn } from './turn.ts';

type Show = (question: Question) => Reply | Promise<Reply>;

async function withCurated(turn: Turn, id: string, show: Show): Promise<Reply> {
  const { deps, me } = turn;
  const curator = asCurator(deps.directory(), me.id);
  if (isRefusal(curator)) return refuse(turn, curator);
  const kept = await deps.store.question(id);
  return kept === undefined ? refuse(turn, { refused: 'not-found' }) : show(kept.question);
}

const standing = async (turn: Turn, question: Question): Promise<Reply> => ({
  view: await curateView(turn.say, turn.deps, turn, question),
  title: turn.say('curate.title'),
});

async function outcome(turn: Turn, result: Question | Refusal, done?: string): Promise<Reply> {
  if (isRefusal(result)) return refuse(turn, result);
  const reply = await standing(turn, result);
  return done === undefined ? reply : { ...reply, done };
}

export const showCurated = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withCurated(turn, question, (now) => standing(turn, now));

export const sendPublish = async (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  outcome(turn, await publish(turn.deps, turn.me.id, question));

export const sendPublishOn = async (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  outcome(turn, await publishOn(turn.deps, turn.me.id, question));

async function choosing({ deps, say }: Turn, question: Question, error?: string): Promise<Reply> {
  const chosen = await defaultChannel(deps);
  const channels = await deps.store.channels();
  return { view: channelsForm(say, question, { channels, chosen }, error), title: say('curate.choose') };
}

export const openChannels = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withCurated(turn, question, (now) => choosing(turn, now));

export async function sendChannels(turn: Turn, { question, channels }: Form<'channels'>): Promise<Reply> {
  const chosen = channels.split(',').filter((id) => id !== '');
  if (chosen.length === 0) {
    return withCurated(turn, question, (now) => choosing(turn, now, turn.say('channels.noChannel')));
  }
  const published = await publish(turn.deps, turn.me.id, question, chosen);
  return outcome(turn, published, turn.say('curate.publishingNow'));
}

type NotNowTyped = { submission: string; words?: string; error?: string };

const settingAside = ({ say }: Turn, question: Question, typed: NotNowTyped): Reply => ({
  view: notNowForm(say, question, typed),
  title: say('curate.notNow'),
});

export const openNotNow = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withCurated(turn, question, (now) => settingAside(turn, now, { submission: turn.deps.ids.fresh() }));

export async function sendNotNow(turn: Turn, { question, submission, words }: Form<'say'>): Promise<Reply> {
  const aside = await notNow(turn.deps, turn.me.id, question, words);
  const isAboutWords = isRefusal(aside) && (aside.refused === 'blank' || aside.refused === 'too-long');
  if (!isAboutWords) return outcome(turn, aside, turn.say('notNow.done'));
  const error = sayRefusal(turn.say, aside);
  return withCurated(turn, question, (now) => settingAside(turn, now, { submission, words, error }));
}

/** Plans the thread for the next free Slot of the default channel. */
export const sendScheduleNext = async (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  outcome(turn, await scheduleNext(turn.deps, turn.me.id, question));

/** Takes what is planned for a channel off the plan. */
export const sendUnschedule = async (turn: Turn, { question, channel }: Form<'settle'>): Promise<Reply> =>
  outcome(turn, await unschedule(turn.deps, turn.me.id, question, channel));

/** Says what a curator saw in the channel after a post that Teams did not confirm. */
export const sendSettle =
  (saw: 'there' | 'nothing') =>
  async (turn: Turn, { question, channel }: Form<'settle'>): Promise<Reply> =>
    outcome(turn, await settle(turn.deps, turn.me.id, question, channel, saw));
