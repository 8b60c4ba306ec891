import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { Aes256Gcm, CipherSuite, HkdfSha256 } from '@hpke/core';
import { DhkemX25519HkdfSha256 as SecondX25519 } from '@hpke/dhkem-x25519';
import { openAddress, sealAddress } from '../../bot/seal/capsule.ts';
import type { ReturnAddress } from '../../bot/app/ports.ts';
import { noor } from '../support/cast.ts';
import { addressOf } from './sealing.ts';

const BOUND = '2026-W48 a question';
const address = addressOf(noor);
const WORLD = 'http://127.0.0.1:4711/';
const URL_OF_A_MESSAGE = 'https://smba.trafficmanager.net/emea/5eed7e00-1111-4222-8333-fab21ca0f00d/xylophagous';

const toArrayBuffer = (bytes: Uint8Array): ArrayBuffer => Uint8Array.from(bytes).buffer;

describe('A capsule', () => {
  const { x = '', d = '' } = generateKeyPairSync('x25519').privateKey.export({ format: 'jwk' });
  const [publicHalf, privateHalf] = [Buffer.from(x, 'base64url'), Buffer.from(d, 'base64url')];
  const seal = (to: ReturnAddress = address, isLocal = false) => sealAddress(publicHalf, to, BOUND, isLocal);
  const open = (capsule: Buffer, isLocal = false) => openAddress(privateHalf, capsule, BOUND, isLocal);

  /** As another implementation of RFC 9180's curve reads it. */
  async function readElsewhere(capsule: Buffer): Promise<string> {
    const suite = new CipherSuite({ kem: new SecondX25519(), kdf: new HkdfSha256(), aead: new Aes256Gcm() });
    const recipientKey = await suite.kem.deserializePrivateKey(toArrayBuffer(privateHalf));
    const [enc, ct] = [toArrayBuffer(capsule.subarray(0, 32)), toArrayBuffer(capsule.subarray(32))];
    const info = toArrayBuffer(Buffer.from('forthright return address 1'));
    const bytes = await suite.open({ recipientKey, enc, info }, ct, toArrayBuffer(Buffer.from(BOUND)));
    return Buffer.from(bytes).toString('utf8');
  }

  it('is RFC 9180: another implementation opens it with the same keys, and finds it padded', async () => {
    const text = await readElsewhere(await seal());
    assert.equal(text.length, 1088);
    const { conversation, tenant } = address;
    assert.deepEqual(JSON.parse(text), { conversation, tenant, region: 'emea' });
  });

  it('needs the public half only to be sealed, and does not open with it', async () => {
    await assert.rejects(openAddress(publicHalf, await seal(), BOUND, false));
  });

  it('holds a region, never the address that stood in a message', async () => {
    const capsule = await seal({ ...address, serviceUrl: URL_OF_A_MESSAGE });
    assert.doesNotMatch(await readElsewhere(capsule), /xylophagous|https/);
    assert.deepEqual(await open(capsule), address);
  });

  it('names the person in place of a chat where none is at hand, padded alike', async () => {
    const { conversation: _none, ...rest } = address;
    const person = { ...rest, person: noor.aadObjectId };
    const capsule = await seal(person);
    assert.equal((await readElsewhere(capsule)).length, 1088);
    assert.equal(capsule.length, (await seal()).length);
    assert.deepEqual(await open(capsule), person);
  });

  it('is refused where nothing of Teams could be written to', async () => {
    for (const serviceUrl of ['https://evil.example/amer/', WORLD, ''])
      await assert.rejects(seal({ ...address, serviceUrl }), /no region/);
  });

  it('keeps which of this machine’s worlds it came from, in local mode and nowhere else', async () => {
    const capsule = await seal({ ...address, serviceUrl: WORLD }, true);
    assert.equal((await open(capsule, true)).serviceUrl, WORLD);
    await assert.rejects(open(capsule), /no region/);
    await assert.rejects(seal({ ...address, serviceUrl: 'https://evil.example/' }, true), /no region/);
  });
});
