import assert from 'node:assert/strict';
import sinon from 'sinon';
import { ask } from '../../bot/app/ask.ts';
import { answer } from '../../bot/app/lead.ts';
import { withdraw } from '../../bot/app/own.ts';
import { openQuestions, vote } from '../../bot/app/vote.ts';
import { type App, freshId, must, openApp } from '../support/app.ts';
import { everyone, ines, noor, omar, otto, type Person } from '../support/cast.ts';

const INES = ines.aadObjectId;

describe('votes', () => {
  let app: App;
  let id: string;
  beforeEach(async () => {
    app = await openApp();
    id = await asks('Why did we close Lyon?');
  });
  afterEach(() => app.close());

  async function asks(words: string): Promise<string> {
    return must(await ask(app.deps, app.hand(noor), { submission: freshId(), leader: INES, words })).id;
  }
  const votes = (person: Person, wanted = true) => vote(app.deps, app.hand(person), id, wanted);
  const shown = async () => {
    await app.counts();
    return (await app.question(id)).votes;
  };

  it('count one per person, however often somebody votes', async () => {
    for (const person of [omar, otto, omar, omar]) must(await votes(person));
    assert.equal(await shown(), 2);
    assert.equal(await app.store.votes(id), 2);
  });

  it('leave no row once they are taken back, and nothing to take back twice', async () => {
    must(await votes(omar));
    for (let times = 0; times < 2; times += 1) must(await votes(omar, false));
    assert.equal(await shown(), 0);
    assert.equal(await app.store.votes(id), 0);
  });

  it('are all counted when a crowd votes at once', async () => {
    const crowd = Array.from({ length: 200 }, (_, n) => ({ ...omar, aadObjectId: `voter ${n}` }));
    for (const voted of await Promise.all(crowd.map((person) => votes(person)))) must(voted);
    assert.equal(await shown(), 200);
    const back = crowd.slice(0, 150).map((person) => votes(person, false));
    for (const voted of await Promise.all([...back, ...everyone.map((person) => votes(person))])) must(voted);
    assert.equal(await shown(), 50 + everyone.length);
  });

  it('come out right when one person presses four times at once', async () => {
    await Promise.all([1, 2, 3, 4].map(() => votes(omar)));
    assert.equal(await shown(), 1);
  });

  it('are for open questions alone, and leave no row on others', async () => {
    must(await answer(app.deps, INES, { question: id, submission: freshId(), words: 'Because.' }));
    assert.deepEqual(await votes(omar), { refused: 'not-open', state: 'answered' });
    assert.equal(await app.store.votes(id), 0);
    id = await asks('Another one?');
    must(await withdraw(app.deps, app.hand(noor), id));
    assert.deepEqual(await votes(omar), { refused: 'not-open', state: 'withdrawn' });
    assert.deepEqual(await vote(app.deps, app.hand(omar), 'no such', true), { refused: 'not-found' });
  });

  it('call for no card and no notice: their times would tell on voters', async () => {
    await app.delivers(id);
    app.courier.forget();
    must(await votes(omar));
    await app.delivers(id);
    assert.deepEqual(app.courier.texts, []);
  });

  it('never repeat a person’s value on another question', async () => {
    const hand = app.hand(omar);
    const other = await asks('Another one?');
    const [tag, another] = [hand.voteTag(await app.question(id)), hand.voteTag(await app.question(other))];
    assert.ok(tag && another && tag !== another);
  });

  const shownTo = async (person: Person) =>
    (await openQuestions(app.deps, app.hand(person), { leader: INES })).questions[0]?.votes;

  it('show to their voter at once, before they are counted', async () => {
    must(await votes(omar));
    assert.deepEqual([await shownTo(omar), await shownTo(otto)], [1, 0]);
    must(await votes(omar, false));
    assert.equal(await shownTo(omar), 0);
  });

  it('are two writes, the count of the day with them, and none to the question', async () => {
    app.policy.limits = { questions: 3, votes: 3 };
    const writes = (['addVote', 'addCount', 'save', 'eraseVote', 'eraseCount', 'forgetCounts'] as const).map((name) =>
      sinon.spy(app.store, name),
    );
    must(await votes(omar));
    assert.deepEqual(
      writes.map(({ callCount }) => callCount),
      [1, 1, 0, 0, 0, 0],
    );
    sinon.restore();
  });

  it('order the list, most wanted first, and show which are one’s own', async () => {
    const first = id;
    const second = await asks('And the canteen?');
    must(await vote(app.deps, app.hand(omar), second, true));
    await app.counts();
    const page = await openQuestions(app.deps, app.hand(omar), { leader: INES });
    assert.deepEqual(
      page.questions.map((question) => question.id),
      [second, first],
    );
    assert.deepEqual([...page.voted], [second]);
    assert.equal((await openQuestions(app.deps, app.hand(otto), { leader: INES })).voted.size, 0);
  });
});
