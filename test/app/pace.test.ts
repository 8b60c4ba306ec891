import assert from 'node:assert/strict';
import sinon from 'sinon';
import { Held } from '../../bot/app/carrying.ts';
import { makePace, type Pace } from '../../bot/app/pace.ts';
import { seeded } from '../support/chance.ts';

const SECOND = 1000;
const HOUR = 3600 * SECOND;
interface Send {
  conversation: string;
  at: number;
}

/** The most of these within any span, which begins with one of them. */
function mostWithin(times: number[], span: number): number {
  const sorted = times.toSorted((a, b) => a - b);
  let begin = 0;
  let most = 0;
  for (const [at, time] of sorted.entries()) {
    while (time - (sorted[begin] ?? 0) >= span) begin += 1;
    most = Math.max(most, at - begin + 1);
  }
  return most;
}

const names = (count: number) => Array.from({ length: count }, (_, n) => `conversation ${n}`);

describe('the pace', () => {
  let clock: sinon.SinonFakeTimers;
  let pace: Pace;
  let start = 0;
  let sent: Send[] = [];
  beforeEach(() => {
    clock = sinon.useFakeTimers({ now: Date.UTC(2026, 10, 23, 12), toFake: ['setTimeout', 'clearTimeout', 'Date'] });
    pace = makePace({ now: () => new Date() });
    start = Date.now();
    sent = [];
  });
  afterEach(() => clock.restore());

  /** Asks for its turn, and comes back when it is told to, as the runner does. */
  async function send(conversation: string): Promise<void> {
    for (;;) {
      try {
        await pace.turn(conversation);
        sent.push({ conversation, at: Date.now() - start });
        return;
      } catch (error) {
        assert.ok(error instanceof Held && error.until !== undefined && error.until > Date.now());
        const wait = error.until - Date.now();
        await new Promise((resolve) => setTimeout(resolve, wait));
      }
    }
  }
  const sends = (conversations: string[]) => void Promise.all(conversations.map(send));
  const passes = (ms: number) => clock.tickAsync(ms);
  const times = (conversation?: string) =>
    sent.filter((one) => conversation === undefined || one.conversation === conversation).map(({ at }) => at);

  it('lets the first one go at once', async () => {
    sends(['a']);
    await passes(0);
    assert.deepEqual(sent, [{ conversation: 'a', at: 0 }]);
  });

  it('sends 1,000 notices to 1,000 people in 50 seconds, never more than 20 in one', async () => {
    sends(names(1000));
    await passes(49.94 * SECOND);
    assert.equal(sent.length, 999);
    await passes(1.05 * 50 * SECOND - 49.94 * SECOND);
    assert.equal(sent.length, 1000);
    assert.equal(mostWithin(times(), SECOND), 20);
  });

  it('sends 1,000 notices to 200 people within 1.05 of the shortest time, never two in a second to one of them', async () => {
    const chance = seeded(11);
    const crowd = names(200);
    const to = Array.from({ length: 1000 }, () => crowd[Math.floor(chance() * crowd.length)] ?? '');
    const busiest = Math.max(...crowd.map((one) => to.filter((name) => name === one).length));
    const shortest = Math.max(50, busiest) * SECOND;
    sends(to);
    await passes(1.05 * shortest);
    assert.equal(sent.length, 1000);
    assert.ok(mostWithin(times(), SECOND) <= 20);
    for (const one of crowd) assert.ok(mostWithin(times(one), SECOND) <= 1);
  });

  it('keeps one conversation below every limit of Microsoft’s, over hours', async () => {
    sends(Array.from({ length: 4000 }, () => 'a'));
    await passes(3 * HOUR);
    const { length } = sent;
    assert.ok(length > 3000, 'the premise: it goes on');
    for (const [seconds, limit] of [
      [1, 7],
      [2, 8],
      [30, 60],
      [3600, 1800],
    ] as const) {
      assert.ok(mostWithin(times('a'), seconds * SECOND) < limit, `${seconds} s`);
    }
  });

  it('holds up nobody else while one conversation is busy', async () => {
    sends([...Array.from({ length: 100 }, () => 'a'), 'b', 'c']);
    await passes(100);
    assert.deepEqual(
      sent.map(({ conversation }) => conversation),
      ['a', 'b', 'c'],
    );
  });

  it('tells each one that is held a time of its own, so that they do not come back as a crowd', async () => {
    await pace.turn('a');
    const untils: number[] = [];
    for (let n = 0; n < 50; n += 1) {
      const waits = pace.turn('a').catch((error: Held) => void untils.push(error.until ?? 0));
      await Promise.race([waits, passes(0)]);
    }
    assert.equal(new Set(untils).size, untils.length);
    assert.ok(untils.length >= 49);
  });

  it('sends nothing into a conversation before Teams said, and lets the others go on', async () => {
    sends(['a']);
    await passes(0);
    pace.pause('a', Date.now() + 30 * SECOND);
    sends(['a', 'a', 'b', 'a']);
    await passes(29.9 * SECOND);
    assert.deepEqual([times('a'), times('b')], [[0], [50]]);
    await passes(10 * SECOND);
    assert.equal(times('a').length, 4);
    assert.ok((times('a')[1] ?? 0) >= 30 * SECOND);
  });

  it('calls back what was about to go when Teams asked for silence', async () => {
    sends(['a', 'a']);
    await passes(500);
    pace.pause('a', Date.now() + 30 * SECOND);
    await passes(29.9 * SECOND);
    assert.deepEqual(times('a'), [0]);
    await passes(5 * SECOND);
    assert.equal(times('a').length, 2);
  });

  it('sends nothing at all while Teams refuses two conversations at once: the app is to be silent', async () => {
    pace.pause('a', Date.now() + 30 * SECOND);
    pace.pause('b', Date.now() + 20 * SECOND);
    sends(['c', 'd']);
    await passes(19.9 * SECOND);
    assert.deepEqual(sent, []);
    await passes(5 * SECOND);
    assert.deepEqual(new Set(sent.map(({ conversation }) => conversation)), new Set(['c', 'd']));
  });

  it('is not silent for a day because the clock was a day ahead', async () => {
    sends(['a', 'b']);
    await passes(SECOND);
    pace.pause('a', Date.now() + HOUR);
    clock.setSystemTime(Date.now() - 24 * HOUR);
    sends(['a', 'b']);
    await passes(SECOND);
    assert.equal(sent.length, 4);
  });

  it('never shortens a pause', async () => {
    pace.pause('a', Date.now() + 30 * SECOND);
    pace.pause('a', Date.now() + SECOND);
    sends(['a']);
    await passes(29 * SECOND);
    assert.deepEqual(sent, []);
  });
});
