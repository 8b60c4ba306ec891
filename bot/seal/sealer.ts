import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { Address, Asker, Clock, Opener, Seal, Sealer } from '../app/ports.ts';
import { weekOf } from '../domain/week.ts';
import type { Keys } from './keys.ts';

/** Every return address is padded to this many bytes, so that a Seal's size tells nothing. */
const CAPSULE_BYTES = 1024;
const QUESTION_ID_BYTES = 16;
const NONCE_BYTES = 12;
const MAC_BYTES = 16;

/** Makes askers' hands. */
export function makeSealer(keys: Keys, clock: Clock): Sealer {
  return {
    asker: (person) => makeAsker(keys, clock, person),
    sealId: (question) => keys.tag('lasting', 'seal id', question),
  };
}

export function makeOpener(keys: Keys): Opener {
  return {
    open(question, { epoch, capsule }) {
      const bytes = decrypt(keys.derive(epoch, 'capsule'), Buffer.from(capsule, 'base64url'), `${epoch} ${question}`);
      return Promise.resolve(JSON.parse(bytes.toString('utf8').trimEnd()) as Address);
    },
  };
}

function makeAsker(keys: Keys, clock: Clock, person: { id: string; address: Address }): Asker {
  const slipKey = (epoch: string) => keys.derive(epoch, 'slip content');
  const epochNow = () => {
    const epoch = weekOf(clock.now());
    keys.begin(epoch);
    return epoch;
  };
  return {
    questionId: (submission) => keys.tag('lasting', 'question id', person.id, submission),
    entryId: (submission) => keys.tag('lasting', 'entry id', person.id, submission),
    seal(question) {
      const epoch = epochNow();
      const bytes = Buffer.alloc(CAPSULE_BYTES, ' ');
      const text = JSON.stringify(person.address);
      if (Buffer.byteLength(text) > CAPSULE_BYTES) throw new Error('The return address is too long to seal');
      bytes.write(text);
      const capsule = encrypt(keys.derive(epoch, 'capsule'), bytes, `${epoch} ${question}`).toString('base64url');
      return Promise.resolve<Seal>({ epoch, capsule });
    },
    epochs() {
      epochNow();
      return keys.epochs();
    },
    slipTag: (epoch, n) => keys.tag(epoch, 'slip tag', person.id, String(n)),
    writeSlip(epoch, tag, question) {
      const bytes = question === undefined ? Buffer.alloc(QUESTION_ID_BYTES) : Buffer.from(question, 'base64url');
      return encrypt(slipKey(epoch), bytes, tag).toString('base64url');
    },
    readSlip(epoch, tag, slip) {
      const bytes = decrypt(slipKey(epoch), Buffer.from(slip, 'base64url'), tag);
      return bytes.every((byte) => byte === 0) ? undefined : bytes.toString('base64url');
    },
    voteTag: (question) => keys.tag('lasting', 'vote', question, person.id),
    greetingTag: () => keys.tag('lasting', 'greeting', person.id),
  };
}

function encrypt(key: Buffer, bytes: Buffer, bound: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, nonce).setAAD(Buffer.from(bound));
  return Buffer.concat([nonce, cipher.update(bytes), cipher.final(), cipher.getAuthTag()]);
}

/** Throws where the bytes were changed, or moved from what they are bound to. */
function decrypt(key: Buffer, bytes: Buffer, bound: string): Buffer {
  const nonce = bytes.subarray(0, NONCE_BYTES);
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: MAC_BYTES })
    .setAAD(Buffer.from(bound))
    .setAuthTag(bytes.subarray(-MAC_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -MAC_BYTES)), decipher.final()]);
}
