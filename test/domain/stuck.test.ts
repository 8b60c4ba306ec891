import assert from 'node:assert/strict';
import { amend, type Standing } from '../../bot/domain/delivery.ts';
import { begin, newPost, nextStep, outOfReach, type Step } from '../../bot/domain/posting.ts';
import { settle, stopped, withPublication } from '../../bot/domain/publication.ts';
import type { Question } from '../../bot/domain/question.ts';
import { drop, isStuck, sendAgain, statesOf } from '../../bot/domain/stuck.ts';
import { must } from '../support/app.ts';
import { CHANNEL, kofi } from '../support/cast.ts';
import {
  answered,
  carriedOut,
  corrects,
  INES,
  isAnswered,
  open,
  published,
  settled,
  standing,
  uncertain,
} from '../support/questions.ts';

const CARD = `card:question:${INES}`;
const POST = `publication:${CHANNEL.id}`;
const NOW = Date.UTC(2026, 10, 23, 12);
const dead: Standing = { state: 'dead', why: '403' };
const waiting: Standing = { state: 'waiting', until: NOW, why: '429', tries: 5 };
const claimed: Standing = { state: 'claimed', until: NOW, fence: '1', tries: 0 };

const find = (question: Question, key: string) =>
  question.deliveries.find((one) => one.key === key) ?? assert.fail(key);
const having = <Q extends Question>(question: Q, key: string, standing: Standing): Q =>
  amend(question, find(question, key), standing);

describe('what was not delivered', () => {
  it('is what waits for another try, is uncertain or was given up', () => {
    const states = (
      [
        { state: 'due', at: 0 },
        claimed,
        waiting,
        { state: 'uncertain' },
        dead,
        { state: 'dropped', by: '', reason: '' },
      ] as const
    ).map((standing) => isStuck(find(having(open(), CARD, standing), CARD)));
    assert.deepEqual(states, [false, false, true, true, true, false]);
  });

  describe('is sent again', () => {
    for (const standing of [dead, waiting]) {
      it(`at once and with all its tries, where it was ${standing.state}`, () => {
        const again = must(sendAgain(having(open(), CARD, standing), CARD));
        assert.deepEqual(find(again, CARD), find(open(), CARD));
      });
    }

    it('into a channel, where curators then see that it is on its way', () => {
      const given = having(published(), POST, dead);
      const again = isAnswered(sendAgain(given, POST));
      assert.equal(stopped(again, CHANNEL.id), undefined);
      assert.equal(again.revision, given.revision + 1);
    });

    it('not while somebody sends it, not where it was sent, and not unseen where it may stand', () => {
      assert.deepEqual(sendAgain(having(open(), CARD, claimed), CARD), { refused: 'not-stuck' });
      assert.deepEqual(sendAgain(settled(open()), CARD), { refused: 'not-stuck' });
      assert.deepEqual(sendAgain(having(published(), POST, { state: 'uncertain' }), POST), { refused: 'not-stuck' });
    });
  });

  describe('is dropped', () => {
    it('by name and with a reason, and stays in the record', () => {
      const dropped = must(drop(having(open(), CARD, dead), CARD, kofi.name, 'She left.'));
      const { key, target, mark } = find(open(), CARD);
      assert.deepEqual(dropped.deliveries, [
        { key, target, mark, state: 'dropped', by: kofi.name, reason: 'She left.' },
      ]);
    });

    it('and is owed all the same when the question changes', () => {
      const given = having(published(), POST, dead);
      const dropped = isAnswered(drop(given, POST, kofi.name, 'The team is gone.'));
      assert.equal(stopped(dropped, CHANNEL.id)?.state, 'dropped');
      assert.equal(find(corrects(dropped), POST).state, 'due');
    });

    it('not where a curator has to look, where it is being sent, and never where two people agreed on a block', () => {
      const uncertain = having(published(), POST, { state: 'uncertain' });
      assert.deepEqual(drop(uncertain, POST, kofi.name, 'No.'), { refused: 'not-stuck' });
      assert.deepEqual(drop(having(open(), CARD, claimed), CARD, kofi.name, 'No.'), { refused: 'not-stuck' });
      const block = { key: 'block', target: { kind: 'block' }, mark: 1, ...dead } as const;
      assert.deepEqual(drop({ ...open(), deliveries: [block] }, 'block', kofi.name, 'No.'), { refused: 'not-stuck' });
      const wording = { key: 'wording:a', target: { kind: 'wording', into: 'a' }, mark: 1, ...dead } as const;
      assert.deepEqual(drop({ ...open(), deliveries: [wording] }, 'wording:a', kofi.name, 'No.'), {
        refused: 'not-stuck',
      });
    });
  });

  it('sorts behind everything that is on its way, where a store indexes the states', () => {
    assert.equal(statesOf(settled(open())), undefined);
    const going = [
      statesOf(open()),
      statesOf(having(open(), CARD, claimed)),
      statesOf(must(drop(having(open(), CARD, dead), CARD, '', ''))),
    ];
    const stuck = [waiting, dead, { state: 'uncertain' } as const].map((standing) =>
      statesOf(having(answered(), CARD, standing)),
    );
    for (const states of going) assert.ok(String(states) < 'stuck', states);
    for (const states of stuck) assert.ok(String(states) >= 'stuck', states);
    assert.equal(stuck[1], 'stuck dead due due');
  });
});

/** Published up to this part, which is the next to be sent. */
function carriedOutTo(part: string) {
  const question = published();
  const root = nextStep(question, standing(question)) as Step;
  const { now } = carriedOut(question);
  const publication = { ...standing(now), parts: [], state: 'posting' as const };
  const further = withPublication(now, publication);
  assert.equal(newPost(root), 'root');
  assert.equal(begin(publication, nextStep(further, publication) as Step).begun, part);
  return further;
}

describe('a post that a curator found, and that Teams never named', () => {
  it('is out of reach for a correction, and only then', () => {
    const rooted = carriedOutTo('answer');
    const found = isAnswered(settle(uncertain(rooted), CHANNEL.id, 'there'));
    assert.equal(outOfReach(found, standing(found)), false);
    assert.equal(outOfReach(corrects(found), standing(found)), true);
    const { now } = carriedOut(published());
    assert.equal(outOfReach(corrects(now), standing(now)), false);
  });
});
