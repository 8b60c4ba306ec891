import assert from 'node:assert/strict';
import { DatabaseSync } from 'node:sqlite';
import { useFolder } from '../support/folder.ts';
import { ines } from '../support/cast.ts';
import { databaseOf } from './company.ts';
import { fillQueue } from './queue.ts';
import { openStage } from './stage.ts';

const indexesIn = (folder: string) => {
  const db = new DatabaseSync(databaseOf(folder), { readOnly: true });
  const all = db.prepare("SELECT sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL ORDER BY name").all();
  db.close();
  return all;
};

describe('the queue that the bench fills', () => {
  const folder = useFolder();

  it('is read by the bot as its own, most wanted first, and owes nothing', async () => {
    const { bytes } = await fillQueue(folder.file('filled'), 60);
    assert.ok(bytes > 60 * 300);
    const { store } = openStage(folder.file('filled'));
    const { questions, total } = await store.list({ leader: ines.aadObjectId, state: 'open', limit: 100 });
    const votes = questions.map((question) => question.votes);
    assert.equal(total, 60);
    assert.deepEqual(
      votes,
      votes.toSorted((a, b) => b - a),
    );
    assert.ok(new Set(votes).size > 20, 'the premise: they differ');
    assert.equal((await store.question(questions[0]?.id ?? ''))?.question.id, questions[0]?.id);
    assert.equal(await store.nextOwed(), undefined);
    await store.close();
  });

  it('has every index of the schema', async () => {
    await fillQueue(folder.file('filled'), 2);
    await openStage(folder.file('empty')).store.close();
    assert.ok(indexesIn(folder.file('empty')).length > 3, 'the premise');
    assert.deepEqual(indexesIn(folder.file('filled')), indexesIn(folder.file('empty')));
  });
});
