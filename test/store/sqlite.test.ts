import assert from 'node:assert/strict';
import { statSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { useFolder } from '../support/folder.ts';
import { storeContract } from './contract.ts';
import { sample } from './samples.ts';

describe('SQLite', () => {
  const folder = useFolder();
  const file = () => folder.file('data', 'forthright.db');

  storeContract('SQLite', async () => openSqlite(file()));

  it('writes ahead into a log, so that a reader does not wait for a writer', async () => {
    const store = openSqlite(file());
    const other = new DatabaseSync(file());
    assert.equal(other.prepare('PRAGMA journal_mode').get()?.['journal_mode'], 'wal');
    other.close();
    await store.close();
  });

  it('keeps what it was given, over a restart', async () => {
    const question = sample();
    const first = openSqlite(file());
    await first.add(question);
    await first.close();
    const second = openSqlite(file());
    assert.deepEqual(await second.question(question.id), { question, version: '1' });
    await second.close();
  });

  it('keeps what it acknowledged when the process ends without a word', async () => {
    const store = openSqlite(file());
    const question = sample();
    await store.add(question);
    // What another process reads from the files now is what a crash would leave.
    const other = openSqlite(file());
    assert.deepEqual((await other.question(question.id))?.question, question);
    await other.close();
    await store.close();
  });

  it('makes the folder for its file, closed to others', async () => {
    await openSqlite(file()).close();
    if (process.platform !== 'win32') assert.equal(statSync(folder.file('data')).mode & 0o077, 0);
  });

  it('keeps nothing of a database in memory', async () => {
    const store = openSqlite(':memory:');
    assert.equal(await store.add(sample()), true);
    await store.close();
  });
});
