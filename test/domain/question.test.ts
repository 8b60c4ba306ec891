import assert from 'node:assert/strict';
import { draft } from '../../bot/domain/answer.ts';
import { done, owe } from '../../bot/domain/delivery.ts';
import { ask, decline, handOn, promise, sign, withdraw } from '../../bot/domain/life.ts';
import { next, type Question, standBefore } from '../../bot/domain/question.ts';
import { askBack, followUp } from '../../bot/domain/thread.ts';
import { must } from '../support/app.ts';
import { CHANNEL, devi, noor, otto } from '../support/cast.ts';
import { answered, facts, INES, KOFI, open, owed, published, settled, WORDS } from '../support/questions.ts';

const OTTO = otto.aadObjectId;
const declined = () => must(decline(open(), 'personal', 'It concerns one colleague.'));
const withdrawn = () => must(withdraw(open()));
const notOpen = (state: string) => ({ refused: 'not-open', state });

describe('ask', () => {
  it('makes an open question that owes its leader a card, at once and without a time', () => {
    const question = ask({ id: 'question', leader: INES, words: WORDS, week: '2026-W48', topic: 'Strategy' });
    assert.equal(question.state, 'open');
    assert.equal(question.votes, 0);
    assert.deepEqual(question.places, [{ key: `question:${INES}`, card: 'question', to: INES }]);
    assert.deepEqual(owed(question), [`card:question:${INES}`]);
    assert.equal(facts(question.deliveries[0]).at, 0);
    assert.doesNotMatch(JSON.stringify(question), /\d{13}|T\d\d:/);
  });
});

describe('next', () => {
  it('counts on, and owes an update to every card that stands', () => {
    const two = standBefore(settled(open()), 'curate', [KOFI]);
    const changed = next(settled(two));
    assert.equal(changed.revision, two.revision + 1);
    assert.deepEqual(owed(changed), [`card:question:${INES}`, `card:curate:${KOFI}`]);
  });
});

describe('standBefore', () => {
  it('puts a card before each person once, and updates one that stands there', () => {
    const post = { conversation: 'chat', activity: '1' };
    const placed = open({ places: [{ key: `question:${INES}`, card: 'question', to: INES, post }] });
    const again = standBefore(settled(placed), 'question', [INES, OTTO]);
    assert.deepEqual(
      again.places.map(({ to, post }) => [to, post]),
      [
        [INES, post],
        [OTTO, undefined],
      ],
    );
    assert.deepEqual(owed(again), [`card:question:${INES}`, `card:question:${OTTO}`]);
  });

  it('puts a new card for an entry beside the first one', () => {
    const again = standBefore(open(), 'question', [INES], 'entry');
    assert.deepEqual(
      again.places.map(({ key, entry }) => [key, entry]),
      [
        [`question:${INES}`, undefined],
        [`question:${INES}:entry`, 'entry'],
      ],
    );
  });
});

describe('sign', () => {
  it('puts the name under an open, an answered and a declined question', () => {
    for (const question of [open(), answered(), declined()]) {
      const signed = must(sign(question, noor.name));
      assert.equal(signed.signed, noor.name);
      assert.equal(signed.revision, question.revision + 1);
    }
  });

  it('carries the name to every channel where the thread stands', () => {
    const signed = must(sign(settled(published(answered(), ['a', 'b'])), noor.name));
    assert.deepEqual(owed(signed).slice(-2), ['publication:a', 'publication:b']);
  });

  it('goes one way, once', () => {
    const signed = must(sign(open(), noor.name));
    for (const name of [noor.name, otto.name]) assert.deepEqual(sign(signed, name), { refused: 'already-signed' });
  });

  it('is refused once the question is withdrawn', () =>
    assert.deepEqual(sign(withdrawn(), noor.name), notOpen('withdrawn')));
});

describe('withdraw', () => {
  it('erases every word, and keeps a tombstone of what says nothing', () => {
    const asked = open({ topic: 'Strategy', signed: noor.name, votes: 3 });
    const drafted = must(draft(asked, { words: 'A draft.', by: devi.aadObjectId }));
    const talked = must(askBack(drafted, { id: 'back', words: 'Which office?' }, 'Ines'));
    const gone = must(withdraw(talked));
    assert.deepEqual(
      Object.keys(gone).toSorted().join(' '),
      'deliveries id leader places revision state thread votes week words',
    );
    for (const word of [WORDS, noor.name, 'A draft', 'Which office', 'Strategy'])
      assert.ok(!JSON.stringify(gone).includes(word), word);
  });

  it('wins over an answer that nobody published, and erases it', () => {
    const gone = must(withdraw(answered()));
    assert.equal(gone.state, 'withdrawn');
    assert.doesNotMatch(JSON.stringify(gone), /should have come/);
  });

  it('tells the leader, updates the cards that stand, and owes the asker nothing', () => {
    const gone = must(withdraw(answered()));
    assert.deepEqual(owed(gone), [`card:question:${INES}`, `card:curate:${KOFI}`, `tell:${INES}:withdrawn`]);
  });

  it('is refused once it is published or declined', () => {
    assert.deepEqual(withdraw(published()), { refused: 'published' });
    assert.deepEqual(withdraw(declined()), notOpen('declined'));
  });

  it('changes nothing the second time', () => {
    const gone = withdrawn();
    assert.equal(withdraw(gone), gone);
  });
});

