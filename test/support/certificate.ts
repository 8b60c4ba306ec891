import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

/** A certificate that signs itself, as an operator makes one for an app registration, and its private key. */
export interface Made {
  readonly certificate: string;
  readonly key: string;
  readonly publicKey: KeyObject;
}

type Wanted = { until?: string; kind?: 'rsa' | 'ec' };

export function makeCertificate({ until = '20491231235959Z', kind = 'rsa' }: Wanted = {}): Made {
  const { publicKey, privateKey } =
    kind === 'rsa'
      ? generateKeyPairSync('rsa', { modulusLength: 2048 })
      : generateKeyPairSync('ec', { namedCurve: 'prime256v1' });
  const signed = algorithm(kind);
  const name = sequence(der(0x31, sequence(OID_COMMON_NAME, der(0x0c, Buffer.from('forthright')))));
  const validity = sequence(der(0x18, Buffer.from('20200101000000Z')), der(0x18, Buffer.from(until)));
  const serial = der(0x02, Buffer.from([1]));
  const told = sequence(serial, signed, name, validity, name, publicKey.export({ type: 'spki', format: 'der' }));
  const whole = sequence(told, signed, der(0x03, Buffer.concat([Buffer.from([0]), sign('sha256', told, privateKey)])));
  const lines = whole.toString('base64').replaceAll(/(.{64})/g, '$1\n');
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines.trim()}\n-----END CERTIFICATE-----\n`,
    key: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
    publicKey,
  };
}

/** One value in ASN.1's Distinguished Encoding Rules (X.690). */
function der(tag: number, content: Buffer): Buffer {
  const { length } = content;
  const size = length < 0x80 ? [length] : length < 0x1_00 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
  return Buffer.concat([Buffer.from([tag, ...size]), content]);
}

const sequence = (...parts: Buffer[]): Buffer => der(0x30, Buffer.concat(parts));
const OID_COMMON_NAME = der(0x06, Buffer.from([0x55, 0x04, 0x03]));

/** sha256WithRSAEncryption, or ecdsa-with-SHA256. */
const algorithm = (kind: 'rsa' | 'ec'): Buffer =>
  kind === 'rsa'
    ? sequence(der(0x06, Buffer.from('2a864886f70d01010b', 'hex')), der(0x05, Buffer.alloc(0)))
    : sequence(der(0x06, Buffer.from('2a8648ce3d040302', 'hex')));
