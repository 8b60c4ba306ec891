/** How the bot shows Microsoft who it is. */
export interface Credentials {
  readonly appId: string;
  /** A client secret; empty where the bot has another proof. */
  readonly appPassword: string;
  /** The file of a certificate and its private key; empty likewise. */
  readonly appCertificate: string;
  /** Bots of many tenants cannot be created any more, and this one serves a single tenant. */
  readonly appType: '' | 'SingleTenant' | 'UserAssignedMSI';
  /** Lower case. Empty in local mode. */
  readonly tenant: string;
}

type Need = (holds: boolean, remedy: string) => void;

const LOOPBACK = new Set(['127.0.0.1', '::1', 'localhost']);
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** Without credentials nobody is authenticated. */
export function needLocal(
  { appPassword, appCertificate }: Credentials,
  { isProduction, host }: { isProduction: boolean; host: string },
  need: Need,
): void {
  const remedy = 'Set MICROSOFT_APP_ID and the other Bot credentials';
  need(!isProduction, `NODE_ENV is production, but there are no Bot credentials. ${remedy}, or unset NODE_ENV.`);
  need(
    LOOPBACK.has(host),
    `HOST is not this machine alone, but without Bot credentials nobody is authenticated. ${remedy}, or set HOST=127.0.0.1.`,
  );
  for (const [name, value] of Object.entries({
    MICROSOFT_APP_PASSWORD: appPassword,
    MICROSOFT_APP_CERTIFICATE: appCertificate,
  }))
    need(value === '', `${name} is set without MICROSOFT_APP_ID. Set both, or neither for local mode.`);
}

export function needCredentials(credentials: Credentials, need: Need): void {
  const { appId, appType, tenant } = credentials;
  need(GUID.test(appId), 'MICROSOFT_APP_ID is no application id. Copy it from the Azure Bot’s configuration page.');
  need(
    GUID.test(tenant),
    'MICROSOFT_APP_TENANT_ID is missing or no tenant id. Copy it from the Azure Bot’s configuration page.',
  );
  need(
    appType === 'SingleTenant' || appType === 'UserAssignedMSI',
    'MICROSOFT_APP_TYPE is neither SingleTenant nor UserAssignedMSI. Set what the Azure Bot’s configuration page shows.',
  );
  needOneProof(credentials, need);
}

/** A secret that lies about unused is one more to lose. */
function needOneProof({ appType, appPassword, appCertificate }: Credentials, need: Need): void {
  if (appType === 'SingleTenant') {
    need(
      appPassword !== '' || appCertificate !== '',
      'MICROSOFT_APP_PASSWORD is missing. Set the client secret, or MICROSOFT_APP_CERTIFICATE, or MICROSOFT_APP_TYPE=UserAssignedMSI.',
    );
    need(
      appPassword === '' || appCertificate === '',
      'MICROSOFT_APP_PASSWORD is set beside MICROSOFT_APP_CERTIFICATE. Leave out the one that is not used.',
    );
  }
  if (appType !== 'UserAssignedMSI') return;
  need(
    appPassword === '' && appCertificate === '',
    `${appPassword === '' ? 'MICROSOFT_APP_CERTIFICATE' : 'MICROSOFT_APP_PASSWORD'} is set, but a managed identity has none. Leave it out.`,
  );
}
