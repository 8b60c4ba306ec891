import assert from 'node:assert/strict';
import { type SinonFakeTimers, useFakeTimers } from 'sinon';
import type { Store } from '../../bot/app/ports.ts';
import { ines, kofi } from '../support/cast.ts';
import { type Card, textOf } from '../support/client.ts';
import { openScene, type Scene } from '../support/scene.ts';
import type { Fault } from '../support/teams.ts';

const MINUTE = 60_000;
const PUBLISHED = 'Why is the roof leaking?';

/** What Teams does with everything that is sent, for an hour; and what has become of a post to a channel after it. */
const OUTAGES: [what: string, fault: Fault, post: 'stands once' | 'is uncertain'][] = [
  ['refuses by 429', { status: 429 }, 'stands once'],
  ['refuses by 429, and says for how long', { status: 429, headers: { 'retry-after': '600' } }, 'stands once'],
  ['fails by 503', { status: 503 }, 'is uncertain'],
  ['cuts connections', { reset: true }, 'is uncertain'],
];

describe('Teams away for an hour', () => {
  let scene: Scene;
  let clock: SinonFakeTimers;
  let store: Store;
  beforeEach(async () => {
    scene = await openScene({ parts: { around: (one) => (store = one) } });
    clock = useFakeTimers({ now: Date.now(), toFake: ['Date'] });
  });
  afterEach(async () => {
    clock.restore();
    await scene.close();
  });

  const asks = async (form: Card, words: string) =>
    assert.match(textOf((await scene.noor.press(form, 'Send', { words })).card), /^Sent/);
  const standing = (words: string) => scene.cards(ines).filter((card) => textOf(card).includes(words)).length;

  for (const [what, fault, post] of OUTAGES)
    it(`${what}: people go on asking, operators see how much waits, and once it is back everything arrives; a post ${post}`, async () => {
      await scene.answered(await scene.asked(PUBLISHED), 'It rains in.');
      await scene.settled();
      const publish = scene.kofi.pressing(await scene.card(kofi, 'Publish in General'), 'Publish in General');
      const forms: Card[] = [];
      // The notice to Noor comes first, or it could be taken for one of the forms.
      await scene.settled();
      for (let n = 0; n < 14; n += 1) forms.push(await scene.command(scene.noor, 'ask'));
      let isAway = true;
      scene.teams.fail({ ...fault, times: Infinity, match: () => isAway });
      await scene.kofi.send(publish);
      const all = forms.slice(0, 12).map((form, n) => ({ form, words: `Is this number ${n} of them?` }));
      for (const { form, words } of all) {
        await asks(form, words);
        await scene.teams.settled({ quietMs: 10 });
        clock.tick(5 * MINUTE);
      }
      assert.equal(scene.thread().length, 0, 'the premise: nothing comes through');
      const { due, waiting, uncertain } = await store.deliveries();
      assert.ok(due + waiting >= all.length, `The figures show ${due} due, and ${waiting} that wait`);
      assert.equal(uncertain, post === 'is uncertain' ? 1 : 0);
      isAway = false;
      for (const [n, form] of forms.slice(12).entries()) {
        clock.tick(240 * MINUTE);
        await asks(form, `Is it back, ${n}?`);
        await scene.settled();
      }
      for (const { words } of all) assert.equal(standing(words), 1, words);
      assert.equal(scene.thread().length, post === 'stands once' ? 2 : 0);
      await scene.card(kofi, post === 'stands once' ? 'Published in General' : 'Teams did not say whether');
      const left = { due: 0, planned: 0, claimed: 0, waiting: 0, uncertain, dead: 0, dropped: 0 };
      assert.deepEqual(await store.deliveries(), left);
      assert.ok(!scene.bot.lines.join('').includes('Is this number'));
    });
});
