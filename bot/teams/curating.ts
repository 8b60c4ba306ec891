import { asCurator } from '../app/authority.ts';
import { defaultChannel, notNow, publish, publishOn, settle } from '../app/curate.ts';
import { unschedule } from '../app/plan.ts';
import { channelsForm, notNowForm } from '../cards/curator.ts';
import type { Question } from '../domain/question.ts';
import { isRefusal, type Refusal, say } from '../domain/refusal.ts';
import { curateView } from './courier.ts';
import type { Form } from './fields.ts';
import type { Reply, Turn } from './turn.ts';

type Show = (question: Question) => Reply | Promise<Reply>;

async function withCurated({ deps, me }: Turn, id: string, show: Show): Promise<Reply> {
  const curator = asCurator(deps.directory(), me.id);
  if (isRefusal(curator)) return { note: say(curator) };
  const kept = await deps.store.question(id);
  return kept === undefined ? { note: say({ refused: 'not-found' }) } : show(kept.question);
}

const standing = async (turn: Turn, question: Question): Promise<Reply> => ({
  view: await curateView(turn.deps, turn, question),
  title: 'Publish',
});

async function outcome(turn: Turn, result: Question | Refusal, done?: string): Promise<Reply> {
  if (isRefusal(result)) return { note: say(result) };
  const reply = await standing(turn, result);
  return done === undefined ? reply : { ...reply, done };
}

export const showCurated = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withCurated(turn, question, (now) => standing(turn, now));

export const sendPublish = async (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  outcome(turn, await publish(turn.deps, turn.me.id, question));

export const sendPublishOn = async (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  outcome(turn, await publishOn(turn.deps, turn.me.id, question));

async function choosing({ deps }: Turn, question: Question, error?: string): Promise<Reply> {
  const chosen = await defaultChannel(deps);
  const channels = await deps.store.channels();
  return { view: channelsForm(question, channels, chosen?.id ?? '', error), title: 'Choose channels' };
}

export const openChannels = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withCurated(turn, question, (now) => choosing(turn, now));

export async function sendChannels(turn: Turn, { question, channels }: Form<'channels'>): Promise<Reply> {
  const chosen = channels.split(',').filter((id) => id !== '');
  if (chosen.length > 0) return outcome(turn, await publish(turn.deps, turn.me.id, question, chosen), 'Publishing.');
  return withCurated(turn, question, (now) => choosing(turn, now, 'Please choose at least one channel.'));
}

export const openNotNow = (turn: Turn, { question }: Form<'question'>): Promise<Reply> =>
  withCurated(turn, question, (now) => ({ view: notNowForm(now, turn.deps.ids.fresh()), title: 'Not now' }));

export async function sendNotNow(turn: Turn, { question, submission, words }: Form<'say'>): Promise<Reply> {
  const aside = await notNow(turn.deps, turn.me.id, question, words);
  const isAboutWords = isRefusal(aside) && (aside.refused === 'blank' || aside.refused === 'too-long');
  if (!isAboutWords) return outcome(turn, aside, 'Set aside. The leader reads your reason.');
  return withCurated(turn, question, (now) => ({
    view: notNowForm(now, submission, words, say(aside)),
    title: 'Not now',
  }));
}

/** Takes what is planned for a channel off the plan. */
export const sendUnschedule = async (turn: Turn, { question, channel }: Form<'settle'>): Promise<Reply> =>
  outcome(turn, await unschedule(turn.deps, turn.me.id, question, channel));

/** Says what a curator saw in the channel after a post that Teams did not confirm. */
export const sendSettle =
  (saw: 'there' | 'nothing') =>
  async (turn: Turn, { question, channel }: Form<'settle'>): Promise<Reply> =>
    outcome(turn, await settle(turn.deps, turn.me.id, question, channel, saw));
