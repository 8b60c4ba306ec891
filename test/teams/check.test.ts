import assert from 'node:assert/strict';
import { AuthenticationError, type BotFrameworkAuthentication, ClaimsIdentity } from 'botframework-connector';
import sinon from 'sinon';
import { makeCheck } from '../../bot/teams/check.ts';
import type { Incoming } from '../../bot/teams/activity.ts';
import { incoming } from '../support/activities.ts';
import { noor, TENANT } from '../support/cast.ts';
import { ISSUER } from '../support/issuer.ts';

const OWN = { appId: 'b07f0247-3333-4444-8555-fab21ca0b075', tenant: TENANT.id };
const SERVICE = 'https://smba.trafficmanager.net/amer/';
const NOW = Date.parse('2026-11-23T09:00:00Z') / 1000;
const REMEMBERED = 500;

const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
/** A token as the gate lets it pass; that its signature holds is for the SDK to say. */
const tokenOf = (signature: string, exp = NOW + 3600): string =>
  `Bearer ${encode({ alg: 'RS256', kid: 'k' })}.${encode({ iss: ISSUER, aud: OWN.appId, serviceurl: SERVICE, exp })}.${signature}`;
const activity = (changed: object = {}): Incoming => ({
  ...(incoming({ serviceUrl: SERVICE }).says(noor, 'ask') as unknown as Incoming),
  ...changed,
});

describe('the check of a token', () => {
  let seconds: number;
  let verify: sinon.SinonStub;
  let isOfTeams: ReturnType<typeof makeCheck>;

  beforeEach(() => {
    seconds = NOW;
    verify = sinon.stub().callsFake(async (_activity: unknown, authorization: string) => {
      const { exp } = JSON.parse(Buffer.from(authorization.split('.')[1] ?? '', 'base64url').toString()) as {
        exp: number;
      };
      return { claimsIdentity: new ClaimsIdentity([{ type: 'exp', value: String(exp) }], true) };
    });
    const auth = { authenticateRequest: verify } as unknown as BotFrameworkAuthentication;
    isOfTeams = makeCheck(auth, OWN, () => new Date(seconds * 1000));
  });

  const asksTheSdk = async (token: string, changed: object = {}): Promise<boolean> => {
    const before = verify.callCount;
    assert.equal(await isOfTeams(token, activity(changed)), true);
    return verify.callCount > before;
  };

  it('asks the SDK once for each token', async () => {
    assert.equal(await asksTheSdk(tokenOf('a')), true);
    assert.equal(await asksTheSdk(tokenOf('a')), false);
    assert.equal(await asksTheSdk(tokenOf('b')), true);
  });

  it('knows a service URL in any spelling, and refuses another one though the token is known', async () => {
    await isOfTeams(tokenOf('a'), activity());
    assert.equal(await asksTheSdk(tokenOf('a'), { serviceUrl: SERVICE.toUpperCase().replace(/\/$/, '') }), false);
    assert.equal(
      await isOfTeams(tokenOf('a'), activity({ serviceUrl: 'https://smba.trafficmanager.net/emea/' })),
      false,
    );
    assert.equal(verify.callCount, 1);
  });

  it('asks anew for another channel, for which the signing key may not vouch', async () => {
    await isOfTeams(tokenOf('a'), activity());
    assert.equal(await asksTheSdk(tokenOf('a'), { channelId: 'webchat' }), true);
    assert.equal(await asksTheSdk(tokenOf('a'), { channelId: undefined }), true);
  });

  it('forgets a token when it expires, and refuses it once clocks cannot differ that much', async () => {
    const token = tokenOf('a', NOW + 60);
    await isOfTeams(token, activity());
    seconds = NOW + 59;
    assert.equal(await asksTheSdk(token), false);
    seconds = NOW + 60;
    assert.equal(await asksTheSdk(token), true);
    seconds = NOW + 60 + 300;
    assert.equal(await isOfTeams(token, activity()), false);
  });

  it('remembers nothing that was refused, however often it comes', async () => {
    verify.rejects(new AuthenticationError('forged', 401));
    for (const _time of [1, 2]) await assert.rejects(isOfTeams(tokenOf('a'), activity()), AuthenticationError);
    assert.equal(verify.callCount, 2);
  });

  it('remembers so many, the last that came', async () => {
    for (let n = 0; n <= REMEMBERED; n += 1) await isOfTeams(tokenOf(`t${n}`), activity());
    assert.equal(await asksTheSdk(tokenOf('t1')), false);
    assert.equal(await asksTheSdk(tokenOf('t0')), true);
  });

  it('remembers none whose end it cannot read', async () => {
    verify.resolves({ claimsIdentity: new ClaimsIdentity([], true) });
    assert.equal(await asksTheSdk(tokenOf('a')), true);
    assert.equal(await asksTheSdk(tokenOf('a')), true);
  });
});
