import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { type Config, ConfigFault, readConfig } from '../../bot/config.ts';
import { at, Expression, textAt, type Value } from '../support/bicep.ts';
import { TENANT } from '../support/cast.ts';
import { declaredIn, type Files, holds, resourceOf, textOf } from '../support/infra.ts';

const root = new URL('../../', import.meta.url);
const read = (path: string): string => readFileSync(new URL(path, root), 'utf8');
/** What the bot reads: a test compares .env.example with config.ts. NODE_ENV is Node's own. */
const READ = [...Object.keys(parseEnv(read('.env.example'))), 'NODE_ENV'];

describe('The settings of bot.bicep', () => {
  holds('are those that the bot reads; what is left out, README.md gives a reason for', names, [
    ['one that the bot does not read', 'infra/bot.bicep', "name: 'APPEAL_TO'", "name: 'APPEAL'"],
    ['one that is missing', 'infra/bot.bicep', "  { name: 'KEY_VAULT_URL', value: vault.properties.vaultUri }\n", ''],
    ['one that is set and explained away', 'infra/README.md', '| `COSMOS_KEY`', '| `COSMOS_KEY`, `COSMOS_ENDPOINT`'],
    ['one left out without a word', 'infra/README.md', '| `COSMOS_KEY`', '| `OTHER`'],
  ]);

  holds('are accepted by the bot, and mean a bot in Teams with a database, a vault and a desk', accepted, [
    ['another type of bot', 'infra/bot.bicep', "value: 'UserAssignedMSI'", "value: 'MultiTenant'"],
    ['a desk that nobody can sign in to', 'infra/bot.bicep', 'value: tabAudience', "value: ''"],
    ['keys in the clear', 'infra/bot.bicep', 'value: vault.properties.vaultUri', "value: ''"],
    ['keys beside the data', 'infra/bot.bicep', '/keys/bot/forthright.json', 'data/forthright.json'],
    ['keys that go with the container', 'infra/bot.bicep', '/keys/bot/forthright.json', '/tmp/forthright.json'],
    ['rows that go with the container', 'infra/bot.bicep', 'value: account.properties.documentEndpoint', "value: ''"],
    ['a directory that is not mounted', 'infra/bot.bicep', "mountPath: '/settings'", "mountPath: '/people'"],
    ['figures for everybody', 'infra/bot.bicep', "value: '127.0.0.1'", "value: '0.0.0.0'"],
    [
      'another database',
      'infra/bot.bicep',
      "'COSMOS_DATABASE', value: 'forthright'",
      "'COSMOS_DATABASE', value: 'other'",
    ],
  ]);

  holds('and the parameters are told by README.md as they are', told, [
    ['another name for azd', 'infra/README.md', 'set FORTHRIGHT_DIRECTORY', 'set FORTHRIGHT_PEOPLE'],
    ['a parameter that is none', 'infra/README.md', 'tabAudience=', 'audience='],
    ['one that is missing', 'infra/README.md', ' directory="$(', ' appealTo="$('],
    ['a file that is none', 'infra/README.md', '--template-file infra/bot.bicep', '--template-file infra/app.bicep'],
  ]);

  holds('hold no secret', plain, [
    [
      'a password',
      'infra/bot.bicep',
      "{ name: 'ADMIN', value: admin }",
      "{ name: 'MICROSOFT_APP_PASSWORD', value: admin }",
    ],
    ['an account’s key', 'infra/bot.bicep', "{ name: 'ADMIN', value: admin }", "{ name: 'COSMOS_KEY', value: admin }"],
  ]);

  holds('lead probes and people to where the bot listens', listening, [
    ['another port', 'infra/bot.bicep', 'targetPort: port', 'targetPort: figuresPort'],
    ['a probe of nothing', 'infra/bot.bicep', "path: '/readyz'", "path: '/ready'"],
    [
      'a restart where the store does not answer',
      'infra/bot.bicep',
      "type: 'Liveness'\n              httpGet: { path: '/healthz'",
      "type: 'Liveness'\n              httpGet: { path: '/readyz'",
    ],
    ['plain http', 'infra/bot.bicep', 'allowInsecure: false', 'allowInsecure: true'],
    ['sleep: nobody would do what time asks for', 'infra/bot.bicep', 'minReplicas int = 1', 'minReplicas int = 0'],
    ['more instances than were asked for', 'infra/bot.bicep', 'maxReplicas: 10', 'maxReplicas: 30'],
    ['another host for Teams', 'infra/apps.bicep', "'forthright.${", "'bot.${"],
    [
      'less time to stop than the bot takes',
      'infra/bot.bicep',
      'terminationGracePeriodSeconds: 30',
      'terminationGracePeriodSeconds: 5',
    ],
    ['a folder of another user', 'infra/bot.bicep', 'var user = 1000', 'var user = 0'],
    ['a folder of keys for everybody', 'infra/bot.bicep', 'chmod 700', 'chmod 777'],
  ]);
});

