import assert from 'node:assert/strict';
import { ask } from '../../bot/app/ask.ts';
import { changeSettings, readSettings, settingsLog } from '../../bot/app/settings.ts';
import { vote } from '../../bot/app/vote.ts';
import type { Settings } from '../../bot/domain/settings.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { type App, freshId, must, openApp } from '../support/app.ts';
import { canariesOf, filesIn, foundIn } from '../support/canary.ts';
import { ana, crowd, devi, ines, kaia, kofi, lena, noor, omar, otto, type Person } from '../support/cast.ts';
import { useFolder } from '../support/folder.ts';
import { openDatabase, rowsIn, textsIn } from './rows.ts';

const WITH_ROLES = [ines, otto, devi, kofi, kaia, ana];
const WITHOUT = [noor, omar, lena, ...crowd];

describe('privacy: what admins set', () => {
  const folder = useFolder();
  let app: App;
  beforeEach(async () => {
    app = await openApp();
    app.deps = { ...app.deps, store: openSqlite(folder.file('data/forthright.db')) };
    app.deps.reread = async () => void Object.assign(app, (await app.deps.store.settings())?.settings);
  });
  afterEach(async () => {
    await app.deps.store.close();
    await app.close();
  });

  const changes = async (change: (settings: Settings) => unknown) => {
    const read = structuredClone(must(await readSettings(app.deps, ana.aadObjectId)));
    change(read.settings);
    const { settings, last } = read;
    assert.ok('last' in must(await changeSettings(app.deps, ana.aadObjectId, { settings, last })));
  };
  const asks = async (person: Person) =>
    must(
      await ask(app.deps, app.hand(person), {
        submission: freshId(),
        leader: ines.aadObjectId,
        words: `Why is the lift broken? I asked ${freshId()} times.`,
      }),
    );
  const texts = () =>
    rowsIn(folder.path)
      .filter(({ table }) => ['settings', 'changes'].includes(table))
      .flatMap(({ values }) => Object.values(values).flatMap(textsIn));

  it('settings hold people with roles, the day of a change, and nobody else', async () => {
    await changes(({ policy }) => (policy.limits = { questions: 3, votes: 9 }));
    for (const person of [noor, ...crowd]) {
      const { id } = await asks(person);
      must(await vote(app.deps, app.hand(omar), id, true));
      await changes(({ policy }) => (policy.overdueDays += 1));
    }
    await changes(({ directory }) => directory.curators.pop());

    const kept = texts();
    const all = kept.join('\n');
    for (const { name } of WITH_ROLES) assert.ok(all.includes(name), `the premise: ${name} stands there`);
    for (const person of WITHOUT) assert.deepEqual(foundIn(all, canariesOf(person)), [], person.name);
    // No hour, no long number: of a change its day, and how many there were before.
    assert.deepEqual(
      kept.filter((text) => /\d{2}:\d{2}|\d{5,}/.test(text) && !/^[0-9a-f-]{36}$/.test(text)),
      [],
    );
    const found = filesIn(folder.path).flatMap(({ file, bytes }) =>
      foundIn(bytes, WITHOUT.flatMap(canariesOf)).map((canary) => `${file}: ${canary}`),
    );
    assert.deepEqual(found, []);
  });

  it('the log of settings names admins and what they set, and no one who asked or voted', async () => {
    await changes(({ policy }) => (policy.mixing = { size: 5, minutes: 10 }));
    await asks(noor);
    await changes(({ directory }) => (directory.audience = 800));
    const log = must(await settingsLog(app.deps, ana.aadObjectId, { before: 99, limit: 99 }));
    assert.deepEqual(
      log.map((entry) => [Object.keys(entry).toSorted(), entry.by, entry.day]),
      [1, 2].map(() => [['by', 'changes', 'day', 'n'], ana.name, '2026-11-23']),
    );
    assert.deepEqual(foundIn(JSON.stringify(log), WITHOUT.flatMap(canariesOf)), []);
  });

  it('whoever reads the database finds in the settings nothing that stands beside a question', async () => {
    const { id } = await asks(noor);
    await changes(({ policy }) => (policy.dryDays = 7));
    const db = openDatabase(folder.path);
    const question = db.prepare('SELECT doc FROM questions WHERE id = ?').get(id);
    db.close();
    const roles = new Set(WITH_ROLES.flatMap(({ aadObjectId, name }) => [aadObjectId, name]));
    const shared = textsIn(question?.['doc']).filter(
      (text) => text.length > 15 && texts().includes(text) && !roles.has(text),
    );
    assert.deepEqual(shared, []);
  });
});
