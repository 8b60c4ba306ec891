import { createHash, type KeyObject, verify, X509Certificate } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { Made } from './certificate.ts';

/** How the bot asked for a token. */
export type Grant = {
  readonly by: 'secret' | 'certificate' | 'managed identity';
  /** Whose token. */
  readonly client: string;
  /** For whom. */
  readonly audience: string;
};

/** Who may have tokens. */
export type Known = { readonly secret: string; readonly certificate: Made };

/** A stand-in for where the bot gets tokens: Microsoft Entra ID, and what Azure offers to the machines it runs. */
export type Login = {
  readonly url: string;
  /** Each token that was given out, newest last; refused ones are not among them. */
  readonly grants: Grant[];
  /** What Container Apps and App Service put into the environment (Microsoft: "REST endpoint reference"). */
  readonly machine: Readonly<Record<'IDENTITY_ENDPOINT' | 'IDENTITY_HEADER', string>>;
  /** What leads Azure's library here from the address at which every virtual machine asks. */
  readonly virtualMachine: Readonly<Record<string, string>>;
  /** Whether nobody is given any. */
  refuses: boolean;
  stop(): Promise<void>;
};

const HEADER = 'a header that only the machine knows';

type Asked = { path: string; query: URLSearchParams; form: URLSearchParams; headers: IncomingMessage['headers'] };

export async function startLogin(tenant: string, known: Known): Promise<Login> {
  const grants: Grant[] = [];
  const server = createServer((request, response) => {
    void text(request).then((body) => {
      const { pathname: path, searchParams: query } = new URL(request.url ?? '', 'http://login');
      const grant = grantOf({ path, query, form: new URLSearchParams(body), headers: request.headers }, tenant, known);
      if (grant && !login.refuses) grants.push(grant);
      const answer = grant === undefined || login.refuses ? REFUSED : tokenFor(grants.length);
      response.writeHead(answer === REFUSED ? 401 : 200, { 'content-type': 'application/json' });
      response.end(JSON.stringify(answer));
    });
  });
  await once(server.listen(0, '127.0.0.1'), 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const login: Login = {
    url,
    grants,
    refuses: false,
    virtualMachine: { AZURE_POD_IDENTITY_AUTHORITY_HOST: url },
    machine: { IDENTITY_ENDPOINT: `${url}/msi/token`, IDENTITY_HEADER: HEADER },
    async stop() {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return login;
}

const REFUSED = { error: 'invalid_client', error_description: 'AADSTS7000215: Invalid client secret provided.' };

/** As each of the endpoints writes it; Azure's machines name the end, Entra how long it is until then. */
const tokenFor = (nth: number) => ({
  token_type: 'Bearer',
  access_token: `token ${nth}`,
  expires_in: 3600,
  expires_on: Math.floor(Date.now() / 1000) + 3600,
});

function grantOf(asked: Asked, tenant: string, known: Known): Grant | undefined {
  const { path, query, form, headers } = asked;
  const isOfMachine =
    (path === '/msi/token' && headers['x-identity-header'] === HEADER) ||
    (/^\/metadata\/identity\/oauth2\/token\/?$/.test(path) && headers['metadata'] === 'true');
  if (isOfMachine)
    return { by: 'managed identity', client: query.get('client_id') ?? '', audience: query.get('resource') ?? '' };
  const isEntra = path === `/${tenant}/oauth2/v2.0/token` && form.get('grant_type') === 'client_credentials';
  const by = isEntra ? proofIn(form, tenant, known) : undefined;
  return by && { by, client: form.get('client_id') ?? '', audience: form.get('scope') ?? '' };
}

function proofIn(form: URLSearchParams, tenant: string, { secret, certificate }: Known): Grant['by'] | undefined {
  if (form.get('client_secret') === secret) return 'secret';
  const [header = '', claims = '', signature = ''] = (form.get('client_assertion') ?? '').split('.');
  if (signature === '') return undefined;
  const isSigned = isSignedBy(certificate.publicKey, `${header}.${claims}`, signature);
  const { x5t } = decode(header);
  const { iss, sub, aud, exp } = decode(claims);
  const client = form.get('client_id');
  const isOurs = iss === client && sub === client && String(aud).includes(tenant) && Number(exp) > Date.now() / 1000;
  return isSigned && isOurs && x5t === thumbprintOf(certificate) ? 'certificate' : undefined;
}

const isSignedBy = (key: KeyObject, words: string, signature: string): boolean =>
  verify('RSA-SHA256', Buffer.from(words), key, Buffer.from(signature, 'base64url'));

const thumbprintOf = ({ certificate }: Made): string =>
  createHash('sha1').update(new X509Certificate(certificate).raw).digest('base64url');

const decode = (part: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString()) as Record<string, unknown>;