const botOf = (files: Files): Value => resourceOf(files, 'Microsoft.App/containerApps').value;

/** The variable `settings`, by its names. */
function settingsOf(files: Files): Record<string, Value | undefined> {
  const settings = declaredIn(files).find(({ file, name }) => file === 'bot.bicep' && name === 'settings')?.value;
  assert.ok(Array.isArray(settings) && settings.length > 10, 'the premise: the settings are found');
  return Object.fromEntries(settings.map((one) => [textAt(one, 'name'), at(one, 'value')]));
}

function names(files: Files): string[] {
  const set = Object.keys(settingsOf(files));
  const [, table = ''] = textOf(files, 'infra/README.md').split('### What is left out, and why');
  const rows = [...(table.split('\n##')[0] ?? '').matchAll(/^\| (`[A-Z].*?) +\| \S/gm)];
  const left = rows.flatMap(([, cell = '']) => [...cell.matchAll(/`([A-Z_]+)`/g)].map(([, name = '']) => name));
  return [
    ...[...set, ...left].filter((name) => !READ.includes(name)).map((name) => `${name} is not read`),
    ...READ.filter((name) => !set.includes(name) && !left.includes(name)).map(
      (name) => `${name} is left out without a word`,
    ),
    ...set.filter((name) => left.includes(name)).map((name) => `${name} is set, and said to be left out`),
  ];
}

const APP = 'b07f0247-3333-4444-8555-fab21ca0b075';

/** What Azure would put in the place of each expression. */
const AZURE: Record<string, string> = {
  'identity.properties.clientId': APP,
  'tenant().tenantId': TENANT.id,
  tabAudience: APP,
  'account.properties.documentEndpoint': 'https://forthright1a2b3c.documents.azure.com:443/',
  'vault.properties.vaultUri': 'https://forthright1a2b3c.vault.azure.net/',
  "'https://forthright.${apps.properties.defaultDomain}'":
    'https://forthright.calm-hill.westeurope.azurecontainerapps.io',
  'string(port)': '3978',
  'string(figuresPort)': '9464',
  admin: '',
  appealTo: '',
};

const evaluated = (value: Value | undefined): string => {
  if (typeof value === 'string') return value;
  assert.ok(value instanceof Expression);
  const known = AZURE[value.text];
  assert.ok(known !== undefined, `the premise: it is known what ${value.text} would be`);
  return known;
};

/** What the bot makes of them, or its faults. */
function configOf(files: Files): Config | readonly string[] {
  const set = Object.entries(settingsOf(files)).map(([name, value]) => [name, evaluated(value)] as const);
  try {
    return readConfig(Object.fromEntries(set));
  } catch (error) {
    if (error instanceof ConfigFault) return error.faults;
    throw error;
  }
}

const unless = (holding: Record<string, boolean>): string[] =>
  Object.keys(holding).filter((name) => holding[name] !== true);

function accepted(files: Files): string[] {
  const config = configOf(files);
  if (!('isLocal' in config)) return [...config];
  const mounts = at(botOf(files), 'properties', 'template', 'containers', 0, 'volumeMounts') as Value[];
  const mounted = (path: string) => mounts.some((mount) => path.startsWith(`${textAt(mount, 'mountPath')}/`));
  const database = at(resourceOf(files, 'Microsoft.DocumentDB/databaseAccounts/sqlDatabases').value, 'name');
  return unless({
    'in Teams': !config.isLocal && config.appType === 'UserAssignedMSI',
    'a database': config.cosmos.endpoint !== '' && config.cosmos.key === '' && config.cosmos.database === database,
    'a vault': config.keyVault !== '',
    'a desk': config.signIn?.audience === APP,
    'keys that stay': mounted(config.keyFile),
    'a directory': mounted(config.directoryFile),
    'figures for the replica alone': config.metrics?.host === '127.0.0.1',
    'reached by people': config.publicUrl !== '' && config.host === '0.0.0.0',
  });
}

/** The commands of README.md hand each file what it asks for, and azd's settings are those of the parameter files. */
function told(files: Files): string[] {
  const readme = textOf(files, 'infra/README.md');
  const parameters = [...files].filter(([path]) => path.endsWith('.parameters.json')).map(([, text]) => text);
  const azd = [...readme.matchAll(/FORTHRIGHT_\w+/g)].map(([name]) => name);
  const commands = [...readme.matchAll(/--template-file infra\/(\S+) \\\n +--parameters (.*)/g)];
  assert.equal(commands.length, 2, 'the premise: the commands are found');
  const faults = commands.flatMap(([, file = '', words = '']) => {
    const given = new Set(Array.from(words.matchAll(/(?:^| )(\w+)=/g), ([, name]) => name));
    const params = declaredIn(files).filter((one) => one.file === file && one.kind === 'param');
    const missing = params.filter(({ name, hasDefault }) => !hasDefault && !given.has(name)).map(({ name }) => name);
    return [...missing, ...[...given].filter((name) => !params.some((param) => param.name === name))];
  });
  return [...faults.map(String), ...azd.filter((name) => !parameters.some((text) => text.includes(`{${name}`)))];
}

/** Settings that are secrets, by .env.example. The vault and the key file are places, not keys. */
const SECRET = /PASSWORD|SECRET|CERTIFICATE|^COSMOS_KEY$/;

function plain(files: Files): string[] {
  assert.ok(READ.filter((name) => SECRET.test(name)).length === 3, 'the premise: secrets are known');
  return Object.keys(settingsOf(files)).filter((name) => SECRET.test(name));
}

const isPort = (value: Value | undefined): boolean => value instanceof Expression && value.text === 'port';

function listening(files: Files): string[] {
  const bot = botOf(files);
  const container = at(bot, 'properties', 'template', 'containers', 0);
  const probes = at(container, 'probes') as Value[];
  const paths = Object.fromEntries(probes.map((probe) => [textAt(probe, 'type'), textAt(probe, 'httpGet', 'path')]));
  const served = new Set(
    Array.from(read('bot/http/server.ts').matchAll(/server\.get\('(\/\w+)'/g), ([, path]) => path),
  );
  const port = declaredIn(files).find(({ file, name }) => file === 'bot.bicep' && name === 'port')?.value;
  const user = declaredIn(files).find(({ file, name }) => file === 'bot.bicep' && name === 'user')?.value;
  const least = declaredIn(files).find(({ name }) => name === 'minReplicas')?.value;
  return unless({
    port: port === 3978 && isPort(at(bot, 'properties', 'configuration', 'ingress', 'targetPort')),
    'probes of the port': probes.every((probe) => isPort(at(probe, 'httpGet', 'port'))),
    'probes of what is served': Object.values(paths).every((path) => served.has(path)),
    'a restart only of what is dead': paths['Liveness'] === '/healthz' && paths['Readiness'] === '/readyz',
    https: at(bot, 'properties', 'configuration', 'ingress', 'allowInsecure') === false,
    'one to ten': least === 1 && at(bot, 'properties', 'template', 'scale', 'maxReplicas') === 10,
    'the host that Teams knows': textOf(files, 'infra/apps.bicep').includes(
      `'${textAt(bot, 'name')}.\${apps.properties.defaultDomain}'`,
    ),
    'time to stop': Number(at(bot, 'properties', 'template', 'terminationGracePeriodSeconds')) > 10,
    'a folder of the user of the image, which in Node’s images is 1000':
      user === 1000 && /^USER node$/m.test(read('Dockerfile')),
    'a folder of the bot alone': /chown \$\{user\}:\$\{user\} \/keys\/bot && chmod 700 \/keys\/bot'/.test(
      textOf(files, 'infra/bot.bicep'),
    ),
  });
}
