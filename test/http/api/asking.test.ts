import assert from 'node:assert/strict';
import { mine } from '../../../bot/app/mine.ts';
import { answer, decline, speak } from '../../../bot/app/lead.ts';
import { publish } from '../../../bot/app/curate.ts';
import { vote } from '../../../bot/app/vote.ts';
import { routes } from '../../../bot/http/api/routes.ts';
import { type App, channelOf, freshId, must, openApp } from '../../support/app.ts';
import { canariesOf, foundIn } from '../../support/canary.ts';
import { CHANNEL, crowd, ines, kofi, noor, omar, otto } from '../../support/cast.ts';
import { type DeskApi, openDeskApi } from '../../support/desk-api.ts';

describe('Asking at the desk', () => {
  let app: App;
  let desk: DeskApi;
  beforeEach(async () => {
    app = await openApp();
    desk = await openDeskApi(app);
  });
  afterEach(async () => {
    await desk.stop();
    await app.close();
  });

  const form = async (who = noor) => (await desk.post(who, '/api/forms')).body.submission as string;
  const asks = async (words: string, more: object = {}, who = noor) =>
    desk.post(who, '/api/ask', { submission: await form(who), leader: ines.aadObjectId, words, ...more });
  const own = async (who = noor) => (await desk.get(who, '/api/mine')).body.questions[0];
  const first = async (who = omar) =>
    (await desk.get(who, `/api/open?leader=${ines.aadObjectId}`)).body.questions[0] as {
      votes: unknown;
      voted: boolean;
    };
  const answers = async (id: string) =>
    must(await answer(app.deps, ines.aadObjectId, { question: id, submission: freshId(), words: 'It is on its way.' }));

  it('takes a question in, and the chat knows it as theirs', async () => {
    const { status, body } = await asks('Why is the lift broken?', { topic: 'Strategy' });
    assert.deepEqual([status, body], [200, { sent: true, isOnItsWay: false }]);
    const [inChat] = await mine(app.deps, app.hand(noor));
    assert.equal(inChat?.words, 'Why is the lift broken?');
    const shown = await own();
    assert.equal(shown.question, inChat?.id);
    assert.deepEqual([shown.leader, shown.topic, shown.standing], [ines.name, 'Strategy', 'waiting']);
    assert.deepEqual(shown.may, { followUp: false, clarify: false, add: false, sign: true, withdraw: true });
    assert.equal((await desk.get(omar, '/api/mine')).body.questions.length, 0);
  });

  it('sent twice, is one question', async () => {
    const submission = await form();
    for (let time = 0; time < 2; time += 1)
      await desk.post(noor, '/api/ask', { submission, leader: ines.aadObjectId, words: 'Once?' });
    assert.equal((await desk.get(noor, '/api/mine')).body.questions.length, 1);
  });

  it('asks once about words that betray, keeps none of them, and sends then', async () => {
    const words = 'Why? Write to zaphod.mail@fabrikam.example';
    const { body } = await asks(words);
    assert.deepEqual(body, { sent: false, found: [{ kind: 'email', words: 'zaphod.mail@fabrikam.example' }] });
    assert.equal((await desk.get(noor, '/api/mine')).body.questions.length, 0);
    assert.equal((await asks(words, { shown: ['email'] })).body.sent, true);
    assert.equal((await asks(words, { signed: true })).body.sent, true, 'a name hides nothing');
  });

  it('refuses what the chat refuses, in plain words', async () => {
    for (const [words, more, refused] of [
      ['', {}, 'blank'],
      ['x'.repeat(2001), {}, 'too-long'],
      ['Who?', { leader: 'nobody' }, 'unknown-leader'],
    ] as const) {
      const { status, body } = await asks(words, more);
      assert.deepEqual([status, body.refused], [422, refused]);
      assert.ok(body.words.length > 20);
    }
    app.directory = { ...app.directory, audience: 4 };
    assert.equal((await asks('Am I alone?')).body.refused, 'small-audience');
  });

  it('signs with the name of the sign-in, never with one that a page sends', async () => {
    assert.equal((await asks('Here I stand', { signed: true, name: 'Somebody Else' })).status, 400);
    await asks('Here I stand', { signed: true });
    assert.equal((await own()).signed, noor.name);
  });

  it('goes on as in the chat: asked back, answered back, answered, followed up', async () => {
    await asks('Why is the lift broken?');
    const { question } = await own();
    must(await speak(app.deps, ines.aadObjectId, 'ask-back', { question, submission: freshId(), words: 'Which one?' }));
    const back = await own();
    assert.deepEqual([back.standing, back.may.clarify], ['asked-back', true]);
    const say = async (words: string, about: string) =>
      desk.post(noor, '/api/mine/follow', { question, submission: await form(), words, about });
    assert.equal((await say('The left one.', 'clarification')).body.sent, true);
    await answers(question);
    assert.equal((await say('Still?', 'clarification')).body.refused, 'answered-meanwhile');
    assert.equal((await say('Call 0170 7654321', 'follow-up')).body.found[0].kind, 'phone');
    assert.equal((await say('From where?', 'follow-up')).body.sent, true);
    const shown = await own();
    assert.deepEqual(
      shown.thread.map((entry: { kind: string; words: string }) => [entry.kind, entry.words]),
      [
        ['ask-back', 'Which one?'],
        ['clarification', 'The left one.'],
        ['follow-up', 'From where?'],
      ],
    );
    assert.deepEqual(shown.answer.authorship, { by: 'leader', leader: ines.name });
  });

  it('takes a question back until it is published', async () => {
    await asks('Never mind?');
    const { question } = await own();
    assert.deepEqual((await desk.post(noor, '/api/mine/withdraw', { question })).body, {});
    assert.equal((await desk.get(noor, '/api/mine')).body.questions.length, 0);
    assert.equal((await app.question(question)).words, '');
    await asks('And this?');
    const published = (await own()).question;
    await answers(published);
    await app.store.putChannel(channelOf());
    must(await publish(app.deps, kofi.aadObjectId, published, [CHANNEL.id]));
    assert.equal((await desk.post(noor, '/api/mine/withdraw', { question: published })).body.refused, 'published');
    assert.equal((await own()).standing, 'published');
  });

  for (const path of ['/api/mine/withdraw', '/api/mine/sign', '/api/mine/follow'])
    it(`${path} does nothing to a question of somebody else, and says that it is not here`, async () => {
      await asks('Whose is this?');
      const { question } = await own();
      const sends = path.endsWith('follow') ? { submission: freshId(), words: 'Mine', about: 'follow-up' } : {};
      const { status, body } = await desk.post(omar, path, { question, ...sends });
      assert.deepEqual([status, body.refused], [404, 'not-found']);
      assert.equal((await own()).standing, 'waiting');
    });

  it('names no question of one’s own in any address: a list of requests would tell who asked it, or voted', () => {
    const paths = routes.filter(({ may }) => may === 'everyone').map(({ path }) => path);
    assert.ok(paths.includes('/api/mine') && paths.includes('/api/open/vote'), 'the premise');
    const named = paths.filter((path) => path.includes(':'));
    assert.deepEqual(
      named.filter((path) => !/^\/api\/(answers|leaders)\//.test(path)),
      [],
    );
  });

  it('votes as the chat does, and not twice', async () => {
    await asks('Who else?');
    const { question } = await own();
    const wants = (wanted: boolean, who = omar) => desk.post(who, '/api/open/vote', { question, wanted });
    assert.deepEqual((await wants(true)).body, { voted: true });
    assert.deepEqual([(await first()).votes, (await first()).voted], ['few', true]);
    must(await vote(app.deps, app.hand(omar), question, true));
    await app.counts();
    assert.equal((await app.question(question)).votes, 1, 'in the chat it is the same vote');
    for (const person of crowd.slice(0, 4)) await wants(true, person);
    await app.counts();
    assert.deepEqual([(await first(otto)).votes, (await first(otto)).voted], [5, false]);
    await wants(false);
    await app.counts();
    assert.equal((await first()).votes, 'few');
  });

  it('lists what was declined, without the words of what is about one person', async () => {
    for (const [words, reason] of [
      ['Why is Bob here?', 'personal'],
      ['When is the merger?', 'confidential'],
    ] as const) {
      await asks(words);
      const question = (await mine(app.deps, app.hand(noor))).find((one) => one.words === words)?.id ?? '';
      must(await decline(app.deps, ines.aadObjectId, { question, reason, words: 'Not now.' }));
    }
    const { body } = await desk.get(omar, `/api/register?leader=${ines.aadObjectId}`);
    assert.equal(body.total, 2);
    const shown = body.questions.map((one: { words?: string; reason: string }) => [one.reason, one.words] as const);
    assert.deepEqual(Object.fromEntries(shown), { confidential: 'When is the merger?', personal: undefined });
  });

  it('answers nobody with anything that names who asked or voted', async () => {
    await asks('Who am I?');
    const { question } = await own();
    await desk.post(omar, '/api/open/vote', { question, wanted: true });
    const answers = await Promise.all(
      [`/api/open?leader=${ines.aadObjectId}`, `/api/register?leader=${ines.aadObjectId}`, '/api/mine'].map((path) =>
        desk.get(otto, path),
      ),
    );
    for (const { status, body } of answers) {
      assert.equal(status, 200);
      assert.deepEqual(foundIn(JSON.stringify(body), [...canariesOf(noor), ...canariesOf(omar)]), []);
    }
  });
});
