import { asCurator } from '../app/authority.ts';
import { drop, sendAgain } from '../app/resend.ts';
import { type Delivering, dropForm, STUCK_SHOWN, stuckCard } from '../cards/stuck.ts';
import { sayRefusal } from '../cards/refusal.ts';
import { isRefusal } from '../domain/refusal.ts';
import { mayDrop } from '../domain/stuck.ts';
import type { Form } from './fields.ts';
import { refuse, type Reply, type Turn } from './turn.ts';

const delivering = async ({ deps, say }: Turn): Promise<Delivering> => ({
  say,
  directory: deps.directory(),
  channels: await deps.store.channels(),
  now: deps.clock.now().getTime(),
});

/** What was not delivered. */
export async function showStuck(turn: Turn): Promise<Reply> {
  const curator = asCurator(turn.deps.directory(), turn.me.id);
  if (isRefusal(curator)) return { note: turn.say('stuck.onlyCurators') };
  const { waiting, uncertain, dead } = await turn.deps.store.deliveries();
  const questions = await turn.deps.store.stuck(STUCK_SHOWN);
  const view = stuckCard(await delivering(turn), questions, waiting + uncertain + dead);
  return { view, title: turn.say('stuck.title') };
}

export async function sendStuckAgain(turn: Turn, { question, key }: Form<'delivery'>): Promise<Reply> {
  const again = await sendAgain(turn.deps, turn.me.id, question, key);
  return isRefusal(again) ? refuse(turn, again) : showStuck(turn);
}

type Typed = { words?: string; error?: string };

async function dropping(turn: Turn, { question, key }: Form<'delivery'>, typed: Typed = {}): Promise<Reply> {
  const curator = asCurator(turn.deps.directory(), turn.me.id);
  if (isRefusal(curator)) return refuse(turn, curator);
  const kept = await turn.deps.store.question(question);
  const delivery = kept?.question.deliveries.find((owed) => owed.key === key && mayDrop(owed));
  if (kept === undefined || delivery === undefined) return refuse(turn, { refused: 'not-stuck' });
  const view = dropForm(await delivering(turn), kept.question, delivery, typed);
  return { view, title: turn.say('stuck.title') };
}

export const openDrop = (turn: Turn, fields: Form<'delivery'>): Promise<Reply> => dropping(turn, fields);

export async function dropStuck(turn: Turn, { question, about: key, words }: Form<'drop'>): Promise<Reply> {
  const dropped = await drop(turn.deps, turn.me.id, { question, key, words });
  if (!isRefusal(dropped)) return { ...(await showStuck(turn)), done: turn.say('stuck.dropped') };
  if (dropped.refused !== 'blank' && dropped.refused !== 'too-long') return refuse(turn, dropped);
  return dropping(turn, { question, key }, { words, error: sayRefusal(turn.say, dropped) });
}
