import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import sinon from 'sinon';
import { Database } from '../../bot/store/database.ts';
import { useFolder } from '../support/folder.ts';

const ADD = 'INSERT INTO greetings (tag) VALUES (?)';
const READ = 'SELECT tag FROM greetings ORDER BY tag';

const commits = (exec: sinon.SinonSpy) => exec.getCalls().filter(({ args }) => args[0] === 'COMMIT').length;
/** The disk is full when it comes to making writes durable. */
const failToCommit = () => {
  const exec = sinon.stub(DatabaseSync.prototype, 'exec').callThrough();
  exec.withArgs('COMMIT').throws(Object.assign(new Error('database or disk is full'), { errcode: 13 }));
};

describe('Writes to SQLite', () => {
  const folder = useFolder();
  let db: Database;
  beforeEach(() => void (db = Database.open(folder.file('forthright.db'), 100)));
  afterEach(async () => {
    sinon.restore();
    await db.close();
  });

  const add = (tag: string) => db.run(ADD, tag);
  const tags = async () => (await db.all(READ)).map(({ tag }) => tag);
  /** What another process sees: what is durable, and nothing else. */
  const durable = () => {
    const other = new DatabaseSync(folder.file('forthright.db'));
    try {
      return other
        .prepare(READ)
        .all()
        .map(({ tag }) => tag);
    } finally {
      other.close();
    }
  };

  it('of one turn of the event loop share one commit, and are there for others once they are told', async () => {
    const exec = sinon.spy(DatabaseSync.prototype, 'exec');
    const writing = Promise.all(['a', 'b', 'c'].map(add));
    assert.deepEqual(durable(), []);
    assert.deepEqual(await writing, [1, 1, 1]);
    assert.deepEqual(durable(), ['a', 'b', 'c']);
    assert.equal(commits(exec), 1);
    await add('d');
    assert.equal(commits(exec), 2);
  });

  it('that fail, fail alone', async () => {
    await add('a');
    const [first, again, last] = await Promise.allSettled(['b', 'a', 'c'].map(add));
    assert.deepEqual([first?.status, again?.status, last?.status], ['fulfilled', 'rejected', 'fulfilled']);
    assert.deepEqual(durable(), ['a', 'b', 'c']);
  });

  it('that cannot be made durable fail all together, and leave nothing', async () => {
    failToCommit();
    const results = await Promise.allSettled(['a', 'b'].map(add));
    for (const result of results) assert.match(String((result as PromiseRejectedResult).reason), /disk is full/);
    sinon.restore();
    assert.deepEqual(await tags(), []);
    await add('c');
    assert.deepEqual(durable(), ['c']);
  });

  it('are told to nobody before they are durable', async () => {
    const told: string[] = [];
    const writing = add('a').then(() => told.push('written'));
    const reading = tags().then((found) => told.push(`read ${found.join()}`));
    await Promise.resolve();
    assert.deepEqual([durable(), told], [[], []]);
    await Promise.all([writing, reading]);
    assert.deepEqual(told.toSorted(), ['read a', 'written']);
  });

  it('that were taken back are told to nobody', async () => {
    failToCommit();
    const writing = assert.rejects(add('a'));
    assert.deepEqual(await tags(), []);
    await writing;
  });

  it('that SQLite takes back with the one that failed all fail, and the next ones do not', async () => {
    db.look(
      "CREATE TRIGGER full BEFORE INSERT ON greetings WHEN new.tag = 'full' BEGIN SELECT RAISE(ROLLBACK, 'full'); END",
    );
    const results = await Promise.allSettled(['a', 'full', 'b'].map(add));
    assert.deepEqual(
      results.map(({ status }) => status),
      ['rejected', 'rejected', 'fulfilled'],
    );
    assert.deepEqual(durable(), ['b']);
  });

  it('are durable when the database is closed', async () => {
    const writing = add('a');
    await db.close();
    await writing;
    assert.deepEqual(durable(), ['a']);
  });
});
