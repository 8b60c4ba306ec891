import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { parseEnv } from 'node:util';
import { readCertificate } from '../../bot/certificate.ts';
import { readConfig } from '../../bot/config.ts';
import { readNames } from '../../manifest/package.ts';
import { TENANT } from '../support/cast.ts';
import { useFolder } from '../support/folder.ts';

const SCRIPT = join(import.meta.dirname, '../../infra/identity.sh');
const DOMAIN = 'forthright.example';
const [APP, CLIENT] = ['b07f0247-3333-4444-8555-fab21ca0b075', 'de5c0247-3333-4444-8555-fab21ca0b075'];
const SECRET = "xylo'phagous ~secret";

/** Plays Azure's command line: writes down each word it is given, a call at a time, and answers as the real one does. */
const AZ = `#!/bin/sh
for word in "$@"; do printf '%s\\0' "$word" >>"$AZ_CALLS"; done
printf '\\n' >>"$AZ_CALLS"
case "$*" in
  'ad app create'*desk*) echo ${CLIENT} ;;
  'ad app create'*bot* | 'identity create'*) echo ${APP} ;;
  'ad app show'*) echo 0b1ec700-0000-4000-8000-000000000001 ;;
  'identity show'*) echo /subscriptions/s/resourceGroups/g/providers/Microsoft.ManagedIdentity/userAssignedIdentities/forthright ;;
  'account show'*) echo ${TENANT.id} ;;
  'ad app credential reset'*password*) echo "$AZ_SECRET" ;;
  'ad sp show'*) exit 3 ;;
  "$AZ_FAILS"*) echo 'ERROR: Insufficient privileges' >&2; exit 1 ;;
esac
`;

type Call = string[];
type Ran = { status: number | null; settings: Record<string, string | undefined>; told: string; calls: Call[] };

type Scope = { id: string; value: string; type: string; isEnabled: boolean };
type Body = {
  identifierUris?: string[];
  api: {
    requestedAccessTokenVersion?: number;
    oauth2PermissionScopes?: Scope[];
    preAuthorizedApplications?: { appId: string; delegatedPermissionIds: string[] }[];
  };
  optionalClaims?: { accessToken: { name: string }[] };
};

const option = (call: Call | undefined, name: string): string => call?.[call.indexOf(name) + 1] ?? '';
const bodies = (calls: Call[]) =>
  calls.filter(([command]) => command === 'rest').map((call) => JSON.parse(option(call, '--body')) as Body);
const bot = (calls: Call[]) => calls.find(([group, verb]) => group === 'bot' && verb === 'create');

