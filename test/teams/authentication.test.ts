import assert from 'node:assert/strict';
import sinon from 'sinon';
import { listen, type Listening } from '../../bot/http/server.ts';
import { makeAuthentication, makeTake } from '../../bot/teams/adapter.ts';
import type { Incoming } from '../../bot/teams/activity.ts';
import { incoming } from '../support/activities.ts';
import { noor, TENANT } from '../support/cast.ts';
import { closedDesk, noPages } from '../http/serving.ts';
import { ISSUER, type Issuer, startIssuer } from '../support/issuer.ts';
import { post } from '../support/post.ts';

const APP = 'b07f0247-3333-4444-8555-fab21ca0b075';
const SERVICE = 'https://smba.trafficmanager.net/amer/';
const inMinutes = (minutes: number) => Math.floor(Date.now() / 1000) + minutes * 60;
const claims = (changed: object = {}) => ({
  iss: ISSUER,
  aud: APP,
  serviceurl: SERVICE,
  nbf: inMinutes(-10),
  exp: inMinutes(50),
  ...changed,
});

describe('who may speak to the bot', () => {
  let issuer: Issuer;
  let server: Listening;
  let acted: Incoming[];
  let faults: unknown[];

  const fault = (error: unknown) => String(faults.push(error));

  before(async () => {
    issuer = await startIssuer();
    const credentials = { appId: APP, appPassword: 'secret', tenant: TENANT.id, appType: 'SingleTenant' };
    const auth = makeAuthentication(credentials, issuer.endpoints);
    const bot = { act: async (activity: Incoming) => ({ status: acted.push(activity) > 0 ? 200 : 500 }) };
    const take = makeTake({ auth, appId: APP, tenant: TENANT.id, bot, now: () => new Date(), fault });
    server = await listen(
      { take, store: { ready: async () => {} }, fault, api: closedDesk, pages: noPages },
      { port: 0, host: '127.0.0.1' },
    );
  });
  beforeEach(() => void ([acted, faults] = [[], []]));
  afterEach(() => sinon.restore());
  after(async () => {
    await server.stop();
    await issuer.stop();
  });

  const send = (token: string | undefined, serviceUrl = SERVICE) =>
    post(`http://127.0.0.1:${server.port}`, incoming({ serviceUrl }).says(noor, 'ask'), {
      headers: token === undefined ? {} : { authorization: token },
    });

  it('takes what Teams signed', async () => {
    const { status } = await send(`Bearer ${issuer.sign(claims())}`);
    assert.deepEqual([status, acted.length], [200, 1]);
  });

  it('refuses a token that it knows, with one character changed or for another service URL', async () => {
    const token = `Bearer ${issuer.sign(claims({ exp: inMinutes(40) }))}`;
    assert.equal((await send(token)).status, 200);
    sinon.replace(console, 'error', () => {});
    for (const at of [token.length - 200, token.length - 20]) {
      const other = token[at] === 'A' ? 'B' : 'A';
      assert.equal((await send(token.slice(0, at) + other + token.slice(at + 1))).status, 401);
    }
    assert.equal((await send(token, 'https://smba.trafficmanager.net/emea/')).status, 401);
    assert.deepEqual([(await send(token)).status, acted.length], [200, 2]);
  });

  const unsigned = () => {
    const [header, body] = issuer.sign(claims(), { alg: 'none' }).split('.');
    return `${header}.${body}.`;
  };
  const attacks: Record<string, () => string | undefined> = {
    'no token': () => undefined,
    'an empty one': () => 'Bearer ',
    'one of another scheme': () => `Basic ${issuer.sign(claims())}`,
    'one that is no token': () => 'Bearer a.b.c',
    'an expired one': () => `Bearer ${issuer.sign(claims({ exp: inMinutes(-6) }))}`,
    'one for another bot': () => `Bearer ${issuer.sign(claims({ aud: 'another' }))}`,
    'one of another issuer': () => `Bearer ${issuer.sign(claims({ iss: 'https://sts.windows.net/evil/' }))}`,
    'one without a signature': () => `Bearer ${unsigned()}`,
    'one signed with alg none': () => `Bearer ${issuer.sign(claims(), { alg: 'none' })}`,
    'one signed with HS256': () => `Bearer ${issuer.sign(claims(), { alg: 'HS256' })}`,
    'one signed with a key that is not published': () => `Bearer ${issuer.forge(claims())}`,
    'one for another service URL': () => `Bearer ${issuer.sign(claims({ serviceurl: 'https://evil.example/' }))}`,
    'one without a service URL': () => `Bearer ${issuer.sign(claims({ serviceurl: undefined }))}`,
    'one that names another tenant, rightly signed': () => `Bearer ${issuer.sign(claims({ tid: 'another' }))}`,
    'one of 1 MB': () => `Bearer ${issuer.sign(claims({ pad: 'x'.repeat(12_000) }))}`,
  };
  for (const [name, token] of Object.entries(attacks)) {
    it(`refuses ${name}`, async () => {
      // The SDK prints the keys it knows; bot/main.ts mutes the console, which a test may not.
      sinon.replace(console, 'error', () => {});
      const { status, body } = await send(token());
      assert.ok(status === 401 || status === 431, `answered ${status}`);
      assert.equal(acted.length, 0);
      assert.equal(JSON.stringify(body ?? '').includes(ISSUER), false);
    });
  }

  it('takes tokens of a new key once keys were rotated, and fetches it once', async () => {
    await send(`Bearer ${issuer.sign(claims())}`);
    const before = issuer.fetched();
    issuer.rotate();
    // The SDK looks for a key that it lacks an hour after it looked last.
    const clock = sinon.useFakeTimers({ now: Date.now() + 2 * 3_600_000, toFake: ['Date'] });
    try {
      for (const minutes of [50, 51]) {
        assert.equal((await send(`Bearer ${issuer.sign(claims({ exp: inMinutes(minutes) }))}`)).status, 200);
      }
    } finally {
      clock.restore();
    }
    // The OpenID configuration, and its keys.
    assert.equal(issuer.fetched(), before + 2);
  });

  it('refuses when the signing keys cannot be had', async () => {
    const dark = await startIssuer();
    const auth = makeAuthentication(
      { appId: APP, appPassword: 'x', tenant: TENANT.id, appType: 'SingleTenant' },
      dark.endpoints,
    );
    await dark.stop();
    const bot = { act: async () => ({ status: 200 }) };
    const take = makeTake({ auth, appId: APP, tenant: TENANT.id, bot, now: () => new Date(), fault: () => 'r' });
    const token = `Bearer ${issuer.sign(claims())}`;
    const { status } = await take(token, incoming({ serviceUrl: SERVICE }).says(noor, 'ask'));
    assert.ok(status === 401 || status === 500, `answered ${status}`);
  });
});
