import assert from 'node:assert/strict';
import { answer, speak } from '../../../bot/app/lead.ts';
import { mine } from '../../../bot/app/mine.ts';
import { followUp } from '../../../bot/app/own.ts';
import { publish, publishOn } from '../../../bot/app/curate.ts';
import { ask } from '../../../bot/app/ask.ts';
import { type App, channelOf, freshId, must, openApp } from '../../support/app.ts';
import { canariesOf, foundIn } from '../../support/canary.ts';
import { CHANNEL, crowd, devi, ines, kofi, noor, omar, otto, type Person, TEAM, TENANT } from '../../support/cast.ts';
import { type DeskApi, openDeskApi } from '../../support/desk-api.ts';

const HOSTILE = '<img src=x onerror=alert(1)> [x](http://evil.example) ${id} \u202Eevil';

describe('Reading at the desk', () => {
  let app: App;
  let desk: DeskApi;
  beforeEach(async () => {
    app = await openApp();
    desk = await openDeskApi(app);
    await app.store.putChannel({ ...channelOf(), groupId: TEAM.aadGroupId });
  });
  afterEach(async () => {
    await desk.stop();
    await app.close();
  });

  async function asked(words: string, more: object = {}): Promise<string> {
    const form = { submission: freshId(), leader: ines.aadObjectId, words, ...more };
    return must(await ask(app.deps, app.hand(noor), form)).id;
  }
  async function answered(words: string, said: string, more: object = {}): Promise<string> {
    const id = await asked(words, more);
    const leader = app.store.question(id).then((kept) => kept?.question.leader ?? '');
    must(await answer(app.deps, await leader, { question: id, submission: freshId(), words: said }));
    return id;
  }
  async function publishes(words: string, said = 'It is so.', more: object = {}): Promise<string> {
    const id = await answered(words, said, more);
    must(await publish(app.deps, kofi.aadObjectId, id, [CHANNEL.id]));
    return id;
  }
  const find = async (query: string) => {
    app.passes(3000);
    const { status, body } = await desk.get(omar, `/api/answers?${query}`);
    assert.equal(status, 200);
    return body.threads.map((row: { words: string }) => row.words) as string[];
  };

  it('finds published threads, and none that is not', async () => {
    await publishes('Where do we park?', 'Behind the bakery.');
    await answered('Secretly parked?', 'Not published.');
    await asked('Openly parked?');
    assert.deepEqual(await find('words=park'), ['Where do we park?']);
    assert.deepEqual(await find('words=bakery'), ['Where do we park?']);
    assert.deepEqual(await find(''), ['Where do we park?']);
  });

  it('shows what is published since within two seconds, and nothing that was taken out, at once', async () => {
    const id = await publishes('First?');
    assert.deepEqual(await find(''), ['First?']);
    await publishes('Second?');
    assert.deepEqual((await find('')).toSorted(), ['First?', 'Second?']);
    const kept = await app.store.question(id);
    assert.ok(kept?.question.state === 'answered');
    await app.store.save({ ...kept.question, publications: [] }, kept.version);
    const { body } = await desk.get(omar, '/api/answers?words=first');
    assert.deepEqual(body.threads, []);
    assert.equal((await desk.get(omar, `/api/answers/${id}`)).status, 404);
  });

  it('filters by leader and topic, orders, and pages without a gap', async () => {
    for (let n = 0; n < 23; n += 1) await publishes(`Number ${n}?`);
    await publishes('Of Otto?', 'Yes.', { leader: otto.aadObjectId });
    await publishes('Of pay?', 'Yes.', { topic: 'Pay and benefits' });
    assert.deepEqual(await find(`leader=${otto.aadObjectId}`), ['Of Otto?']);
    assert.deepEqual(await find('topic=Pay+and+benefits'), ['Of pay?']);
    const first = (await desk.get(omar, '/api/answers')).body;
    const second = (await desk.get(omar, `/api/answers?from=${first.next}`)).body;
    assert.deepEqual([first.threads.length, second.threads.length, second.next], [20, 5, undefined]);
    assert.equal(new Set([...first.threads, ...second.threads].map(({ question }) => question)).size, 25);
    assert.equal((await desk.get(omar, '/api/answers?by=rumour')).status, 400);
  });

  it('shows a thread as it was published: what a curator did not agree to stays unread', async () => {
    const id = await publishes('Where do we park?', 'Behind the bakery.');
    const hand = app.hand(noor);
    const saying = { question: id, submission: freshId(), words: 'And on Sundays?' };
    must(await followUp(app.deps, hand, saying));
    const reply = { question: id, submission: freshId(), words: 'There as well.' };
    must(await speak(app.deps, ines.aadObjectId, 'reply', reply));
    const read = async () => (await desk.get(omar, `/api/answers/${id}`)).body;
    assert.deepEqual((await read()).thread.thread, []);
    assert.deepEqual(await find('words=sundays'), []);
    must(await publishOn(app.deps, kofi.aadObjectId, id));
    assert.deepEqual(
      (await read()).thread.thread.map(({ words }: { words: string }) => words),
      ['And on Sundays?', 'There as well.'],
    );
    assert.deepEqual(await find('words=sundays'), ['Where do we park?']);
  });

  it('links to the post in its channel, where there is one by now', async () => {
    const id = await publishes('Where?');
    const before = (await desk.get(omar, `/api/answers/${id}`)).body;
    assert.deepEqual(before.posts, []);
    await app.delivers(id);
    const [post] = (await desk.get(omar, `/api/answers/${id}`)).body.posts;
    assert.deepEqual([post.channel, post.team], [CHANNEL.name, TEAM.name]);
    const link = new URL(post.link);
    assert.equal(link.hostname, 'teams.microsoft.com');
    assert.equal(link.searchParams.get('tenantId'), TENANT.id);
  });

  it('tells how a leader answers: no number below five, and how many weeks half of the answers took', async () => {
    const record = async () => (await desk.get(omar, `/api/leaders/${ines.aadObjectId}`)).body;
    assert.deepEqual(await record(), { answered: 0, waiting: 0, declined: 0 });
    for (let n = 0; n < 4; n += 1) await publishes(`Number ${n}?`);
    await asked('Waiting?');
    assert.deepEqual(await record(), { answered: 'few', waiting: 'few', declined: 0 });
    await publishes('The fifth?');
    assert.deepEqual(await record(), { answered: 5, waiting: 'few', declined: 0, weeks: 0 });
    assert.equal((await desk.get(omar, `/api/leaders/${omar.aadObjectId}`)).body.refused, 'unknown-leader');
  });

  it('takes one word of each reader on whether an answer helped, and tells no number below five', async () => {
    const question = await publishes('Helpful?');
    await publishes('The newest?');
    const says = (who: Person, reaction?: string) => desk.post(who, '/api/answers/react', { question, reaction });
    const read = async (who = omar) => {
      const { reactions, own } = (await desk.get(who, `/api/answers/${question}`)).body;
      return [reactions, own];
    };
    assert.deepEqual(await read(), [{ helped: 0, partly: 0, not: 0 }, undefined]);
    assert.deepEqual((await says(omar, 'helped')).body, {});
    await app.counts();
    assert.deepEqual(await read(), [{ helped: 'few', partly: 0, not: 0 }, 'helped']);
    for (const person of crowd.slice(0, 4)) await says(person, 'helped');
    await says(otto, 'not');
    await app.counts();
    assert.deepEqual(await read(otto), [{ helped: 5, partly: 0, not: 'few' }, 'not']);
    assert.deepEqual(await find('by=helpful'), ['Helpful?', 'The newest?']);
    await says(omar);
    await app.counts();
    assert.deepEqual(await read(), [{ helped: 'few', partly: 0, not: 'few' }, undefined]);
    assert.equal((await says(omar, 'loved')).status, 400);
  });

  it('says that a thread is not here alike, whether it never was, is open, or is answered and unpublished', async () => {
    const ids = [freshId(), await asked('Open?'), await answered('Answered?', 'Yes.')];
    const answers = await Promise.all(ids.map((id) => desk.get(omar, `/api/answers/${id}`)));
    assert.equal(new Set(answers.map(({ status, body }) => JSON.stringify([status, body]))).size, 1);
    assert.equal(answers[0]?.status, 404);
  });

  it('gives hostile words as they are, to be shown as words', async () => {
    await publishes(HOSTILE);
    const [words] = await find('');
    assert.equal(words, HOSTILE.replace('\u202E', ''));
    assert.deepEqual(await find(`words=${encodeURIComponent(`"' OR 1=1 -- ${HOSTILE}`)}`), [words]);
  });

  it('names nobody but the leader, the delegate who drafted, and who signed', async () => {
    const id = await publishes('Who is who?');
    await publishes('Here I stand?', 'So do I.', { signed: noor.name });
    const texts = [await desk.get(omar, '/api/answers'), await desk.get(omar, `/api/answers/${id}`)];
    for (const { body } of texts) {
      const canaries = [noor, omar, kofi, devi].flatMap((person) => canariesOf(person));
      const found = foundIn(JSON.stringify(body), canaries);
      assert.deepEqual(
        found.filter((name) => !name.startsWith('name')),
        [],
      );
    }
    const named = (await desk.get(omar, '/api/answers')).body.threads.filter((row: { signed?: string }) => row.signed);
    assert.deepEqual(
      named.map((row: { signed: string; words: string }) => [row.words, row.signed]),
      [['Here I stand?', noor.name]],
    );
    assert.equal((await mine(app.deps, app.hand(omar))).length, 0);
  });
});
