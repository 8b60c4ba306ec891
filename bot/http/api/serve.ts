import type restify from 'restify';
import { type Asker, type Deps, StoreAway, VaultAway } from '../../app/ports.ts';
import { type Say, speak } from '../../cards/say.ts';
import { rolesOf } from '../../domain/directory.ts';
import { isRefusal } from '../../domain/refusal.ts';
import { bodyOf } from '../body.ts';
import type { SignedIn, SignIn } from '../sign-in.ts';
import { describeApi } from './openapi.ts';
import { isFromElsewhere } from './origin.ts';
import { type Rate, READING, WRITING } from './rate.ts';
import type { AnyRoute, Caller, Desk } from './route.ts';
import { type Answer, no, toNo } from './say-no.ts';
import { send } from './send.ts';
import { streamedType } from './streamed.ts';

export interface ApiNeeds {
  routes: readonly AnyRoute[];
  deps: Deps;
  signIn: SignIn;
  /** Lower case; the same that the chat's hands are made with. */
  tenant: string;
  /** Where somebody is written to who came by the tab. */
  serviceUrl: string;
  /** Where people reach the bot; empty where nobody said. */
  publicUrl: string;
  rate: Rate;
  /** Told of each answer: how a route is written, never with what. */
  counted?: (route: AnyRoute, status: number) => void;
}

/** As long as the chat waits for the store. */
const STORE_MS = 2000;

/** Serves each route: signed in, in turn, understood, allowed, and nothing in the answer that the route does not name. */
export function serveApi(server: restify.Server, needs: ApiNeeds): void {
  let described: object | undefined;
  // Open to whoever asks: it says what the sources say.
  server.get('/api/openapi.json', (request, response, next) => {
    const body = (described ??= describeApi(needs.routes));
    void send(request, response, { status: 200, body }).then(() => next(), next);
  });
  for (const route of needs.routes) {
    const method = route.method === 'delete' ? 'del' : route.method;
    server[method](route.path, (request: restify.Request, response: restify.Response, next: restify.Next) => {
      const say = speak(localeOf(request), needs.deps.policy().language);
      void answerTo(say, needs, route, request)
        .catch((error: unknown) => toFault(say, needs.deps, error))
        .then((answer) => {
          needs.counted?.(route, answer.status);
          return send(request, response, answer);
        })
        .then(() => next(), next);
    });
  }
}

async function answerTo(say: Say, needs: ApiNeeds, route: AnyRoute, request: restify.Request): Promise<Answer> {
  if (isFromElsewhere(request, needs.publicUrl)) return no(say, 'elsewhere');
  const signedIn = await needs.signIn(request.header('authorization', ''));
  if (signedIn === 'signed-out') return signedOut(say);
  if (signedIn === 'keys-away') return away(say);
  const seconds = needs.rate(signedIn.id, route.method === 'get' ? READING : WRITING);
  if (seconds > 0) return { ...no(say, 'slow-down'), headers: { 'retry-after': String(seconds) } };
  // Another instance may have taken a role away a moment ago.
  if (route.may !== 'everyone') await needs.deps.reread();
  const desk = deskOf(say, needs, signedIn, request);
  const { roles } = desk.caller;
  // Whoever the directory names was let in by the operator, as in the chat.
  if (signedIn.isGuest && roles.length === 0) return no(say, 'guest');
  if (route.may !== 'everyone' && !route.may.some((role) => roles.includes(role))) return no(say, 'role');
  // What is sent while it is read may take as long as there is something to read.
  const isStreamed = streamedType(route.output) !== undefined;
  return act(isStreamed ? { ...desk, deps: needs.deps } : desk, route, request);
}

async function act(desk: Desk, route: AnyRoute, request: restify.Request): Promise<Answer> {
  const { say } = desk;
  const given = route.method === 'get' ? queryOf(request) : await bodyOf(request);
  if (given === 413) return no(say, 'too-large');
  if (given === 415) return no(say, 'no-json');
  if (typeof given === 'number') return no(say, 'unreadable');
  // The path says what is acted on: what is given beside it may not say otherwise.
  const read = route.input.safeParse({ ...given, ...(request.params as Record<string, string>) });
  if (!read.success) return no(say, 'unreadable', { at: read.error.issues[0]?.path.map(String).join('.') ?? '' });
  const result = await route.act(desk, read.data);
  return isRefusal(result) ? toNo(say, result) : { status: 200, body: route.output.parse(result) };
}

function deskOf(
  say: Say,
  { deps, tenant, serviceUrl }: ApiNeeds,
  { id, name }: SignedIn,
  request: restify.Request,
): Desk {
  let hand: Asker | undefined;
  const caller: Caller = {
    id,
    name,
    roles: rolesOf(deps.directory(), id),
    // As in the chat, to the letter: the tags of one's own questions and votes are made from it.
    hand: () => (hand ??= deps.sealer.asker({ id: `${tenant} ${id}`, address: { person: id, tenant, serviceUrl } })),
  };
  const locale = localeOf(request) ?? say.language;
  return { deps: { ...deps, store: deps.store.within(STORE_MS) }, caller, locale, say };
}

/** The first language that the page asks for, if it does. */
const localeOf = (request: restify.Request): string | undefined =>
  /^[a-z]{2,3}(-[a-z0-9]{2,8})*/i.exec(request.header('accept-language', ''))?.[0];

/** What stands twice is a list. Only what reads has a query: addresses are written down by many, and words are not for them. */
function queryOf(request: restify.Request): Record<string, unknown> {
  const query = new URLSearchParams(request.getQuery());
  return Object.fromEntries(
    [...new Set(query.keys())].map((name) => {
      const values = query.getAll(name);
      return [name, values.length === 1 ? values[0] : values];
    }),
  );
}

const signedOut = (say: Say): Answer => ({ ...no(say, 'signed-out'), headers: { 'www-authenticate': 'Bearer' } });
const away = (say: Say, reference?: string): Answer => ({
  ...no(say, 'away', reference === undefined ? {} : { reference }),
  headers: { 'retry-after': '5' },
});

function toFault(say: Say, deps: Deps, error: unknown): Answer {
  const reference = deps.fault(error);
  return error instanceof StoreAway || error instanceof VaultAway
    ? away(say, reference)
    : no(say, 'fault', { reference });
}
