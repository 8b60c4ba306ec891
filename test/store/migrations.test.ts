import assert from 'node:assert/strict';
import { once } from 'node:events';
import { DatabaseSync } from 'node:sqlite';
import { Worker } from 'node:worker_threads';
import { migrate } from '../../bot/store/migrations.ts';
import { useFolder } from '../support/folder.ts';

const FIRST = "CREATE TABLE birds (name TEXT); INSERT INTO birds VALUES ('wren')";
const SECOND = 'ALTER TABLE birds ADD COLUMN wings INTEGER NOT NULL DEFAULT 2';
const FAILING = 'ALTER TABLE birds ADD COLUMN nest TEXT; INSERT INTO nowhere VALUES (1)';

/** Migrates as well, and is slow about it: says so once it holds the lock. */
const OTHER_PROCESS = `
  const { DatabaseSync } = require('node:sqlite');
  const { parentPort, workerData } = require('node:worker_threads');
  const db = new DatabaseSync(workerData.file);
  db.exec('BEGIN IMMEDIATE; ' + workerData.first + '; PRAGMA user_version = 1');
  parentPort.postMessage('locked');
  setTimeout(() => { db.exec('COMMIT'); db.close(); }, 100);
`;

const version = (db: DatabaseSync) => db.prepare('PRAGMA user_version').get()?.['user_version'];
const birds = (db: DatabaseSync) =>
  db
    .prepare('SELECT * FROM birds')
    .all()
    .map((bird) => ({ ...bird }));

describe('Migrations', () => {
  const folder = useFolder();
  let db: DatabaseSync;
  beforeEach(() => void (db = new DatabaseSync(folder.file('birds.db'))));
  afterEach(() => db.isOpen && db.close());

  it('take an empty database to the newest version', () => {
    migrate(db, [FIRST, SECOND]);
    assert.equal(version(db), 2);
    assert.deepEqual(birds(db), [{ name: 'wren', wings: 2 }]);
  });

  it('take an older database the rest of the way, with what it holds', () => {
    migrate(db, [FIRST]);
    db.exec("INSERT INTO birds VALUES ('rook')");
    migrate(db, [FIRST, SECOND]);
    assert.equal(version(db), 2);
    assert.deepEqual(birds(db), [
      { name: 'wren', wings: 2 },
      { name: 'rook', wings: 2 },
    ]);
  });

  it('do nothing where nothing is left to do', () => {
    for (let round = 0; round < 3; round += 1) migrate(db, [FIRST, SECOND]);
    assert.equal(version(db), 2);
    assert.equal(birds(db).length, 1);
  });

  it('refuse a database from a newer release, saying which, and change nothing', () => {
    migrate(db, [FIRST, SECOND]);
    assert.throws(() => migrate(db, [FIRST]), /version 2.*knows 1.*newer release/);
    assert.equal(version(db), 2);
    assert.equal(birds(db).length, 1);
  });

  it('that fail leave the older version whole, and no lock behind', () => {
    migrate(db, [FIRST]);
    assert.throws(() => migrate(db, [FIRST, FAILING, SECOND]), /nowhere/);
    assert.equal(version(db), 1);
    assert.deepEqual(birds(db), [{ name: 'wren' }]);
    const other = new DatabaseSync(folder.file('birds.db'));
    other.exec("INSERT INTO birds VALUES ('rook')");
    other.close();
    migrate(db, [FIRST, SECOND]);
    assert.equal(version(db), 2);
  });

  it('cut short by a crash between two steps go on from there', () => {
    assert.throws(() => migrate(db, [FIRST, SECOND, FAILING]));
    db.close();
    db = new DatabaseSync(folder.file('birds.db'));
    assert.equal(version(db), 2);
    migrate(db, [FIRST, SECOND, 'DROP TABLE birds']);
    assert.equal(version(db), 3);
  });

  it('of two processes that start at the same time happen once', async () => {
    db.exec('PRAGMA busy_timeout = 2000');
    const other = new Worker(OTHER_PROCESS, {
      eval: true,
      workerData: { file: folder.file('birds.db'), first: FIRST },
    });
    await once(other, 'message');
    migrate(db, [FIRST, SECOND]);
    await once(other, 'exit');
    assert.equal(version(db), 2);
    assert.equal(birds(db).length, 1);
  });
});
