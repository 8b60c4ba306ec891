import assert from 'node:assert/strict';
import sinon from 'sinon';
import { change } from '../../bot/app/change.ts';
import { Conflict } from '../../bot/app/ports.ts';
import { promise } from '../../bot/domain/life.ts';
import { type Question } from '../../bot/domain/question.ts';
import { type App, must, openApp } from '../support/app.ts';
import { open } from '../support/questions.ts';

const ID = 'question';
const promises = (question: Question) => promise(question, '2026-12-04', '2026-11-23');
const counts = (question: Question) => ({ ...question, votes: question.votes + 1 });

describe('change', () => {
  let app: App;
  beforeEach(async () => {
    app = await openApp();
    await app.store.add(open());
  });
  afterEach(async () => {
    sinon.restore();
    await app.close();
  });

  it('saves what was decided, and wakes the deliveries', async () => {
    const changed = must(await change(app.deps, ID, promises));
    assert.deepEqual(await app.question(ID), changed);
    assert.equal(app.wakes, 1);
  });

  it('writes nothing, and wakes nobody, where nothing changed or the answer is no', async () => {
    const save = sinon.spy(app.store, 'save');
    await change(app.deps, ID, (question) => question);
    assert.deepEqual(await change(app.deps, ID, () => ({ refused: 'no-day' })), { refused: 'no-day' });
    assert.deepEqual(await change(app.deps, 'another', promises), { refused: 'not-found' });
    assert.equal(save.callCount, 0);
    assert.equal(app.wakes, 0);
  });

  it('reads and decides anew when somebody else saved first', async () => {
    const save = sinon.stub(app.store, 'save').callThrough();
    save.onCall(0).rejects(new Conflict('first'));
    save.onCall(1).rejects(new Conflict('second'));
    const decide = sinon.spy(promises);
    must(await change(app.deps, ID, decide));
    assert.equal(decide.callCount, 3);
    assert.equal(app.wakes, 1);
  });

  it('loses no change of a crowd that decides at once', async () => {
    await Promise.all(Array.from({ length: 20 }, () => change(app.deps, ID, counts)));
    assert.equal((await app.question(ID)).votes, 20);
  });

  it('gives up as busy some time, and says so', async () => {
    const save = sinon.stub(app.store, 'save').rejects(new Conflict('always'));
    assert.deepEqual(await change(app.deps, ID, promises), { refused: 'busy' });
    assert.ok(save.callCount > 5 && save.callCount < 100);
    assert.equal(app.wakes, 0);
  });

  it('passes on any other fault at once', async () => {
    const save = sinon.stub(app.store, 'save').rejects(new Error('disk full'));
    await assert.rejects(change(app.deps, ID, promises), /disk full/);
    assert.equal(save.callCount, 1);
  });
});
