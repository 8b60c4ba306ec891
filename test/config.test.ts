import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseEnv } from 'node:util';
import { type Config, ConfigFault, readConfig } from '../bot/config.ts';
import { ana, TENANT } from './support/cast.ts';

const APP = {
  MICROSOFT_APP_ID: 'B07F0247-3333-4444-8555-FAB21CA0B075',
  MICROSOFT_APP_PASSWORD: 'xylophagous secret',
  MICROSOFT_APP_TENANT_ID: TENANT.id.toUpperCase(),
};
type Environment = Record<string, string | undefined>;

function faultsOf(environment: Environment): readonly string[] {
  try {
    readConfig(environment);
  } catch (error) {
    assert.ok(error instanceof ConfigFault, String(error));
    for (const fault of error.faults) assert.ok(error.message.includes(fault));
    return error.faults;
  }
  return [];
}

/** One fault, which names the setting and says what to do. */
function refuses(environment: Environment, setting: string, remedy: RegExp): void {
  const faults = faultsOf(environment);
  assert.equal(faults.length, 1, faults.join('\n'));
  assert.ok(faults[0]?.startsWith(setting), faults[0]);
  assert.match(faults[0] ?? '', remedy);
}

describe('The settings', () => {
  it('may all be left out: local mode, on this machine alone', () => {
    assert.deepEqual(readConfig({}), {
      isLocal: true,
      host: '127.0.0.1',
      port: 3978,
      metrics: undefined,
      traces: 'off',
      dataDir: resolve('data'),
      keyFile: resolve('keys/forthright.json'),
      cosmos: { endpoint: '', key: '', database: 'forthright' },
      keyVault: '',
      directoryFile: resolve('directory.json'),
      admin: '',
      forms: 'dialog',
      language: 'en',
      appId: '',
      appPassword: '',
      appCertificate: '',
      appType: '',
      tenant: '',
      serviceUrl: '',
      keepDays: { afterClose: 30, atMost: 90 },
      limits: { questions: 3, votes: 30 },
      mixing: { size: 1, minutes: 0 },
      noticeMinutes: 0,
      appealTo: '',
      publicUrl: '',
      signIn: undefined,
    } satisfies Config);
  });

  it('with Bot credentials listen to everybody, and write to Teams', () => {
    const config = readConfig(APP);
    assert.equal(config.isLocal, false);
    assert.equal(config.host, '0.0.0.0');
    assert.equal(config.appType, 'SingleTenant');
    assert.equal(config.tenant, TENANT.id);
    assert.equal(config.serviceUrl, 'https://smba.trafficmanager.net/teams/');
  });

  it('that are empty or blank are as good as left out', () => {
    const names = Object.keys(parseEnv(readFileSync(new URL('../.env.example', import.meta.url), 'utf8')));
    assert.ok(names.length > 5);
    for (const blank of ['', '  ', '\t']) {
      assert.deepEqual(readConfig(Object.fromEntries(names.map((name) => [name, blank]))), readConfig({}));
    }
  });

  it('are read once: a later change of the environment, or of the result, changes nothing', () => {
    const environment: Environment = { PORT: '4000' };
    const config = readConfig(environment);
    environment['PORT'] = '5000';
    assert.throws(() => Object.assign(config, { port: 6000 }), TypeError);
    assert.equal(config.port, 4000);
  });

  it('tell every fault at once, each with its remedy', () => {
    const faults = faultsOf({
      ...APP,
      MICROSOFT_APP_ID: 'my bot',
      MICROSOFT_APP_PASSWORD: '',
      MICROSOFT_APP_TENANT_ID: 'contoso.onmicrosoft.com',
      PORT: 'https',
      FORMS: 'popup',
      DEFAULT_LANGUAGE: 'tlh',
      SERVICE_URL: 'teams',
      KEY_FILE: 'data/keys.json',
    });
    const settings = [
      'PORT',
      'FORMS',
      'DEFAULT_LANGUAGE',
      'SERVICE_URL',
      'KEY_FILE',
      'MICROSOFT_APP_ID',
      'MICROSOFT_APP_TENANT_ID',
    ];
    assert.deepEqual(
      faults.map((fault) => fault.split(' ')[0]),
      [...settings, 'MICROSOFT_APP_PASSWORD'],
    );
    for (const fault of faults) assert.match(fault, /\. (Set|Copy|Move|Leave)/);
  });

  it('never stand in a message: neither the password nor anything else that was set', () => {
    const planted = 'xylophagous';
    const names = ['PORT', 'FORMS', 'SERVICE_URL', 'MICROSOFT_APP_TYPE', 'MICROSOFT_APP_TENANT_ID', 'MICROSOFT_APP_ID'];
    const environment = Object.fromEntries([...names, 'HOST', 'NODE_ENV'].map((name) => [name, planted]));
    for (const faulty of [environment, { ...environment, MICROSOFT_APP_ID: '', MICROSOFT_APP_PASSWORD: planted }]) {
      const faults = faultsOf(faulty);
      assert.ok(faults.length > 3);
      assert.ok(!faults.join().includes(planted));
    }
  });

  for (const PORT of ['65536', '-1', '3978.5', 'NaN', 'Infinity', '39 78', '0x1F', '1e3', '+80'])
    it(`refuse ${PORT} as a port`, () => refuses({ PORT }, 'PORT', /Set a number/));

  it('take 0 as a port: whichever is free', () => assert.equal(readConfig({ PORT: '0' }).port, 0));

  it('serve no figures unless a port is set, and then to this machine alone unless told otherwise', () => {
    assert.deepEqual(readConfig({ METRICS_PORT: '9464' }).metrics, { host: '127.0.0.1', port: 9464 });
    assert.deepEqual(readConfig({ METRICS_PORT: '0', METRICS_HOST: '10.0.0.4' }).metrics, {
      host: '10.0.0.4',
      port: 0,
    });
    for (const METRICS_PORT of ['3978', '65536', 'x']) refuses({ METRICS_PORT }, 'METRICS_PORT', /other than PORT/);
    refuses({ TRACES: 'yes' }, 'TRACES', /Set one of them/);
  });

  for (const SERVICE_URL of ['teams', 'localhost:3978', 'file:///etc/passwd', 'javascript:alert(1)', 'https://'])
    it(`refuse ${SERVICE_URL} as a service URL`, () => refuses({ SERVICE_URL }, 'SERVICE_URL', /Leave it out, or set/));

  for (const PUBLIC_URL of [
    'forthright.example',
    'http://forthright.example',
    'https://me:secret@forthright.example',
    'https://forthright.example/bot',
    'https://forthright.example?x=1',
    'https://forthright.example/)[x](https://evil.example',
    'javascript:alert(1)',
  ])
    it(`refuse ${PUBLIC_URL} as where people reach the bot`, () =>
      refuses({ ...APP, PUBLIC_URL }, 'PUBLIC_URL', /Leave it out, or set/));

  it('take where people reach the bot with and without a slash, unencrypted in local mode alone', () => {
    for (const end of ['', '/'])
      assert.equal(readConfig({ ...APP, PUBLIC_URL: `https://f.example${end}` }).publicUrl, 'https://f.example');
    assert.equal(readConfig({ PUBLIC_URL: 'http://127.0.0.1:4000' }).publicUrl, 'http://127.0.0.1:4000');
  });

  for (const name of ['QUESTIONS_A_DAY', 'VOTES_A_DAY'])
    for (const limit of ['-1', '1.5', 'three', '1001', '1e2'])
      it(`refuse ${limit} as ${name}`, () => refuses({ [name]: limit }, name, /1 to 1000, or 0 for no limit/));

  it('take 0 as no limit', () => {
    const { limits } = readConfig({ QUESTIONS_A_DAY: '0', VOTES_A_DAY: '1000' });
    assert.deepEqual(limits, { questions: 0, votes: 1000 });
  });

  for (const [name, values] of Object.entries({
    MIX_SIZE: ['0', '-1', '101', 'three', '2.5'],
    MIX_MINUTES: ['-1', '1441', '1e2', 'half an hour'],
    NOTICE_MINUTES: ['-1', '1441', '0.5', 'soon'],
  }))
    for (const value of values)
      it(`refuse ${value} as ${name}`, () => refuses({ [name]: value }, name, /Set .* from /));

  it('mix questions and batch notices by default, except in local mode', () => {
    const { mixing, noticeMinutes } = readConfig(APP);
    assert.deepEqual([mixing, noticeMinutes], [{ size: 3, minutes: 30 }, 15]);
    const local = readConfig({ MIX_SIZE: '4', MIX_MINUTES: '10', NOTICE_MINUTES: '5' });
    assert.deepEqual([local.mixing, local.noticeMinutes], [{ size: 4, minutes: 10 }, 5]);
  });

  for (const days of ['0', '-1', '1.5', 'never', '3651'])
    it(`refuse ${days} as days for which keys are kept`, () => {
      refuses({ KEEP_DAYS_AT_MOST: days, KEEP_DAYS_AFTER_CLOSE: '1' }, 'KEEP_DAYS_AT_MOST', /from 1 to 3650/);
      refuses({ KEEP_DAYS_AFTER_CLOSE: days, KEEP_DAYS_AT_MOST: '3650' }, 'KEEP_DAYS_AFTER_CLOSE', /from 1 to/);
    });

  it('refuse to keep keys longer after a question closed than at most', () => {
    refuses({ KEEP_DAYS_AFTER_CLOSE: '91' }, 'KEEP_DAYS_AFTER_CLOSE', /KEEP_DAYS_AT_MOST/);
    const { keepDays } = readConfig({ KEEP_DAYS_AFTER_CLOSE: '7', KEEP_DAYS_AT_MOST: '7' });
    assert.deepEqual(keepDays, { afterClose: 7, atMost: 7 });
  });

  for (const KEY_VAULT_URL of [
    'http://my-vault.vault.azure.net/',
    'https://evil.example/',
    'my-vault',
    'https://x@my-vault.vault.azure.net/',
  ])
    it(`refuse ${KEY_VAULT_URL} as a key vault`, () =>
      refuses({ KEY_VAULT_URL }, 'KEY_VAULT_URL', /Leave it out, or set/));

  for (const COSMOS_ENDPOINT of ['http://my-account.documents.azure.com/', 'my-account', 'ftp://127.0.0.1/'])
    it(`refuse ${COSMOS_ENDPOINT} as a Cosmos DB account`, () =>
      refuses({ COSMOS_ENDPOINT }, 'COSMOS_ENDPOINT', /Leave it out, or set/));

  it('take a Cosmos DB account, and an emulator on this machine', () => {
    for (const COSMOS_ENDPOINT of ['https://my-account.documents.azure.com:443/', 'http://localhost:8081'])
      assert.equal(readConfig({ COSMOS_ENDPOINT, COSMOS_KEY: 'x' }).cosmos.endpoint, COSMOS_ENDPOINT);
  });

  it('refuse a key without its account, and a database that has no name', () => {
    refuses({ COSMOS_KEY: 'x' }, 'COSMOS_KEY', /COSMOS_ENDPOINT/);
    refuses({ COSMOS_ENDPOINT: 'http://localhost:8081' }, 'COSMOS_KEY', /emulator/);
    refuses({ COSMOS_DATABASE: 'a/b' }, 'COSMOS_DATABASE', /letters, digits and dashes/);
  });

  it('take a key vault of every Azure cloud', () => {
    for (const host of ['vault.azure.net', 'vault.azure.cn', 'vault.usgovcloudapi.net'])
      assert.ok(readConfig({ KEY_VAULT_URL: `https://my-vault.${host}/` }).keyVault.includes(host));
  });

  it('take an admin by object id, in whatever case it was copied, and by nothing else', () => {
    assert.equal(readConfig({ ADMIN: ` ${ana.aadObjectId.toUpperCase()} ` }).admin, ana.aadObjectId);
    for (const ADMIN of ['ana@fabrikam.example', 'Ana', '1']) refuses({ ADMIN }, 'ADMIN', /copy the id of a person/);
  });

  it('refuse a service URL that is not encrypted, except in local mode', () => {
    const SERVICE_URL = 'http://127.0.0.1:4000/';
    refuses({ ...APP, SERVICE_URL }, 'SERVICE_URL', /https/);
    assert.equal(readConfig({ SERVICE_URL }).serviceUrl, SERVICE_URL);
  });

  for (const KEY_FILE of ['data/k.json', 'data', './data/a/../k.json', resolve('data/k.json'), 'data/..k/k.json'])
    it(`refuse the key file ${KEY_FILE.replace(resolve(), '…')} inside the data`, () =>
      refuses({ KEY_FILE }, 'KEY_FILE', /backup.*Move it/));

  it('refuse data in the folder that everything stands in, keys with it', () =>
    refuses({ DATA_DIR: '.' }, 'KEY_FILE', /Move it/));

  it('take a key file beside the data, though its folder’s name begins alike', () => {
    assert.equal(readConfig({ KEY_FILE: 'data-keys/k.json' }).keyFile, resolve('data-keys/k.json'));
    assert.equal(readConfig({ DATA_DIR: 'a/b', KEY_FILE: 'a/k.json' }).keyFile, resolve('a/k.json'));
  });
});

