import assert from 'node:assert/strict';
import { createHmac } from 'node:crypto';
import { makeSignIn, type SignIn } from '../../bot/http/sign-in.ts';
import { makeSigningKeys } from '../../bot/http/signing-keys.ts';
import { kofi, noor, TENANT } from '../support/cast.ts';
import { type Claims, type SignInIssuer, startSignIn } from '../support/sign-in.ts';

const AUDIENCE = 'b07f0247-3333-4444-8555-fab21ca0b075';
const NOW = new Date('2026-11-23T12:00:00Z');
const SECONDS = NOW.getTime() / 1000;
const MINUTE = 60_000;
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('Signing in', () => {
  let issuer: SignInIssuer;
  let signIn: SignIn;
  let up: number;
  let faults: unknown[];
  beforeEach(async () => {
    [up, faults] = [0, []];
    issuer = await startSignIn({ audience: AUDIENCE, tenant: TENANT.id, now: () => NOW });
    const settings = { audience: AUDIENCE, issuer: issuer.url, keys: `${issuer.url}/keys`, tenant: TENANT.id };
    const fault = (error: unknown) => String(faults.push(error));
    const keyOf = makeSigningKeys({ url: settings.keys, issuer: settings.issuer, uptime: () => up, fault });
    signIn = makeSignIn(settings, { keyOf, now: () => NOW });
  });
  afterEach(() => issuer.stop());

  const withClaims = (claims: Claims, header: Claims = {}) => signIn(`Bearer ${issuer.tokenOf(noor, claims, header)}`);

  it('knows a person by tenant and object id, and takes nothing else from the token but the name', async () => {
    assert.deepEqual(await withClaims({}), { id: noor.aadObjectId, name: noor.name, isGuest: false });
    assert.deepEqual(await withClaims({ oid: noor.aadObjectId.toUpperCase(), name: undefined }), {
      id: noor.aadObjectId,
      name: undefined,
      isGuest: false,
    });
  });

  it('takes a token up to its last second, and from its first, give or take half a minute', async () => {
    for (const good of [{ exp: SECONDS + 1 }, { exp: SECONDS - 29 }, { nbf: SECONDS + 29 }])
      assert.notEqual(await withClaims(good), 'signed-out', JSON.stringify(good));
  });

  for (const [what, claims] of Object.entries<Claims>({
    'an expired token': { exp: SECONDS - 31 },
    'a token that is not valid yet': { nbf: SECONDS + 31 },
    'a token without an end': { exp: undefined },
    'a token without a beginning': { nbf: undefined },
    'a token for another application': { aud: 'b07f0247-3333-4444-8555-fab21ca0b076' },
    'a token for our application and another': { aud: [AUDIENCE, 'other'] },
    'a token for no application': { aud: undefined },
    'a token of another issuer': { iss: 'https://login.microsoftonline.com/common/v2.0' },
    'a token of an issuer whose name begins alike': { iss: 'http://127.0.0.1:1.example' },
    'a token of another tenant': { tid: '5eed7e00-1111-4222-8333-fab21ca0f00e' },
    'a token without a tenant': { tid: undefined },
    'a token for another scope': { scp: 'User.Read' },
    'a token for a scope that holds ours as a part': { scp: 'access_as_user2 not_access_as_user' },
    'a token of an application by itself, which has roles and no scope': { scp: undefined, roles: ['access_as_user'] },
    'a token without an object id': { oid: undefined },
    'a token whose object id is none': { oid: `${noor.aadObjectId} ` },
    'a token whose object id is a list': { oid: [noor.aadObjectId] },
  }))
    it(`refuses ${what}`, async () => {
      assert.notEqual(await withClaims({}), 'signed-out', 'the premise: otherwise it is good');
      assert.equal(await withClaims(claims), 'signed-out');
    });

  it('takes a scope among others', async () => {
    assert.notEqual(await withClaims({ scp: 'openid access_as_user profile' }), 'signed-out');
  });

  it('refuses a token that says it needs no signature', async () => {
    const [, claims] = issuer.tokenOf(noor).split('.');
    for (const alg of ['none', 'None', 'NONE']) {
      const unsigned = `${encode({ alg, typ: 'JWT', kid: 'first' })}.${claims}.`;
      assert.equal(await signIn(`Bearer ${unsigned}`), 'signed-out');
      assert.equal(await signIn(`Bearer ${unsigned}AA`), 'signed-out');
    }
  });

  it('refuses a token signed with the public key as if it were a shared secret', async () => {
    const [, claims] = issuer.tokenOf(noor).split('.');
    const text = `${encode({ alg: 'HS256', typ: 'JWT', kid: 'first' })}.${claims}`;
    const signature = createHmac('sha256', issuer.publicPem()).update(text).digest('base64url');
    assert.equal(await signIn(`Bearer ${text}.${signature}`), 'signed-out');
  });

  it('refuses other ways to sign with the same key, and a key that the token brings along', async () => {
    assert.equal(await withClaims({}, { alg: 'PS256' }), 'signed-out');
    assert.equal(await withClaims({}, { crit: ['exp'], exp: 1 }), 'signed-out');
    const other = await startSignIn({ audience: AUDIENCE, tenant: TENANT.id, now: () => NOW });
    try {
      const forged = other.tokenOf(kofi, { iss: issuer.url }, { jku: `${other.url}/keys`, kid: 'first' });
      assert.equal(await signIn(`Bearer ${forged}`), 'signed-out');
      assert.equal(other.fetched(), 0, 'no token decides where keys are fetched');
    } finally {
      await other.stop();
    }
  });

  it('refuses changed claims, a cut token, and what is none', async () => {
    const [header, , signature] = issuer.tokenOf(noor).split('.');
    const [, ofKofi] = issuer.tokenOf(kofi).split('.');
    for (const authorization of [
      `Bearer ${header}.${ofKofi}.${signature}`,
      `Bearer ${issuer.tokenOf(noor).slice(0, -2)}`,
      `Basic ${issuer.tokenOf(noor)}`,
      issuer.tokenOf(noor),
      'Bearer ',
      'Bearer a.b.c',
      'Bearer a.b.c.d.e',
      '',
    ])
      assert.equal(await signIn(authorization), 'signed-out', authorization);
  });

  it('tells guests: by the optional claim, or by who signed them in', async () => {
    for (const [claims, isGuest] of [
      [{ acct: 0 }, false],
      [{ acct: 1 }, true],
      [{ idp: 'https://sts.windows.net/99999999-1111-4222-8333-fab21ca0f00d/' }, true],
      [{ idp: 'live.com' }, true],
      [{ idp: `https://sts.windows.net/${TENANT.id}/` }, false],
    ] as const) {
      const who = await withClaims(claims);
      assert.ok(typeof who === 'object');
      assert.equal(who.isGuest, isGuest, JSON.stringify(claims));
    }
  });

  it('goes by no address: a curator’s e-mail under another object id is another person', async () => {
    const who = await withClaims({ preferred_username: kofi.email, email: kofi.email, upn: kofi.email });
    assert.deepEqual(who, { id: noor.aadObjectId, name: noor.name, isGuest: false });
  });

  it('fetches the keys once an hour', async () => {
    for (let n = 0; n < 10; n += 1) await withClaims({});
    assert.equal(issuer.fetched(), 1);
    up += 61 * MINUTE;
    await Promise.all([withClaims({}), withClaims({}), withClaims({})]);
    assert.equal(issuer.fetched(), 2);
  });

  it('knows a new key as soon as it signs, and no longer the one before', async () => {
    const old = `Bearer ${issuer.tokenOf(noor)}`;
    assert.notEqual(await signIn(old), 'signed-out');
    up += 2 * MINUTE;
    issuer.rotate();
    assert.notEqual(await withClaims({}), 'signed-out');
    assert.equal(issuer.fetched(), 2);
    assert.equal(await signIn(old), 'signed-out');
  });

  it('lets keys that are made up cause one fetch a minute, and keeps nothing of them', async () => {
    await withClaims({});
    up += 2 * MINUTE;
    for (let n = 0; n < 10; n += 1) assert.equal(await withClaims({}, { kid: `made up ${n}` }), 'signed-out');
    assert.equal(issuer.fetched(), 2);
    assert.deepEqual(faults, []);
    assert.notEqual(await withClaims({}), 'signed-out');
  });

  for (const status of [500, 404, 302])
    it(`is closed while the issuer answers ${status}, asks again in five seconds, and opens once it is back`, async () => {
      issuer.answers(status);
      for (let n = 0; n < 10; n += 1) assert.equal(await withClaims({}), 'keys-away');
      assert.equal(issuer.fetched(), 1);
      assert.equal(faults.length, 1);
      issuer.answers(200);
      up += 5000;
      assert.notEqual(await withClaims({}), 'keys-away');
    });

  it('goes on with the keys at hand while the issuer is away, for an hour', async () => {
    await withClaims({});
    issuer.answers(500);
    up += 59 * MINUTE;
    assert.equal(typeof (await withClaims({})), 'object');
    assert.equal(await withClaims({}, { kid: 'unknown' }), 'signed-out');
    up += 2 * MINUTE;
    assert.equal(await withClaims({}), 'keys-away');
  });

  it('is closed where nobody listens', async () => {
    await issuer.stop();
    assert.equal(await withClaims({}), 'keys-away');
    issuer = await startSignIn({ audience: AUDIENCE, tenant: TENANT.id });
  });
});
