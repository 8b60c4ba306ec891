import { attachment, standing } from './messages.ts';
import { verbs } from './verbs.ts';
import type { Pressed } from './activity.ts';
import type { Say } from '../cards/say.ts';
import { outOfDate, type Reply, type Turn } from './turn.ts';

/** The body of an invoke response, with its HTTP status. */
export interface Response {
  status: number;
  body?: unknown;
}

/** Runs the verb that was pressed and tells Teams what to show. */
export async function press(turn: Turn, { verb, fields, by }: Pressed): Promise<Response> {
  const known = verbs.get(verb);
  return show(turn, by, known === undefined ? outOfDate(turn) : await known.run(turn, fields));
}

/** What is answered to a button, in the shape of the place where it stands. */
export const show = (turn: Turn, by: Pressed['by'], reply: Reply): Response =>
  by === 'execute' ? toExecute(turn, reply) : toDialog(turn, reply);

/** Source: Microsoft, "Universal Actions for Adaptive Cards", response formats. */
function toExecute({ forms }: Turn, reply: Reply): Response {
  if ('note' in reply) {
    const body = { statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: reply.note };
    return { status: 200, body };
  }
  const { contentType, content } = attachment(reply.view, standing(forms));
  return { status: 200, body: { statusCode: 200, type: contentType, value: content } };
}

/** Source: Microsoft, "Use dialogs with bots", task/fetch and task/submit responses. */
function toDialog({ say }: Turn, reply: Reply): Response {
  if ('note' in reply) return { status: 200, body: { task: { type: 'message', value: reply.note } } };
  if (reply.done !== undefined) return { status: 200, body: { task: { type: 'message', value: reply.done } } };
  const value = {
    title: reply.title ?? say('name'),
    height: 'medium',
    width: 'medium',
    card: attachment(reply.view, 'dialog'),
  };
  return { status: 200, body: { task: { type: 'continue', value } } };
}

/** No answer came while Teams still listened. */
class Late extends Error {
  override name = 'Late';
}

/** An invoke has three seconds in all (design, section 6), its way to Teams among them. */
const ANSWER_MS = 2500;

/** What this comes to, or Late: the work goes on, and nobody can say yet whether it will be done. */
export async function inTime<Result>(work: Promise<Result>): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Late('The answer came too late')), ANSWER_MS);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** After a fault: the card, or the dialog, stays open with what was typed. */
export function toFault(say: Say, by: Pressed['by'], error: unknown, reference: string): Response {
  if (by !== 'execute') return { status: 500 };
  const message = say(error instanceof Late ? 'chat.late' : 'chat.fault', { reference });
  const value = { code: 'fault', message };
  return { status: 200, body: { statusCode: 500, type: 'application/vnd.microsoft.error', value } };
}
