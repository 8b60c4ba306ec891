import assert from 'node:assert/strict';
import { type App, openApp } from '../../support/app.ts';
import { ana, devi, ines, kofi, noor, otto } from '../../support/cast.ts';
import { type DeskApi, openDeskApi } from '../../support/desk-api.ts';

describe('Who one is at the desk', () => {
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

  it('is told from the directory: roles, name, leaders to ask and topics', async () => {
    const { status, body } = await desk.get(kofi, '/api/me', { 'accept-language': 'de-AT,de;q=0.8' });
    assert.equal(status, 200);
    assert.deepEqual(body, {
      name: kofi.name,
      roles: ['curator'],
      leaders: [
        { id: ines.aadObjectId, name: ines.name, title: 'Chief Executive', isSmall: false },
        { id: otto.aadObjectId, name: otto.name, title: 'Chief Operating Officer', isSmall: false },
      ],
      defaultLeader: ines.aadObjectId,
      topics: ['Strategy', 'Pay and benefits', 'Culture'],
      locale: 'de-AT',
    });
  });

  it('is a reader without a role, for everybody else', async () => {
    const { body } = await desk.get(noor, '/api/me');
    assert.deepEqual(body.roles, []);
    assert.equal(body.name, noor.name);
    assert.equal(body.locale, 'en');
  });

  for (const [who, role] of [
    [ines, 'leader'],
    [devi, 'delegate'],
    [ana, 'admin'],
  ] as const)
    it(`is ${role} for ${who.name}, and no more`, async () => {
      assert.deepEqual((await desk.get(who, '/api/me')).body.roles, [role]);
    });

  it('changes with the directory: a role that was taken away is gone at the next request', async () => {
    assert.deepEqual((await desk.get(kofi, '/api/me')).body.roles, ['curator']);
    app.directory = { ...app.directory, curators: [] };
    assert.deepEqual((await desk.get(kofi, '/api/me')).body.roles, []);
  });

  it('tells what a leader answers for, where that is not everything', async () => {
    const [first, ...others] = app.directory.leaders;
    assert.ok(first);
    app.directory = { ...app.directory, leaders: [{ ...first, topics: ['Strategy'] }, ...others] };
    const { leaders } = (await desk.get(noor, '/api/me')).body;
    assert.deepEqual(
      leaders.map(({ topics }: { topics?: string[] }) => topics),
      [['Strategy'], undefined],
    );
  });

  it('names no delegate, curator or admin, and no account but those of leaders', async () => {
    const text = JSON.stringify((await desk.get(noor, '/api/me')).body);
    for (const other of [devi, kofi, ana]) {
      assert.ok(!text.includes(other.name));
      assert.ok(!text.includes(other.aadObjectId));
    }
    assert.ok(!text.includes(noor.aadObjectId), 'a person’s own id is of no use to their page');
  });
});
