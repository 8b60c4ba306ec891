import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { useFolder } from '../support/folder.ts';
import { readRaw } from './files.ts';
import { searchSeams } from './pages.ts';
import { makeSearch } from './search.ts';

const COUNT = 400;
const NEEDLES = Array.from({ length: COUNT }, (_, n) => ({
  bytes: Buffer.from(`Somebody No${String(n).padStart(4, '0')}`),
}));
const WORDS = NEEDLES.map(({ bytes }) => String(bytes)).join(' ');
const search = makeSearch(NEEDLES);

/** Names in one row that is longer than a page: a few of them stand across two. */
describe('Names across two pages of SQLite', () => {
  const folder = useFolder();
  let db: DatabaseSync;
  beforeEach(() => {
    db = new DatabaseSync(folder.file('forthright.db'));
    db.exec('PRAGMA page_size = 1024; PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0');
    db.exec('CREATE TABLE t (id TEXT PRIMARY KEY, room BLOB DEFAULT (zeroblob(230)), words TEXT) WITHOUT ROWID');
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    db.prepare('INSERT INTO t (id, words) VALUES (?, ?)').run('id', WORDS);
  });
  afterEach(() => db.close());

  const foundIn = (which: 'database' | 'wal', withSeams: boolean): number => {
    const [database, wal] = ['forthright.db', 'forthright.db-wal'].map((name) => readRaw(folder.file(name), name));
    assert.ok(database && wal);
    const raw = search((which === 'wal' ? wal : database).bytes);
    const seams = withSeams ? searchSeams(database, wal, { search, longest: 20 }) : [];
    return new Set([...raw, ...seams].map(({ needle }) => needle)).size;
  };

  it('in the write-ahead log are found by its seams alone', () => {
    assert.ok(foundIn('wal', false) < COUNT, 'the premise: some are torn');
    assert.equal(foundIn('database', false), 0);
    assert.equal(foundIn('wal', true), COUNT);
  });

  it('in the database are found by its seams alone', () => {
    db.exec('PRAGMA wal_checkpoint(TRUNCATE)');
    assert.ok(foundIn('database', false) < COUNT, 'the premise: some are torn');
    assert.equal(foundIn('database', true), COUNT);
  });

  it('are looked for in no file that is none of SQLite’s', () => {
    const file = { file: 'x', bytes: Buffer.from(WORDS) };
    assert.deepEqual(searchSeams(file, undefined, { search, longest: 20 }), []);
  });
});
