import assert from 'node:assert/strict';
import sinon from 'sinon';
import { ask } from '../../bot/app/ask.ts';
import { answer, decline, draft, handOn, promise } from '../../bot/app/lead.ts';
import { notNow } from '../../bot/app/curate.ts';
import { withdraw } from '../../bot/app/own.ts';
import { withdraw as withdrawn } from '../../bot/domain/life.ts';
import type { Outcome } from '../../bot/domain/delivery.ts';
import { addressOf, type App, freshId, must, openApp } from '../support/app.ts';
import type { Call } from '../support/courier.ts';
import { ines, kofi, noor, otto } from '../support/cast.ts';
import { facts, owed } from '../support/questions.ts';

const INES = ines.aadObjectId;
const SECOND = 1000;
const LEASE = 40 * SECOND;

describe('deliver', () => {
  let app: App;
  let id: string;
  beforeEach(async () => {
    app = await openApp();
    const form = { submission: freshId(), leader: INES, words: 'Why did we close Lyon?' };
    id = must(await ask(app.deps, app.hand(noor), form)).id;
  });
  afterEach(async () => {
    sinon.restore();
    await app.close();
  });

  const answers = async () =>
    must(await answer(app.deps, INES, { question: id, submission: freshId(), words: 'I should have come.' }));
  const delivers = () => app.delivers(id);
  const delivery = async (key: string) => (await app.question(id)).deliveries.find((one) => one.key === key);
  const told = async (key: string) => facts(await delivery(key));
  const place = async (key: string) => (await app.question(id)).places.find((one) => one.key === key);
  /** Teams says this to attempts of one kind, and takes all others. */
  const says = (text: string, outcome: Outcome) => {
    app.courier.reacts = (call) => (call.text === text ? outcome : { sent: call.sent });
  };

  it('sends a card, keeps where it stands, and updates it there from then on', async () => {
    await delivers();
    const post = app.courier.calls[0]?.sent;
    assert.deepEqual((await place(`question:${INES}`))?.post, post);
    await answers();
    app.courier.forget();
    await delivers();
    assert.deepEqual(app.courier.texts, ['update question Ines', 'card curate Kofi', 'card curate Kaia', 'notice']);
    assert.deepEqual(app.courier.calls[0]?.sent, post);
    assert.deepEqual(owed(await app.question(id)), []);
  });

  it('has nothing to do twice, and nothing for a question that is not there', async () => {
    await delivers();
    app.courier.forget();
    await delivers();
    await app.delivers('no such question');
    assert.deepEqual(app.courier.texts, []);
  });

  const attempts = (call: string) => app.courier.texts.filter((text) => text === call).length;

  /** Brings about that this is owed, and nothing else. */
  const owing: Record<string, { key: string; call: string; begin: () => Promise<unknown> }> = {
    'a new card': { key: `card:question:${INES}`, call: 'card question Ines', begin: () => Promise.resolve() },
    'a card that stands': {
      key: `card:question:${INES}`,
      call: 'update question Ines',
      begin: async () => {
        await delivers();
        must(await promise(app.deps, INES, id, '2026-12-04'));
      },
    },
    'a notice': { key: 'notice', call: 'notice', begin: () => promise(app.deps, INES, id, '2026-12-04') },
    'a word to the leader': {
      key: `tell:${INES}:not-now`,
      call: 'tell Ines not-now',
      begin: async () => {
        await answers();
        must(await notNow(app.deps, kofi.aadObjectId, id, 'After the results.'));
      },
    },
  };
  for (const [name, { key, call, begin }] of Object.entries(owing)) {
    describe(name, () => {
      beforeEach(async () => {
        await begin();
        app.courier.forget();
      });

      it('is done when Teams took it', async () => {
        await delivers();
        assert.equal(attempts(call), 1);
        assert.equal(await delivery(key), undefined);
      });

      it('waits for as long as Teams said when it was refused, and is then sent', async () => {
        says(call, { refused: '429', retryAfterMs: 30 * SECOND });
        await delivers();
        assert.equal((await told(key)).until, app.now.getTime() + 30 * SECOND);
        app.passes(29.999 * SECOND);
        await delivers();
        assert.equal(attempts(call), 1);
        app.courier.reacts = ({ sent }) => ({ sent });
        app.passes(1);
        await delivers();
        assert.equal(attempts(call), 2);
        assert.equal(await delivery(key), undefined);
      });

      for (const outcome of [{ refused: '412' }, { unknown: '502' }]) {
        it(`is sent again, some seconds later, after ${Object.values(outcome)[0]}`, async () => {
          says(call, outcome);
          await delivers();
          assert.deepEqual([attempts(call), (await told(key)).tries], [1, 1]);
          app.passes(20 * SECOND);
          await delivers();
          assert.deepEqual([attempts(call), (await told(key)).tries], [2, 2]);
        });
      }

      it('is given up, with the reason, when Teams will never take it', async () => {
        says(call, { permanent: '403' });
        await delivers();
        app.passes(24 * 3600 * SECOND);
        await delivers();
        assert.equal(attempts(call), 1);
        assert.equal((await told(key)).why, '403');
      });

      it('is given up after about a day of refusals', async () => {
        says(call, { refused: '429', retryAfterMs: SECOND });
        for (let hours = 0; hours < 48; hours += 1) {
          await delivers();
          if (hours === 16) assert.equal((await told(key)).state, 'waiting');
          app.passes(3600 * SECOND);
        }
        assert.equal((await told(key)).why, '429');
        assert.ok(attempts(call) < 20);
      });

      for (const [how, fails] of Object.entries({
        throws: () => {
          throw new Error('Cannot read properties of undefined');
        },
        rejects: () => Promise.reject(new Error('Cannot read properties of undefined')),
      })) {
        it(`is put off, and its fault told, when the courier ${how}; all else is sent`, async () => {
          const others = (await app.question(id)).deliveries.length - 1;
          app.courier.reacts = (taken): Outcome | Promise<Outcome> =>
            taken.text === call ? fails() : { sent: taken.sent };
          await delivers();
          assert.equal(app.faults.length, 1);
          assert.equal((await told(key)).tries, 1);
          assert.equal(app.courier.calls.length, others + 1);
          assert.deepEqual(owed(await app.question(id)), [key]);
          app.passes(20 * SECOND);
          app.courier.reacts = ({ sent }) => ({ sent });
          await delivers();
          assert.deepEqual(owed(await app.question(id)), []);
        });
      }

      it('is sent again when the process dies before its outcome is written down', async () => {
        const save = app.store.save.bind(app.store);
        let dead = false;
        app.courier.reacts = (taken) => {
          dead ||= taken.text === call;
          return { sent: taken.sent };
        };
        sinon
          .stub(app.store, 'save')
          .callsFake((...args) => (dead ? Promise.reject(new Error('killed')) : save(...args)));
        await assert.rejects(delivers(), /killed/);
        sinon.restore();
        await delivers();
        assert.equal(attempts(call), 1, 'its lease is still running');
        app.passes(LEASE);
        await delivers();
        assert.equal(attempts(call), 2);
        assert.deepEqual(owed(await app.question(id)), []);
      });
    });
  }

  it('does not send again a card that its reader deleted, until something changes', async () => {
    await delivers();
    must(await promise(app.deps, INES, id, '2026-12-04'));
    says('update question Ines', { permanent: '404' });
    await delivers();
    assert.equal(await delivery(`card:question:${INES}`), undefined);
  });

  it('gives up a new card whose chat is not there', async () => {
    says('card question Ines', { permanent: '404' });
    await delivers();
    assert.equal((await told(`card:question:${INES}`)).why, '404');
  });

  it('tries again what was given up once it is owed anew', async () => {
    says('card question Ines', { permanent: '403' });
    await delivers();
    must(await promise(app.deps, INES, id, '2026-12-04'));
    app.courier.reacts = ({ sent }) => ({ sent });
    await delivers();
    assert.deepEqual(owed(await app.question(id)), []);
    assert.ok((await place(`question:${INES}`))?.post);
  });

  it('tells the courier whether the leader was ever met, and comes back for one who was not', async () => {
    app.courier.reacts = ({ met, sent }) => (met ? { sent } : { refused: 'never-met' });
    await delivers();
    assert.equal(app.courier.calls[0]?.met, false);
    await app.store.putMet({ id: INES, address: addressOf(ines), greeted: [] });
    app.passes(20 * SECOND);
    await delivers();
    assert.equal(app.courier.calls[1]?.met, true);
    assert.deepEqual(owed(await app.question(id)), []);
  });

  it('brings a card up to date that changed while it was sent', async () => {
    app.courier.reacts = async ({ text, sent }) => {
      if (text === 'card question Ines') must(await promise(app.deps, INES, id, '2026-12-04'));
      return { sent };
    };
    await delivers();
    assert.deepEqual(app.courier.texts, ['card question Ines', 'notice', 'update question Ines']);
    const last = app.courier.calls.at(-1)?.question;
    assert.ok(last?.state === 'open' && last.promise === '2026-12-04');
  });

  it('does not give up a card for what was wrong with an older one', async () => {
    app.courier.reacts = async ({ question, sent }: Call) => {
      if (question?.revision !== 1) return { sent };
      must(await promise(app.deps, INES, id, '2026-12-04'));
      return { permanent: '413' };
    };
    await delivers();
    assert.deepEqual(owed(await app.question(id)), []);
  });

  it('keeps what a person wrote while a card was on its way', async () => {
    app.courier.reacts = async ({ sent }) => {
      must(await draft(app.deps, INES, { question: id, words: 'Half a thought' }));
      return { sent };
    };
    await delivers();
    const question = await app.question(id);
    assert.ok(question.state === 'open' && question.draft?.words === 'Half a thought');
  });

  it('says nothing to an asker whose Seal is gone', async () => {
    await app.store.eraseSeal(app.deps.sealer.sealId(id));
    must(await decline(app.deps, INES, { question: id, reason: 'unclear', words: '' }));
    await delivers();
    assert.deepEqual(app.courier.texts, ['card question Ines']);
    assert.deepEqual(owed(await app.question(id)), []);
  });

  it('erases the Seal of a withdrawal that was cut short, before the leader is told', async () => {
    const kept = await app.store.question(id);
    assert.ok(kept);
    await app.store.save(must(withdrawn(kept.question)), kept.version);
    const seal = () => app.store.seal(app.deps.sealer.sealId(id));
    assert.ok(await seal(), 'the premise');
    app.courier.reacts = async ({ text, sent }) => {
      if (text.startsWith('tell')) assert.equal(await seal(), undefined);
      return { sent };
    };
    await delivers();
    assert.ok(app.courier.texts.includes('tell Ines withdrawn'));
    assert.deepEqual(app.faults, []);
  });

  it('tells the leader of a withdrawal, with no word of it, and the asker nothing', async () => {
    await delivers();
    app.courier.forget();
    must(await withdraw(app.deps, app.hand(noor), id));
    await delivers();
    assert.deepEqual(app.courier.texts, ['update question Ines', 'tell Ines withdrawn']);
    for (const { question } of app.courier.calls) assert.equal(question?.words, '');
  });

  it('takes the card from one queue and puts one into the other when it is handed on', async () => {
    await delivers();
    app.courier.forget();
    must(await handOn(app.deps, INES, id, otto.aadObjectId));
    await delivers();
    assert.deepEqual(app.courier.texts, ['update question Ines', 'card question Otto', 'notice']);
  });

  it('leaves everything owed when the store fails before anything is sent', async () => {
    sinon.stub(app.store, 'met').rejects(new Error('disk I/O error'));
    await assert.rejects(delivers(), /disk/);
    sinon.restore();
    assert.deepEqual(app.courier.texts, []);
    await delivers();
    assert.deepEqual(app.courier.texts, ['card question Ines']);
  });
});
