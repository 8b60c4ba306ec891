import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { noor } from '../support/cast.ts';
import { formsOf } from './forms.ts';

const isFound = (text: string, written: Buffer | string): boolean =>
  formsOf(text).some(({ bytes }) => Buffer.from(written).includes(bytes));

describe('The forms in which a text is looked for', () => {
  for (const encoding of ['base64', 'base64url'] as const)
    it(`find it in ${encoding}, wherever in the encoded whole it begins and ends`, () => {
      for (const before of ['', 'a', 'ab', 'abc'])
        for (const after of ['', 'a', 'ab']) {
          const whole = Buffer.from(`${before}Zoë Quillamor?>${after}`).toString(encoding);
          assert.ok(isFound('Zoë Quillamor?>', whole), whole);
        }
    });

  it('find an id as a database of Windows keeps it, and without its dashes', () => {
    const windows = '01f0a0e71d5c7e4b9a3f0d1c2b3a4f01';
    assert.equal(noor.aadObjectId, 'e7a0f001-5c1d-4b7e-9a3f-0d1c2b3a4f01');
    assert.ok(isFound(noor.aadObjectId, Buffer.from(windows, 'hex')));
    assert.ok(isFound(noor.aadObjectId, noor.aadObjectId.replaceAll('-', '')));
  });

  it('find its hash, of what is written or of its small letters, whole or cut to 16 bytes', () => {
    for (const name of ['md5', 'sha1', 'sha256'])
      for (const text of [noor.email.toUpperCase(), noor.email]) {
        const hash = createHash(name).update(noor.email).digest();
        assert.ok(isFound(text, hash.subarray(0, 16)), name);
        assert.ok(isFound(text, hash.toString('hex')), name);
        assert.ok(isFound(text, hash.toString('base64url')), name);
      }
  });

  it('find it escaped, with its accents apart, and in UTF-16', () => {
    assert.ok(isFound('Zoë Quillamor', '"Zo\\u00eb Quillamor"'));
    assert.ok(isFound('Zoë Quillamor', 'Zoe\u0308 Quillamor'));
    assert.ok(isFound('Zoë Quillamor', 'Zo%C3%AB+Quillamor'));
    assert.ok(isFound('Zoë Quillamor', Buffer.from('Zoë Quillamor', 'utf16le').swap16()));
  });

  it('find nobody else', () => {
    assert.ok(!isFound('Zoë Quillamor', 'Zoe Quillamor and Zoë Quillamore are others'.replace('ë Quillamore', 'ë Q.')));
  });
});