describe('Local mode', () => {
  it('refuses production', () => refuses({ NODE_ENV: 'production' }, 'NODE_ENV', /MICROSOFT_APP_ID.*unset NODE_ENV/));

  it('takes every loopback address', () => {
    for (const HOST of ['127.0.0.1', '::1', 'localhost']) assert.equal(readConfig({ HOST }).host, HOST);
  });

  for (const HOST of ['0.0.0.0', '::', '192.0.2.1', 'forthright.example', '127.0.0.1.evil.example'])
    it(`refuses to listen on ${HOST}`, () => refuses({ HOST }, 'HOST', /nobody is authenticated.*HOST=127\.0\.0\.1/));

  for (const name of ['MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_CERTIFICATE'])
    it(`is not taken by accident: ${name} without an id is a fault`, () =>
      refuses({ [name]: 'x' }, name, /Set both, or neither/));

  it('ends with the id: production and every address are taken then', () => {
    const config = readConfig({ ...APP, NODE_ENV: 'production', HOST: '::' });
    assert.equal(config.isLocal, false);
    assert.equal(config.host, '::');
  });
});

describe('Bot credentials', () => {
  const MANAGED = {
    ...APP,
    MICROSOFT_APP_PASSWORD: '',
    MICROSOFT_APP_TYPE: 'UserAssignedMSI',
    TAB_AUDIENCE: 'DE5C0247-3333-4444-8555-FAB21CA0B075',
  };

  it('need no password with a managed identity, and take none: it would lie about for nothing', () => {
    assert.equal(readConfig(MANAGED).appType, 'UserAssignedMSI');
    for (const name of ['MICROSOFT_APP_PASSWORD', 'MICROSOFT_APP_CERTIFICATE'])
      refuses({ ...MANAGED, [name]: 'x' }, name, /a managed identity has none\. Leave it out/);
  });

  it('of a managed identity sign nobody in to the desk: that takes an app registration', () => {
    assert.equal(readConfig(MANAGED).signIn?.audience, MANAGED.TAB_AUDIENCE.toLowerCase());
    refuses({ ...MANAGED, TAB_AUDIENCE: '' }, 'TAB_AUDIENCE', /Set the client id/);
  });

  it('are a password or a certificate, not both', () => {
    const certified = { ...APP, MICROSOFT_APP_PASSWORD: '', MICROSOFT_APP_CERTIFICATE: 'bot.pem' };
    assert.equal(readConfig(certified).appCertificate, resolve('bot.pem'));
    refuses({ ...APP, MICROSOFT_APP_CERTIFICATE: 'bot.pem' }, 'MICROSOFT_APP_PASSWORD', /Leave out the one/);
  });

  it('need one otherwise', () =>
    refuses({ ...APP, MICROSOFT_APP_PASSWORD: '' }, 'MICROSOFT_APP_PASSWORD', /Set the client secret/));

  it('are of a known type', () =>
    refuses({ ...APP, MICROSOFT_APP_TYPE: 'MultiTenant' }, 'MICROSOFT_APP_TYPE', /SingleTenant nor UserAssignedMSI/));

  it('name one tenant: without it anybody’s employees would be served', () =>
    refuses({ ...APP, MICROSOFT_APP_TENANT_ID: undefined }, 'MICROSOFT_APP_TENANT_ID', /Copy it/));
});

