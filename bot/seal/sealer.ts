import { createHmac, createSecretKey, type KeyObject } from 'node:crypto';
import {
  type Asker,
  type Clock,
  type Opener,
  type ReturnAddress,
  type Seal,
  SealBroken,
  type Sealer,
} from '../app/ports.ts';
import type { Waiting, WaitingSealer } from '../app/waiting.ts';
import { weekOf } from '../domain/week.ts';
import { openAddress, sealAddress, type Sealed } from './capsule.ts';
import { decrypt, encrypt } from './cipher.ts';
import type { Keys } from './keys.ts';
import { countVoters, sealVoter } from './voters.ts';

const QUESTION_ID_BYTES = 16;

interface Mode {
  /** Only local mode writes to this machine itself. */
  isLocal: boolean;
}
const IN_TEAMS: Mode = { isLocal: false };

/**
 * Makes askers' hands. The lasting key, which is never destroyed, makes nothing but ids that a repeat has to find again:
 * those of questions and entries need a submission besides the person, and that is kept nowhere; those of Seals and of
 * what waits need no person at all; a greeting tells that somebody met the bot, not that they asked; a count of a day goes
 * with the day; what tells voters apart is kept under the keys of a week only. Everything else dies with the keys of its week.
 */
export function makeSealer(keys: Keys, clock: Clock, mode = IN_TEAMS): Sealer {
  return {
    asker: (person) => makeAsker(keys, clock, mode, person),
    sealId: (question) => keys.tag('lasting', 'seal id', question),
    countVoters: (ballots) => countVoters(keys, ballots),
    ...makeWaitingRoom(keys, clock),
  };
}

/**
 * What waits has one of two sizes. The first takes any 2,000 characters of every script, at three bytes each, so that it
 * tells neither length nor language; the second takes whatever may be asked at all, 24,000 units of emoji and marks: to
 * pad all to that would write ten times the bytes for a few questions a year.
 */
const WAITING_BYTES = [8 * 1024, 80 * 1024];

function makeWaitingRoom(keys: Keys, clock: Clock): WaitingSealer {
  const waitingId = (question: string) => keys.tag('lasting', 'waiting id', question);
  return {
    waitingId,
    async sealWaiting(question, text): Promise<Waiting> {
      const [id, epoch] = [waitingId(question), weekOf(clock.now())];
      await keys.begin(epoch);
      const size = WAITING_BYTES.find((bytes) => Buffer.byteLength(text) <= bytes);
      if (size === undefined) throw new Error('What was asked is too long to seal');
      const bytes = Buffer.alloc(size, ' ');
      bytes.write(text);
      return {
        id,
        epoch,
        capsule: encrypt(keys.derive(epoch, 'waiting'), bytes, `${epoch} ${id}`).toString('base64url'),
      };
    },
    async openWaiting({ id, epoch, capsule }) {
      const bytes = decrypt(keys.derive(epoch, 'waiting'), Buffer.from(capsule, 'base64url'), `${epoch} ${id}`);
      return bytes.toString('utf8').trimEnd();
    },
  };
}

export function makeOpener(keys: Keys, { isLocal } = IN_TEAMS): Opener {
  const opened = async (question: string, { epoch, capsule }: Seal): Promise<Sealed> => {
    const privateHalf = await keys.privateHalf(epoch);
    try {
      return await openAddress(privateHalf, Buffer.from(capsule, 'base64url'), `${epoch} ${question}`, isLocal);
    } catch {
      // Neither what was thrown nor its text goes on: it may hold a part of the address.
      throw new SealBroken('The Seal was changed, or moved from its question');
    }
  };
  return {
    async open(question, seal) {
      const { block: _block, ...address } = await opened(question, seal);
      return address;
    },
    async blockOf(question, seal) {
      const { block } = await opened(question, seal);
      if (block === undefined) throw new SealBroken('The Seal holds no handle of blocks');
      return { tags: blockTags(block), mark: tagUnder(toKey(block), `mark of ${question}`) };
    },
  };
}

function makeAsker(keys: Keys, clock: Clock, { isLocal }: Mode, person: { id: string; address: ReturnAddress }): Asker {
  const slipKey = (epoch: string) => keys.derive(epoch, 'slip content');
  const epochNow = () => weekOf(clock.now());
  const blockOf = (epoch: string) => keys.tag(epoch, 'block', person.id);
  return {
    questionId: (submission) => keys.tag('lasting', 'question id', person.id, submission),
    entryId: (submission) => keys.tag('lasting', 'entry id', person.id, submission),
    async seal(question): Promise<Seal> {
      const epoch = epochNow();
      await keys.begin(epoch);
      const sealed = { ...person.address, block: blockOf(epoch) };
      const capsule = await sealAddress(keys.publicHalf(epoch), sealed, `${epoch} ${question}`, isLocal);
      return { epoch, capsule: capsule.toString('base64url') };
    },
    epochs() {
      const [now, all] = [epochNow(), keys.epochs()];
      return all.includes(now) ? [now, ...all.filter((epoch) => epoch !== now)] : all;
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
    reactionTag: ({ id, week }) =>
      keys.epochs().includes(week) ? keys.tag(week, 'reaction', id, person.id) : undefined,
    voteTag: ({ id, week }) => (keys.epochs().includes(week) ? keys.tag(week, 'vote', id, person.id) : undefined),
    sealVoter: (question, tag) => sealVoter(keys, question, { tag, person: person.id }),
    blockTags: () => keys.epochs().flatMap((epoch) => blockTags(blockOf(epoch))),
    greetingTag: () => keys.tag('lasting', 'greeting', person.id),
    // The lasting key can make these tags again at any time. That tells nothing once the rows are gone, with the day:
    // a tag says only who might have stood in a row, and there is no row left to compare it with.
    dayTag: (day, ...parts) => keys.tag('lasting', `count of ${day}`, person.id, ...parts),
  };
}

/** A person's questions of one week can be the ground of so many blocks that stand at once. */
const BLOCKS = 32;

/** The tags of a handle. Each block takes another one: without the handle, nothing shows that two are of one person. */
function blockTags(handle: string): string[] {
  const key = toKey(handle);
  return Array.from({ length: BLOCKS }, (_, n) => tagUnder(key, String(n)));
}

const toKey = (handle: string): KeyObject => createSecretKey(handle, 'utf8');
const tagUnder = (key: KeyObject, what: string): string =>
  createHmac('sha256', key).update(what).digest().toString('base64url', 0, 16);
