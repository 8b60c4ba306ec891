import assert from 'node:assert/strict';
import { appendFileSync, writeFileSync } from 'node:fs';
import { useFolder } from '../support/folder.ts';
import { readRaw, take, Unlookable } from './files.ts';

describe('Taking a data folder that is written meanwhile', () => {
  const folder = useFolder();
  const database = (): string => folder.file('forthright.db');
  beforeEach(() => {
    writeFileSync(database(), 'first');
    writeFileSync(folder.file('forthright.db-wal'), 'the log');
  });

  it('takes database and log of one moment: it reads anew where the database changed in between', () => {
    let reads = 0;
    const taken = take(folder.path, (path, what) => {
      const read = readRaw(path, what);
      reads += 1;
      if (reads === 1) appendFileSync(database(), ' and second');
      return read;
    });
    assert.equal(reads, 2);
    assert.equal(taken.database.bytes.toString(), 'first and second');
    assert.equal(taken.wal?.bytes.toString(), 'the log');
  });

  it('gives up, and says so, where it changes without a pause', () => {
    assert.throws(
      () =>
        take(folder.path, (path, what) => {
          const raw = readRaw(path, what);
          appendFileSync(database(), '.');
          return raw;
        }),
      (error) => error instanceof Unlookable && /without a pause/.test(error.message),
    );
  }).timeout(10_000);
});
