import { createHmac, createSecretKey, hkdfSync } from 'node:crypto';
import { Aes256Gcm, CipherSuite, DhkemX25519HkdfSha256, HkdfSha256 } from '@hpke/core';
import { z } from 'zod';
import type { ReturnAddress } from '../app/ports.ts';
import { isLoopback, regionOf, urlOf } from '../domain/region.ts';

/** Every return address, with its handle, is padded to this many bytes, so that a capsule's size tells nothing. */
const ADDRESS_BYTES = 1088;
/** The ephemeral public key that stands first (RFC 9180, section 7.1). */
const ENC_BYTES = 32;

type Bytes = ArrayBufferLike | ArrayBufferView;
const toView = (bytes: Bytes): Uint8Array =>
  ArrayBuffer.isView(bytes) ? new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength) : new Uint8Array(bytes);

/** HKDF (RFC 5869) without WebCrypto, whose every step goes to another thread and back: ten ways for a few microseconds. */
class Hkdf extends HkdfSha256 {
  override async extract(salt: Bytes, ikm: Bytes): Promise<ArrayBuffer> {
    // No salt is one of zeros, to HMAC.
    return toArrayBuffer(
      createHmac('sha256', createSecretKey(toView(salt)))
        .update(toView(ikm))
        .digest(),
    );
  }

  override async extractAndExpand(salt: Bytes, ikm: Bytes, info: Bytes, length: number): Promise<ArrayBuffer> {
    return hkdfSync('sha256', toView(ikm), toView(salt), toView(info), length);
  }
}

/** RFC 9180, base mode: DHKEM(X25519, HKDF-SHA256), HKDF-SHA256, AES-256-GCM. */
const suite = new CipherSuite({ kem: new DhkemX25519HkdfSha256(), kdf: new Hkdf(), aead: new Aes256Gcm() });
const info = toBytes('forthright return address 1');

/** Whom a capsule leads to: an address, and the handle of that person's blocks in its week. */
export type Sealed = ReturnAddress & { block?: string | undefined };

const Common = { tenant: z.string(), region: z.string(), block: z.string().optional() };
/** What a capsule holds: a region in place of an address, which only local mode keeps, as it stands for this machine. */
const Content = z.union([
  z.strictObject({ conversation: z.string(), ...Common }),
  z.strictObject({ person: z.string(), ...Common }),
]);

/** Seals an address for whoever holds the private half, `bound` to what it belongs to. Throws where it does not fit. */
export async function sealAddress(
  publicHalf: Buffer,
  address: Sealed,
  bound: string,
  isLocal: boolean,
): Promise<Buffer> {
  const recipientPublicKey = await suite.kem.deserializePublicKey(toArrayBuffer(publicHalf));
  const content = toArrayBuffer(pad(address, isLocal));
  const { enc, ct } = await suite.seal({ recipientPublicKey, info }, content, toBytes(bound));
  return Buffer.concat([Buffer.from(enc), Buffer.from(ct)]);
}

/** Throws where the capsule was changed, or moved from what it is bound to. */
export async function openAddress(
  privateHalf: Buffer,
  capsule: Buffer,
  bound: string,
  isLocal: boolean,
): Promise<Sealed> {
  const recipientKey = await suite.kem.importKey('raw', toArrayBuffer(privateHalf), false);
  const [enc, ct] = [capsule.subarray(0, ENC_BYTES), capsule.subarray(ENC_BYTES)].map(toArrayBuffer);
  if (enc === undefined || ct === undefined) throw new Error('The capsule is cut off');
  const bytes = await suite.open({ recipientKey, enc, info }, ct, toBytes(bound));
  const { region, ...rest } = Content.parse(JSON.parse(Buffer.from(bytes).toString('utf8').trimEnd()));
  const serviceUrl = isLocal && isHere(region) ? region : urlOf(region);
  if (serviceUrl === undefined) throw new Error('The return address names no region of Teams');
  return { ...rest, serviceUrl };
}

/** Three Playgrounds on one machine are three worlds: a loopback address is all there is to tell them apart. The desk may stand alone. */
const isHere = (serviceUrl: string): boolean => serviceUrl === '' || isLoopback(serviceUrl);

function pad(sealed: Sealed, isLocal: boolean): Buffer {
  const { tenant, serviceUrl, block } = sealed;
  const region = regionOf(serviceUrl) ?? (isLocal && isHere(serviceUrl) ? serviceUrl : undefined);
  if (region === undefined) throw new Error('The return address is in no region of Teams');
  const whom = 'person' in sealed ? { person: sealed.person } : { conversation: sealed.conversation };
  const text = JSON.stringify({ ...whom, tenant, region, block });
  if (Buffer.byteLength(text) > ADDRESS_BYTES) throw new Error('The return address is too long to seal');
  const bytes = Buffer.alloc(ADDRESS_BYTES, ' ');
  bytes.write(text);
  return bytes;
}

function toArrayBuffer(bytes: Uint8Array): ArrayBuffer {
  return Uint8Array.from(bytes).buffer;
}

function toBytes(text: string): ArrayBuffer {
  return toArrayBuffer(Buffer.from(text));
}
