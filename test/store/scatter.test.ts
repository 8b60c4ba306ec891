import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFileSync, mkdirSync, watch } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';
import type { Store } from '../../bot/app/ports.ts';
import { withdraw } from '../../bot/domain/life.ts';
import type { Question } from '../../bot/domain/question.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { filesIn } from '../support/canary.ts';
import { useFolder } from '../support/folder.ts';
import { sample } from './samples.ts';

/** More than SQLite keeps of a temporary database in memory by itself: 2 MB. */
const MANY = 2500;
const MODULE = new URL('../../bot/store/sqlite.ts', import.meta.url).href;
const SCATTERS = `import { openSqlite } from '${MODULE}'; const store = openSqlite(process.argv[1]);`;
const LONG = 'eat the board room table. '.repeat(20);

const count = (path: string) => {
  const db = new DatabaseSync(path);
  const rows = Number(db.prepare('SELECT count(*) AS rows FROM seals').get()?.['rows']);
  const check = db.prepare('PRAGMA integrity_check').get()?.['integrity_check'];
  db.close();
  return { rows, check };
};

describe('SQLite, scattered', () => {
  const folder = useFolder();
  const file = () => folder.file('data', 'forthright.db');
  let store: Store;
  beforeEach(() => void (store = openSqlite(file())));
  afterEach(() => store.close());

  async function fill(rows: number): Promise<Question[]> {
    const questions = Array.from({ length: rows }, (_, n) => sample({ words: `Number ${n}. ${LONG}` }));
    for (const question of questions) await store.add(question);
    return questions;
  }
  /** Faster than one durable write for each. */
  function fillMany(): void {
    const db = new DatabaseSync(file());
    db.exec(`WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${MANY})
             INSERT INTO seals SELECT hex(randomblob(16)), '2026-W48', hex(randomblob(700)) FROM n`);
    db.close();
  }
  /** Another process, which puts its temporary files into a folder of their own. */
  const run = (script: string) =>
    spawn(process.execPath, ['--no-warnings', '--input-type=module', '-e', script, file()], {
      env: { PATH: process.env['PATH'] ?? '', SQLITE_TMPDIR: folder.file('temporary') },
      stdio: ['ignore', 'pipe', 'inherit'],
    });

  it('keeps every row and its version, and leaves the log empty', async () => {
    const questions = await fill(30);
    await store.save(questions[0] as Question, '1');
    assert.equal(await store.scatter(Infinity), true);
    for (const [n, question] of questions.entries())
      assert.deepEqual(await store.question(question.id), { question, version: n === 0 ? '2' : '1' });
    const log = filesIn(folder.path).find((each) => each.file.endsWith('-wal'));
    assert.equal(log?.bytes.length, 0);
  });

  it('leaves a file that is larger than it was told to take on', async () => {
    await fill(1);
    assert.deepEqual([await store.scatter(10_000), await store.scatter(1_000_000)], [false, true]);
  });

  it('waits for nobody: where another process is writing, it is not done', async () => {
    const other = new DatabaseSync(file());
    other.exec('BEGIN IMMEDIATE');
    const began = performance.now();
    assert.equal(await store.scatter(Infinity), false);
    assert.ok(performance.now() - began < 500, 'Everybody waited');
    other.exec('COMMIT');
    other.close();
    assert.equal(await store.scatter(Infinity), true);
  });

  it('brings nothing back that was erased, not even while a backup keeps the log from being emptied', async () => {
    const [question] = await fill(30);
    const kept = await store.question(question?.id ?? '');
    assert.ok(kept && filesIn(folder.path).some(({ bytes }) => bytes.includes('Number 0.')), 'the premise');
    await store.save(withdraw(kept.question) as Question, kept.version);
    const backup = new DatabaseSync(file());
    backup.exec('BEGIN; SELECT count(*) FROM questions');
    assert.equal(await store.scatter(Infinity), true);
    mkdirSync(folder.file('killed'));
    for (const name of ['forthright.db', 'forthright.db-wal'])
      copyFileSync(folder.file('data', name), folder.file('killed', name));
    backup.close();
    assert.equal(filesIn(folder.path).filter(({ bytes }) => bytes.includes('Number 0.')).length, 0);

    // What a kill between the rewriting and the emptying would leave: the next start finishes it.
    const again = openSqlite(folder.file('killed', 'forthright.db'));
    assert.equal((await again.question(question?.id ?? ''))?.question.state, 'withdrawn');
    const log = filesIn(folder.file('killed')).find((each) => each.file.endsWith('-wal'));
    assert.equal(log?.bytes.length, 0);
    await again.close();
  });

  it('loses nothing where the process is killed at any moment of it', async () => {
    fillMany();
    for (const ms of [5, 40, 90]) {
      const child = run(`${SCATTERS} process.stdout.write('.'); for (;;) await store.scatter(Infinity);`);
      await once(child.stdout, 'data');
      await delay(ms);
      child.kill('SIGKILL');
      await once(child, 'close');
      assert.deepEqual(count(file()), { rows: MANY, check: 'ok' });
    }
    const files = filesIn(folder.path).map((each) => each.file.replace('forthright.db', ''));
    assert.deepEqual(
      files.filter((name) => !['', '-wal', '-shm'].includes(name)),
      [],
    );
  }).timeout(20_000);

  if (process.platform === 'linux')
    it('writes no temporary file, which would leave its bytes on the disk', async () => {
      fillMany();
      mkdirSync(folder.file('temporary'));
      let seen = 0;
      const watcher = watch(folder.file('temporary'), () => (seen += 1));
      const filesOf = async (script: string) => {
        seen = 0;
        await once(run(script), 'close');
        await delay(20);
        return seen;
      };
      const plain = `import { DatabaseSync } from 'node:sqlite'; new DatabaseSync(process.argv[1]).exec('VACUUM');`;
      assert.ok((await filesOf(plain)) > 0, 'The premise: by itself SQLite writes one');
      assert.equal(await filesOf(`${SCATTERS} if (!(await store.scatter(Infinity))) throw new Error('Not done');`), 0);
      watcher.close();
    }).timeout(20_000);
});
