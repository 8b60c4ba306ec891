import { ask } from '../app/ask.ts';
import { askForm, said, type Typed } from '../cards/asker.ts';
import { isRefusal, say } from '../domain/refusal.ts';
import type { Form } from './fields.ts';
import type { Reply, Turn } from './turn.ts';

const NOT_SENT =
  'This could not be sent just now. Nothing was kept on our side and your text is still here. Please try again.';
const SENT = 'Your question is in the queue. You get a short notice here when something happens.';

const form = ({ deps }: Turn, typed: Typed, error?: string): Reply => ({
  view: askForm(deps.directory(), typed, error),
  title: 'Ask a question',
});

export const openAsk = async (turn: Turn): Promise<Reply> => form(turn, { submission: turn.deps.ids.fresh() });

/** Sends a question. Whatever fails, the form comes back with its text. */
export async function sendAsk(turn: Turn, fields: Form<'ask'>): Promise<Reply> {
  const { deps, me } = turn;
  const typed = { ...fields, signed: fields.signed === 'true' };
  try {
    const asked = await ask(deps, me.asker, { ...typed, signed: typed.signed ? me.name : undefined });
    if (isRefusal(asked)) return form(turn, typed, say(asked));
  } catch (error) {
    deps.fault(error);
    return form(turn, typed, NOT_SENT);
  }
  return { view: said('Sent', SENT, { asksAgain: true, mine: true }), done: `Sent. ${SENT}` };
}

export const cancel = async (): Promise<Reply> => ({
  view: said('Nothing was sent', 'Your form is closed and nothing was kept.', { asks: true }),
});
