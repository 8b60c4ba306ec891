import assert from 'node:assert/strict';
import { createPrivateKey, createPublicKey, X509Certificate } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { readCertificate } from '../bot/certificate.ts';
import { ConfigFault } from '../bot/config.ts';
import { type Made, makeCertificate } from './support/certificate.ts';
import { useFolder } from './support/folder.ts';

const NOW = new Date('2026-11-23T12:00:00Z');

describe('The certificate of the bot', () => {
  const folder = useFolder();
  let made: Made;
  before(() => void (made = makeCertificate()));

  function read(pem: string) {
    const file = folder.file('bot.pem');
    writeFileSync(file, pem);
    return readCertificate(file, NOW);
  }

  it('is read with its key from one file, in either order', () => {
    const thumbprint = new X509Certificate(made.certificate).fingerprint.replaceAll(':', '');
    for (const pem of [made.certificate + made.key, made.key + made.certificate]) {
      const certificate = read(pem);
      assert.equal(certificate.thumbprint, thumbprint);
      assert.match(certificate.thumbprint, /^[0-9A-F]{40}$/);
      const isPair = createPublicKey(createPrivateKey(certificate.privateKey)).equals(made.publicKey);
      assert.ok(isPair);
    }
  });

  const faulty: Record<string, [pem: () => string, remedy: RegExp]> = {
    'without a certificate': [() => made.key, /no certificate\. Put it into/],
    'without a key': [() => made.certificate, /no private key .* Put it into/],
    'of nothing that is PEM': [() => 'xylophagous', /no certificate/],
    'with the key of another one': [
      () => made.certificate + makeCertificate().key,
      /another certificate\. Put the two/,
    ],
    'that has expired': [
      () => {
        const old = makeCertificate({ until: '20261123115959Z' });
        return old.certificate + old.key;
      },
      /expired\. Make another one/,
    ],
    'of a kind that Microsoft Entra does not take': [
      () => {
        const curve = makeCertificate({ kind: 'ec' });
        return curve.certificate + curve.key;
      },
      /not RSA.* Make an RSA key/,
    ],
  };
  for (const [what, [pem, remedy]] of Object.entries(faulty))
    it(`is refused ${what}, with what to do, and nothing of the file in the message`, () => {
      const text = pem();
      assert.throws(
        () => read(text),
        (error: unknown) => {
          assert.ok(error instanceof ConfigFault);
          assert.match(error.message, /- MICROSOFT_APP_CERTIFICATE holds/);
          assert.match(error.message, remedy);
          assert.doesNotMatch(`${error.stack}`, /xylophagous|BEGIN|PEM routines/);
          assert.equal(error.cause, undefined);
          return true;
        },
      );
    });

  it('is refused where there is no such file', () =>
    assert.throws(() => readCertificate(folder.file('none.pem'), NOW), /cannot be read\. Set the path/));
});