describe('promise', () => {
  it('keeps the day and tells the asker', () => {
    const promised = must(promise(settled(open()), '2026-12-04', '2026-11-23'));
    assert.ok(promised.state === 'open' && promised.promise === '2026-12-04');
    assert.deepEqual(owed(promised), [`card:question:${INES}`, 'notice']);
  });

  it('takes today, and no day that is past', () => {
    must(promise(open(), '2026-11-23', '2026-11-23'));
    assert.deepEqual(promise(open(), '2026-11-22', '2026-11-23'), { refused: 'no-day' });
  });

  it('changes nothing the second time, so that the asker is told once', () => {
    const promised = must(promise(open(), '2026-12-04', '2026-11-23'));
    assert.equal(promise(promised, '2026-12-04', '2026-11-23'), promised);
  });

  it('is gone once answered, declined or handed on', () => {
    const promised = must(promise(open(), '2026-12-04', '2026-11-23'));
    for (const later of [answered(promised), must(decline(promised, 'unclear')), must(handOn(promised, OTTO))])
      assert.ok(!('promise' in later), later.state);
  });
});

describe('handOn', () => {
  it('gives the question to the other leader, with a card, and tells the asker', () => {
    const handed = must(handOn(settled(open()), OTTO));
    assert.equal(handed.leader, OTTO);
    assert.deepEqual(owed(handed), [`card:question:${INES}`, `card:question:${OTTO}`, 'notice']);
  });

  it('leaves the first leader’s drafts behind', () => {
    const drafted = must(draft(open(), { words: 'A draft.', by: devi.aadObjectId }));
    assert.doesNotMatch(JSON.stringify(must(handOn(drafted, OTTO))), /A draft/);
  });

  it('changes nothing where the question is there already', () => {
    const question = open();
    assert.equal(handOn(question, INES), question);
  });
});

describe('decline', () => {
  it('keeps reason, words and the role that decided, and tells the asker', () => {
    const question = declined();
    assert.ok(question.state === 'declined');
    assert.deepEqual(question.decline, { reason: 'personal', words: 'It concerns one colleague.', role: 'leader' });
    assert.ok(owed(question).includes('notice'));
    assert.equal(question.words, WORDS);
  });

  it('drops what was only drafted', () => {
    const drafted = must(draft(open(), { words: 'A draft.', by: devi.aadObjectId }));
    assert.doesNotMatch(JSON.stringify(must(decline(drafted, 'unclear'))), /A draft/);
  });

  it('changes nothing the second time', () => {
    const question = declined();
    assert.equal(decline(question, 'personal', 'It concerns one colleague.'), question);
  });
});

describe('what only an open question takes', () => {
  const acts: Record<string, (question: Question) => unknown> = {
    promise: (question) => promise(question, '2026-12-04', '2026-11-23'),
    'hand on': (question) => handOn(question, OTTO),
    decline: (question) => decline(question, 'unclear'),
    'ask back': (question) => askBack(question, { id: 'x', words: 'Which?' }, 'Ines'),
  };
  for (const [name, act] of Object.entries(acts)) {
    it(`${name}: is refused once it is answered or withdrawn`, () => {
      assert.deepEqual(act(answered()), notOpen('answered'));
      assert.deepEqual(act(published()), notOpen('answered'));
      assert.deepEqual(act(withdrawn()), notOpen('withdrawn'));
    });
  }
});

describe('a question', () => {
  it('is never changed in place', () => {
    const freeze = (value: unknown): void => {
      if (typeof value !== 'object' || value === null) return;
      Object.freeze(value);
      Object.values(value).forEach(freeze);
    };
    const question = published();
    freeze(question);
    must(followUp(question, { id: 'x', words: 'And then?' }));
    must(sign(question, noor.name));
    owe(question, { kind: 'publication', channel: CHANNEL.id });
    question.deliveries.forEach((delivery) => done(question, delivery));
  });
});
