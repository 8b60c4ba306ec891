import assert from 'node:assert/strict';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { ToBotFromBotOrEmulatorTokenValidationParameters } from 'botframework-connector';
import { JwtTokenExtractor } from 'botframework-connector/lib/auth/jwtTokenExtractor.js';
import sinon from 'sinon';
import { makeAuthentication, makeTake, type Take } from '../../bot/teams/adapter.ts';
import { incoming } from '../support/activities.ts';
import { noor, TENANT } from '../support/cast.ts';
import { ISSUER, type Issuer, startIssuer } from '../support/issuer.ts';

const FORGED = 10_000;
const APP = 'b07f0247-3333-4444-8555-fab21ca0b075';
const SERVICE = 'https://smba.trafficmanager.net/amer/';
/** Without the gate, 10,000 tenants took 5.5 MB. What else lives in the heap of a test differs by about 0.3 MB. */
const BOUND = 1.5e6;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;
function heap(): number {
  collect();
  return process.memoryUsage().heapUsed;
}

const now = (): Date => new Date();
const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');
/** Of the length of a signature. To sign 10,000 tokens would take longer than to refuse them. */
const SIGNATURE = 'A'.repeat(342);

/** What the SDK keeps for as long as the process lives. */
const kept = () => ({
  issuers: ToBotFromBotOrEmulatorTokenValidationParameters.issuer?.length,
  keys: (JwtTokenExtractor as unknown as { openIdMetadataCache: Map<string, unknown> }).openIdMetadataCache.size,
});

describe('forged tokens that each name another tenant', () => {
  let issuer: Issuer;
  let take: Take;
  let acted = 0;

  before(async () => {
    issuer = await startIssuer();
    const credentials = { appId: APP, appPassword: 'secret', tenant: TENANT.id, appType: 'SingleTenant' };
    const auth = makeAuthentication(credentials, issuer.endpoints);
    const bot = { act: async () => ({ status: (acted += 1) > 0 ? 200 : 500 }) };
    take = makeTake({ auth, appId: APP, tenant: TENANT.id, bot, now, fault: String });
  });
  // The SDK prints the keys it knows; bot/main.ts mutes the console, which a test may not.
  beforeEach(() => void sinon.replace(console, 'error', () => {}));
  afterEach(() => sinon.restore());
  after(() => issuer.stop());

  const exp = Math.floor(Date.now() / 1000) + 3000;
  const claims = { iss: ISSUER, aud: APP, serviceurl: SERVICE, nbf: exp - 3600, exp };

  type Forged = { claims: object; header?: object };
  const WAYS: Record<string, (tid: string) => Forged> = {
    'in its issuer': (tid) => ({ claims: { ...claims, iss: `https://sts.windows.net/${tid}/` } }),
    'in tid, with an issuer of its own': (tid) => ({
      claims: { ...claims, iss: `https://sts.windows.net/${tid}/`, tid, ver: '1.0', appid: APP },
    }),
    'in tid, with the issuer of Teams': (tid) => ({ claims: { ...claims, tid } }),
    'in a list of tid': (tid) => ({ claims: { ...claims, tid: [tid] } }),
    'in tid, without a signature': (tid) => ({ claims: { ...claims, tid }, header: { alg: 'none' } }),
    'in the name of its key, as Teams itself writes tokens': (tid) => ({ claims, header: { kid: tid } }),
    'in a claim that says nothing to anybody': (tid) => ({ claims: { ...claims, tenant: tid } }),
  };
  for (const [way, forge] of Object.entries(WAYS))
    it(`are refused, and 10,000 of them leave nothing in memory: ${way}`, async () => {
      const body = incoming({ serviceUrl: SERVICE }).says(noor, 'ask');
      const send = async (n: number) => {
        const { claims, header } = forge(`00000000-0000-4000-8000-${String(n).padStart(12, '0')}`);
        const head = encode({ alg: 'RS256', typ: 'JWT', kid: 'published', ...header });
        const { status } = await take(`Bearer ${head}.${encode(claims)}.${SIGNATURE}`, body);
        assert.equal(status, 401);
      };
      for (let n = 0; n < 500; n += 1) await send(FORGED + n);
      const [before, lists, fetched] = [heap(), kept(), issuer.fetched()];
      for (let n = 0; n < FORGED; n += 1) await send(n);
      assert.deepEqual(kept(), lists);
      assert.equal(issuer.fetched(), fetched);
      const grown = heap() - before;
      assert.ok(grown < BOUND, `${grown} bytes more`);
      assert.equal(acted, 0);
    }).timeout(20_000);

  it('would be seen: the lists are those that the SDK reads', () => {
    assert.ok((kept().issuers ?? 0) > 4);
    assert.ok(kept().keys > 0);
  });
});
