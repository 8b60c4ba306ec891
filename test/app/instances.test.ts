import assert from 'node:assert/strict';
import sinon from 'sinon';
import { ask } from '../../bot/app/ask.ts';
import { publish, settle } from '../../bot/app/curate.ts';
import { deliver } from '../../bot/app/deliver.ts';
import { answer, promise } from '../../bot/app/lead.ts';
import { withdraw } from '../../bot/app/own.ts';
import { type Runner, startRunner } from '../../bot/app/runner.ts';
import type { Outcome } from '../../bot/domain/delivery.ts';
import { type App, channelOf, freshId, must, noPace, openApp, rests } from '../support/app.ts';
import { CHANNEL, crowd, ines, kofi, noor } from '../support/cast.ts';
import { type Call, FakeCourier } from '../support/courier.ts';
import { isAnswered, owed, standing } from '../support/questions.ts';

const [INES, KOFI] = [ines.aadObjectId, kofi.aadObjectId];
const SECOND = 1000;
const LEASE = 40 * SECOND;

const slow = ({ sent }: Call) => new Promise<Outcome>((told) => void setTimeout(told, 300, { sent }));

describe('two instances on one store', () => {
  let app: App;
  const couriers = [new FakeCourier(), new FakeCourier()] as const;

  beforeEach(async () => {
    app = await openApp();
    await app.store.putChannel(channelOf(CHANNEL));
    for (const courier of couriers) {
      courier.forget();
      courier.reacts = ({ sent }) => ({ sent });
    }
  });
  afterEach(async () => {
    await app.close();
  });

  const instance = (n: 0 | 1) => ({ ...app.deps, courier: couriers[n], pace: noPace });
  const delivers = (n: 0 | 1, id: string) => deliver(instance(n), id);
  const asks = async (words = 'Why did we close Lyon?', who = noor) =>
    must(await ask(app.deps, app.hand(who), { submission: freshId(), leader: INES, words })).id;
  const answers = async (question: string) =>
    must(await answer(app.deps, INES, { question, submission: freshId(), words: 'I should have come.' }));
  const question = async (id: string) => (await app.store.question(id))?.question ?? assert.fail('It is not there');
  const count = (text: string) => texts().filter((one) => one === text).length;
  const lastShown = () =>
    couriers.flatMap(({ calls }) => calls).findLast(({ text }) => text.includes('question Ines'))?.question;
  const texts = () => couriers.flatMap((courier) => courier.texts);
  const place = async (id: string) => (await question(id)).places[0]?.post;

  describe('that run side by side', () => {
    let clock: sinon.SinonFakeTimers;
    let runners: Runner[];
    beforeEach(() => {
      clock = sinon.useFakeTimers({ now: app.now, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
      app.deps.clock = { now: () => new Date() };
      runners = [0, 1].map((n) => startRunner(instance(n as 0 | 1), (error) => assert.fail(String(error))));
      for (const courier of couriers) courier.reacts = slow;
    });
    afterEach(async () => {
      for (const runner of runners) await runner.stop();
      clock.restore();
    });

    async function passes(): Promise<void> {
      await rests();
      await clock.tickAsync(10 * SECOND);
      await rests();
    }

    it('send each card, notice and post once, and share the work', async () => {
      const ids: string[] = [];
      for (let n = 0; n < 40; n += 1) ids.push(await asks(`Question ${n}?`, crowd[n % crowd.length]));
      for (const runner of runners) runner.wake();
      await passes();
      for (const id of ids) await answers(id);
      for (const runner of runners) runner.wake();
      await passes();
      for (const id of ids) must(await publish(app.deps, KOFI, id));
      for (const runner of runners) runner.wake();
      await passes();
      const once = [
        'card question Ines',
        'card curate Kofi',
        'card curate Kaia',
        'notice',
        'post-root',
        'post-part answer',
      ];
      assert.deepEqual(
        once.map(count),
        once.map(() => ids.length),
      );
      for (const id of ids) assert.deepEqual(owed(await question(id)), []);
      assert.ok(
        couriers.every(({ calls }) => calls.length > 0),
        'the premise: it is more than one carries at a time, and both had a share',
      );
    });
  });

  it('leave alone what one of them is sending, and all else is sent', async () => {
    const id = await asks();
    couriers[0].reacts = async ({ sent }) => {
      must(await promise(app.deps, INES, id, '2026-12-04'));
      await delivers(1, id);
      return { sent };
    };
    await delivers(0, id);
    assert.deepEqual(couriers[1].texts, ['notice']);
    assert.deepEqual(couriers[0].texts, ['card question Ines', 'update question Ines']);
    assert.deepEqual(owed(await question(id)), []);
  });

  it('go on when the lease of one that died has run out, and not a moment earlier', async () => {
    const id = await asks();
    const save = app.store.save.bind(app.store);
    let saves = 0;
    sinon
      .stub(app.store, 'save')
      .callsFake((...args) => ((saves += 1) > 1 ? Promise.reject(new Error('killed')) : save(...args)));
    await assert.rejects(delivers(0, id), /killed/);
    sinon.restore();
    assert.equal(await app.store.nextOwed(), app.now.getTime() + LEASE);
    app.passes(LEASE - 1);
    await delivers(1, id);
    assert.deepEqual(couriers[1].texts, []);
    app.passes(1);
    await delivers(1, id);
    assert.deepEqual(couriers[1].texts, ['card question Ines']);
    assert.deepEqual(owed(await question(id)), []);
  });

  it('go on at once after one that died, where its clock was hours ahead', async () => {
    const id = await asks();
    app.passes(6 * 3600 * SECOND);
    const save = app.store.save.bind(app.store);
    let saves = 0;
    sinon
      .stub(app.store, 'save')
      .callsFake((...args) => ((saves += 1) > 1 ? Promise.reject(new Error('killed')) : save(...args)));
    await assert.rejects(delivers(0, id), /killed/);
    sinon.restore();
    assert.equal((await question(id)).deliveries[0]?.state, 'claimed', 'the premise');
    app.passes(-6 * 3600 * SECOND);
    assert.deepEqual(await app.store.owing(app.now.getTime(), 10), [id]);
    await delivers(1, id);
    assert.deepEqual(couriers[1].texts, ['card question Ines']);
    assert.deepEqual(owed(await question(id)), []);
  });

  /** The first one is paused for longer than its lease while it sends; the second one takes over. */
  const pausesWhile = (text: string, id: string) => {
    couriers[0].reacts = async (call) => {
      if (call.text === text) {
        app.passes(LEASE);
        await delivers(1, id);
      }
      return { sent: { conversation: 'of the one that was paused', activity: 'late' } };
    };
  };

  it('take no word from one that was paused beyond its lease: what the newer claim wrote stands', async () => {
    const id = await asks();
    pausesWhile('card question Ines', id);
    await delivers(0, id);
    assert.deepEqual(texts(), ['card question Ines', 'card question Ines']);
    assert.deepEqual(await place(id), couriers[1].calls[0]?.sent);
  });

  it('take no word from it while the other one is still sending', async () => {
    const id = await asks();
    const newer = Promise.withResolvers<Outcome>();
    const begun = Promise.withResolvers<void>();
    let second: Promise<unknown> = Promise.resolve();
    couriers[1].reacts = () => {
      begun.resolve();
      return newer.promise;
    };
    couriers[0].reacts = async ({ sent }) => {
      app.passes(LEASE);
      second = delivers(1, id);
      await begun.promise;
      return { sent };
    };
    await delivers(0, id);
    assert.deepEqual([(await question(id)).deliveries[0]?.state, await place(id)], ['claimed', undefined]);
    const post = { conversation: 'of the newer one', activity: 'in time' };
    newer.resolve({ sent: post });
    await second;
    assert.deepEqual(await place(id), post);
    assert.deepEqual(owed(await question(id)), []);
  });

  it('take no refusal from it either', async () => {
    const id = await asks();
    couriers[0].reacts = async () => {
      app.passes(LEASE);
      couriers[1].reacts = () => ({ refused: '429', retryAfterMs: 600 * SECOND });
      await delivers(1, id);
      return { permanent: '403' };
    };
    await delivers(0, id);
    assert.deepEqual(
      (await question(id)).deliveries.map(({ state }) => state),
      ['waiting'],
    );
  });

  for (const text of ['post-root', 'post-part answer']) {
    it(`ask a curator about ${text}, where the one that sent it was paused, and never post it twice unasked`, async () => {
      const id = await asks();
      await delivers(0, id);
      await answers(id);
      await delivers(0, id);
      must(await publish(app.deps, KOFI, id));
      pausesWhile(text, id);
      await delivers(0, id);
      await delivers(1, id);
      assert.equal(count(text), 1);
      assert.equal(standing(isAnswered(await question(id))).state, 'uncertain');
      must(await settle(app.deps, KOFI, id, CHANNEL.id, 'nothing'));
      await delivers(1, id);
      assert.equal(count(text), 2);
      assert.equal(standing(isAnswered(await question(id))).state, 'posted');
    });
  }

  describe('a question that is withdrawn while its card is sent', () => {
    it('shows its words no more: the same card is emptied, once it stands', async () => {
      const id = await asks();
      couriers[0].reacts = async ({ sent, text }) => {
        if (text === 'card question Ines') {
          must(await withdraw(app.deps, app.hand(noor), id));
          await delivers(1, id);
        }
        return { sent };
      };
      await delivers(0, id);
      assert.deepEqual(couriers[1].texts, ['tell Ines withdrawn']);
      assert.deepEqual(couriers[0].texts, ['card question Ines', 'update question Ines']);
      assert.equal(lastShown()?.words, '');
      assert.deepEqual(owed(await question(id)), []);
    });

    it('is not sent where it was withdrawn before the claim was written', async () => {
      const id = await asks();
      const save = app.store.save.bind(app.store);
      const stub = sinon.stub(app.store, 'save').callsFake(async (...args) => {
        stub.restore();
        must(await withdraw(app.deps, app.hand(noor), id));
        return save(...args);
      });
      await delivers(0, id);
      for (const { question: shown } of couriers[0].calls) assert.equal(shown?.words, '');
      assert.equal((await question(id)).state, 'withdrawn');
    });
  });
});
