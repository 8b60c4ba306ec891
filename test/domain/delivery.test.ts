import assert from 'node:assert/strict';
import {
  amend,
  claim,
  claimIn,
  claims,
  type Delivery,
  done,
  dueNow,
  giveUp,
  goOn,
  joinBatch,
  keyOf,
  needsBatch,
  owe,
  owedAt,
  type PutOff,
  putOff,
} from '../../bot/domain/delivery.ts';
import { facts } from '../support/questions.ts';

const SECOND = 1000;
const HOUR = 3_600_000;
const NOW = Date.UTC(2026, 10, 23, 12);
const notice = { kind: 'notice' } as const;
const channel = (id: string) => ({ kind: 'publication', channel: id }) as const;

type Owing = { revision: number; deliveries: Delivery[] };
const nothing = (revision = 1): Owing => ({ revision, deliveries: [] });
const only = ({ deliveries }: Owing): Delivery => {
  assert.equal(deliveries.length, 1);
  return deliveries[0] as Delivery;
};
const refused: PutOff = { code: '429', chance: 0.5 };

/** Refuses until it is given up. Returns how long each wait was. */
function waits(why: PutOff): number[] {
  let now = NOW;
  let owing = owe(nothing(), notice);
  const taken: number[] = [];
  for (;;) {
    owing = putOff(owing, only(owing), now, why);
    const { state, until = 0 } = facts(only(owing));
    if (state === 'dead') return taken;
    assert.ok(taken.length < 100, 'it is given up some time');
    taken.push(until - now);
    now = until;
  }
}
const sum = (times: number[]) => times.reduce((all, time) => all + time, 0);

describe('owe', () => {
  it('owes at once, without a time', () =>
    assert.deepEqual(only(owe(nothing(7), notice)), { key: 'notice', target: notice, mark: 7, state: 'due', at: 0 }));

  it('owes the same target once, however often it is named', () => {
    const owing = owe(owe(nothing(), notice, channel('a'), notice), channel('a'), channel('b'));
    assert.deepEqual(
      owing.deliveries.map(({ key }) => key),
      ['notice', 'publication:a', 'publication:b'],
    );
  });

  it('begins anew what was put off', () => {
    const late = putOff(owe(nothing(), notice), only(owe(nothing(), notice)), NOW, refused);
    assert.deepEqual(only(owe({ ...late, revision: 2 }, notice)), only(owe(nothing(2), notice)));
  });

  it('revives what was given up', () => {
    const owing = owe(nothing(), notice);
    const dead = giveUp(owing, only(owing), '403');
    assert.equal(facts(only(dead)).why, '403');
    const again = owe({ ...dead, revision: 2 }, notice);
    assert.equal(dueNow(again, NOW).length, 1);
  });

  it('tells every target from every other', () => {
    const targets = [
      notice,
      channel('a'),
      { kind: 'card', place: 'a' },
      { kind: 'tell', person: 'a', what: 'withdrawn' },
      { kind: 'tell', person: 'a', what: 'not-now' },
      { kind: 'tell', person: 'b', what: 'not-now' },
    ] as const;
    assert.equal(new Set(targets.map(keyOf)).size, targets.length);
  });
});

describe('done', () => {
  it('takes off what was carried out, and nothing else', () => {
    const owing = owe(nothing(), notice, channel('a'));
    const [first, second] = owing.deliveries;
    assert.deepEqual(done(owing, first as Delivery).deliveries, [second]);
  });

  it('leaves what was owed anew while it was carried out', () => {
    const owing = owe(nothing(), notice);
    const meanwhile = owe({ ...owing, revision: 2 }, notice);
    assert.deepEqual(done(meanwhile, only(owing)).deliveries, meanwhile.deliveries);
  });
});

