import assert from 'node:assert/strict';
import type { SettingsPage } from '../../../bot/http/api/settings.ts';
import { type App, channelOf, openApp } from '../../support/app.ts';
import { ana, CHANNEL, devi, directoryJson, ines, kofi, noor, omar, otto, TEAM } from '../../support/cast.ts';
import { bearer, type DeskApi, openDeskApi } from '../../support/desk-api.ts';

describe('Settings at the desk', () => {
  let app: App;
  let desk: DeskApi;
  beforeEach(async () => {
    app = await openApp();
    desk = await openDeskApi(app);
  });
  afterEach(async () => {
    await desk.stop();
    await app.close();
  });

  const read = async (): Promise<SettingsPage> => (await desk.get(ana, '/api/settings')).body;
  const put = (body: object, who = ana) =>
    desk.send('/api/settings', {
      method: 'PUT',
      headers: { ...bearer(desk.token(who)), 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  const saves = async (change: (page: SettingsPage) => unknown, who = ana) => {
    const { settings, last } = await read();
    const page = { settings, last, channels: [] };
    change(page);
    return put({ settings, last }, who);
  };

  it('are read by an admin, with the channels there are, and saved by their number', async () => {
    await app.store.putChannel(channelOf());
    const { body } = await desk.get(ana, '/api/settings');
    assert.deepEqual(body.settings.directory, directoryJson());
    assert.deepEqual(body.channels, [{ name: CHANNEL.name, team: TEAM.name }]);
    assert.equal(body.last, 0);
    assert.deepEqual((await saves(({ settings }) => (settings.policy.overdueDays = 7))).body, { last: 1 });
    assert.equal((await read()).settings.policy.overdueDays, 7);
  });

  const PATHS = ['/api/settings', '/api/settings/log', '/api/settings/export'];
  for (const who of [ines, devi, kofi, noor])
    it(`are none of ${who.name}’s business`, async () => {
      const before = await read();
      for (const path of PATHS) assert.equal((await desk.get(who, path)).status, 403, path);
      assert.equal((await desk.post(who, '/api/settings/import', { text: '{}' })).status, 403);
      assert.equal((await saves(() => {}, who)).status, 403);
      assert.deepEqual(await read(), before);
      assert.equal(await app.store.settings(), undefined);
    });

  it('take a role away with the next request', async () => {
    assert.equal((await desk.get(kofi, '/api/board')).status, 200);
    await saves(({ settings }) => void settings.directory.curators.shift());
    assert.equal((await desk.get(kofi, '/api/board')).status, 403);
  });

  it('come back with every fault at its field, and nothing saved', async () => {
    const { status, body } = await saves(({ settings: { directory, policy } }) => {
      directory.admins = [];
      directory.curators.push({ id: omar.email, name: omar.name });
      policy.dryDays = 99;
    });
    assert.equal(status, 200);
    assert.deepEqual(body, {
      faults: [
        { at: 'curators.2.id', fault: 'no-id' },
        { at: 'admins', fault: 'nobody' },
        { at: 'policy.dryDays', fault: 'not-between', least: 1, most: 60 },
      ],
    });
    assert.equal(await app.store.settings(), undefined);
  });

  it('saved by somebody else meanwhile are not written over, and it says who that was', async () => {
    const { settings, last } = await read();
    await saves((page) => (page.settings.policy.dryDays = 9));
    const { status, body } = await put({ settings, last });
    assert.equal(status, 409);
    assert.equal(body.refused, 'settings-changed');
    assert.match(body.words, new RegExp(`^${ana.name} saved the settings`));
    assert.equal((await read()).settings.policy.dryDays, 9);
  });

  for (const [what, change] of [
    ['a role by a prototype', '{"__proto__":{"admins":[]},"leaders":[]}'],
    ['a section that nobody knows', '{"roots":[]}'],
    ['a text for a list', '{"leaders":"all"}'],
  ] as const)
    it(`refuse ${what}`, async () => {
      const { settings } = await read();
      const directory = JSON.stringify({ ...settings.directory, ...JSON.parse(change) });
      const own = what.includes('prototype') ? directory.replace('{', '{"__proto__":{"admins":[]},') : directory;
      const { status } = await desk.send('/api/settings', {
        method: 'PUT',
        headers: { ...bearer(desk.token(ana)), 'content-type': 'application/json' },
        body: `{"last":0,"settings":{"directory":${own},"policy":${JSON.stringify(settings.policy)}}}`,
      });
      assert.equal(status, 400);
      assert.equal(await app.store.settings(), undefined);
    });

  it('have a log that goes on page by page', async () => {
    for (let days = 1; days <= 23; days += 1) await saves(({ settings }) => (settings.policy.overdueDays = days + 20));
    const first = (await desk.get(ana, '/api/settings/log')).body;
    assert.equal(first.entries.length, 20);
    assert.deepEqual(first.entries[0], {
      n: 23,
      day: '2026-11-23',
      by: ana.name,
      changes: [{ what: 'overdue-days', from: '42', to: '43' }],
    });
    const rest = (await desk.get(ana, `/api/settings/log?after=${first.next}`)).body;
    assert.deepEqual(
      rest.entries.map(({ n }: { n: number }) => n),
      [3, 2, 1],
    );
    assert.equal(rest.next, undefined);
  });

  it('read a directory file into the form, and save nothing by that', async () => {
    const file = { ...directoryJson(), topics: ['Lunch'] };
    const { body } = await desk.post(ana, '/api/settings/import', { text: JSON.stringify(file) });
    assert.deepEqual(body, { directory: file });
    assert.deepEqual((await read()).settings.directory.topics, directoryJson().topics);
    const torn = (await desk.post(ana, '/api/settings/import', { text: '{\n"leaders": nobody\n}' })).body;
    assert.match(torn.unreadable, /^line 2: /);
    const wrong = (await desk.post(ana, '/api/settings/import', { text: '{"leaders":[{"id":"a"}]}' })).body;
    assert.match(wrong.unreadable, /^leaders\[0\]\.name: /);
  });

  it('are written to a file that can be read again', async () => {
    await saves(({ settings: { directory } }) => {
      directory.audience = 800;
      Object.assign(directory.leaders[1] ?? {}, { topics: ['Culture'] });
    });
    const { text } = (await desk.get(ana, '/api/settings/export')).body;
    const again = (await desk.post(ana, '/api/settings/import', { text })).body;
    assert.deepEqual(again.directory, (await read()).settings.directory);
    assert.deepEqual(again.directory.leaders[1].topics, ['Culture'], `the premise: ${otto.name}’s topics`);
  });
});
