import assert from 'node:assert/strict';
import { ask } from '../../../bot/app/ask.ts';
import { publish } from '../../../bot/app/curate.ts';
import { answer, decline, promise, speak } from '../../../bot/app/lead.ts';
import { withdraw } from '../../../bot/app/own.ts';
import { schedule } from '../../../bot/app/plan.ts';
import { vote } from '../../../bot/app/vote.ts';
import { type App, channelOf, freshId, must, openApp } from '../../support/app.ts';
import { canariesOf, foundIn } from '../../support/canary.ts';
import { ana, CHANNEL, crowd, devi, ines, kaia, kofi, noor, omar, otto } from '../../support/cast.ts';
import { type DeskApi, openDeskApi } from '../../support/desk-api.ts';

const DAY = 86_400_000;

describe('The board', () => {
  let app: App;
  let desk: DeskApi;
  beforeEach(async () => {
    app = await openApp();
    desk = await openDeskApi(app);
    await app.store.putChannel(channelOf());
  });
  afterEach(async () => {
    await desk.stop();
    await app.close();
  });

  async function asks(words: string, more: object = {}): Promise<string> {
    const form = { submission: freshId(), leader: ines.aadObjectId, words, ...more };
    return must(await ask(app.deps, app.hand(noor), form)).id;
  }
  async function answers(words: string, said = 'It was empty.'): Promise<string> {
    const question = await asks(words);
    must(await answer(app.deps, ines.aadObjectId, { question, submission: freshId(), words: said }));
    return question;
  }
  const list = async (query: string, who = kofi) => {
    const { status, body } = await desk.get(who, `/api/questions?${query}`);
    assert.equal(status, 200);
    return body.questions as { question: string; words: string; [field: string]: unknown }[];
  };
  const words = async (query: string) => (await list(query)).map((row) => row.words);

  it('shows each question in its stage, and nothing that was taken back', async () => {
    await asks('Waiting?');
    await answers('Answered?');
    must(await publish(app.deps, kofi.aadObjectId, await answers('Published?'), [CHANNEL.id]));
    const plan = { channel: CHANNEL.id, at: app.now.getTime() + DAY };
    must(await schedule(app.deps, kofi.aadObjectId, await answers('Scheduled?'), plan));
    const declined = { question: await asks('Declined?'), reason: 'unclear', words: '' } as const;
    must(await decline(app.deps, ines.aadObjectId, declined));
    must(await withdraw(app.deps, app.hand(noor), await asks('Withdrawn?')));
    const stages = ['waiting', 'answered', 'scheduled', 'published', 'declined'];
    for (const stage of stages) {
      const found = await words(`stage=${stage}`);
      assert.deepEqual(
        found.map((one) => one.replace('?', '').toLowerCase()),
        [stage],
      );
    }
    const { body } = await desk.get(kofi, '/api/board');
    assert.deepEqual(body.counts, { waiting: 1, answered: 1, scheduled: 1, published: 1, declined: 1 });
    assert.equal((await desk.get(kofi, `/api/board?leader=${otto.aadObjectId}`)).body.counts.waiting, 0);
  });

  it('is for curators and admins: everybody else is refused', async () => {
    for (const who of [ines, devi, omar, noor]) {
      for (const path of ['/api/questions?stage=waiting', '/api/board'])
        assert.equal((await desk.get(who, path)).status, 403, `${who.name} ${path}`);
    }
    assert.equal((await desk.get(ana, '/api/questions?stage=waiting')).status, 200);
    app.directory = { ...app.directory, curators: [] };
    assert.equal((await desk.get(kofi, '/api/board')).status, 403, 'who lost the role, at the next request');
  });

  it('filters by leader, topic and week', async () => {
    await asks('Of Otto?', { leader: otto.aadObjectId });
    await asks('Of culture?', { topic: 'Culture' });
    app.passes(7 * DAY);
    await asks('Of next week?');
    assert.deepEqual(await words(`stage=waiting&leader=${otto.aadObjectId}`), ['Of Otto?']);
    assert.deepEqual(await words('stage=waiting&topic=Culture'), ['Of culture?']);
    assert.deepEqual(await words('stage=waiting&week=2026-W49'), ['Of next week?']);
  });

  it('finds words of question, answer and thread, whatever their case and accents', async () => {
    const question = await answers('Pourquoi fermer le café de LYON?', 'Es war leer, auch im Büro.');
    await answers('Something else?');
    for (const search of ['cafe lyon', 'CAFÉ', 'büro', 'BUERO', 'leer pourquoi'])
      assert.equal((await list(`stage=answered&search=${encodeURIComponent(search)}`))[0]?.question, question, search);
    assert.deepEqual(await words('stage=answered&search=lyon%20berlin'), []);
  });

  it('goes on by a cursor, also where nothing on a page fits, and ends', async () => {
    const kept = (await app.store.question(await asks('One?')))!.question;
    for (let n = 0; n < 2300; n += 100)
      await Promise.all(Array.from({ length: 100 }, () => app.store.add({ ...kept, id: freshId() })));
    await app.store.add({ ...kept, id: freshId(), week: '2027-W10', words: 'The last?' });
    const found: string[] = [];
    let after = '';
    let pages = 0;
    do {
      const { body } = await desk.get(kofi, `/api/questions?stage=waiting&search=last${after}`);
      found.push(...body.questions.map((row: { words: string }) => row.words));
      after = body.next === undefined ? '' : `&after=${body.next}`;
      pages += 1;
    } while (after !== '');
    assert.deepEqual(found, ['The last?']);
    assert.ok(pages >= 2, 'no request looks at more than 2,000 rows');
    const first = (await desk.get(kofi, '/api/questions?stage=waiting')).body;
    assert.equal(first.questions.length, 50);
    const { body } = await desk.get(kofi, `/api/questions?stage=waiting&after=${first.next}`);
    const ids = [...first.questions, ...body.questions].map((row: { question: string }) => row.question);
    assert.equal(new Set(ids).size, 100);
  });

  it('says what is late, promised, and waiting for the asker; of an asking it tells the week alone', async () => {
    const question = await asks('Late?');
    must(await promise(app.deps, ines.aadObjectId, question, '2026-12-24'));
    const back = { question, submission: freshId(), words: 'Which one?' };
    must(await speak(app.deps, ines.aadObjectId, 'ask-back', back));
    const [row] = await list('stage=waiting');
    assert.ok(row);
    assert.deepEqual([row['isOverdue'], row['promise'], row['waitsForAsker']], [false, '2026-12-24', true]);
    assert.deepEqual([row['week'], row['since']], ['2026-W48', undefined]);
    app.passes(17 * DAY);
    assert.equal((await list('stage=waiting'))[0]?.['isOverdue'], true);
  });

  it('leaves small numbers of votes unsaid', async () => {
    const question = await asks('Wanted?');
    for (const person of crowd.slice(0, 4)) must(await vote(app.deps, app.hand(person), question, true));
    await app.counts();
    assert.equal((await list('stage=waiting'))[0]?.['votes'], 'few');
    must(await vote(app.deps, app.hand(crowd[4]!), question, true));
    await app.counts();
    assert.equal((await list('stage=waiting'))[0]?.['votes'], 5);
  });

  it('shows a curator’s claim to the others, and that it was let go of', async () => {
    const question = await asks('Mine?');
    const claims = async () => (await desk.get(kaia, '/api/board')).body.claims.map(({ by }: { by: string }) => by);
    assert.equal((await desk.post(kofi, `/api/questions/${question}/claim`)).status, 200);
    assert.deepEqual(await claims(), [kofi.name]);
    const refused = await desk.post(kaia, `/api/questions/${question}/claim`);
    assert.equal(refused.status, 409);
    assert.ok(refused.body.words.includes(kofi.name));
    assert.equal((await desk.post(kaia, `/api/questions/${question}/claim`, { over: true })).status, 200);
    assert.deepEqual(await claims(), [kaia.name]);
    await desk.post(kaia, `/api/questions/${question}/release`);
    assert.deepEqual(await claims(), []);
    for (const who of [ines, ana, omar])
      assert.equal((await desk.post(who, `/api/questions/${question}/claim`)).status, 403);
  });

  it('tells nobody who asked', async () => {
    const question = await answers('Why?');
    must(await publish(app.deps, kofi.aadObjectId, question, [CHANNEL.id]));
    await asks('Whoever?');
    const paths = ['/api/board', '/api/questions?stage=waiting', '/api/questions?stage=published'];
    for (const path of [...paths, `/api/questions/${question}`, `/api/questions/${question}/post`]) {
      const { status, body } = await desk.get(kofi, path);
      assert.equal(status, 200, path);
      for (const person of [noor, ...crowd])
        assert.deepEqual(foundIn(JSON.stringify(body), canariesOf(person)), [], path);
    }
  });
});
