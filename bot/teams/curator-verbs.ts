import { asCurator } from '../app/authority.ts';
import { defaultChannel, notNow, publish, publishOn, settle } from '../app/curate.ts';
import { channelsForm, notNowForm } from '../cards/curator.ts';
import type { Question } from '../domain/question.ts';
import { isRefusal, type Refusal, say } from '../domain/refusal.ts';
import { curateView } from './courier.ts';
import { fields } from './fields.ts';
import { type Reply, type Turn, verb } from './turn.ts';

async function withCurated(
  { deps, me }: Turn,
  id: string,
  show: (question: Question) => Reply | Promise<Reply>,
): Promise<Reply> {
  const curator = asCurator(deps.directory(), me.id);
  if (isRefusal(curator)) return { note: say(curator) };
  const kept = await deps.store.question(id);
  return kept === undefined ? { note: say({ refused: 'not-found' }) } : show(kept.question);
}

const card = async (turn: Turn, question: Question, done?: string): Promise<Reply> => ({
  view: await curateView(turn.deps, turn, question),
  title: 'Publish',
  ...(done === undefined ? {} : { done }),
});

const show = async (turn: Turn, result: Question | Refusal, done?: string): Promise<Reply> =>
  isRefusal(result) ? { note: say(result) } : card(turn, result, done);

const chooseChannels = async (turn: Turn, question: Question, error?: string): Promise<Reply> => {
  const channels = await turn.deps.store.channels();
  const chosen = await defaultChannel(turn.deps);
  return { view: channelsForm(question, channels, chosen?.id ?? '', error), title: 'Choose channels' };
};

const looked = (saw: 'there' | 'nothing') =>
  verb(fields.settle, async (turn, { question, channel }) =>
    show(turn, await settle(turn.deps, turn.me.id, question, channel, saw)),
  );

/** What curators may do. Each use case checks again who acts. */
export const curatorVerbs = {
  'curate.show': verb(fields.question, (turn, { question }) => withCurated(turn, question, (now) => card(turn, now))),
  publish: verb(fields.question, async (turn, { question }) =>
    show(turn, await publish(turn.deps, turn.me.id, question)),
  ),
  publishOn: verb(fields.question, async (turn, { question }) =>
    show(turn, await publishOn(turn.deps, turn.me.id, question)),
  ),
  'channels.open': verb(fields.question, (turn, { question }) =>
    withCurated(turn, question, (now) => chooseChannels(turn, now)),
  ),
  'channels.send': verb(fields.channels, async (turn, { question, channels }) => {
    const chosen = channels.split(',').filter((id) => id !== '');
    if (chosen.length === 0) {
      return withCurated(turn, question, (now) => chooseChannels(turn, now, 'Please choose at least one channel.'));
    }
    return show(turn, await publish(turn.deps, turn.me.id, question, chosen), 'Publishing.');
  }),
  'notNow.open': verb(fields.question, (turn, { question }) =>
    withCurated(turn, question, (now) => ({ view: notNowForm(now, turn.deps.ids.fresh()), title: 'Not now' })),
  ),
  'notNow.send': verb(fields.say, async (turn, { question, submission, words }) => {
    const aside = await notNow(turn.deps, turn.me.id, question, words);
    if (!isRefusal(aside)) return card(turn, aside, 'Set aside. The leader reads your reason.');
    if (aside.refused !== 'blank' && aside.refused !== 'too-long') return { note: say(aside) };
    return withCurated(turn, question, (now) => ({
      view: notNowForm(now, submission, words, say(aside)),
      title: 'Not now',
    }));
  }),
  'settle.there': looked('there'),
  'settle.nothing': looked('nothing'),
};
