import assert from 'node:assert/strict';
import sinon from 'sinon';
import { ask } from '../../bot/app/ask.ts';
import { publish, publishOn, settle } from '../../bot/app/curate.ts';
import { answer, speak } from '../../bot/app/lead.ts';
import { followUp, sign } from '../../bot/app/own.ts';
import type { Outcome } from '../../bot/domain/delivery.ts';
import { stopped } from '../../bot/domain/publication.ts';
import { type App, channelOf, freshId, must, openApp } from '../support/app.ts';
import { CHANNEL, ines, kofi, noor, SECOND_CHANNEL } from '../support/cast.ts';
import type { Call } from '../support/courier.ts';
import { facts, isAnswered, owed, standing } from '../support/questions.ts';

const [INES, KOFI, A, B] = [ines.aadObjectId, kofi.aadObjectId, CHANNEL.id, SECOND_CHANNEL.id];
const SECOND = 1000;
const LEASE = 40 * SECOND;
const DAY = 86_400_000;

describe('a thread on its way to a channel', () => {
  let app: App;
  let id: string;
  beforeEach(async () => {
    app = await openApp();
    for (const channel of [CHANNEL, SECOND_CHANNEL]) await app.store.putChannel(channelOf(channel));
    const asked = { submission: freshId(), leader: INES, words: 'Why did we close Lyon?' };
    id = must(await ask(app.deps, app.hand(noor), asked)).id;
    must(await answer(app.deps, INES, form('I should have come.')));
    await app.delivers(id);
    app.courier.forget();
  });
  afterEach(async () => {
    sinon.restore();
    await app.close();
  });

  const form = (words: string) => ({ question: id, submission: freshId(), words });
  const publishes = (...channels: string[]) => publish(app.deps, KOFI, id, channels.length > 0 ? channels : [A]);
  const corrects = async (words = 'Corrected.') => {
    const { answer: given } = isAnswered(await app.question(id));
    must(await answer(app.deps, INES, { ...form(words), replaces: given.revision }));
  };
  const signs = () => sign(app.deps, app.hand(noor), id, noor.name);
  const goesOn = async () => {
    const { thread } = must(await followUp(app.deps, app.hand(noor), form('And now?')));
    must(await speak(app.deps, INES, 'reply', form('Soon.')));
    must(await publishOn(app.deps, KOFI, id));
    return thread.at(-1)?.id ?? '';
  };
  const settles = (saw: 'there' | 'nothing') => settle(app.deps, KOFI, id, A, saw);
  const delivers = () => app.delivers(id);
  const inA = async () => standing(isAnswered(await app.question(id)), A);
  const steps = (channel = A) => app.courier.calls.filter((call) => call.channel === channel).map(({ text }) => text);
  const says = (text: string, outcome: Outcome) => {
    app.courier.reacts = (call) => (call.text === text ? outcome : { sent: call.sent });
  };
  const left = async () => (await app.question(id)).deliveries.map(({ key, state }) => `${key} ${state}`);
  const recovers = () => (app.courier.reacts = ({ sent }) => ({ sent }));

  /** The process dies when this was sent, before its outcome is written down; then it starts again. */
  async function diesAfter(text: string): Promise<void> {
    const save = app.store.save.bind(app.store);
    let dead = false;
    app.courier.reacts = (call) => {
      dead ||= call.text === text;
      return { sent: call.sent };
    };
    sinon.stub(app.store, 'save').callsFake((...args) => (dead ? Promise.reject(new Error('killed')) : save(...args)));
    await assert.rejects(delivers(), /killed/);
    sinon.restore();
    recovers();
    app.passes(LEASE);
  }

  it('posts the question, then the answer in its thread, and shows curators that it is there', async () => {
    must(await publishes());
    await delivers();
    assert.deepEqual(steps(), ['post-root', 'post-part answer']);
    assert.equal((await inA()).state, 'posted');
    assert.equal((await inA()).begun, undefined);
    for (const curator of ['Kofi', 'Kaia']) {
      const last = app.courier.calls.findLast(({ text }) => text === `update curate ${curator}`)?.question;
      assert.ok(last?.state === 'answered' && standing(last, A).state === 'posted');
    }
  });

  it('posts nothing twice when two rounds meet on one question', async () => {
    must(await publishes());
    await Promise.all([delivers(), delivers(), delivers()]);
    assert.equal(steps().filter((step) => step === 'post-root').length, 1);
    assert.ok(steps().filter((step) => step === 'post-part answer').length <= 1);
  });

  it('goes to several channels, each on its own', async () => {
    must(await publishes(A, B));
    app.courier.reacts = ({ channel, sent }) => (channel === A ? { unknown: '502' } : { sent });
    await delivers();
    assert.deepEqual([steps(A), steps(B)], [['post-root'], ['post-root', 'post-part answer']]);
    const question = isAnswered(await app.question(id));
    assert.deepEqual([standing(question, A).state, standing(question, B).state], ['uncertain', 'posted']);
  });

  describe('a new post', () => {
    for (const text of ['post-root', 'post-part answer']) {
      const times = () => steps().filter((step) => step === text).length;

      it(`${text}: is sent again after a refusal, when Teams said`, async () => {
        must(await publishes());
        says(text, { refused: '429', retryAfterMs: 30 * SECOND });
        await delivers();
        app.passes(29 * SECOND);
        await delivers();
        assert.equal(times(), 1);
        recovers();
        app.passes(SECOND);
        await delivers();
        assert.equal(times(), 2);
        assert.equal((await inA()).state, 'posted');
      });

      const unknowns: Record<string, (call: Call) => Outcome | Promise<Outcome>> = {
        'Teams did not say': () => ({ unknown: '502' }),
        'the courier throws': () => {
          throw new Error('Cannot read properties of undefined');
        },
        'the courier rejects': () => Promise.reject(new Error('Cannot read properties of undefined')),
      };
      for (const [why, reacts] of Object.entries(unknowns)) {
        it(`${text}: is uncertain when ${why}, and never posted again by itself`, async () => {
          must(await publishes());
          app.courier.reacts = (call) => (call.text === text ? reacts(call) : { sent: call.sent });
          await delivers();
          assert.equal((await inA()).state, 'uncertain');
          assert.equal(app.faults.length, why.startsWith('the courier') ? 1 : 0);
          recovers();
          await corrects();
          await goesOn();
          must(await signs());
          app.passes(2 * DAY);
          const { revision } = await app.question(id);
          await delivers();
          assert.equal((await app.question(id)).revision, revision, 'nothing changed that a card would show');
          assert.equal(times(), 1);
          assert.equal((await inA()).state, 'uncertain');
          assert.deepEqual(await left(), [`publication:${A} uncertain`]);
        });
      }

      it(`${text}: is uncertain, and not posted twice, when the process dies before its outcome is known`, async () => {
        must(await publishes());
        await diesAfter(text);
        await delivers();
        await delivers();
        assert.equal(times(), 1);
        assert.equal((await inA()).state, 'uncertain');
        must(await settles('nothing'));
        await delivers();
        assert.equal(times(), 2);
        assert.equal((await inA()).state, 'posted');
      });

      it(`${text}: is not posted at all when it cannot be written down first`, async () => {
        must(await publishes());
        const begun = text === 'post-root' ? 'root' : 'answer';
        const save = app.store.save.bind(app.store);
        sinon.stub(app.store, 'save').callsFake((question, version) => {
          const fails = question.state === 'answered' && question.publications.some((one) => one.begun === begun);
          return fails ? Promise.reject(new Error('disk full')) : save(question, version);
        });
        await assert.rejects(delivers(), /disk full/);
        assert.equal(times(), 0);
        sinon.restore();
        await delivers();
        assert.equal(times(), 1);
        assert.equal((await inA()).state, 'posted');
      });

      it(`${text}: is given up when Teams will never take it; curators see why and may try again`, async () => {
        must(await publishes());
        says(text, { permanent: '403' });
        await delivers();
        assert.equal(times(), 1);
        const shown = app.courier.calls.at(-1)?.question;
        assert.ok(shown?.state === 'answered');
        assert.equal(facts(stopped(shown, A)).why, '403');
        recovers();
        must(await settles('nothing'));
        await delivers();
        assert.equal((await inA()).state, 'posted');
      });

      it(`${text}: is given up after about a day of refusals, and curators see it`, async () => {
        must(await publishes());
        says(text, { refused: '429', retryAfterMs: SECOND });
        for (let hours = 0; hours < 48; hours += 1) {
          await delivers();
          app.passes(3600 * SECOND);
        }
        assert.equal(facts(stopped(isAnswered(await app.question(id)), A)).why, '429');
        const shown = app.courier.calls.findLast((call) => call.text === 'update curate Kofi')?.question;
        assert.ok(shown?.state === 'answered');
        assert.equal(facts(stopped(shown, A)).why, '429');
      });
    }
  });

  it('goes on where it is, when a curator found the post that nobody confirmed', async () => {
    must(await publishes());
    await diesAfter('post-part answer');
    await delivers();
    must(await settles('there'));
    await goesOn();
    await delivers();
    assert.equal(steps().filter((step) => step === 'post-part answer').length, 1);
    assert.equal(steps().length, 4);
    assert.equal((await inA()).state, 'posted');
  });

  it('does not post a found follow-up again because the answer was corrected meanwhile', async () => {
    must(await publishes());
    await delivers();
    const key = await goesOn();
    await diesAfter(`post-part ${key}`);
    await corrects();
    await delivers();
    must(await settles('there'));
    await delivers();
    assert.equal(steps().filter((step) => step === `post-part ${key}`).length, 1);
    assert.ok(steps().includes('edit-part answer'));
    assert.equal((await inA()).state, 'posted');
  });

  describe('an edit', () => {
    const edits: Record<string, () => Promise<unknown>> = {
      'edit-part answer': () => corrects(),
      'edit-root': () => signs(),
    };
    beforeEach(async () => {
      must(await publishes());
      await delivers();
    });

    for (const [text, begin] of Object.entries(edits)) {
      const times = () => steps().filter((step) => step === text).length;
      it(`${text}: is sent again after an unknown outcome, a bug or a crash: it can do no harm`, async () => {
        await begin();
        says(text, { unknown: '502' });
        await delivers();
        app.courier.reacts = (call) => {
          if (call.text === text) throw new Error('Cannot read properties of undefined');
          return { sent: call.sent };
        };
        app.passes(20 * SECOND);
        await delivers();
        app.passes(20 * SECOND);
        await diesAfter(text);
        await delivers();
        assert.equal(times(), 4);
        assert.equal((await inA()).state, 'posted');
        assert.deepEqual(owed(await app.question(id)), []);
      });
    }
  });

  it('shows a correction that was sent while the answer was on its way', async () => {
    must(await publishes());
    app.courier.reacts = async ({ text, sent }) => {
      if (text === 'post-part answer') await corrects();
      return { sent };
    };
    await delivers();
    assert.deepEqual(steps(), ['post-root', 'post-part answer', 'edit-part answer']);
    assert.equal((await inA()).parts[0]?.shown, 2);
  });

  it('counts its tries anew after each step that went well', async () => {
    must(await publishes());
    await delivers();
    await goesOn();
    let refusals = 0;
    app.courier.reacts = ({ text, sent }) => {
      if (!text.startsWith('post-part') || refusals % 9 === 8) {
        refusals = 0;
        return { sent };
      }
      refusals += 1;
      return { refused: '412' };
    };
    for (let hours = 0; hours < 60; hours += 1) {
      await delivers();
      app.passes(3600 * SECOND);
    }
    assert.equal((await inA()).parts.length, 3);
  });

  it('waits, and says so, while its channel is gone, and goes on when it is back', async () => {
    must(await publishes());
    await app.store.eraseChannel(A);
    await delivers();
    assert.deepEqual(steps(), []);
    assert.equal(facts(stopped(isAnswered(await app.question(id)), A)).why, 'channel-gone');
    await app.store.putChannel(channelOf(CHANNEL));
    must(await settles('nothing'));
    await delivers();
    assert.equal((await inA()).state, 'posted');
  });
});
