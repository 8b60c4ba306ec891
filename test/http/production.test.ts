import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sinon from 'sinon';
import { ConfigFault, readConfig } from '../../bot/config.ts';
import { makeLog } from '../../bot/log.ts';
import { type Running, start } from '../../bot/main.ts';
import { directoryJson, kofi, TENANT } from '../support/cast.ts';
import { AUDIENCE, bearer } from '../support/desk-api.ts';
import { type SignInIssuer, startSignIn } from '../support/sign-in.ts';

const MICROSOFT = `https://login.microsoftonline.com/${TENANT.id}`;

/** The bot with Bot credentials, before Microsoft Entra ID as it is played here, and the stand-in of the demo beside it. */
describe('The desk in production', () => {
  const folder = mkdtempSync(join(tmpdir(), 'forthright-production-'));
  const environment = {
    PORT: '0',
    HOST: '127.0.0.1',
    DATA_DIR: join(folder, 'data'),
    KEY_FILE: join(folder, 'keys', 'keys.json'),
    DIRECTORY_FILE: join(folder, 'directory.json'),
    MICROSOFT_APP_ID: AUDIENCE,
    MICROSOFT_APP_PASSWORD: 'xylophagous secret',
    MICROSOFT_APP_TENANT_ID: TENANT.id,
  };
  let running: Running;
  let standIn: SignInIssuer;
  let entra: SignInIssuer;
  let fetched: string[];

  before(async () => {
    writeFileSync(environment.DIRECTORY_FILE, JSON.stringify(directoryJson()));
    const options = { audience: AUDIENCE, tenant: TENANT.id };
    [standIn, entra] = await Promise.all([startSignIn(options), startSignIn(options)]);
    fetched = [];
    const real = globalThis.fetch;
    sinon.replace(globalThis, 'fetch', (input, init) => {
      const address = input instanceof Request ? input.url : input.toString();
      if (address.startsWith('http://127.0.0.1:')) return real(input, init);
      fetched.push(address);
      return real(`${entra.url}/keys`, init);
    });
    running = await start(
      readConfig(environment),
      makeLog(() => {}),
    );
  });
  after(async () => {
    await running.stop();
    sinon.restore();
    await Promise.all([standIn.stop(), entra.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });
  const get = (path: string, token = '') =>
    fetch(`http://127.0.0.1:${running.port}${path}`, { headers: bearer(token), signal: AbortSignal.timeout(3000) });

  it('takes tokens that Microsoft signed for this tenant, by the keys that Microsoft publishes', async () => {
    assert.equal((await get('/api/me', entra.tokenOf(kofi, { iss: `${MICROSOFT}/v2.0` }))).status, 200);
    assert.deepEqual([...new Set(fetched)], [`${MICROSOFT}/discovery/v2.0/keys`]);
  });

  it('takes none of the demo’s issuer, whatever they say of themselves, and never asks it for keys', async () => {
    const before = standIn.fetched();
    for (const claims of [{}, { iss: `${MICROSOFT}/v2.0` }])
      assert.equal((await get('/api/me', standIn.tokenOf(kofi, claims))).status, 401);
    assert.equal(standIn.fetched(), before);
  });

  it('does not start where the settings name the demo’s issuer, or the page that plays Teams', () => {
    for (const name of ['STAND_IN_ISSUER', 'STAND_IN_HOST'])
      assert.throws(() => readConfig({ ...environment, [name]: standIn.url }), ConfigFault);
  });

  it('may be framed by Teams’ hosts alone, and trusts no other', async () => {
    for (const path of ['/tab', '/tab/board', '/privacy']) {
      const response = await get(path);
      const ancestors = /frame-ancestors (.*)$/.exec(response.headers.get('content-security-policy') ?? '')?.[1] ?? '';
      assert.ok(
        ancestors.split(' ').every((one) => /^https:\/\/[\w.*]+\.microsoft(\.com)?$/.test(one)),
        ancestors,
      );
      assert.doesNotMatch(await response.text(), /127\.0\.0\.1|\{\{hosts\}\}/);
    }
  });

  it('has no page of the demo: neither the one that plays Teams, nor its keys or tokens', async () => {
    for (const path of ['/host', '/host/play.js', '/host/people', '/host/token?as=kofi', '/keys', '/stored'])
      assert.equal((await get(path)).status, 404, path);
  });

  it('is not opened by a key of one’s own, were it sent along', async () => {
    const jwk = generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' });
    const token = standIn.tokenOf(kofi, { iss: `${MICROSOFT}/v2.0` }, { jwk, jku: `${standIn.url}/keys` });
    assert.equal((await get('/api/me', token)).status, 401);
  });
});
