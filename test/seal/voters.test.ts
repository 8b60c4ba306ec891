import assert from 'node:assert/strict';
import type { Asker } from '../../bot/app/ports.ts';
import type { Ballot } from '../../bot/app/votes.ts';
import { fresh, WEEK } from '../store/samples.ts';
import { crowd, noor, omar } from '../support/cast.ts';
import { useSealing } from './sealing.ts';

const NEXT_WEEK = '2026-W49';

const question = (week = WEEK) => ({ id: fresh(), week });

function vote(hand: Asker, of: Ballot['question']) {
  const tag = hand.voteTag(of) ?? '';
  return { tag, voter: hand.sealVoter(of, tag) };
}

describe('votes on several questions', () => {
  const sealing = useSealing();
  const ballot = (of: Ballot['question'], ...people: (typeof noor)[]): Ballot => ({
    question: of,
    votes: people.map((person) => vote(sealing.hand(person), of)),
  });
  const count = (...ballots: Ballot[]) => sealing.sealer.countVoters(ballots);

  it('add up with nobody counted twice', async () => {
    const [one, two] = [ballot(question(), noor, omar, ...crowd), ballot(question(), omar, crowd[0] ?? noor)];
    assert.equal(await count(one, two), 2 + crowd.length);
    assert.equal(await count(ballot(question(), noor), ballot(question(), omar)), 2);
    assert.equal(await count(ballot(question()), ballot(question())), 0);
  });

  it('add up across weeks, too', async () => {
    await sealing.passWeek();
    assert.equal(await count(ballot(question(WEEK), noor, omar), ballot(question(NEXT_WEEK), omar)), 2);
  });

  it('can’t be added up once the keys of one week are gone', async () => {
    await sealing.passWeek();
    const ballots = [ballot(question(WEEK), noor), ballot(question(NEXT_WEEK), noor)];
    await sealing.destroy(WEEK);
    await assert.rejects(count(...ballots), { name: 'EpochGone' });
  });

  it('hold no value twice, of one size, whoever votes, even twice on one question', () => {
    const of = question();
    const votes = [noor, noor, omar].map((person) => vote(sealing.hand(person), of).voter);
    assert.equal(new Set(votes).size, 3);
    assert.equal(new Set(votes.map((voter) => voter.length)).size, 1);
  });

  it('say nothing when moved to another question or another vote', async () => {
    const [of, other] = [question(), question()];
    const { tag, voter } = vote(sealing.noors, of);
    const others = vote(sealing.omars, of);
    await assert.rejects(count({ question: other, votes: [{ tag, voter }] }));
    await assert.rejects(count({ question: of, votes: [{ tag: others.tag, voter }] }));
  });

  it('of old, with nobody’s mark, count as many as there are at least, and never more', async () => {
    const old = { question: question(), votes: [{ tag: fresh() }, { tag: fresh() }, { tag: fresh() }] };
    assert.equal(await count(old, ballot(question(), noor)), 3);
    assert.equal(await count({ ...old, votes: [{ tag: fresh() }] }, ballot(question(), noor, omar)), 2);
  });

  it('in a backup from before the keys were destroyed name nobody, even to who has the lasting key and a list of all', async () => {
    const of = question();
    const people = [noor, omar, ...crowd];
    const rows = ballot(of, ...people).votes;
    const file = sealing.openKeys();
    // What the lasting key makes of everybody, and where the rows would have to show it.
    const voters = people.map(({ aadObjectId }) => Buffer.from(file.tag('lasting', 'voter', aadObjectId), 'base64url'));
    await sealing.destroy(WEEK);
    const later = sealing.openKeys();
    for (const row of rows) {
      const kept = [row.voter ?? '', row.tag].map((text) => Buffer.from(text, 'base64url'));
      assert.ok(!voters.some((voter) => kept.some((bytes) => bytes.includes(voter))));
    }
    assert.throws(() => later.derive(WEEK, 'voter'), { name: 'EpochGone' });
    assert.deepEqual(
      voters[0],
      Buffer.from(later.tag('lasting', 'voter', noor.aadObjectId), 'base64url'),
      'The premise',
    );
  });
});