/** The names of what is read, in every mode. */
function namesRead(): Set<string> {
  const names = new Set<string>();
  for (const environment of [{}, APP]) {
    const heard = new Proxy<Environment>(environment, {
      get: (target, name) => (names.add(String(name)), target[String(name)]),
    });
    readConfig(heard);
  }
  return names;
}

describe('Whose sign-in opens the desk', () => {
  const GUID = 'b07f0247-3333-4444-8555-fab21ca0b099';
  const STAND_IN = { STAND_IN_ISSUER: 'http://127.0.0.1:3991', STAND_IN_HOST: 'http://127.0.0.1:3990' };
  const LOCAL = { ...STAND_IN, TAB_AUDIENCE: GUID, MICROSOFT_APP_TENANT_ID: TENANT.id };

  it('is that of the tenant alone, for the bot’s own application, with Bot credentials', () => {
    assert.deepEqual(readConfig(APP).signIn, {
      audience: APP.MICROSOFT_APP_ID.toLowerCase(),
      issuer: `https://login.microsoftonline.com/${TENANT.id}/v2.0`,
      keys: `https://login.microsoftonline.com/${TENANT.id}/discovery/v2.0/keys`,
      tenant: TENANT.id,
      standInHost: '',
    });
  });

  it('may be for another application, by its id or its address', () => {
    for (const audience of [GUID, `api://forthright.example/botid-${GUID}`])
      assert.equal(readConfig({ ...APP, TAB_AUDIENCE: audience }).signIn?.audience, audience);
    refuses({ ...APP, TAB_AUDIENCE: 'https://forthright.example' }, 'TAB_AUDIENCE', /Leave it out/);
  });

  it('is nobody’s in local mode, unless somebody stands in on this machine', () => {
    assert.equal(readConfig({}).signIn, undefined);
    assert.deepEqual(readConfig(LOCAL).signIn, {
      audience: GUID,
      issuer: 'http://127.0.0.1:3991',
      keys: 'http://127.0.0.1:3991/keys',
      tenant: TENANT.id,
      standInHost: 'http://127.0.0.1:3990',
    });
  });

  it('is never a stand-in’s where there are Bot credentials, nor may one frame the desk', () => {
    for (const [name, value] of Object.entries(STAND_IN))
      refuses({ ...APP, [name]: value }, name, /would let strangers in/);
  });

  it('is never a stand-in’s that is elsewhere', () => {
    for (const name of Object.keys(STAND_IN))
      for (const elsewhere of [
        'https://login.example',
        'http://127.0.0.1.evil.example',
        'http://127.0.0.1:3991/path',
        'http://kofi@127.0.0.1:3991',
        'nonsense',
      ])
        refuses({ ...LOCAL, [name]: elsewhere }, name, /not on this machine/);
  });

  it('of a stand-in names the tenant and the application', () => {
    for (const name of ['TAB_AUDIENCE', 'MICROSOFT_APP_TENANT_ID'])
      refuses({ ...LOCAL, [name]: '' }, 'STAND_IN_ISSUER', /MICROSOFT_APP_TENANT_ID and TAB_AUDIENCE/);
  });
});

describe('.env.example', () => {
  const example = parseEnv(readFileSync(new URL('../.env.example', import.meta.url), 'utf8'));

  it('lists exactly the settings that are read', () => {
    const read = namesRead();
    // Node's own, which nobody should write into this file.
    assert.ok(read.delete('NODE_ENV'));
    assert.deepEqual(Object.keys(example).toSorted(), [...read].toSorted());
  });

  it('sets each to its default', () => assert.deepEqual(readConfig(example), readConfig({})));

  it('is the only place, with config.ts, in which the environment is known', () => {
    const source = readFileSync(join(import.meta.dirname, '../bot/config.ts'), 'utf8');
    const named = [...source.matchAll(/text\('([A-Z_]+)'/g)].map(([, name]) => name);
    assert.deepEqual(new Set(named), new Set(Object.keys(example)));
  });
});
