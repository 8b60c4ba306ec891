import { isAbsolute, relative, resolve, sep } from 'node:path';
import { languages } from './cards/say.ts';
import { type Cosmos, needCosmos } from './config-cosmos.ts';
import { type Credentials, needCredentials, needLocal } from './config-credentials.ts';
import { needKeepDays, needLimits, needMixing } from './config-limits.ts';
import { needSignIn, readSignIn, type SignInConfig } from './config-sign-in.ts';

/** Everything that the bot reads from its environment, checked. */
export interface Config extends Credentials {
  /** No Bot credentials: nobody is authenticated, so only this machine may connect. */
  readonly isLocal: boolean;
  readonly host: string;
  readonly port: number;
  /** Where the figures for operators are served; nothing where they are not. */
  readonly metrics: { readonly host: string; readonly port: number } | undefined;
  /** Whether spans are opened, for an OpenTelemetry SDK that the operator brings. */
  readonly traces: 'on' | 'off';
  readonly dataDir: string;
  readonly keyFile: string;
  readonly cosmos: Cosmos;
  /** The Azure Key Vault that wraps the secrets of the key file; empty without one. */
  readonly keyVault: string;
  readonly directoryFile: string;
  /** Becomes an admin at the start, where settings were saved that do not name them; empty for nobody. Lower case. */
  readonly admin: string;
  readonly forms: 'dialog' | 'inline';
  /** Of posts, notices, and people without a language that there are words for, until an admin chose one. */
  readonly language: string;
  /** Where chats are opened with people who were never met, or who came by the tab. Empty in local mode, unless set. */
  readonly serviceUrl: string;
  /** How often one person may act in one day; 0 is no limit. */
  readonly limits: { readonly questions: number; readonly votes: number };
  /** Questions enter together: once so many wait, or the first of them waited so long. */
  readonly mixing: { readonly size: number; readonly minutes: number };
  /** Notices to askers go out together, about once in so many minutes; 0 is at once. */
  readonly noticeMinutes: number;
  /** The human to whom somebody who is stopped may appeal. */
  readonly appealTo: string;
  /** Where people reach the bot's pages by https; empty where it is not said. */
  readonly publicUrl: string;
  /** Who may open the desk; nothing where nobody can sign in. */
  readonly signIn: SignInConfig | undefined;
  /** Days after which an epoch's keys are destroyed: since its last question closed, and since it ended. */
  readonly keepDays: { readonly afterClose: number; readonly atMost: number };
}

/** Every fault of the environment, each with its remedy. */
export class ConfigFault extends Error {
  override name = 'ConfigFault';
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(
      [
        'The settings need mending:',
        ...faults.map((fault) => `  - ${fault}`),
        'See .env.example for every setting.',
      ].join('\n'),
    );
    this.faults = faults;
  }
}

type Environment = Readonly<Record<string, string | undefined>>;
const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Source: Microsoft, "Send proactive messages", global service URL. */
const GLOBAL_SERVICE_URL = 'https://smba.trafficmanager.net/teams/';

/** Source: Microsoft, "Azure Key Vault DNS suffixes", all clouds. */
const VAULT = /^https:\/\/[a-z0-9-]{3,24}\.vault\.(azure\.net|azure\.cn|usgovcloudapi\.net)\/?$/;

