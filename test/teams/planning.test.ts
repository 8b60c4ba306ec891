import assert from 'node:assert/strict';
import type { Deps } from '../../bot/app/ports.ts';
import { retract } from '../../bot/app/plan.ts';
import { setSlots } from '../../bot/app/planner.ts';
import { REAL } from '../../bot/main.ts';
import { must } from '../support/app.ts';
import { CHANNEL, ines, kaia, kofi, noor } from '../support/cast.ts';
import { buttonsOf, type Card, textOf } from '../support/client.ts';
import { openScene, type Scene } from '../support/scene.ts';

const QUESTION = 'Why is the roof leaking?';
const REASON = 'The insurer asked us to wait.';

describe('planning from a card', () => {
  let scene: Scene;
  let deps: Deps;
  beforeEach(async () => {
    const listen: typeof REAL.listen = (needs, config) => {
      deps = needs.api.deps;
      return REAL.listen(needs, config);
    };
    scene = await openScene({ parts: { listen } });
  });
  afterEach(() => scene.close());

  const answered = async (): Promise<Card> => {
    await scene.answered(await scene.asked(QUESTION), 'It rains in.');
    return scene.card(kofi, 'Publish in General');
  };
  const titles = (card: Card | undefined) => buttonsOf(card).map(({ title }) => title);
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
