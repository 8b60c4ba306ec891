import type { KeyObject } from 'node:crypto';
import type { Ballot } from '../app/votes.ts';
import { decrypt, encrypt } from './cipher.ts';
import type { Keys } from './keys.ts';

/** Looked at in one go: other people are served in between. */
const SLICE = 500;

const boundTo = ({ id }: Ballot['question'], tag: string): string => `${id} ${tag}`;
const keyOf = (keys: Keys, { week }: Ballot['question']): KeyObject => keys.derive(week, 'voter');

/**
 * Who voted, sealed beside the vote under the keys of the question's week. The value within is the same on every question, or
 * votes of two could not be added up; it never leaves this room. Without the keys of that week, nothing of it can be
 * compared with anything, not even by whoever has the lasting key, which makes it, and a list of everybody.
 */
export function sealVoter(keys: Keys, question: Ballot['question'], { tag, person }: { tag: string; person: string }) {
  const voter = Buffer.from(keys.tag('lasting', 'voter', person), 'base64url');
  return encrypt(keyOf(keys, question), voter, boundTo(question, tag)).toString('base64url');
}

/**
 * How many people stand behind the votes of several questions, each counted once. Throws EpochGone. Of votes that tell
 * nothing of their voter, from before there was such a mark, no more are counted than there must be at least.
 */
export async function countVoters(keys: Keys, ballots: readonly Ballot[]): Promise<number> {
  const voters = new Set<string>();
  let seen = 0;
  for (const { question, votes } of ballots) {
    const key = keyOf(keys, question);
    for (const { tag, voter } of votes) {
      if (voter !== undefined)
        voters.add(decrypt(key, Buffer.from(voter, 'base64url'), boundTo(question, tag)).toString('base64url'));
      seen += 1;
      if (seen % SLICE === 0) await new Promise(setImmediate);
    }
  }
  return Math.max(voters.size, ...ballots.map(({ votes }) => votes.length));
}
