import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import type { Store } from '../../bot/app/ports.ts';
import type { Question } from '../../bot/domain/question.ts';
import { sinceOf, stageOf, STAGES } from '../../bot/domain/stage.ts';
import { openContainers } from '../../bot/store/cosmos-client.ts';
import { ALL, CONTAINERS } from '../../bot/store/cosmos-containers.ts';
import { openCosmos } from '../../bot/store/cosmos.ts';
import { MIGRATIONS, migrate } from '../../bot/store/migrations.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { useFolder } from '../support/folder.ts';
import { answered, published } from '../support/questions.ts';
import { isStandIn, openAccount, type TestAccount } from './cosmos-account.ts';
import { fresh, sample } from './samples.ts';

/** Weeks around the turns of years, where a week and its year are easily mistaken. */
const WEEKS = ['2026-W48', '2026-W01', '2025-W01', '2026-W53', '2024-W52', '2027-W01'];

/** What a release without a board has kept. */
const kept = (): Question[] =>
  WEEKS.flatMap((week): Question[] => [
    { ...sample(), week },
    { ...answered(), id: fresh(), week },
    { ...published(), id: fresh(), week },
    { ...sample(), week, state: 'declined', decline: { reason: 'unclear', role: 'leader' } },
    { ...sample(), week, state: 'withdrawn', words: '' },
  ]);

const key = (question: Question): string => `${stageOf(question)} ${sinceOf(question)} ${question.id}`;

/** Every question on the board, as the store lists it. */
async function board(store: Store): Promise<string[]> {
  const pages = await Promise.all(STAGES.map((stage) => store.staged({ stage, limit: 50 })));
  return pages.flatMap(({ questions }) => questions.map(key)).toSorted();
}
const expected = (questions: Question[]) =>
  questions
    .filter((question) => stageOf(question))
    .map(key)
    .toSorted();

describe('A database of a release without a board', () => {
  const folder = useFolder();

  it('lists every question once it was opened, as if it had been kept today', async () => {
    const questions = kept();
    const path = folder.file('forthright.db');
    const db = new DatabaseSync(path);
    migrate(db, MIGRATIONS.slice(0, 1));
    const insert = db.prepare(
      'INSERT INTO questions (id, leader, state, votes, week, version, doc) VALUES (?, ?, ?, ?, ?, 1, ?)',
    );
    for (const question of questions) {
      const { id, leader, state, votes, week } = question;
      insert.run(id, leader, state, votes, week, JSON.stringify(question));
    }
    db.close();
    const store = openSqlite(path);
    assert.deepEqual(await board(store), expected(questions));
    const rows = () => columns(path);
    const before = rows();
    for (const question of questions) await store.save(question, '1');
    assert.deepEqual(rows(), before, 'the first save changes nothing of it');
    await store.close();
  });
});

function columns(path: string) {
  const db = new DatabaseSync(path, { readOnly: true });
  const rows = db.prepare('SELECT id, stage, since FROM questions ORDER BY id').all();
  db.close();
  return rows;
}

describe('Containers of a release without a board', () => {
  let test: TestAccount;
  before(async function () {
    if (!isStandIn) this.skip();
    test = await openAccount();
  });
  after(() => test?.close());

  it('get the indexes that they lack', async () => {
    const { containers, close } = await openContainers(test.account);
    const { resource } = await containers.questions.read();
    assert.ok(resource?.partitionKey && resource.indexingPolicy);
    const { id, partitionKey, indexingPolicy } = resource;
    const lists = indexingPolicy.compositeIndexes ?? [];
    const earlier = { ...indexingPolicy, compositeIndexes: lists.slice(0, 1) };
    await containers.questions.replace({ id, partitionKey, indexingPolicy: earlier });
    const { store } = await openCosmos(test.account);
    await store.staged({ stage: 'waiting', limit: 1 });
    const now = (await containers.questions.read()).resource?.indexingPolicy?.compositeIndexes ?? [];
    assert.equal(now.length, CONTAINERS.questions.lists.length);
    await containers.questions.replace({ id, partitionKey, indexingPolicy });
    await store.close();
    close();
  });

  it('list every question after a few rounds of timed work, some at a time', async () => {
    await test.empty();
    const questions = kept();
    const { containers, close } = await openContainers(test.account);
    for (const doc of questions) await containers.questions.items.create({ id: doc.id, partition: ALL, doc });
    close();
    const { store } = await openCosmos(test.account);
    assert.deepEqual(await board(store), [], 'the premise: none is listed');
    const rounds: number[] = [];
    while (rounds.at(-1) !== 0) rounds.push(await store.listEarlier(10));
    assert.deepEqual(rounds, [10, 10, 10, 0]);
    assert.deepEqual(await board(store), expected(questions));
    await store.close();
  });
});
