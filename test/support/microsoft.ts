import http from 'node:http';
import https from 'node:https';
import sinon from 'sinon';
import { TENANT } from './cast.ts';
import { type Issuer, startIssuer } from './issuer.ts';
import { type Known, type Login, startLogin } from './login.ts';
import { type SignInIssuer, startSignIn } from './sign-in.ts';
import { startTeams, type Teams } from './teams.ts';

/** Microsoft as the bot in production meets it: at its own addresses, which lead to stand-ins on this machine. */
export type Microsoft = {
  /** Signs what Teams sends to the bot. */
  readonly issuer: Issuer;
  /** Signs people in to the desk. */
  readonly entra: SignInIssuer;
  readonly login: Login;
  readonly teams: Teams;
  /** What the bot showed Teams: the Authorization of each request, newest last. */
  readonly shown: (string | undefined)[];
  stop(): Promise<void>;
};

type Options = http.RequestOptions & { headers?: Record<string, unknown> };

/**
 * Whatever leaves this process by https arrives at a stand-in, without encryption. The bot, its settings and the libraries
 * stay those of production. It proves nothing about Microsoft.
 */
export async function startMicrosoft(known: Known & { audience: string }): Promise<Microsoft> {
  const [issuer, teams] = await Promise.all([startIssuer(), startTeams()]);
  const [entra, login] = await Promise.all([
    startSignIn({ audience: known.audience, tenant: TENANT.id }),
    startLogin(TENANT.id, known),
  ]);
  const shown: (string | undefined)[] = [];
  const metadata = String(issuer.endpoints['ToBotFromChannelOpenIdMetadataUrl']);
  const standIns: Readonly<Record<string, (path: string) => string>> = {
    'login.botframework.com': () => metadata,
    'login.microsoftonline.com': (path) => `${login.url}${path}`,
    'smba.trafficmanager.net': (path) => `${new URL(teams.url).origin}${path}`,
  };
  const leads = (host: string, path: string): string => {
    const standIn = standIns[host];
    if (standIn === undefined) throw new Error(`Nobody plays ${host}`);
    return standIn(path);
  };
  const request = (options: Options, ...rest: []) => {
    const host = options.hostname ?? options.host ?? '';
    const headers = options.headers ?? {};
    if (host === 'smba.trafficmanager.net') shown.push(authorizationIn(headers));
    const { hostname, port, pathname, search } = new URL(leads(host, options.path ?? '/'));
    const { method } = options;
    return http.request({ method, headers, hostname, port, path: pathname + search } as http.RequestOptions, ...rest);
  };
  sinon.replace(https, 'request', request as typeof https.request);
  const real = globalThis.fetch;
  sinon.replace(globalThis, 'fetch', (input, init) => {
    const { protocol, pathname } = new URL(input instanceof Request ? input.url : input);
    if (protocol === 'http:') return real(input, init);
    if (pathname !== `/${TENANT.id}/discovery/v2.0/keys`) throw new Error(`Nobody plays ${pathname}`);
    return real(`${entra.url}/keys`, init);
  });
  return {
    issuer,
    entra,
    login,
    teams,
    shown,
    async stop() {
      sinon.restore();
      await Promise.all([issuer, entra, login, teams].map((one) => one.stop()));
    },
  };
}

function authorizationIn(headers: Record<string, unknown>): string | undefined {
  const [, value] = Object.entries(headers).find(([name]) => name.toLowerCase() === 'authorization') ?? [];
  return typeof value === 'string' ? value : undefined;
}