describe('infra/identity.sh', function () {
  if (process.platform === 'win32') return;
  const folder = useFolder();

  function run(words: string[], fails = 'nothing'): Ran {
    writeFileSync(folder.file('az'), AZ, { mode: 0o755 });
    const log = folder.file('calls');
    const path = `${folder.path}${delimiter}${process.env['PATH']}`;
    const env = { PATH: path, AZ_CALLS: log, AZ_SECRET: SECRET, AZ_FAILS: fails };
    const { status, stdout, stderr } = spawnSync('sh', [SCRIPT, ...words], { env, cwd: folder.path, encoding: 'utf8' });
    const calls = existsSync(log) ? readFileSync(log, 'utf8').split('\n').slice(0, -1) : [];
    return {
      status,
      settings: parseEnv(stdout),
      told: stderr,
      calls: calls.map((call) => call.split('\0').slice(0, -1)),
    };
  }

  const LINES = [
    ['desk', DOMAIN],
    ['bot', DOMAIN, 'my-group', 'managed'],
    ['bot', DOMAIN, 'my-group', 'secret', 'secret.env'],
    ['bot', DOMAIN, 'my-group', 'certificate', 'bot.pem'],
  ];
  for (const words of LINES)
    it(`only tells what it would do, until it is told to: ${words.join(' ')}`, () => {
      const dry = run(words);
      assert.deepEqual([dry.status, dry.calls], [0, []]);
      const names = ['secret.env', 'bot.pem', 'bot.pem.crt'];
      assert.ok(!names.some((name) => existsSync(folder.file(name))));
      const wet = run([...words, '--run']);
      assert.equal(wet.status, 0, wet.told);
      // What it tells can be typed: read by a shell, it is what was run, values in place of their names.
      const typed = wet.told.split('\n').filter((line) => line.startsWith('az '));
      const read = typed.map((line) =>
        spawnSync('sh', ['-c', `printf '%s\\0' ${line.slice(3)}`], { encoding: 'utf8' }),
      );
      const known = wet.calls
        .map((call) => call.join('\0').replace('\0-o\0tsv', ''))
        .filter((call) => !call.startsWith('ad\0sp\0show'));
      assert.deepEqual(
        read.map(({ stdout }) => stdout.slice(0, -1)),
        known,
      );
      assert.equal(dry.told.match(/^az /gm)?.length, typed.length);
    });

  it('registers the desk as the bot and the app package want it', () => {
    const { settings, calls } = run(['desk', DOMAIN, '--run']);
    const app = { MICROSOFT_APP_ID: APP, MICROSOFT_APP_TENANT_ID: TENANT.id, MICROSOFT_APP_TYPE: 'UserAssignedMSI' };
    assert.equal(readConfig({ ...app, ...settings }).signIn?.audience, CLIENT);
    const [first, second] = bodies(calls);
    assert.deepEqual(first?.identifierUris, [readNames({ ...app, ...settings }).RESOURCE]);
    assert.equal(first?.api.requestedAccessTokenVersion, 2);
    const [scope, ...more] = first?.api.oauth2PermissionScopes ?? [];
    assert.deepEqual([scope?.value, scope?.type, scope?.isEnabled, more], ['access_as_user', 'User', true, []]);
    assert.deepEqual(
      first?.optionalClaims?.accessToken.map(({ name }) => name),
      ['acct'],
    );
    // Teams on desktop and mobile, and on the web.
    assert.deepEqual(second?.api, {
      preAuthorizedApplications: [
        { appId: '1fec8e78-bce4-4aaf-ab1b-5451cc387264', delegatedPermissionIds: [scope?.id] },
        { appId: '5e3ce6c0-2b1f-4285-8d4b-75ee78787346', delegatedPermissionIds: [scope?.id] },
      ],
    });
    assert.equal(calls.filter((call) => call.includes('AzureADMyOrg')).length, 1, 'for this organisation alone');
  });

  it('makes a bot with a managed identity, without any secret', () => {
    const { settings, calls } = run(['bot', DOMAIN, 'my-group', 'managed', '--run']);
    const config = readConfig({ ...settings, TAB_AUDIENCE: CLIENT });
    assert.deepEqual([config.appId, config.appType, config.tenant], [APP, 'UserAssignedMSI', TENANT.id]);
    assert.equal(option(bot(calls), '--app-type'), 'UserAssignedMSI');
    assert.match(option(bot(calls), '--msi-resource-id'), /userAssignedIdentities\/forthright$/);
    assert.equal(option(bot(calls), '--endpoint'), `https://${DOMAIN}/api/messages`);
    assert.ok(calls.some((call) => call.join(' ').startsWith('bot msteams create')));
    assert.ok(!calls.some((call) => call.includes('credential')));
  });

  it('makes a bot with a secret, which only its file ever holds', () => {
    const { settings, told } = run(['bot', DOMAIN, 'my-group', 'secret', 'secret.env', '--run']);
    const text = readFileSync(folder.file('secret.env'), 'utf8');
    assert.equal(text, `MICROSOFT_APP_PASSWORD=${SECRET}\n`);
    assert.equal(statSync(folder.file('secret.env')).mode & 0o777, 0o600);
    assert.ok(!`${told}${JSON.stringify(settings)}`.includes('xylo'));
    assert.equal(readConfig({ ...settings, MICROSOFT_APP_PASSWORD: SECRET }).appType, 'SingleTenant');
  });

  it('makes a bot with a certificate that the bot can read, and sends Microsoft the public half', function () {
    if (spawnSync('openssl', ['version']).status !== 0) this.skip();
    const { settings, calls } = run(['bot', DOMAIN, 'my-group', 'certificate', 'bot.pem', '--run']);
    assert.match(readCertificate(folder.file('bot.pem'), new Date()).thumbprint, /^[0-9A-F]{40}$/);
    assert.equal(statSync(folder.file('bot.pem')).mode & 0o777, 0o600);
    assert.match(readConfig(settings).appCertificate, /bot\.pem$/);
    assert.ok(calls.some((call) => option(call, '--cert') === '@bot.pem.crt'));
    assert.doesNotMatch(readFileSync(folder.file('bot.pem.crt'), 'utf8'), /PRIVATE/);
  });

  it('stops where a command fails, and gives out no settings', () => {
    const { status, settings, told, calls } = run(['desk', DOMAIN, '--run'], 'rest --method PATCH');
    assert.notEqual(status, 0);
    assert.deepEqual(settings, {});
    assert.match(told, /Insufficient privileges/);
    assert.equal(bodies(calls).length, 1);
  });

  for (const wrong of [
    [],
    ['desk'],
    ['desk', 'https://forthright.example'],
    ['desk', 'x.example"}'],
    ['bot', DOMAIN, 'my-group'],
    ['bot', DOMAIN, 'my-group', 'secret'],
    ['bot', DOMAIN, 'my-group', 'password', 'x'],
    ['everything', DOMAIN, '--run'],
  ])
    it(`tells how it is used instead of: ${wrong.join(' ')}`, () => {
      const { status, told, calls } = run([...wrong, '--run']);
      assert.equal(status, 2);
      assert.match(told, /Usage: sh infra\/identity\.sh desk DOMAIN/);
      assert.deepEqual(
        calls.filter(([command]) => command !== 'account'),
        [],
      );
    });
});
