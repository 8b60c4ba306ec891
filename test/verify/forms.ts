import { createHash } from 'node:crypto';

/** A text that must not be found, written in one of the ways in which a careless program would write it. */
export type Form = { readonly form: string; readonly bytes: Buffer };

/** Of a hash, this much is looked for: it may have been cut. */
const HASH_BYTES = 12;
/** Fewer bytes stand in any large file by chance. */
const TELLING_BYTES = 4;

/** Every form in which a text is looked for. Compressed and encrypted it cannot be found; nobody can without the key. */
export function formsOf(text: string): Form[] {
  const utf8 = Buffer.from(text);
  const forms: [string, Buffer | string][] = [
    ['plain', utf8],
    ['lower case', text.toLowerCase()],
    ['upper case', text.toUpperCase()],
    ['decomposed accents', text.normalize('NFD')],
    ['UTF-16', Buffer.from(text, 'utf16le')],
    ['UTF-16 big-endian', Buffer.from(text, 'utf16le').swap16()],
    ['hex', utf8.toString('hex')],
    ['upper-case hex', utf8.toString('hex').toUpperCase()],
    ...base64Forms(utf8),
    ['URL-encoded', encodeURIComponent(text)],
    ['form-encoded', encodeURIComponent(text).replaceAll('%20', '+')],
    ['JSON', JSON.stringify(text).slice(1, -1)],
    [
      'JSON in ASCII',
      JSON.stringify(text)
        .slice(1, -1)
        .replace(/[^\u0020-\u007e]/g, escape),
    ],
    ...guidForms(text),
    ...hashForms(text),
    ...hashForms(text.toLowerCase()),
  ];
  const distinct = new Map<string, Form>();
  for (const [form, written] of forms) {
    const bytes = Buffer.from(written);
    const key = bytes.toString('latin1');
    if ((bytes.length >= TELLING_BYTES || form === 'plain') && !distinct.has(key)) distinct.set(key, { form, bytes });
  }
  return [...distinct.values()];
}

const escape = (unit: string): string => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`;

/** Base64 reads differently by where in the encoded whole the text begins; what depends on its neighbours is left out. */
function base64Forms(utf8: Buffer): [string, string][] {
  return [0, 1, 2].flatMap((before): [string, string][] => {
    const whole = Buffer.concat([Buffer.alloc(before), utf8]);
    const ends = [before === 0 ? 0 : before + 1, Math.floor((whole.length * 8) / 6)] as const;
    return [
      ['base64', whole.toString('base64').slice(...ends)],
      ['base64url', whole.toString('base64url').slice(...ends)],
    ];
  });
}

/** An object id as its 16 bytes, in the order in which it is written, and in that of Windows. */
function guidForms(text: string): [string, Buffer][] {
  const digits = text.replaceAll('-', '');
  if (!/^[0-9a-f]{32}$/i.test(digits)) return [];
  const bytes = Buffer.from(digits, 'hex');
  const parts = [bytes.subarray(0, 4), bytes.subarray(4, 6), bytes.subarray(6, 8)];
  const windows = Buffer.concat([...parts.map((part) => Buffer.from(part).toReversed()), bytes.subarray(8)]);
  return [
    ['id without dashes', Buffer.from(digits)],
    ['id as 16 bytes', bytes],
    ['id as 16 bytes, Windows order', windows],
  ];
}

/** A hash without a key hides nothing: whoever has the list of employees hashes it and compares. */
function hashForms(text: string): [string, Buffer | string][] {
  return ['md5', 'sha1', 'sha256'].flatMap((name): [string, Buffer | string][] => {
    const bytes = createHash(name).update(text).digest().subarray(0, HASH_BYTES);
    return [
      [`${name} hash`, bytes],
      [`${name} hash in hex`, bytes.toString('hex')],
      [`${name} hash in base64`, bytes.toString('base64')],
      [`${name} hash in base64url`, bytes.toString('base64url')],
    ];
  });
}
