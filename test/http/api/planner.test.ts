import assert from 'node:assert/strict';
import { ask } from '../../../bot/app/ask.ts';
import { answer } from '../../../bot/app/lead.ts';
import type { Plan } from '../../../bot/http/api/planner.ts';
import { type App, channelOf, freshId, must, openApp } from '../../support/app.ts';
import { ana, CHANNEL, devi, ines, kaia, kofi, noor, omar, type Person, SECOND_CHANNEL } from '../../support/cast.ts';
import { bearer, type DeskApi, openDeskApi } from '../../support/desk-api.ts';

const A = CHANNEL.id;
const BERLIN = { zone: 'Europe/Berlin', weekly: [{ weekday: 2, time: '09:00' }], holidays: ['2026-12-08'] };
const TUESDAY = Date.UTC(2026, 10, 24, 8);
const WEEK = 7 * 86_400_000;

describe('the planner and publishing at the desk', () => {
  let app: App;
  let desk: DeskApi;
  beforeEach(async () => {
    app = await openApp();
    for (const channel of [CHANNEL, SECOND_CHANNEL]) await app.store.putChannel(channelOf(channel));
    desk = await openDeskApi(app);
  });
  afterEach(async () => {
    await desk.stop();
    await app.close();
  });

  async function answered(words = 'Why did we close Lyon?'): Promise<string> {
    const asked = { submission: freshId(), leader: ines.aadObjectId, words };
    const { id } = must(await ask(app.deps, app.hand(noor), asked));
    must(await answer(app.deps, ines.aadObjectId, { question: id, submission: freshId(), words: 'I should have.' }));
    return id;
  }
  const put = (body: object, who: Person = kofi) =>
    desk.send('/api/slots', {
      method: 'PUT',
      headers: { ...bearer(desk.token(who)), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const plan = async (query = 'from=2026-11-23&to=2026-12-13'): Promise<Plan> =>
    (await desk.get(kofi, `/api/slots?${query}`)).body;
  const channel = async () => (await plan()).channels.find(({ id }) => id === A) ?? assert.fail('It is not there');
  const posts = (who: Person, id: string, act: string, body: object) =>
    desk.post(who, `/api/questions/${id}/${act}`, body);
  const state = async (id: string) =>
    (await desk.get(kofi, `/api/questions/${id}/publishing`)).body.channels.find((one: { id: string }) => one.id === A)
      .publication?.state;

  it('are for curators alone', async () => {
    const id = await answered();
    const before = await app.question(id);
    for (const who of [ines, devi, ana, noor, omar]) {
      const gets = [
        `/api/questions/${id}/publishing`,
        '/api/slots?from=2026-11-23&to=2026-11-30',
        '/api/slots/leaders',
        `/api/slots/proposal?channel=${encodeURIComponent(A)}`,
      ];
      for (const path of gets) assert.equal((await desk.get(who, path)).status, 403, path);
      assert.equal((await put({ channel: A, ...BERLIN }, who)).status, 403);
      const acts: [string, object][] = [
        ['publish', { channels: [A] }],
        ['publish-on', {}],
        ['schedule', { channel: A, at: TUESDAY }],
        ['reschedule', { channel: A, at: TUESDAY }],
        ['unschedule', { channel: A }],
        ['retract', { channel: A, reason: 'No.' }],
        ['settle', { channel: A, saw: 'there' }],
      ];
      for (const [act, body] of acts) assert.equal((await posts(who, id, act, body)).status, 403, act);
      const several = { questions: [id], channel: A, when: 'now' };
      assert.equal((await desk.post(who, '/api/publish', several)).status, 403);
      const fill = { channel: A, proposals: [{ question: id, at: TUESDAY }] };
      assert.equal((await desk.post(who, '/api/slots/fill', fill)).status, 403);
    }
    assert.deepEqual(await app.question(id), before);
    assert.deepEqual(await app.store.slots(), []);
  });

  it('show Slots by the clocks of their channel, without holidays, and what is ready', async () => {
    const id = await answered();
    assert.deepEqual((await put({ channel: A, ...BERLIN })).body, {});
    app.policy.holidays = [{ day: '2026-12-01', name: 'Founders’ day' }];
    const { slots, zone, weekly, holidays, today, dry } = await channel();
    assert.deepEqual([zone, today, weekly, holidays], ['Europe/Berlin', '2026-11-23', BERLIN.weekly, BERLIN.holidays]);
    assert.deepEqual(slots, [{ at: TUESDAY, day: '2026-11-24', time: '09:00' }]);
    assert.deepEqual(dry, slots[0]);
    const { ready, holidays: all } = await plan();
    assert.deepEqual(ready, [{ question: id, words: 'Why did we close Lyon?', leader: ines.name }]);
    assert.deepEqual(all, app.policy.holidays);
  });

  it('take a pattern from the one who saw the last, and explain what cannot be', async () => {
    await put({ channel: A, ...BERLIN });
    assert.equal((await put({ channel: A, ...BERLIN }, kaia)).body.refused, 'slots-changed');
    const { version } = await channel();
    assert.equal((await put({ channel: A, ...BERLIN, version })).status, 200);
    assert.equal((await put({ channel: A, ...BERLIN, zone: 'Mars/Olympus' })).status, 422);
    for (const wrong of [{ weekly: [{ weekday: 8, time: '09:00' }] }, { weekly: [{ weekday: 1, time: '24:00' }] }])
      assert.equal((await put({ channel: A, ...BERLIN, ...wrong })).status, 400);
    assert.equal((await desk.get(kofi, '/api/slots?from=2026-01-01&to=2027-01-01')).status, 400, 'a year is too much');
  });

  it('plan, move, take off and publish one thread', async () => {
    const id = await answered();
    assert.equal((await posts(kofi, id, 'schedule', { channel: A, at: TUESDAY })).status, 200);
    assert.deepEqual((await channel()).planned, [
      {
        question: id,
        words: 'Why did we close Lyon?',
        leader: ines.name,
        at: TUESDAY,
        day: '2026-11-24',
        time: '08:00',
        by: kofi.name,
      },
    ]);
    const moved = await posts(kaia, id, 'reschedule', { channel: A, at: TUESDAY + WEEK });
    assert.equal(moved.body.channels.find((one: { id: string }) => one.id === A).publication.at, TUESDAY + WEEK);
    assert.equal((await posts(kofi, id, 'schedule', { channel: A, at: 1 })).body.refused, 'slot-past');
    assert.equal((await posts(kofi, id, 'unschedule', { channel: A })).status, 200);
    assert.equal((await posts(kofi, id, 'unschedule', { channel: A })).status, 409);
    await posts(kofi, id, 'publish', { channels: [A, SECOND_CHANNEL.id] });
    assert.equal(await state(id), 'posting');
    await app.delivers(id);
    assert.equal(await state(id), 'posted');
    const second = await posts(kaia, id, 'publish', { channels: [A] });
    assert.deepEqual([second.status, second.body.words], [409, 'Already published by Kofi Tamarisk.']);
  });

  it('settle what is uncertain, and take a thread out with a reason', async () => {
    const id = await answered();
    app.courier.reacts = ({ text, sent }) => (text === 'post-part answer' ? { unknown: '502' } : { sent });
    await posts(kofi, id, 'publish', { channels: [A] });
    await app.delivers(id);
    assert.equal(await state(id), 'uncertain');
    app.courier.reacts = ({ sent }) => ({ sent });
    await posts(kofi, id, 'settle', { channel: A, saw: 'there' });
    await app.delivers(id);
    assert.equal(await state(id), 'posted');
    assert.equal((await posts(kofi, id, 'retract', { channel: A, reason: ' ' })).status, 422);
    const { body } = await posts(kofi, id, 'retract', { channel: A, reason: 'Not yet.' });
    const { publication } = body.channels.find((one: { id: string }) => one.id === A);
    assert.deepEqual(publication.retraction, { by: kofi.name, reason: 'Not yet.' });
  });

  it('fill a stream with what was shown, and say what could not be planned any more', async () => {
    await put({ channel: A, ...BERLIN });
    const [one, two] = [await answered('One?'), await answered('Two?')];
    const { proposals } = (await desk.get(kofi, `/api/slots/proposal?channel=${encodeURIComponent(A)}`)).body;
    assert.deepEqual(proposals.map(({ question }: { question: string }) => question).toSorted(), [one, two].toSorted());
    assert.deepEqual((await channel()).planned, [], 'asking changes nothing');
    const chosen = proposals.map(({ question, at }: { question: string; at: number }) => ({ question, at }));
    await posts(kaia, chosen[0].question, 'publish', { channels: [A] });
    const { body } = await desk.post(kofi, '/api/slots/fill', { channel: A, proposals: chosen });
    assert.equal(body.done, 1);
    assert.deepEqual(body.notDone, [
      { question: chosen[0].question, words: 'Already being published by Kaia Welkinson.' },
    ]);
  });

  it('publish several at once, or each in the next free Slot', async () => {
    await put({ channel: A, ...BERLIN, holidays: [] });
    const ids = [await answered('One?'), await answered('Two?')];
    const next = { questions: ids, channel: A, when: 'next' };
    assert.deepEqual((await desk.post(kofi, '/api/publish', next)).body, { done: 2, notDone: [] });
    assert.deepEqual(
      (await channel()).planned.map(({ question, at }) => [question, at]),
      [
        [ids[0], TUESDAY],
        [ids[1], TUESDAY + WEEK],
      ],
    );
    const { body } = await desk.post(kaia, '/api/publish', { ...next, when: 'now' });
    assert.equal(body.done, 2);
    for (const id of ids) assert.equal(await state(id), 'posting');
  });

  it('say who has answered least', async () => {
    await answered();
    const { leaders } = (await desk.get(kofi, '/api/slots/leaders')).body;
    assert.deepEqual(
      leaders.map(({ name, answered: total }: { name: string; answered: number }) => [name.split(' ')[0], total]),
      [
        ['Otto', 0],
        ['Ines', 1],
      ],
    );
  });
});
