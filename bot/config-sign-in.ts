/** Whose tokens open the desk. */
export interface SignInConfig {
  readonly audience: string;
  readonly issuer: string;
  /** Where the issuer publishes its keys. */
  readonly keys: string;
  /** Lower case. */
  readonly tenant: string;
  /** In local mode alone: the origin of a page that plays Teams, and may frame the desk; else empty. */
  readonly standInHost: string;
}

/** The settings as they stand. */
interface Texts {
  audience: string;
  standInIssuer: string;
  standInHost: string;
}

interface App {
  isLocal: boolean;
  appId: string;
  appType: string;
  tenant: string;
}

/** Microsoft Entra ID, of this tenant alone; in local mode whoever stands in for it, or nobody. */
export function readSignIn(texts: Texts, { isLocal, appId, tenant }: Omit<App, 'appType'>): SignInConfig | undefined {
  const { standInIssuer, standInHost } = texts;
  if (!isLocal) {
    const authority = `https://login.microsoftonline.com/${tenant}`;
    const [issuer, keys] = [`${authority}/v2.0`, `${authority}/discovery/v2.0/keys`];
    return Object.freeze({ audience: lower(texts.audience || appId), issuer, keys, tenant, standInHost: '' });
  }
  if (standInIssuer === '') return undefined;
  const [issuer, keys] = [standInIssuer, `${standInIssuer}/keys`];
  return Object.freeze({ audience: lower(texts.audience), issuer, keys, tenant, standInHost });
}

/** Microsoft writes ids in lower case, and people as they like; an `api://` address is taken as it was set. */
const lower = (audience: string): string => (audience.startsWith('api://') ? audience : audience.toLowerCase());

const LOOPBACK = new Set(['127.0.0.1', 'localhost', '[::1]']);
const AUDIENCE = /^(api:\/\/\S+|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;

function isHere(address: string): boolean {
  const url = URL.parse(address);
  return url !== null && LOOPBACK.has(url.hostname) && url.origin === address;
}

type Need = (holds: boolean, remedy: string) => void;

/** Stand-ins open the desk to whoever holds their keys: for that there must be nothing real behind it. */
export function needSignIn({ audience, standInIssuer, standInHost }: Texts, app: App, need: Need): void {
  for (const [name, value] of Object.entries({ STAND_IN_ISSUER: standInIssuer, STAND_IN_HOST: standInHost })) {
    const isUnwanted = value !== '' && !app.isLocal;
    need(!isUnwanted, `${name} is set beside Bot credentials, and would let strangers in. Leave it out.`);
    need(
      isUnwanted || value === '' || isHere(value),
      `${name} is not on this machine. Set http://127.0.0.1 with a port, or leave it out.`,
    );
  }
  need(
    !app.isLocal || standInIssuer === '' || (app.tenant !== '' && audience !== ''),
    'STAND_IN_ISSUER needs the tenant and the application that its tokens name. Set MICROSOFT_APP_TENANT_ID and TAB_AUDIENCE.',
  );
  need(
    audience === '' || AUDIENCE.test(audience),
    'TAB_AUDIENCE is neither a client id nor an api:// address. Leave it out, or copy it from the app registration.',
  );
  need(
    audience !== '' || app.appType !== 'UserAssignedMSI',
    'TAB_AUDIENCE is missing: a managed identity cannot sign people in to the desk. Set the client id of the app registration that does.',
  );
}