/** Reads the environment once. Throws ConfigFault with all faults together. */
export function readConfig(environment: Environment): Config {
  const faults: string[] = [];
  const text = (name: string, otherwise: string) => environment[name]?.trim() || otherwise;
  const appId = text('MICROSOFT_APP_ID', '');
  const isLocal = appId === '';
  const tenant = text('MICROSOFT_APP_TENANT_ID', '').toLowerCase();
  const signIn = {
    audience: text('TAB_AUDIENCE', ''),
    standInIssuer: text('STAND_IN_ISSUER', ''),
    standInHost: text('STAND_IN_HOST', ''),
  };
  const config: Config = {
    isLocal,
    host: text('HOST', isLocal ? '127.0.0.1' : '0.0.0.0'),
    port: toNumber(text('PORT', '3978')),
    metrics: readMetrics(text('METRICS_PORT', ''), text('METRICS_HOST', '127.0.0.1')),
    traces: text('TRACES', 'off') as Config['traces'],
    dataDir: resolve(text('DATA_DIR', 'data')),
    keyFile: resolve(text('KEY_FILE', 'keys/forthright.json')),
    cosmos: Object.freeze({
      endpoint: text('COSMOS_ENDPOINT', ''),
      key: text('COSMOS_KEY', ''),
      database: text('COSMOS_DATABASE', 'forthright'),
    }),
    keyVault: text('KEY_VAULT_URL', ''),
    directoryFile: resolve(text('DIRECTORY_FILE', 'directory.json')),
    admin: text('ADMIN', '').toLowerCase(),
    forms: text('FORMS', 'dialog') as Config['forms'],
    language: text('DEFAULT_LANGUAGE', 'en'),
    appId,
    appPassword: text('MICROSOFT_APP_PASSWORD', ''),
    appCertificate: toPath(text('MICROSOFT_APP_CERTIFICATE', '')),
    appType: isLocal ? '' : (text('MICROSOFT_APP_TYPE', 'SingleTenant') as Config['appType']),
    tenant,
    serviceUrl: text('SERVICE_URL', isLocal ? '' : GLOBAL_SERVICE_URL),
    limits: Object.freeze({
      questions: toNumber(text('QUESTIONS_A_DAY', '3')),
      votes: toNumber(text('VOTES_A_DAY', '30')),
    }),
    mixing: Object.freeze({
      size: toNumber(text('MIX_SIZE', isLocal ? '1' : '3')),
      minutes: toNumber(text('MIX_MINUTES', isLocal ? '0' : '30')),
    }),
    keepDays: Object.freeze({
      afterClose: toNumber(text('KEEP_DAYS_AFTER_CLOSE', '30')),
      atMost: toNumber(text('KEEP_DAYS_AT_MOST', '90')),
    }),
    appealTo: text('APPEAL_TO', ''),
    publicUrl: text('PUBLIC_URL', '').replace(/\/$/, ''),
    noticeMinutes: toNumber(text('NOTICE_MINUTES', isLocal ? '0' : '15')),
    signIn: readSignIn(signIn, { isLocal, appId, tenant }),
  };
  const need = (holds: boolean, remedy: string) => void (holds || faults.push(remedy));
  needPlaces(config, need);
  needMetrics(config, need);
  needCosmos(config.cosmos, need);
  needLimits(config, need);
  needMixing(config, need);
  needKeepDays(config, need);
  needSignIn(signIn, config, need);
  if (isLocal) needLocal(config, { isProduction: environment['NODE_ENV'] === 'production', ...config }, need);
  else needCredentials(config, need);
  if (faults.length > 0) throw new ConfigFault(faults);
  return Object.freeze(config);
}

const readMetrics = (port: string, host: string): Config['metrics'] =>
  port === '' ? undefined : Object.freeze({ host, port: toNumber(port) });

const toPath = (text: string): string => (text === '' ? '' : resolve(text));

/** Digits alone: `0x50` and `1e3` are more likely slips than numbers. */
const toNumber = (text: string): number => (/^\d+$/.test(text) ? Number(text) : Number.NaN);

function isService(text: string, isLocal: boolean): boolean {
  const protocol = URL.parse(text)?.protocol;
  return protocol === 'https:' || (isLocal && protocol === 'http:');
}

/** The pages stand at the root: a path would lead to nothing, and a name or a query is none of a reader's business. */
const isOrigin = (text: string): boolean => URL.parse(text)?.origin === text.toLowerCase();

type Need = (holds: boolean, remedy: string) => void;

const isPort = (port: number): boolean => Number.isInteger(port) && port >= 0 && port < 65_536;

function needMetrics({ port, metrics, traces }: Config, need: Need): void {
  need(
    metrics === undefined || (isPort(metrics.port) && (metrics.port !== port || port === 0)),
    'METRICS_PORT is not a port of its own. Set a number other than PORT, such as 9464, or leave it out.',
  );
  need(traces === 'on' || traces === 'off', 'TRACES is neither on nor off. Set one of them, or leave it out.');
}

function needPlaces({ port, forms, serviceUrl, publicUrl, ...config }: Config, need: Need): void {
  need(isPort(port), 'PORT is not a port. Set a number from 0 to 65535, such as 3978.');
  need(
    forms === 'dialog' || forms === 'inline',
    'FORMS is neither dialog nor inline. Set dialog for Teams, inline for clients without dialogs.',
  );
  need(
    languages.has(config.language),
    `DEFAULT_LANGUAGE is none that there are words for. Set one of ${[...languages.keys()].join(', ')}, or leave it out.`,
  );
  need(
    serviceUrl === '' || isService(serviceUrl, config.isLocal),
    `SERVICE_URL is no https address. Leave it out, or set ${GLOBAL_SERVICE_URL}`,
  );
  need(
    publicUrl === '' || (isService(publicUrl, config.isLocal) && isOrigin(publicUrl)),
    'PUBLIC_URL is no https address of a host alone. Leave it out, or set where people reach the bot, such as https://forthright.example',
  );
  need(
    config.keyVault === '' || VAULT.test(config.keyVault),
    'KEY_VAULT_URL is no key vault. Leave it out, or set its address, such as https://my-vault.vault.azure.net/',
  );
  need(
    config.admin === '' || GUID.test(config.admin),
    'ADMIN is no object id. Leave it out, or copy the id of a person from Microsoft Entra.',
  );
  const inside = relative(config.dataDir, config.keyFile);
  const isOutside = inside.startsWith(`..${sep}`) || isAbsolute(inside);
  need(
    isOutside,
    'KEY_FILE lies inside DATA_DIR, so a backup of the data would hold the keys. Move it to a folder of its own.',
  );
}
