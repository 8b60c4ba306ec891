import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { BUSY_MS } from '../../bot/store/database.ts';
import { StoreFault } from '../../bot/store/faults.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { useFolder } from '../support/folder.ts';
import { withoutRoot } from '../support/root.ts';
import { sample } from './samples.ts';

/** Waits for a lock in these tests, and what such a test may take on a slow machine. */
const BRIEF_MS = 100;
const LOCK_MS = 1500;

describe('SQLite in trouble', () => {
  const folder = useFolder();
  const file = () => folder.file('forthright.db');

  /** A database with one question in it, closed. */
  const filled = async () => {
    const store = openSqlite(file());
    const question = sample();
    await store.add(question);
    await store.close();
    return question;
  };

  const refuses = (remedy: RegExp) =>
    assert.throws(
      () => openSqlite(file(), BRIEF_MS),
      (error: unknown) => error instanceof StoreFault && remedy.test(error.message) && error.message.includes(file()),
    );

  it('refuses a file that is no database, says what to do, and leaves it as it is', () => {
    const words = 'This is a shopping list, and long enough to be looked at as a database. '.repeat(20);
    writeFileSync(file(), words);
    refuses(/damaged.*backup/s);
    assert.equal(readFileSync(file(), 'utf8'), words);
  });

  it('refuses a database that was cut off', async () => {
    await filled();
    truncateSync(file(), 3000);
    refuses(/damaged.*backup/s);
  });

  it('refuses a database from a newer release', async () => {
    await filled();
    const newer = new DatabaseSync(file());
    newer.exec('PRAGMA user_version = 99');
    newer.close();
    refuses(/version 99.*newer release/s);
  });

  it('refuses a folder in place of the file', () => {
    assert.throws(() => openSqlite(folder.path), StoreFault);
  });

  it('refuses a file that cannot be written, rather than losing the first question', async () => {
    await filled();
    chmodSync(file(), 0o400);
    chmodSync(folder.path, 0o755);
    withoutRoot(() => refuses(/cannot be written.*permission/s));
  });

  it('refuses, within the bound, a database that another process is writing to at the start', async () => {
    await filled();
    const other = new DatabaseSync(file());
    other.exec('PRAGMA user_version = 0; BEGIN IMMEDIATE');
    const began = performance.now();
    refuses(/another process/);
    assert.ok(performance.now() - began < LOCK_MS);
    other.close();
  });

  it('fails a write within the bound while another process holds the lock, reads on, and recovers', async () => {
    const kept = await filled();
    const store = openSqlite(file(), BRIEF_MS);
    const other = new DatabaseSync(file());
    other.exec('BEGIN IMMEDIATE');
    const [question, began] = [sample(), performance.now()];
    await assert.rejects(store.add(question), /locked/);
    assert.ok(performance.now() - began < LOCK_MS);
    assert.deepEqual((await store.question(kept.id))?.question, kept);
    await store.ready();
    other.exec('ROLLBACK');
    assert.equal(await store.add(question), true);
    other.close();
    await store.close();
  });

  it('waits for a lock no longer than an invoke can, whose answer is due after three seconds', () => {
    assert.ok(BUSY_MS <= 1500);
  });

  it('leaves no lock behind when it could not open', async () => {
    await filled();
    const newer = new DatabaseSync(file());
    const { user_version: version } = newer.prepare('PRAGMA user_version').get() ?? {};
    newer.exec('PRAGMA user_version = 99');
    refuses(/newer/);
    newer.exec(`PRAGMA locking_mode = EXCLUSIVE; PRAGMA user_version = ${String(version)}`);
    newer.close();
    const store = openSqlite(file());
    assert.equal(await store.add(sample()), true);
    await store.close();
  });

  it('says that a question was not kept when the disk is full, loses none that was, and recovers', async function () {
    if (process.platform === 'win32') this.skip();
    // A limit on the size of files is as near as a test comes to a full disk without owning one.
    const script = new URL('./fill-disk.ts', import.meta.url).pathname;
    const limited = `trap '' XFSZ; ulimit -f 200; exec "$0" "$@"`;
    const { stdout, stderr } = spawnSync('sh', ['-c', limited, process.execPath, script, file()], { timeout: 4000 });
    const { added, failure } = JSON.parse(String(stdout) || `{"failure":${JSON.stringify(String(stderr))}}`) as {
      added: string[];
      failure: string;
    };
    assert.match(failure, /full|disk I\/O/);
    const db = new DatabaseSync(file());
    const ids = db
      .prepare('SELECT id FROM questions')
      .all()
      .map(({ id }) => id);
    assert.deepEqual(
      db
        .prepare('PRAGMA integrity_check')
        .all()
        .map((row) => ({ ...row })),
      [{ integrity_check: 'ok' }],
    );
    db.close();
    assert.ok(added.length > 3);
    assert.deepEqual(new Set(ids), new Set(added));
    const store = openSqlite(file());
    assert.equal(await store.add(sample()), true);
    await store.close();
  });
});
