import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { KeysAway, makeSigningKeys } from '../../bot/http/signing-keys.ts';
import { TENANT } from '../support/cast.ts';

const ISSUER = `https://login.microsoftonline.com/${TENANT.id}/v2.0`;
const jwk = (kid: string, issuer?: string) => ({
  ...generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey.export({ format: 'jwk' }),
  kid,
  use: 'sig',
  issuer,
});

describe('The issuer’s keys', () => {
  let published: unknown;
  const server = createServer((_request, response) => void response.end(JSON.stringify(published)));
  let url: string;
  before(async () => {
    await once(server.listen(0, '127.0.0.1'), 'listening');
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  after(() => void server.close());

  const keyOf = async (kid: string) =>
    makeSigningKeys({ url, issuer: ISSUER, uptime: () => 0, fault: () => '' })(
      { alg: 'RS256', kid },
      {
        payload: '',
        signature: '',
      },
    );

  it('are those of this issuer: others that stand beside them open nothing', async () => {
    published = {
      keys: [
        jwk('ours', ISSUER),
        jwk('everybody’s', 'https://login.microsoftonline.com/{tenantid}/v2.0'),
        jwk('plain'),
        jwk('personal', 'https://login.microsoftonline.com/9188040d-6c67-4c5b-b112-36a304b66dad/v2.0'),
      ],
    };
    for (const kid of ['ours', 'everybody’s', 'plain']) assert.ok(await keyOf(kid));
    await assert.rejects(keyOf('personal'), { code: 'ERR_JWKS_NO_MATCHING_KEY' });
  });

  for (const nonsense of [{}, { keys: 'none' }, [], null, { keys: [{ kid: 1 }] }])
    it(`are away where the answer is ${JSON.stringify(nonsense)}`, async () => {
      published = nonsense;
      await assert.rejects(keyOf('ours'), KeysAway);
    });
});
