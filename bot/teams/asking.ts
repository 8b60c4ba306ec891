import { ask } from '../app/ask.ts';
import { unseen as look, type Written } from '../app/betraying.ts';
import { mixes } from '../app/mix.ts';
import { StoreAway } from '../app/ports.ts';
import { askForm, said, type Typed } from '../cards/asker.ts';
import { sayRefusal } from '../cards/refusal.ts';
import type { Finding } from '../domain/betray.ts';
import { isRefusal } from '../domain/refusal.ts';
import type { Form } from './fields.ts';
import type { Reply, Turn } from './turn.ts';

const form = ({ deps, publicUrl, say }: Turn, typed: Typed): Reply => ({
  view: askForm(say, deps.directory(), typed, publicUrl),
  title: say('ask.title'),
});

export const openAsk = async (turn: Turn): Promise<Reply> => form(turn, { submission: turn.deps.ids.fresh() });

export const unseen = ({ deps, me }: Turn, written: Written): Finding[] => look(deps, me.name, written);

/** Sends a question. Whatever fails, the form comes back with its text. */
export async function sendAsk(turn: Turn, fields: Form<'ask'>): Promise<Reply> {
  const { deps, me, say } = turn;
  const typed = { ...fields, signed: fields.signed === 'true' };
  const found = typed.signed ? [] : unseen(turn, fields);
  if (found.length > 0) return form(turn, { ...typed, found });
  try {
    const asked = await ask(deps, me.asker, { ...typed, signed: typed.signed ? me.name : undefined });
    if (isRefusal(asked)) return form(turn, { ...typed, error: sayRefusal(say, asked) });
  } catch (error) {
    deps.fault(error);
    // The last answer of a store that is away is unknown: the question may be kept. A repeat of its form finds it then.
    const isAway = error instanceof StoreAway;
    return form(turn, { ...typed, error: say(isAway ? 'sending.notSure' : 'sending.notSent') });
  }
  const text = say(mixes(deps.policy().mixing) ? 'sending.onItsWay' : 'sending.inQueue');
  const view = said(say, say('sending.sent'), text, { asksAgain: true, mine: true });
  return { view, done: say('sending.done', { text }) };
}

export const cancel = async ({ say }: Turn): Promise<Reply> => ({
  view: said(say, say('sending.nothing'), say('sending.closed'), { asks: true }),
});
