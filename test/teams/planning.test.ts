import assert from 'node:assert/strict';
import type { Courier } from '../../bot/app/carrying.ts';
import { warnOfDryStreams } from '../../bot/app/dry.ts';
import type { Deps } from '../../bot/app/ports.ts';
import { retract, schedule } from '../../bot/app/plan.ts';
import { setSlots } from '../../bot/app/planner.ts';
import { REAL } from '../../bot/main.ts';
import { must, noPace } from '../support/app.ts';
import { CHANNEL, ines, kaia, kofi, noor } from '../support/cast.ts';
import { buttonsOf, type Card, textOf } from '../support/client.ts';
import { openScene, type Scene } from '../support/scene.ts';

const QUESTION = 'Why is the roof leaking?';
const REASON = 'The insurer asked us to wait.';

const titles = (card: Card | undefined) => buttonsOf(card).map(({ title }) => title);

describe('planning from a card', () => {
  let scene: Scene;
  let deps: Deps;
  let courier: Courier;
  const listen: typeof REAL.listen = (needs, config) => {
    deps = needs.api.deps;
    return REAL.listen(needs, config);
  };
  const makeCourier: typeof REAL.makeCourier = (needs, config) => (courier = REAL.makeCourier(needs, config));
  beforeEach(async () => {
    scene = await openScene({ parts: { listen, makeCourier } });
  });
  afterEach(() => scene.close());

  const answered = async (): Promise<Card> => {
    await scene.answered(await scene.asked(QUESTION), 'It rains in.');
    return scene.card(kofi, 'Publish in General');
  };
  const setsSlots = async () => {
    const slots = { zone: 'Europe/Berlin', weekly: [{ weekday: 2, time: '09:00' }], holidays: [] };
    assert.equal(await setSlots(deps, kofi.aadObjectId, { channel: CHANNEL.id, slots }), undefined);
  };

  it('offers no Slot where the default channel has none', async () =>
    assert.ok(!titles(await answered()).includes('Next slot')));

  it('takes the next Slot of the default channel, and the thread off the plan again', async () => {
    await setsSlots();
    const planned = await scene.kofi.press(await answered(), 'Next slot');
    assert.match(textOf(planned.card), /Planned in General for Tue.*09:00 \(Europe\/Berlin\) by Kofi Tamarisk/);
    assert.ok(titles(planned.card).includes('Publish in General now'));
    await scene.card(kaia, 'Planned in General for');
    await scene.settled();
    assert.equal(scene.thread().length, 0, 'not yet');
    const off = await scene.kofi.press(planned.card, 'Take it off the plan');
    assert.ok(titles(off.card).includes('Next slot'));
    const again = await scene.kaia.press(planned.card, 'Take it off the plan');
    assert.match(again.note ?? '', /not planned there any more/);
  });

  it('publishes at once what was planned, and once, from two cards', async () => {
    await setsSlots();
    const planned = await scene.kofi.press(await answered(), 'Next slot');
    const press = (curator: Scene['kofi']) => curator.press(planned.card, 'Publish in General now');
    await Promise.all([press(scene.kofi), press(scene.kaia)]);
    await scene.teams.until(() => scene.thread().length === 2);
    await scene.settled();
    assert.equal(scene.thread(1).length, 0);
  });

  it('goes out at its time, though the bot was restarted and nobody looked', async () => {
    await answered();
    const [{ id } = { id: '' }] = (await deps.store.staged({ stage: 'answered', limit: 1 })).questions;
    must(await schedule(deps, kofi.aadObjectId, id, { channel: CHANNEL.id, at: Date.now() + 700 }));
    assert.equal(scene.thread().length, 0, 'the premise: it is not there yet');
    await scene.restart();
    await scene.teams.until(() => scene.thread().length === 2);
    await scene.settled();
    assert.equal(scene.thread(1).length, 0, 'and stands there once');
  });

  it('tells each curator once that a stream runs dry, and nobody’s name or words', async () => {
    await answered();
    const slots = { zone: 'UTC', weekly: [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, time: '09:00' })) };
    await setSlots(deps, kofi.aadObjectId, { channel: CHANNEL.id, slots: { ...slots, holidays: [] } });
    for (let n = 0; n < 2; n += 1) await warnOfDryStreams({ ...deps, courier, pace: noPace });
    for (const curator of [kofi, kaia]) {
      const card = await scene.card(curator, 'General runs dry');
      assert.match(textOf(card), /Nothing is planned in General .*\n1 answered thread waits to be planned/s);
      assert.ok(!/Noor|Ines|roof|rains/.test(JSON.stringify(card)));
      assert.equal(scene.cards(curator).filter((one) => textOf(one).includes('General runs dry')).length, 1);
    }
  });

  it('shows a tombstone in the channel, tells the leader why, and the asker that something happened', async () => {
    await scene.kofi.press(await answered(), 'Publish in General');
    await scene.teams.until(() => scene.thread().length === 2);
    await scene.card(kofi, 'Published in General');
    const [{ id } = { id: '' }] = (await deps.store.staged({ stage: 'published', limit: 1 })).questions;
    must(await retract(deps, kofi.aadObjectId, id, { channel: CHANNEL.id, reason: REASON }));
    await scene.card(kaia, `Taken out of General by Kofi Tamarisk: ${REASON}`);
    await scene.card(ines, `Kofi Tamarisk took it out: ${REASON}`);
    await scene.card(noor, 'A question you follow has an update');
    await scene.settled();
    const posts = scene.teams
      .channelThreads(CHANNEL.id)
      .map((thread) => thread.map(({ card }) => textOf(card as Card)));
    const thread = posts.find(([root]) => root?.includes(REASON)) ?? assert.fail('There is no tombstone');
    assert.equal(thread.length, 2);
    assert.ok(!/roof|rains|Kofi/.test(thread.join()), 'neither their words nor who decided');
    const own = await scene.noor.press(await scene.command(scene.noor, 'my questions'), 'Open');
    assert.match(textOf(own.card), new RegExp(REASON));
  });
});
