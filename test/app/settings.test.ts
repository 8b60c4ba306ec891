import assert from 'node:assert/strict';
import { ask } from '../../bot/app/ask.ts';
import { handOn } from '../../bot/app/lead.ts';
import { admit, changeSettings, readSettings, settingsLog } from '../../bot/app/settings.ts';
import type { Settings } from '../../bot/domain/settings.ts';
import { type App, dyingAt, freshId, must, openApp } from '../support/app.ts';
import { ana, ines, kofi, noor, omar, otto } from '../support/cast.ts';

const LEAVING = { leaving: [{ id: otto.aadObjectId, name: otto.name, open: 2 }] };
const NOT_ALLOWED = { refused: 'not-allowed' };

const change = (from: string, to: string) => [{ what: 'overdue-days', from, to }];

describe('settings', () => {
  let app: App;
  beforeEach(async () => void (app = await openApp()));
  afterEach(() => app.close());

  /** As Ana reads them, with a change. */
  const wanted = async (change: (settings: Settings) => unknown, actor = ana) => {
    const read = structuredClone(must(await readSettings(app.deps, actor.aadObjectId)));
    change(read.settings);
    return read;
  };
  const changes = async (change: (settings: Settings) => unknown, actor = ana) =>
    changeSettings(app.deps, actor.aadObjectId, await wanted(change, actor));
  const asks = async (leader = otto) =>
    must(await ask(app.deps, app.hand(noor), { submission: freshId(), leader: leader.aadObjectId, words: 'Why?' })).id;
  const without = async (heirs?: Record<string, string>) => {
    const sent = await wanted(({ directory }) => void directory.leaders.splice(1, 1));
    return changeSettings(app.deps, ana.aadObjectId, { ...sent, ...(heirs ? { heirs } : {}) });
  };
  const log = (page = { before: Number.MAX_SAFE_INTEGER, limit: 10 }) =>
    settingsLog(app.deps, ana.aadObjectId, page).then(must);

  it('are those of the directory file until an admin saves them, and count from then on', async () => {
    assert.deepEqual(must(await readSettings(app.deps, ana.aadObjectId)), {
      settings: { directory: app.directory, policy: app.policy },
      last: 0,
    });
    assert.deepEqual(await changes(({ policy }) => (policy.limits.questions = 1)), { last: 1 });
    const asks = () =>
      ask(app.deps, app.hand(noor), { submission: freshId(), leader: ines.aadObjectId, words: 'Why?' });
    must(await asks());
    assert.deepEqual(await asks(), { refused: 'limit', of: 'questions', limit: 1 });
  });

  it('are read and changed by admins alone: no leader, no curator, nobody else', async () => {
    const sent = await wanted(({ policy }) => (policy.overdueDays = 3));
    for (const { aadObjectId } of [ines, kofi, omar]) {
      assert.deepEqual(await readSettings(app.deps, aadObjectId), NOT_ALLOWED);
      assert.deepEqual(await changeSettings(app.deps, aadObjectId, sent), NOT_ALLOWED);
      assert.deepEqual(await settingsLog(app.deps, aadObjectId, { before: 9, limit: 9 }), NOT_ALLOWED);
    }
    assert.equal(await app.store.settings(), undefined);
  });

  it('refuse an admin who was removed, also by an instance that did not read that yet', async () => {
    await changes(({ directory }) => directory.admins.push({ id: kofi.aadObjectId, name: kofi.name }));
    const sent = await wanted(({ policy }) => (policy.overdueDays = 3), kofi);
    const late = { ...app.deps, directory: () => before };
    const before = app.directory;
    await changes(({ directory }) => directory.admins.pop());
    assert.ok(
      before.admins.some(({ id }) => id === kofi.aadObjectId),
      'the premise: here he still is one',
    );
    assert.deepEqual(await changeSettings(late, kofi.aadObjectId, sent), NOT_ALLOWED);
    assert.deepEqual(await readSettings(late, kofi.aadObjectId), NOT_ALLOWED);
  });

  it('keep an admin and a curator, and say so at the field', async () => {
    const left = await changes(({ directory }) => Object.assign(directory, { admins: [], curators: [] }));
    assert.deepEqual(left, {
      faults: [
        { at: 'curators', fault: 'nobody' },
        { at: 'admins', fault: 'nobody' },
      ],
    });
    assert.equal(await app.store.settings(), undefined);
  });

  it('saved by two admins at once are those of one; the other reads who was first', async () => {
    await changes(({ directory }) => directory.admins.push({ id: kofi.aadObjectId, name: kofi.name }));
    const [one, other] = [
      await wanted(({ policy }) => (policy.overdueDays = 3)),
      await wanted(({ policy }) => (policy.dryDays = 3), kofi),
    ];
    const saved = await Promise.all([
      changeSettings(app.deps, ana.aadObjectId, one),
      changeSettings(app.deps, kofi.aadObjectId, other),
    ]);
    assert.deepEqual(saved, [{ last: 2 }, { refused: 'settings-changed', by: ana.name }]);
    assert.deepEqual(await changeSettings(app.deps, kofi.aadObjectId, other), saved[1], 'and again, as often as sent');
    assert.deepEqual(await changeSettings(app.deps, kofi.aadObjectId, { ...other, last: 2 }), { last: 3 });
  });

  describe('that take a leader away', () => {
    it('wait until somebody takes over what is open, and save nothing before', async () => {
      for (const leader of [otto, otto, ines]) await asks(leader);
      assert.deepEqual(await without(), LEAVING);
      for (const heir of [otto, kofi, omar])
        assert.deepEqual(await without({ [otto.aadObjectId]: heir.aadObjectId }), LEAVING, heir.name);
      assert.equal(await app.store.settings(), undefined);
    });

    it('hand what is open to whoever takes over, and nothing else; the log of a question says that comms did', async () => {
      const ids = [await asks(), await asks()];
      const kept = await asks(ines);
      assert.deepEqual(await without({ [otto.aadObjectId]: ines.aadObjectId }), { last: 1 });
      for (const id of ids) {
        const { leader, history } = await app.question(id);
        assert.equal(leader, ines.aadObjectId);
        assert.deepEqual(history, [{ week: '2026-W48', role: 'comms', did: 'handed-on' }]);
      }
      assert.equal((await app.question(kept)).history, undefined);
    });

    it('need nobody where nothing is open', async () => {
      assert.deepEqual(await without(), { last: 1 });
    });

    it('killed between the two leave no question without a leader, and go on when saved again', async () => {
      const id = await asks();
      const sent = {
        ...(await wanted(({ directory }) => void directory.leaders.splice(1, 1))),
        heirs: { [otto.aadObjectId]: ines.aadObjectId },
      };
      const dying = { ...app.deps, store: dyingAt(app.store, 'saveSettings', 'before') };
      await assert.rejects(changeSettings(dying, ana.aadObjectId, sent), /killed/);
      assert.equal((await app.question(id)).leader, ines.aadObjectId);
      assert.ok(app.directory.leaders.some((leader) => leader.id === ines.aadObjectId));
      assert.deepEqual(await changeSettings(app.deps, ana.aadObjectId, sent), { last: 1 });
    });

    it('leave it a leader’s own doing when the next one hands it on', async () => {
      const id = await asks();
      await changes(({ directory }) =>
        directory.leaders.push({ id: omar.aadObjectId, name: omar.name, delegates: [] }),
      );
      await without({ [otto.aadObjectId]: ines.aadObjectId });
      must(await handOn(app.deps, ines.aadObjectId, id, omar.aadObjectId));
      const { history = [] } = await app.question(id);
      assert.deepEqual(
        history.map(({ role }) => role),
        ['comms', 'leader'],
      );
    });
  });

  it('let in whom the operator names where no admin is left, once, and log it', async () => {
    await admit(app.deps, omar.aadObjectId);
    assert.equal(await app.store.settings(), undefined, 'while the file rules, it names the admins');
    await changes(() => {});
    for (let start = 0; start < 2; start += 1)
      await Promise.all([admit(app.deps, omar.aadObjectId), admit(app.deps, ana.aadObjectId)]);
    const { settings, last } = must(await readSettings(app.deps, omar.aadObjectId));
    assert.equal(last, 2);
    assert.deepEqual(settings.directory.admins.at(-1), { id: omar.aadObjectId, name: 'Admin' });
    assert.deepEqual((await log())[0], {
      n: 2,
      day: '2026-11-23',
      by: 'ADMIN',
      changes: [{ what: 'admin', to: 'Admin' }],
    });
  });

  it('have a log of who changed what on which day, newest first, page by page', async () => {
    for (const days of [1, 2, 3]) await changes(({ policy }) => (policy.overdueDays = days));
    const of = { day: '2026-11-23', by: ana.name };
    assert.deepEqual(await log(), [
      { n: 3, ...of, changes: change('2', '3') },
      { n: 2, ...of, changes: change('1', '2') },
      { n: 1, ...of, changes: change('10', '1') },
    ]);
    const numbers = async (before: number, limit: number) => (await log({ before, limit })).map(({ n }) => n);
    assert.deepEqual(await numbers(4, 2), [3, 2]);
    assert.deepEqual(await numbers(2, 2), [1]);
    assert.deepEqual(await numbers(3, 1), [2]);
  });

  it('that change nothing are not saved again; the first save takes them over from the file', async () => {
    assert.deepEqual(await changes(() => {}), { last: 1 });
    assert.deepEqual(await changes(() => {}), { last: 1 });
    assert.deepEqual(
      (await log()).map(({ changes: made }) => made),
      [[]],
    );
  });

  for (const [method, when] of [
    ['addEntry', 'before'],
    ['addEntry', 'after'],
    ['saveSettings', 'before'],
    ['saveSettings', 'after'],
  ] as const)
    it(`lose no entry where the bot dies just ${when} ${method}, and log none twice`, async () => {
      await changes(({ policy }) => (policy.overdueDays = 3));
      const sent = await wanted(({ policy }) => (policy.overdueDays = 4));
      const dying = { ...app.deps, store: dyingAt(app.store, method, when) };
      await assert.rejects(changeSettings(dying, ana.aadObjectId, sent), /killed/);
      await changes(({ policy }) => (policy.overdueDays = 4));
      await changes(({ policy }) => (policy.overdueDays = 5));
      assert.deepEqual(
        (await log()).map(({ n, changes: [change] }) => [n, change?.from, change?.to]),
        [
          [3, '4', '5'],
          [2, '3', '4'],
          [1, '10', '3'],
        ],
      );
    });

  it('that an older release saved are read with the plain policy for what it did not know', async () => {
    await changes(({ directory }) => (directory.defaults.leader = otto.aadObjectId));
    const kept = await app.store.settings();
    assert.ok(kept);
    const older = structuredClone(kept) as { settings: { policy: { dryDays?: number } } };
    delete older.settings.policy.dryDays;
    await app.store.saveSettings({ ...kept, ...older, entry: { ...kept.entry, n: 2 } } as typeof kept, 1);
    assert.equal(must(await readSettings(app.deps, ana.aadObjectId)).settings.policy.dryDays, 5);
  });
});
