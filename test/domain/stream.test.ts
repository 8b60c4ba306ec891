import assert from 'node:assert/strict';
import fc from 'fast-check';
import { fill, type Fit, leastFirst, type Place, runsDry } from '../../bot/domain/stream.ts';

const DAY = 86_400_000;
const MONDAY = Date.UTC(2026, 10, 23, 12);
const daily = {
  zone: 'UTC',
  weekly: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, time: '09:00' })),
  holidays: [],
};
const nine = (day: number) => Date.UTC(2026, 10, 23 + day, 9);

/** `a1 b1 -`: threads by topic and number; `-` is one without a topic. */
const threads = (text: string): Fit[] =>
  text.split(' ').map((id) => ({ id, ...(id.startsWith('-') ? {} : { topic: id[0] }) }));
const free = (count: number): Place[] => Array.from({ length: count }, (_, at) => ({ at, isFree: true }));
const filled = (places: Place[], text: string) =>
  fill(places, threads(text))
    .map(({ id }) => id)
    .join(' ');

const planned = (at: number, topic: string): Place => ({ at, isFree: false, topic });
/** Those without a topic have none in common. */
const topicOf = (id: string, n: number) => (id.startsWith('-') ? `none ${n}` : id[0]);

const repeats = (order: string[]) =>
  order.some((id, n) => n > 0 && topicOf(order[n - 1] ?? '', n - 1) === topicOf(id, n));

describe('filling a stream', () => {
  const cases: [what: string, places: Place[], threads: string, filled: string][] = [
    ['keeps the order where topics differ', free(3), 'a1 b1 c1', 'a1 b1 c1'],
    ['takes no more than there are Slots', free(2), 'a1 b1 c1', 'a1 b1'],
    ['leaves Slots free where there are no more threads', free(5), 'a1 b1', 'a1 b1'],
    ['puts another topic between', free(3), 'a1 a2 b1', 'a1 b1 a2'],
    ['brings forward what there is much of', free(4), 'a1 b1 c1 c2', 'a1 c1 b1 c2'],
    ['begins with what there is most of', free(5), 'a1 b1 b2 b3 a2', 'b1 a1 b2 a2 b3'],
    ['repeats a topic where nothing else is left', free(3), 'a1 a2 a3', 'a1 a2 a3'],
    ['reaches for a later thread of another topic', free(2), 'a1 a2 a3 b1', 'a1 b1'],
    ['has no topic in common between those without one', free(3), '-1 -2 -3', '-1 -2 -3'],
  ];
  for (const [what, places, given, expected] of cases) it(what, () => assert.equal(filled(places, given), expected));

  it('minds what is planned before and after a free Slot', () => {
    const between: Place[] = [planned(1, 'a'), { at: 2, isFree: true }, planned(3, 'b')];
    assert.equal(filled(between, 'a1 b1 c1'), 'c1');
    assert.deepEqual(fill(between, threads('c1')), [{ id: 'c1', at: 2 }]);
    assert.equal(filled([planned(1, 'a'), ...free(2)], 'a1 b1'), 'b1 a1');
  });

  it('never repeats a topic where some order would not', () => {
    const ids = fc.array(fc.constantFrom('a', 'b', 'c', '-'), { minLength: 1, maxLength: 7 });
    fc.assert(
      fc.property(ids, (topics) => {
        const given = topics.map((topic, n) => `${topic}${n}`);
        const order = filled(free(given.length), given.join(' ')).split(' ');
        assert.deepEqual(order.toSorted(), given.toSorted());
        const most = Math.max(...['a', 'b', 'c'].map((topic) => topics.filter((one) => one === topic).length));
        assert.equal(repeats(order), most > Math.ceil(given.length / 2), order.join(' '));
      }),
      { seed: 5, numRuns: 300 },
    );
  });
});

const dry = (planned: number[], days = 5) => runsDry(daily, { planned, now: MONDAY, days });

describe('a stream that runs dry', () => {
  it('is told by its first Slot without a thread', () => {
    assert.equal(dry([]), nine(1));
    assert.equal(dry([nine(1), nine(2)]), nine(3));
    assert.equal(dry([nine(1), nine(3)]), nine(2));
  });

  it('is not told further ahead than the policy says', () => {
    const planned = [1, 2, 3, 4].map(nine);
    assert.equal(dry(planned), nine(5));
    assert.equal(dry(planned, 4), undefined);
    assert.equal(dry([...planned, nine(5)]), undefined);
  });

  it('is none where the channel has no Slots, or only a holiday has one', () => {
    assert.equal(runsDry({ ...daily, weekly: [] }, { planned: [], now: MONDAY, days: 5 }), undefined);
    const holidays = ['2026-11-24', '2026-11-25'];
    assert.equal(runsDry({ ...daily, holidays }, { planned: [], now: MONDAY, days: 5 }), nine(3));
    assert.equal(runsDry({ ...daily, holidays }, { planned: [], now: MONDAY, days: 2 }), undefined);
    assert.equal(nine(3) - MONDAY < 3 * DAY, true);
  });
});

describe('the leaders who answered least', () => {
  it('come first; among those, the one for whom more waits', () => {
    const given = [
      { leader: 'Ines', answered: 9, waiting: 0 },
      { leader: 'Otto', answered: 1, waiting: 2 },
      { leader: 'Devi', answered: 1, waiting: 7 },
    ];
    assert.deepEqual(
      leastFirst(given).map(({ leader }) => leader),
      ['Devi', 'Otto', 'Ines'],
    );
  });
});
