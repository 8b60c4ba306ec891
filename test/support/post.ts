import type { Incoming } from './activities.ts';

export type Answered = { status: number; body: unknown; headers: Headers };

/** Teams itself waits 15 s for a message and 5 s for some invokes. */
const PATIENCE_MS = 10_000;

/** Posts an activity to the bot as Teams does. Rejects when the bot takes longer than `ms`. `body` is parsed JSON, or the text. */
export async function post(
  botUrl: string,
  activity: Incoming | Record<string, unknown>,
  { ms = PATIENCE_MS, headers = {} }: { ms?: number; headers?: Record<string, string> } = {},
): Promise<Answered> {
  const response = await fetch(new URL('/api/messages', botUrl), {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', ...headers },
    body: JSON.stringify(activity),
    signal: AbortSignal.timeout(ms),
  });
  const text = await response.text();
  return { status: response.status, body: parsed(text), headers: response.headers };
}

function parsed(text: string): unknown {
  if (text === '') return undefined;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
