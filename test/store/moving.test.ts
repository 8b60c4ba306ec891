import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import type { Store } from '../../bot/app/ports.ts';
import { StoreFault } from '../../bot/store/faults.ts';
import { openMovableCosmos } from '../../bot/store/moving-cosmos.ts';
import { openMovableSqlite } from '../../bot/store/moving-sqlite.ts';
import { census, KINDS, type Movable, move } from '../../bot/store/moving.ts';
import { ines } from '../support/cast.ts';
import { channelOf } from '../support/app.ts';
import { useFolder } from '../support/folder.ts';
import { openAccount, isStandIn, type TestAccount } from './cosmos-account.ts';
import { settingsOf } from './contract-settings.ts';
import { fresh, owing, sample, WEEK } from './samples.ts';

const serviceUrl = 'https://smba.trafficmanager.net/emea/';

/** Rows of every kind. */
async function fill(store: Store, many: number): Promise<void> {
  for (let n = 0; n < many; n += 1) {
    const question = n % 2 === 0 ? sample({ words: `"Why" \u0000 مرحبا ${n}`, votes: n }) : owing(n);
    await store.add(question);
    await store.putSeal(fresh(), { epoch: WEEK, capsule: fresh() });
    await store.addSlip(WEEK, fresh(), fresh());
    await (n % 2 === 0 ? store.addVote(question, fresh()) : store.addVote(question, fresh(), fresh()));
    await store.putReaction(question, fresh(), 'helped');
    await store.addCount('2026-11-23', fresh(), fresh());
    await store.addGreeting(fresh());
    await store.addBlock({ tag: fresh(), mark: fresh(), epoch: WEEK, until: '2026-12-01' });
    await store.addWaiting({ id: fresh(), epoch: WEEK, capsule: fresh() });
    const address = { conversation: `a:${n}/#`, tenant: fresh(), serviceUrl };
    await store.putMet({ id: `${ines.aadObjectId}/${n}`, address, greeted: ['leader'] });
    await store.putChannel({ ...channelOf(), id: `19:${n}@thread.tacv2` });
    await store.addEntry(settingsOf(n + 1).entry);
    const slots = { zone: 'Europe/Berlin', weekly: [{ weekday: 2, time: '09:00' }], holidays: [] };
    await store.saveSlots({ channel: `19:${n}@thread.tacv2`, slots, warned: n % 2 === 0 });
  }
  await store.saveSettings(settingsOf(many + 1), 0);
}

/** The same store, that dies after so many writes of questions and what comes behind them. */
function dyingAfter(store: Store, writes: number): Store {
  let left = writes;
  return new Proxy(store, {
    get: (target, name) => {
      const method = Reflect.get(target, name) as (...values: unknown[]) => unknown;
      if (!/^(add|put|save)/.test(String(name))) return method.bind(target);
      return (...values: unknown[]) => {
        left -= 1;
        if (left < 0) throw new Error('killed');
        return method.apply(target, values);
      };
    },
  });
}

/** `npm run migrate`, by these settings and no others: its exit code, and what it wrote. */
async function migrate(to: string, settings: Record<string, string>): Promise<{ code: number; said: string }> {
  const main = new URL('../../infra/migrate.ts', import.meta.url).pathname;
  const env = { PATH: process.env['PATH'] ?? '', ...settings };
  const child = spawn(process.execPath, ['--no-warnings', main, '--to', to], { env, timeout: 12_000 });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (part) => (said += String(part)));
  const [code] = (await once(child, 'close')) as [number];
  return { code, said };
}

describe('Moving an installation', function () {
  const folder = useFolder();
  let test: TestAccount;
  let file: Movable;
  let cosmos: Movable;
  before(async function () {
    if (!isStandIn) this.skip();
    test = await openAccount();
  });
  beforeEach(async () => {
    await test.empty();
    file = openMovableSqlite(folder.file('forthright.db'), { isThere: false });
    cosmos = await openMovableCosmos(test.account);
  });
  afterEach(async () => {
    await file.close();
    await cosmos.close();
  });
  after(() => test?.close());

  it('takes every row of every kind from the file to Cosmos DB, and back into another file', async () => {
    await fill(file.store, 5);
    const before = await census(file);
    for (const kind of KINDS) assert.equal(before.counts[kind], kind === 'settings' ? 1 : 5, kind);
    assert.deepEqual(await move(file, cosmos), before);
    assert.deepEqual(await census(file), before, 'the source is as it was');
    const again = openMovableSqlite(folder.file('again.db'), { isThere: false });
    assert.deepEqual(await move(cosmos, again), before);
    const { questions } = await again.store.list({ leader: ines.aadObjectId, state: 'open', limit: 9 });
    assert.deepEqual(
      questions,
      (await file.store.list({ leader: ines.aadObjectId, state: 'open', limit: 9 })).questions,
    );
    assert.equal((await again.store.owing(9, 9)).length, 2);
    await again.close();
  });

  it('goes on where it was killed, wherever that was', async () => {
    await fill(file.store, 4);
    for (const writes of [0, 3, 17, 33]) {
      await test.empty();
      await assert.rejects(move(file, { ...cosmos, store: dyingAfter(cosmos.store, writes) }), /killed/);
      assert.deepEqual(await move(file, cosmos), await census(file));
    }
  });

  it('may be run again when it is done', async () => {
    await fill(file.store, 2);
    assert.deepEqual(await move(file, cosmos), await move(file, cosmos));
  });

  it('writes nothing into a target that holds anything else, of any kind, in either direction', async () => {
    await fill(file.store, 2);
    await cosmos.store.addGreeting(fresh());
    await assert.rejects(move(file, cosmos), (error: unknown) => {
      assert.ok(error instanceof StoreFault);
      return /holds rows in greetings that the source does not hold\. Nothing was written/.test(error.message);
    });
    assert.equal((await census(cosmos)).counts.questions, 0);
    await assert.rejects(move(cosmos, file), StoreFault);
  });

  it('tells that somebody wrote meanwhile', async () => {
    await fill(file.store, 2);
    const scatter = async () => file.store.addGreeting(fresh());
    await assert.rejects(
      move(file, { ...cosmos, store: { ...cosmos.store, scatter } }),
      /differ: something wrote.*Stop every instance/,
    );
  });

  it('is a command that reads the settings of the bot, and says what it did or why not', async () => {
    await fill(file.store, 3);
    const { endpoint, database, access } = test.account;
    const settings = {
      DATA_DIR: folder.path,
      COSMOS_ENDPOINT: endpoint,
      COSMOS_DATABASE: database,
      COSMOS_KEY: access.key,
    };
    const there = await migrate('cosmos', settings);
    assert.equal(there.code, 0, there.said);
    assert.match(there.said, /^questions {2}3$[^]*Both sides hold the same: [0-9a-f]{64}\n$/m);
    mkdirSync(folder.file('back'));
    const back = await migrate('file', { ...settings, DATA_DIR: folder.file('back') });
    assert.equal(back.code, 0, back.said);
    assert.equal(back.said, there.said);
    const nowhere = await migrate('cosmos', { ...settings, DATA_DIR: folder.file('nowhere') });
    assert.deepEqual([nowhere.code, /is missing.*DATA_DIR/.test(nowhere.said)], [1, true], nowhere.said);
    const aimless = await migrate('moon', settings);
    assert.deepEqual([aimless.code, /Say where to/.test(aimless.said)], [1, true]);
  });
});
