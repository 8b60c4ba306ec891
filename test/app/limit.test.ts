import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import sinon from 'sinon';
import { ask, type AskForm } from '../../bot/app/ask.ts';
import { vote } from '../../bot/app/vote.ts';
import { withdraw } from '../../bot/app/own.ts';
import type { Asker } from '../../bot/app/ports.ts';
import type { Limits } from '../../bot/domain/settings.ts';
import { isRefusal } from '../../bot/domain/refusal.ts';
import { type App, dyingAt, freshId, must, openApp } from '../support/app.ts';
import { canariesOf, foundIn } from '../support/canary.ts';
import { ines, noor, omar } from '../support/cast.ts';
import { WORDS } from '../support/questions.ts';

const HOUR_MS = 3_600_000;
const form = (changed: Partial<AskForm> = {}): AskForm => ({
  submission: freshId(),
  leader: ines.aadObjectId,
  words: WORDS,
  ...changed,
});

const guess = (hand: Asker, n: number) => hand.dayTag('2026-11-23', 'questions', String(n));

describe('how often one person may act in a day', () => {
  let app: App;
  beforeEach(async () => void (app = await openApp()));
  afterEach(async () => {
    sinon.restore();
    await app.close();
  });

  const limited = (limits: Partial<Limits>) => void (app.policy.limits = { questions: 3, votes: 3, ...limits });
  const asks = (asked = form(), person = noor) => ask(app.deps, app.hand(person), asked);
  const REFUSED = { refused: 'limit', of: 'questions', limit: 3 };

  describe('asks', () => {
    beforeEach(() => limited({ questions: 3 }));

    it('three times, and again tomorrow; another person is not held up', async () => {
      for (let n = 0; n < 3; n += 1) must(await asks());
      assert.deepEqual(await asks(), REFUSED);
      must(await asks(form(), omar));
      app.passes(11 * HOUR_MS);
      assert.deepEqual(await asks(), REFUSED, 'It is Monday still');
      app.passes(HOUR_MS);
      must(await asks());
    });

    it('as often as they like where the limit is 0, and nothing is counted', async () => {
      limited({ questions: 0 });
      const counted = sinon.spy(app.store, 'addCount');
      for (let n = 0; n < 5; n += 1) must(await asks());
      assert.equal(counted.callCount, 0);
    });

    it('one question with a form that is sent again, also at the limit', async () => {
      const same = form();
      for (let n = 0; n < 5; n += 1) must(await asks(same));
      for (let n = 0; n < 2; n += 1) must(await asks());
      must(await asks(same));
      assert.deepEqual(await asks(), REFUSED);
    });

    it('one question with a form that is sent four times at once', async () => {
      const same = form();
      for (const asked of await Promise.all(Array.from({ length: 4 }, () => asks(same)))) must(asked);
      for (let n = 0; n < 2; n += 1) must(await asks());
      assert.deepEqual(await asks(), REFUSED);
    });

    it('three of five different questions sent at once', async () => {
      const asked = await Promise.all(Array.from({ length: 5 }, () => asks()));
      assert.equal(asked.filter((one) => !isRefusal(one)).length, 3);
    });

    it('no less for a question that was refused for its words', async () => {
      for (let n = 0; n < 4; n += 1) assert.deepEqual(await asks(form({ words: ' ' })), { refused: 'blank' });
      for (let n = 0; n < 3; n += 1) must(await asks());
    });

    it('no more for a question that was withdrawn: it was read', async () => {
      for (let n = 0; n < 3; n += 1) {
        const { id } = must(await asks());
        must(await withdraw(app.deps, app.hand(noor), id));
      }
      assert.deepEqual(await asks(), REFUSED);
    });

    for (const method of ['addCount', 'putSeal', 'addSlip', 'add'] as const)
      for (const when of ['before', 'after'] as const)
        it(`one question where the process died ${when} ${method} and the form was sent again`, async () => {
          const same = form();
          const store = dyingAt(app.store, method, when);
          await assert.rejects(ask({ ...app.deps, store }, app.hand(noor), same), /killed/);
          must(await asks(same));
          for (let n = 0; n < 2; n += 1) must(await asks());
          assert.deepEqual(await asks(), REFUSED);
        });
  });

  describe('votes', () => {
    let ids: string[];
    beforeEach(async () => {
      ids = [];
      for (let n = 0; n < 4; n += 1) ids.push(must(await asks()).id);
      limited({ votes: 3 });
    });
    const votes = (nth: number, wanted = true, person = omar) =>
      vote(app.deps, app.hand(person), ids[nth] ?? '', wanted);

    it('three times, and again tomorrow; another person is not held up', async () => {
      for (const nth of [0, 1, 2]) must(await votes(nth));
      assert.deepEqual(await votes(3), { refused: 'limit', of: 'votes', limit: 3 });
      assert.equal(await app.store.votes(ids[3] ?? ''), 0);
      must(await votes(3, true, noor));
      app.passes(12 * HOUR_MS);
      must(await votes(3));
    });

    it('once with a button that is pressed again, also at the limit', async () => {
      for (const nth of [0, 0, 0, 1, 1, 2, 2, 0]) must(await votes(nth));
      assert.deepEqual(await votes(3), { refused: 'limit', of: 'votes', limit: 3 });
    });

    it('once with a button that is pressed three times at once', async () => {
      for (const voted of await Promise.all([0, 0, 0].map((nth) => votes(nth)))) must(voted);
      for (const nth of [1, 2]) must(await votes(nth));
      assert.deepEqual(await votes(3), { refused: 'limit', of: 'votes', limit: 3 });
    });

    it('takes back as often as they like, and gets nothing back for it', async () => {
      for (const nth of [0, 1, 2]) must(await votes(nth));
      for (const nth of [0, 1, 2]) must(await votes(nth, false));
      assert.deepEqual(await votes(0), { refused: 'limit', of: 'votes', limit: 3 });
      must(await votes(0, false));
    });

    it('without a trace in the count of what they voted for', async () => {
      const counted = sinon.spy(app.store, 'addCount');
      must(await votes(0));
      const hand = app.hand(omar);
      const tags = await Promise.all(ids.map(async (id) => hand.voteTag(await app.question(id)) ?? ''));
      const names = [...ids, ...tags];
      const [day = '', tag, act] = counted.args[0] ?? [];
      assert.equal(tag, hand.dayTag(day, 'votes', '0'), 'The premise: this is how places are named');
      for (const name of names) assert.notEqual(act, hand.dayTag(day, 'votes', '0', name));
    });
  });

  /** What is written of three days at the limit. */
  const rows = async (person = noor): Promise<string[][]> => {
    limited({});
    const counted = sinon.spy(app.store, 'addCount');
    for (let day = 0; day < 3; day += 1) {
      for (let n = 0; n < 3; n += 1) {
        const { id } = must(await asks(form(), person));
        must(await vote(app.deps, app.hand(person), id, true));
      }
      app.passes(24 * HOUR_MS);
    }
    const { args } = counted;
    counted.restore();
    return args;
  };

  describe('is counted without identity:', () => {
    it('nothing of a person stands twice, on one day or on two', async () => {
      const values = (await rows()).flatMap(([, tag, act]) => [tag, act]);
      assert.equal(values.length, 36);
      assert.equal(new Set(values).size, values.length);
    });

    it('questions and votes look alike, and name nobody', async () => {
      const all = [...(await rows()), ...(await rows(omar))];
      assert.equal(new Set(all.map((row) => row.map((value) => value.length).join())).size, 1);
      for (const person of [noor, omar]) assert.deepEqual(foundIn(JSON.stringify(all), canariesOf(person)), []);
    });

    it('who has the rows and a list of everybody, but no key, finds nobody', async () => {
      const kept = new Set((await rows()).flat());
      const others = await openApp();
      for (const person of [noor, omar])
        for (const n of [0, 1, 2]) assert.ok(!kept.has(guess(others.hand(person), n)), 'Another key made the same tag');
      assert.ok(kept.has(guess(app.hand(noor), 0)), 'The premise: with the key she would be found');
      assert.ok(!kept.has(randomBytes(16).toString('base64url')));
      await others.close();
    });
  });
});