describe('putOff', () => {
  it('waits 2 to 20 s three times, by chance, then 1, 5, 15, 60 min, then 4 h each', () => {
    const minutes = [1, 5, 15, 60, 240, 240, 240, 240, 240].map((each) => each * 60 * SECOND);
    assert.deepEqual(waits({ ...refused, chance: 0 }), [2 * SECOND, 2 * SECOND, 2 * SECOND, ...minutes]);
    assert.deepEqual(waits(refused).slice(0, 3), [11 * SECOND, 11 * SECOND, 11 * SECOND]);
    const most = waits({ ...refused, chance: 0.999_999 })[0] ?? 0;
    assert.ok(most > 19 * SECOND && most <= 20 * SECOND);
  });

  it('gives up after about a day', () => {
    const day = sum(waits(refused));
    assert.ok(day > 20 * HOUR && day < 26 * HOUR, `${day / HOUR} h`);
  });

  it('keeps the reason of the last refusal', () => {
    const waiting = { state: 'waiting', until: NOW, why: '429', tries: 12 } as const;
    const tired = amend(owe(nothing(), notice), only(owe(nothing(), notice)), waiting);
    assert.equal(facts(only(putOff(tired, only(tired), NOW, { ...refused, code: '412' }))).why, '412');
  });

  it('does not come back before Teams said', () => {
    assert.equal(waits({ ...refused, retryAfterMs: 30 * SECOND })[0], 30 * SECOND);
    for (const wait of waits({ ...refused, retryAfterMs: 5 * HOUR })) assert.equal(wait, 5 * HOUR);
  });

  it('is not given up in a minute because Teams asks for short waits', () => {
    for (const retryAfterMs of [0, SECOND, 60 * SECOND])
      assert.ok(sum(waits({ ...refused, retryAfterMs })) > 20 * HOUR);
  });

  it('comes back within a day, whatever the header says', () => {
    for (const retryAfterMs of [1e12, Number.MAX_VALUE])
      assert.equal(waits({ ...refused, retryAfterMs })[0], 24 * HOUR);
  });

  it('falls due on a whole millisecond, so that it can be stored', () => {
    const owing = owe(nothing(), notice);
    assert.ok(Number.isInteger(facts(only(putOff(owing, only(owing), NOW, { ...refused, chance: 0.123_456 }))).until));
  });

  it('makes what was owed anew meanwhile wait too, with all its tries', () => {
    const owing = owe(nothing(), notice);
    const meanwhile = owe({ ...owing, revision: 2 }, notice);
    const late = putOff(meanwhile, only(owing), NOW, { ...refused, retryAfterMs: 30 * SECOND });
    assert.deepEqual(only(late), { ...only(meanwhile), at: NOW + 30 * SECOND });
  });
});

describe('giveUp', () => {
  it('keeps the reason, and is due no more', () => {
    const owing = owe(nothing(), notice, channel('a'));
    const dead = giveUp(owing, owing.deliveries[0] as Delivery, '403');
    assert.deepEqual(
      dueNow(dead, NOW).map(({ key }) => key),
      ['publication:a'],
    );
    assert.equal(owedAt(dead), 0);
  });

  it('keeps no time: what is given up stays, and would tell for ever when it was tried', () => {
    const owing = owe(nothing(), notice);
    const late = putOff(owing, only(owing), NOW, refused);
    assert.doesNotMatch(JSON.stringify(giveUp(late, only(late), '403')), new RegExp(String(NOW).slice(0, 6)));
  });

  it('does not give up what was owed anew meanwhile: that may be in order', () => {
    const owing = owe(nothing(), notice);
    const meanwhile = owe({ ...owing, revision: 2 }, notice);
    assert.deepEqual(giveUp(meanwhile, only(owing), '413').deliveries, meanwhile.deliveries);
  });
});

