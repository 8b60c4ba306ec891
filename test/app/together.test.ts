import assert from 'node:assert/strict';
import sinon from 'sinon';
import { savesTogether, type Together } from '../../bot/app/together.ts';
import { Conflict } from '../../bot/app/ports.ts';
import { type Question } from '../../bot/domain/question.ts';
import { type App, openApp } from '../support/app.ts';
import { open } from '../support/questions.ts';

const ID = 'question';
const counts = (question: Question) => ({ ...question, votes: question.votes + 1 });

describe('changes made side by side', () => {
  let app: App;
  let together: Together;
  beforeEach(async () => {
    app = await openApp();
    await app.store.add(open());
    together = savesTogether(app.deps, ID);
  });
  afterEach(async () => {
    sinon.restore();
    await app.close();
  });
  const votes = async () => (await app.question(ID)).votes;

  it('are one save where they come at once, and one more for all that come while it is on its way', async () => {
    const save = sinon.spy(app.store, 'save');
    const first = Array.from({ length: 10 }, () => together(counts));
    while (save.callCount === 0) await Promise.resolve();
    const second = Array.from({ length: 10 }, () => together(counts));
    assert.ok((await Promise.all([...first, ...second])).every(Boolean));
    assert.deepEqual([save.callCount, await votes()], [2, 20]);
  });

  it('are decided anew, each of them, where somebody else saved first', async () => {
    const { store } = app;
    const save = store.save.bind(store);
    const stub = sinon.stub(store, 'save').callsFake(async (...args) => {
      stub.restore();
      const kept = await store.question(ID);
      assert.ok(kept);
      await save({ ...kept.question, votes: 100 }, kept.version);
      return save(...args);
    });
    const versions: string[][] = [[], []];
    const decides = versions.map((seen) => (question: Question, version: string) => {
      seen.push(version);
      return counts(question);
    });
    assert.deepEqual(await Promise.all(decides.map(together)), [true, true]);
    assert.equal(await votes(), 102);
    assert.deepEqual(versions, [
      ['1', '2'],
      ['1', '2'],
    ]);
  });

  it('fail together, and those after them are saved', async () => {
    const stub = sinon.stub(app.store, 'save').rejects(new Error('disk full'));
    const lost = [together(counts), together(counts)];
    for (const one of lost) await assert.rejects(one, /disk full/);
    stub.restore();
    assert.equal(await together(counts), true);
    assert.equal(await votes(), 1);
  });

  it('say so where the question is gone, or too many others change it', async () => {
    assert.equal(await savesTogether(app.deps, 'another')(counts), false);
    sinon.stub(app.store, 'save').rejects(new Conflict('always'));
    assert.equal(await together(counts), false);
  });
});
