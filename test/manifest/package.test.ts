import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { strFromU8, unzipSync } from 'fflate';
import { ConfigFault } from '../../bot/config.ts';
import { makePackage, readNames } from '../../manifest/package.ts';
import { useFolder } from '../support/folder.ts';

const BOT = '7e57b070-0000-4000-8000-000000000002';
const DESK = '7e57de5c-0000-4000-8000-000000000003';
const SETTINGS = { MICROSOFT_APP_ID: BOT, PUBLIC_URL: 'https://forthright.example' };

function faultsOf(environment: Record<string, string>): readonly string[] {
  try {
    readNames(environment);
    return [];
  } catch (error) {
    assert.ok(error instanceof ConfigFault);
    return error.faults;
  }
}

describe('the settings of the app package', () => {
  it('are three that the bot reads too; one registration may serve both', () => {
    assert.deepEqual(readNames(SETTINGS), {
      BOT_ID: BOT,
      CLIENT_ID: BOT,
      RESOURCE: `api://forthright.example/botid-${BOT}`,
      DOMAIN: 'forthright.example',
    });
  });

  it('name the registration of the desk where it is another one, by its id or by its address', () => {
    const uri = `api://forthright.example/${DESK}`;
    for (const audience of [DESK.toUpperCase(), uri]) {
      const { CLIENT_ID, RESOURCE } = readNames({ ...SETTINGS, TAB_AUDIENCE: audience });
      assert.deepEqual([CLIENT_ID, RESOURCE], [DESK, uri]);
    }
  });

  it('are all told at once where they are missing, each with its remedy', () => {
    const faults = faultsOf({ MICROSOFT_APP_TYPE: 'UserAssignedMSI' });
    assert.deepEqual(
      faults.map((fault) => fault.split(' ')[0]),
      ['MICROSOFT_APP_ID', 'PUBLIC_URL', 'TAB_AUDIENCE'],
    );
    for (const fault of faults) assert.match(fault, /\. (Copy|Set) /);
  });

  for (const [setting, value, also] of [
    ['MICROSOFT_APP_ID', 'my bot'],
    ['PUBLIC_URL', 'http://forthright.example'],
    ['PUBLIC_URL', 'https://forthright.example/tab'],
    ['PUBLIC_URL', 'https://forthright.example:8443'],
    ['PUBLIC_URL', 'https://localhost'],
    ['PUBLIC_URL', 'https://127.0.0.1'],
    ['TAB_AUDIENCE', 'api://forthright.example'],
    ['TAB_AUDIENCE', 'the desk'],
    ['TAB_AUDIENCE', `api://other.example/${DESK}`],
    // Neither Teams nor Microsoft Entra gives out tokens for a managed identity.
    ['TAB_AUDIENCE', '', { MICROSOFT_APP_TYPE: 'UserAssignedMSI' }],
  ] as [string, string, object?][])
    it(`are refused with ${setting}=${value}${also ? ' and a managed identity' : ''}`, () => {
      const faults = faultsOf({ ...SETTINGS, [setting]: value, ...also });
      assert.deepEqual(
        faults.map((fault) => fault.split(' ')[0]),
        [setting],
      );
    });
});

describe('the app package', () => {
  const folder = useFolder();
  const names = readNames(SETTINGS);

  /** As an operator runs it; the settings of whoever runs the tests stay out of it. */
  const run = (to: string, environment: Record<string, string>) =>
    spawnSync(process.execPath, [join(import.meta.dirname, '../../manifest/package.ts'), to], {
      env: { PATH: process.env['PATH'], ...environment },
      cwd: folder.path,
      encoding: 'utf8',
    });

  it('holds the manifest, its German and the icons, and nothing else', () => {
    const files = unzipSync(makePackage(names));
    assert.deepEqual(Object.keys(files), ['color.png', 'de.json', 'manifest.json', 'outline.png']);
    const { id, validDomains } = JSON.parse(strFromU8(files['manifest.json']!)) as {
      id: string;
      validDomains: string[];
    };
    assert.deepEqual([id, validDomains], [BOT, ['forthright.example']]);
  });

  it('is the same to the byte on other clocks, on another day and far away', () => {
    const [here, there] = [folder.file('here.zip'), folder.file('new', 'folder', 'there.zip')];
    const first = run(here, { ...SETTINGS, TZ: 'Pacific/Apia' });
    const second = run(there, { ...SETTINGS, TZ: 'America/Los_Angeles', LANG: 'de_DE' });
    assert.deepEqual([first.status, second.status], [0, 0], first.stderr + second.stderr);
    assert.match(first.stdout, /here\.zip/);
    assert.ok(readFileSync(here).equals(readFileSync(there)));
    assert.ok(readFileSync(here).equals(makePackage(names)));
  });

  it('is another one for another installation', () => {
    const other = readNames({ ...SETTINGS, PUBLIC_URL: 'https://ask.example' });
    assert.ok(!Buffer.from(makePackage(other)).equals(makePackage(names)));
  });

  it('is not made where a setting is missing: what to mend is said instead', () => {
    const { status, stdout, stderr } = run(folder.file('app.zip'), { MICROSOFT_APP_ID: BOT });
    assert.deepEqual([status, stdout], [1, '']);
    assert.match(stderr, /^The settings need mending:\n  - PUBLIC_URL [^\n]+\nSee \.env\.example/);
    assert.throws(() => readFileSync(folder.file('app.zip')), { code: 'ENOENT' });
  });

  it('is not made where Microsoft’s schema would object', () => {
    assert.throws(
      () => makePackage({ ...names, BOT_ID: '{{BOT_ID}}' }),
      /^Error: \/id pattern\n\/bots\/0\/botId pattern$/,
    );
  });
});