describe('a batch', () => {
  const owing = owe(nothing(), notice);

  it('is joined by a notice that has none, and by nothing else', () => {
    assert.ok(needsBatch(only(owing)));
    assert.ok(!needsBatch(only(owe(nothing(), channel('a')))));
    const joined = joinBatch(owing, only(owing), NOW);
    assert.deepEqual([facts(only(joined)).at, needsBatch(only(joined))], [NOW, false]);
    assert.ok(!needsBatch(only(putOff(owing, only(owing), NOW, refused))), 'a later try has its own time');
  });

  it('is joined anew by what is owed anew, once, without a trace of the time before', () => {
    const again = owe({ ...joinBatch(owing, only(owing), NOW), revision: 2 }, notice);
    assert.deepEqual(only(again), only(owe(nothing(2), notice)));
  });
});

describe('goOn', () => {
  it('counts tries anew once a step went well', () => {
    const owing = owe(nothing(), notice);
    const tried = putOff(owing, only(owing), NOW, refused);
    assert.deepEqual(goOn(tried, only(tried)), owing);
  });
});

describe('what is due', () => {
  it('is due from its time on', () => {
    const owing = owe(nothing(), notice);
    const later = putOff(owing, only(owing), NOW, refused);
    const at = facts(only(later)).until ?? 0;
    assert.equal(owedAt(later), at);
    assert.deepEqual([dueNow(later, at - 1).length, dueNow(later, at).length], [0, 1]);
  });

  it('is nothing where nothing is owed, or all is given up', () => {
    assert.equal(owedAt(nothing()), undefined);
    const owing = owe(nothing(), notice);
    assert.equal(owedAt(giveUp(owing, only(owing), '403')), undefined);
  });
});

describe('a claim', () => {
  const LEASE = 40 * SECOND;
  const owing = owe(nothing(), notice);
  const claimed = claim(owing, only(owing), '7', NOW);

  it('keeps everybody else away until its lease ends, and nobody after that', () => {
    assert.equal(owedAt(claimed), NOW + LEASE);
    assert.deepEqual([dueNow(claimed, NOW + LEASE - 1).length, dueNow(claimed, NOW + LEASE).length], [0, 1]);
  });

  it('counts for nothing once the clock that made it was set back: nobody waits until then', () => {
    for (const [back, due] of [
      [LEASE, 0],
      [LEASE + 1, 1],
      [6 * HOUR, 1],
    ] as const)
      assert.equal(dueNow(claimed, NOW - back).length, due, `${back} ms`);
    const late = putOff(owing, only(owing), NOW, refused);
    assert.equal(dueNow(late, NOW - 6 * HOUR).length, 0, 'what waits for another try is no claim');
  });

  it('is found by the version under which it was taken, until another one takes over', () => {
    assert.deepEqual(claimIn(claimed, 'notice', '7'), only(claimed));
    const taken = claim(claimed, only(claimed), '8', NOW + LEASE);
    assert.deepEqual([claimIn(taken, 'notice', '7'), claimIn(taken, 'notice', '8')], [undefined, only(taken)]);
    assert.equal(claimIn(owing, 'notice', '7'), undefined);
  });

  it('stays when the same is owed anew: a second one must not overtake it', () => {
    const again = owe({ ...claimed, revision: 2 }, notice, channel('a'));
    assert.deepEqual(claims(again), [{ ...only(claimed), mark: 2 }]);
    assert.deepEqual(only(done({ ...again, deliveries: claims(again) }, only(claimed))), only(owe(nothing(2), notice)));
  });

  it('keeps count of the tries, and leaves no time behind', () => {
    const late = putOff(claimed, only(claimed), NOW, refused);
    const second = putOff(claim(late, only(late), '8', NOW), only(claim(late, only(late), '8', NOW)), NOW, refused);
    assert.equal(facts(only(second)).tries, 2);
    assert.deepEqual(done(claimed, only(claimed)), nothing());
    assert.deepEqual(only(giveUp(claimed, only(claimed), '403')), { ...only(giveUp(owing, only(owing), '403')) });
  });
});
