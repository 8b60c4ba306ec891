import type { Token } from './token.ts';
import { locale, say } from './words.ts';

/** An expected "no", or why there was no answer: in words for whoever tried. */
export interface Refused {
  readonly refused: string;
  readonly words: string;
  /** The field that was not understood. */
  readonly at?: string;
  /** What to tell whoever looks after the bot. */
  readonly reference?: string;
}
export const isRefused = (answer: unknown): answer is Refused =>
  typeof answer === 'object' && answer !== null && 'refused' in answer && 'words' in answer;

export interface Request {
  readonly method: 'get' | 'post' | 'put' | 'delete';
  readonly address: string;
  readonly body?: unknown;
  /** What we have already. */
  readonly etag?: string | undefined;
  /** Sent though its page is gone the next moment. Browsers take no more than 64 KB in this way. */
  readonly isFarewell?: boolean;
}
export type Answer = { readonly status: number; readonly etag?: string | undefined; readonly body?: unknown } | Refused;

let token: Token = () => Promise.reject(new Error('Nobody has signed in'));
/** From now on, requests are this person's. */
export function signIn(signed: { readonly token: Token }): void {
  token = signed.token;
}

const listeners = new Set<() => void>();
let away = false;

/** Whether the bot answers, as far as the last request knows. */
export const isAway = (): boolean => away;
export function onAway(tell: () => void): () => void {
  listeners.add(tell);
  return () => void listeners.delete(tell);
}
function reached(answers: boolean): void {
  if (away !== answers) return;
  away = !answers;
  for (const tell of listeners) tell();
}

/** One request. A token that was not taken is renewed once; whatever fails comes back as a Refused, never thrown. */
export async function request(wanted: Request): Promise<Answer> {
  const answer = await reach(wanted);
  if (!(answer instanceof Response)) return answer;
  const isGateway = answer.status >= 502 && answer.status <= 504;
  const body = await bodyOf(answer);
  reached(!isGateway || isRefused(body));
  if (answer.ok || answer.status === 304) {
    return { status: answer.status, etag: answer.headers.get('etag') ?? undefined, body };
  }
  return isRefused(body) ? body : refusedBy(answer.status);
}

/** A file, whole; one that was cut on its way is none. */
export async function download(address: string): Promise<Blob | Refused> {
  const answer = await reach({ method: 'get', address });
  if (!(answer instanceof Response)) return answer;
  if (!answer.ok) {
    const body = await bodyOf(answer);
    return isRefused(body) ? body : refusedBy(answer.status);
  }
  return answer.blob().catch(() => ({ refused: 'away', words: say('shell.away') }));
}

async function reach(wanted: Request): Promise<Response | Refused> {
  const first = await token().catch(() => undefined);
  const answer = await attempt(wanted, first);
  if (!(answer instanceof Response) || answer.status !== 401) return answer;
  return attempt(wanted, await token(first).catch(() => undefined));
}

async function attempt(
  { method, address, body, etag, isFarewell = false }: Request,
  bearer?: string,
): Promise<Response | Refused> {
  if (bearer === undefined) return { refused: 'signed-out', words: say('shell.signedOut') };
  try {
    return await fetch(address, {
      method: method.toUpperCase(),
      cache: 'no-store',
      credentials: 'omit',
      keepalive: isFarewell,
      headers: {
        authorization: `Bearer ${bearer}`,
        'accept-language': locale(),
        ...(body === undefined ? {} : { 'content-type': 'application/json' }),
        ...(etag === undefined ? {} : { 'if-none-match': etag }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
  } catch {
    reached(false);
    return { refused: 'away', words: say('shell.away') };
  }
}

const bodyOf = (response: Response): Promise<unknown> => response.json().catch(() => undefined);

function refusedBy(status: number): Refused {
  if (status === 401) return { refused: 'signed-out', words: say('shell.signedOut') };
  if (status >= 502 && status <= 504) return { refused: 'away', words: say('shell.away') };
  return { refused: 'fault', words: say('shell.fault') };
}
