import { ISSUER, startIssuer } from '../support/issuer.ts';
import { Child } from './child.ts';
import { SERVICE_URL } from './stage.ts';
import type { Credentials, Serving } from './serve.ts';

export type Auth = 'on' | 'off';

/** A server in its own process, and what a request to it has to hold. */
export interface Server {
  child: Child;
  auth: Auth;
  port: number;
  authorization: string;
  serviceUrl: string;
}

export interface Servers {
  start(server: Serving['server'], auth: Auth, folder?: string): Promise<Server>;
  stop(): Promise<void>;
}

const APP = 'b07f0247-3333-4444-8555-fab21ca0b075';
const IN_TEAMS = 'https://smba.trafficmanager.net/amer/';
/** Teams sends the same token for about an hour. */
const HOUR_S = 3600;

/** Starts servers, those with authentication beside a stand-in for the place where the Bot Framework publishes its keys. */
export async function openServers(): Promise<Servers> {
  const issuer = await startIssuer();
  const now = Math.floor(Date.now() / 1000);
  const claims = { iss: ISSUER, aud: APP, serviceurl: IN_TEAMS, nbf: now - 60, exp: now + HOUR_S };
  const authorization = `Bearer ${issuer.sign(claims)}`;
  const credentials: Credentials = { appId: APP, appPassword: 'secret', endpoints: issuer.endpoints };
  const children: Child[] = [];
  return {
    async start(server, auth, folder = '') {
      const given: Serving = auth === 'on' ? { server, folder, credentials } : { server, folder };
      const child = new Child('serve.ts', given);
      children.push(child);
      const port = await child.hear<number>();
      return auth === 'on'
        ? { child, auth, port, authorization, serviceUrl: IN_TEAMS }
        : { child, auth, port, authorization: '', serviceUrl: SERVICE_URL };
    },
    async stop() {
      await Promise.all(children.map((child) => child.stop()));
      await issuer.stop();
    },
  };
}
