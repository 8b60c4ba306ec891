import { asCurator } from '../app/authority.ts';
import { drop, sendAgain } from '../app/resend.ts';
import { type Delivering, dropForm, STUCK_SHOWN, stuckCard } from '../cards/stuck.ts';
import { isRefusal, say } from '../domain/refusal.ts';
import { mayDrop } from '../domain/stuck.ts';
import type { Form } from './fields.ts';
import type { Reply, Turn } from './turn.ts';

const TITLE = 'Not delivered';

const delivering = async ({ deps }: Turn): Promise<Delivering> => ({
  directory: deps.directory(),
  channels: await deps.store.channels(),
  now: deps.clock.now().getTime(),
});

/** What was not delivered. */
export async function showStuck(turn: Turn): Promise<Reply> {
  const curator = asCurator(turn.deps.directory(), turn.me.id);
  if (isRefusal(curator)) return { note: 'Only curators see what was not delivered.' };
  const { waiting, uncertain, dead } = await turn.deps.store.deliveries();
  const questions = await turn.deps.store.stuck(STUCK_SHOWN);
  return { view: stuckCard(await delivering(turn), questions, waiting + uncertain + dead), title: TITLE };
}

export async function sendStuckAgain(turn: Turn, { question, key }: Form<'delivery'>): Promise<Reply> {
  const again = await sendAgain(turn.deps, turn.me.id, question, key);
  return isRefusal(again) ? { note: say(again) } : showStuck(turn);
}

type Typed = { words?: string; error?: string };

async function dropping(turn: Turn, { question, key }: Form<'delivery'>, typed: Typed = {}): Promise<Reply> {
  const curator = asCurator(turn.deps.directory(), turn.me.id);
  if (isRefusal(curator)) return { note: say(curator) };
  const kept = await turn.deps.store.question(question);
  const delivery = kept?.question.deliveries.find((owed) => owed.key === key && mayDrop(owed));
  if (kept === undefined || delivery === undefined) return { note: say({ refused: 'not-stuck' }) };
  return { view: dropForm(await delivering(turn), kept.question, delivery, typed), title: TITLE };
}

export const openDrop = (turn: Turn, fields: Form<'delivery'>): Promise<Reply> => dropping(turn, fields);

export async function dropStuck(turn: Turn, { question, about: key, words }: Form<'drop'>): Promise<Reply> {
  const dropped = await drop(turn.deps, turn.me.id, { question, key, words });
  if (!isRefusal(dropped)) return { ...(await showStuck(turn)), done: 'Dropped, with your reason.' };
  if (dropped.refused !== 'blank' && dropped.refused !== 'too-long') return { note: say(dropped) };
  return dropping(turn, { question, key }, { words, error: say(dropped) });
}
