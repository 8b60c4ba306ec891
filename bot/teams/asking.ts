import { ask } from '../app/ask.ts';
import { unseen as look, type Written } from '../app/betraying.ts';
import { mixes } from '../app/mix.ts';
import { StoreAway } from '../app/ports.ts';
import { askForm, said, type Typed } from '../cards/asker.ts';
import type { Finding } from '../domain/betray.ts';
import { isRefusal, say } from '../domain/refusal.ts';
import type { Form } from './fields.ts';
import type { Reply, Turn } from './turn.ts';

const NOT_SENT =
  'This could not be sent just now. Nothing was kept on our side and your text is still here. Please try again.';
/** The last answer of a store that is away is unknown: the question may be kept. A repeat of its form finds it then. */
const NOT_SURE =
  'This could not be sent in time. Your text is still here. Please send it again: even if it came through, it counts once.';
const NOTICE = 'You get a short notice here when something happens.';
const SENT = `Your question is in the queue. ${NOTICE}`;
const ON_ITS_WAY = `Your question is on its way. It arrives together with others, so that its time points at nobody. ${NOTICE}`;

const form = ({ deps, publicUrl }: Turn, typed: Typed, error?: string): Reply => ({
  view: askForm(deps.directory(), typed, publicUrl, error),
  title: 'Ask a question',
});

export const openAsk = async (turn: Turn): Promise<Reply> => form(turn, { submission: turn.deps.ids.fresh() });

export const unseen = ({ deps, me }: Turn, written: Written): Finding[] => look(deps, me.name, written);

/** Sends a question. Whatever fails, the form comes back with its text. */
export async function sendAsk(turn: Turn, fields: Form<'ask'>): Promise<Reply> {
  const { deps, me } = turn;
  const typed = { ...fields, signed: fields.signed === 'true' };
  const found = typed.signed ? [] : unseen(turn, fields);
  if (found.length > 0) return form(turn, { ...typed, found });
  try {
    const asked = await ask(deps, me.asker, { ...typed, signed: typed.signed ? me.name : undefined });
    if (isRefusal(asked)) return form(turn, typed, say(asked));
  } catch (error) {
    deps.fault(error);
    return form(turn, typed, error instanceof StoreAway ? NOT_SURE : NOT_SENT);
  }
  const text = mixes(deps.policy().mixing) ? ON_ITS_WAY : SENT;
  return { view: said('Sent', text, { asksAgain: true, mine: true }), done: `Sent. ${text}` };
}

export const cancel = async (): Promise<Reply> => ({
  view: said('Nothing was sent', 'Your form is closed and nothing was kept.', { asks: true }),
});
