import { createPrivateKey, type KeyObject, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ConfigFault } from './config.ts';

/** What shows Microsoft that the bot holds a certificate of its app registration. */
export interface Certificate {
  /** SHA-1 of it in hexadecimal digits, by which Microsoft Entra finds it. */
  readonly thumbprint: string;
  readonly privateKey: string;
}

/** Reads a PEM file with a certificate and its private key. Throws ConfigFault with what to do about the file. */
export function readCertificate(file: string, now: Date): Certificate {
  const pem = attempt(
    () => readFileSync(file, 'utf8'),
    'cannot be read. Set the path of a PEM file that the bot may read',
  );
  const certificate = attempt(() => new X509Certificate(pem), 'holds no certificate. Put it into the file, as PEM');
  const key = attempt(
    () => createPrivateKey(pem),
    'holds no private key without a passphrase. Put it into the file, as PEM',
  );
  needMatch(certificate, key, now);
  return {
    thumbprint: certificate.fingerprint.replaceAll(':', ''),
    privateKey: key.export({ type: 'pkcs8', format: 'pem' }).toString(),
  };
}

function needMatch(certificate: X509Certificate, key: KeyObject, now: Date): void {
  if (key.asymmetricKeyType !== 'rsa')
    fault('holds a key that is not RSA, which Microsoft Entra asks for. Make an RSA key');
  if (!certificate.checkPrivateKey(key))
    fault('holds a key of another certificate. Put the two that belong together into it');
  if (certificate.validToDate < now)
    fault('holds a certificate that has expired. Make another one, and add it to the app registration');
}

/** What OpenSSL says of a key file stays unsaid: the file is a secret. */
function attempt<T>(act: () => T, otherwise: string): T {
  try {
    return act();
  } catch {
    return fault(otherwise);
  }
}

function fault(what: string): never {
  throw new ConfigFault([`MICROSOFT_APP_CERTIFICATE ${what}.`]);
}
