import assert from 'node:assert/strict';
import { ask } from '../../../bot/app/ask.ts';
import { notNow, publish } from '../../../bot/app/curate.ts';
import { answer, decline, draft, speak } from '../../../bot/app/lead.ts';
import { followUp, withdraw } from '../../../bot/app/own.ts';
import { render } from '../../../bot/cards/cards.ts';
import { partPost, rootPost } from '../../../bot/cards/reader.ts';
import { speak as speaks } from '../../../bot/cards/say.ts';
import { type App, channelOf, freshId, must, openApp } from '../../support/app.ts';
import { ana, CHANNEL, devi, ines, kofi, noor, omar } from '../../support/cast.ts';
import { type DeskApi, openDeskApi } from '../../support/desk-api.ts';
import { isAnswered } from '../../support/questions.ts';

const inEnglish = speaks('en');
const DRAFT = 'Words that only a draft holds';

describe('A question at the desk', () => {
  let app: App;
  let desk: DeskApi;
  let question: string;
  beforeEach(async () => {
    app = await openApp();
    desk = await openDeskApi(app);
    await app.store.putChannel(channelOf());
    const form = { submission: freshId(), leader: ines.aadObjectId, words: 'Why did we close Lyon?' };
    question = must(await ask(app.deps, app.hand(noor), form)).id;
  });
  afterEach(async () => {
    await desk.stop();
    await app.close();
  });

  const say = (words: string) => ({ question, submission: freshId(), words });
  const answers = async () => must(await answer(app.deps, ines.aadObjectId, say('It was empty.')));
  const publishes = async () => must(await publish(app.deps, kofi.aadObjectId, question, [CHANNEL.id]));
  const shown = async (who = kofi) => (await desk.get(who, `/api/questions/${question}`)).body;
  const cards = async () => (await desk.get(kofi, `/api/questions/${question}/post`)).body.cards as object[];

  it('has words, thread, Authorship, log, and where it stands', async () => {
    must(await draft(app.deps, devi.aadObjectId, { question, words: 'It was empty.' }));
    must(await speak(app.deps, ines.aadObjectId, 'ask-back', say('Which one?')));
    must(await followUp(app.deps, app.hand(noor), say('The one by the river.')));
    await answers();
    await publishes();
    const body = await shown();
    assert.equal(body.words, 'Why did we close Lyon?');
    assert.deepEqual(
      body.thread.map(({ kind }: { kind: string }) => kind),
      ['ask-back', 'clarification'],
    );
    assert.deepEqual(body.answer.authorship, { by: 'delegate', leader: ines.name, delegate: devi.name, edited: false });
    assert.equal(body.stage, 'published');
    assert.deepEqual(
      body.history.map(({ role, did }: { role: string; did: string }) => `${role} ${did}`),
      [
        'asker asked',
        'delegate drafted',
        'leader asked-back',
        'asker clarified',
        'leader answered',
        'curator published',
      ],
    );
    assert.deepEqual(body.history.at(-1).channels, [CHANNEL.name]);
  });

  it('shows no draft before its leader sends it', async () => {
    must(await draft(app.deps, devi.aadObjectId, { question, words: DRAFT }));
    assert.equal(JSON.stringify(await shown()).includes(DRAFT), false);
  });

  it('is whole for curators and admins alone', async () => {
    assert.equal((await shown(ana)).words, 'Why did we close Lyon?');
    for (const who of [ines, devi, omar, noor])
      for (const path of ['', '/post'])
        assert.equal((await desk.get(who, `/api/questions/${question}${path}`)).status, 403);
    assert.equal((await desk.get(kofi, `/api/questions/${freshId()}`)).status, 404);
    assert.equal((await desk.get(kofi, '/api/questions/x')).status, 400);
  });

  it('says who set it aside, and why', async () => {
    await answers();
    must(await notNow(app.deps, kofi.aadObjectId, question, 'After the summer'));
    assert.deepEqual((await shown()).aside, { by: kofi.name, reason: 'After the summer' });
  });

  it('says why it was declined', async () => {
    const why = { question, reason: 'confidential', words: 'Until June.' } as const;
    must(await decline(app.deps, ines.aadObjectId, why));
    const body = await shown();
    assert.deepEqual(
      [body.stage, body.declined],
      ['declined', { reason: 'confidential', role: 'leader', words: 'Until June.' }],
    );
  });

  it('stands on no column once it was taken back, and holds no words', async () => {
    must(await withdraw(app.deps, app.hand(noor), question));
    const body = await shown();
    assert.deepEqual([body.stage, body.words], [undefined, '']);
  });

  it('has no post before there is an answer', async () => {
    const { status, body } = await desk.get(kofi, `/api/questions/${question}/post`);
    assert.deepEqual([status, body.refused], [409, 'not-answered']);
  });

  it('shows them in the language of channels, whichever the page is in, and refuses in that of the page', async () => {
    const german = { 'accept-language': 'de-AT,de;q=0.9' };
    const path = `/api/questions/${question}/post`;
    const early = await desk.get(kofi, path, german);
    assert.equal(early.body.words, 'Diese Frage hat noch keine Antwort.');
    await answers();
    assert.match(JSON.stringify((await desk.get(kofi, path, german)).body), /A question for Ines Varandell/);
    app.policy = { ...app.policy, language: 'de' };
    assert.match(JSON.stringify(await cards()), /Eine Frage an Ines Varandell.*Geschrieben von/);
  });

  it('shows the very cards that will be posted: those that the Courier makes, in the order in which it sends them', async () => {
    must(await speak(app.deps, ines.aadObjectId, 'ask-back', say('Which one?')));
    must(await followUp(app.deps, app.hand(noor), say('The one by the river.')));
    await answers();
    const before = await cards();
    await publishes();
    await app.delivers(question);
    const steps = app.courier.texts.filter((text) => text.startsWith('post-'));
    const posted = isAnswered(await app.question(question));
    const sent = steps.map((step) => {
      const [does, key = ''] = step.split(' ');
      const view = does === 'post-root' ? rootPost(inEnglish, app.directory, posted) : partPost(inEnglish, posted, key);
      return render(view);
    });
    assert.equal(sent.length, 4, 'the premise: root, ask-back, clarification, answer');
    assert.deepEqual(before, JSON.parse(JSON.stringify(sent)));
    assert.deepEqual(await cards(), before, 'and afterwards the same');
  });

  it('leaves an unanswered follow-up out of the post, as publishing does', async () => {
    await answers();
    must(await followUp(app.deps, app.hand(noor), say('And then?')));
    assert.equal(JSON.stringify(await cards()).includes('And then?'), false);
  });
});
