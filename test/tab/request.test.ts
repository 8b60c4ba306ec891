import assert from 'node:assert/strict';
import sinon from 'sinon';
import { addressFor, fillPath, onAct, post } from '../../tab/api.ts';
import { isAway, isRefused, onAway, request, signIn } from '../../tab/request.ts';
import { speak } from '../../tab/words.ts';

const WORDS = { shell: { away: 'Not reached.', signedOut: 'Who are you?', fault: 'It did not work.' } };

type Sent = { address: string; init: RequestInit & { headers: Record<string, string> } };

const json = (status: number, body?: unknown, headers: Record<string, string> = {}) =>
  new Response(body === undefined ? null : JSON.stringify(body), { status, headers });

describe('a request of the desk', () => {
  let answers: (Response | Error)[];
  let sent: Sent[];
  let tokens: (string | undefined)[];

  beforeEach(() => {
    [answers, sent, tokens] = [[], [], []];
    speak(WORDS, 'de');
    signIn({
      token(refused) {
        tokens.push(refused);
        return Promise.resolve(refused === undefined ? 'a token' : 'a new token');
      },
    });
    sinon.stub(globalThis, 'fetch').callsFake((address, init) => {
      sent.push({ address: address as string, init: init as Sent['init'] });
      const answer = answers.shift() ?? json(200, {});
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer);
    });
  });
  afterEach(async () => {
    answers = [json(200, {})];
    await request({ method: 'get', address: '/api/me' });
    sinon.restore();
  });

  it('carries the token in a header, and asks in the language that the desk speaks', async () => {
    await request({ method: 'get', address: '/api/me' });
    const [{ address, init } = assert.fail()] = sent;
    assert.equal(address, '/api/me');
    assert.equal(init.headers['authorization'], 'Bearer a token');
    assert.equal(init.headers['accept-language'], 'de');
    assert.equal(init.credentials, 'omit');
    assert.equal(init.headers['content-type'], undefined);
  });

  it('asks for another token once where the first is not taken, and no more than once', async () => {
    answers = [json(401, { refused: 'signed-out', words: 'Gone' }), json(200, { name: 'Omar' })];
    assert.deepEqual(await request({ method: 'get', address: '/api/me' }), {
      status: 200,
      etag: undefined,
      body: { name: 'Omar' },
    });
    assert.deepEqual(tokens, [undefined, 'a token']);
    assert.equal(sent[1]?.init.headers['authorization'], 'Bearer a new token');

    answers = [json(401), json(401), json(200, {})];
    const refused = await request({ method: 'get', address: '/api/me' });
    assert.deepEqual(refused, { refused: 'signed-out', words: 'Who are you?' });
    assert.equal(sent.length, 4);
  });

  it('says so where Teams gives no token, and sends nothing', async () => {
    signIn({ token: () => Promise.reject(new Error('CancelledByUser')) });
    assert.deepEqual(await request({ method: 'get', address: '/api/me' }), {
      refused: 'signed-out',
      words: 'Who are you?',
    });
    assert.equal(sent.length, 0);
    signIn({ token: () => Promise.resolve('a token') });
  });

  it('gives back a "no" as the bot said it', async () => {
    answers = [json(409, { refused: 'not-open', words: 'This question was already answered.' })];
    const answer = await request({ method: 'post', address: '/api/x', body: {} });
    assert.ok(isRefused(answer));
    assert.equal(answer.words, 'This question was already answered.');
  });

  it('has words of its own where an answer has none', async () => {
    answers = [
      new Response('<html>', { status: 500 }),
      new Response('<html>', { status: 502 }),
      json(418, { other: 1 }),
    ];
    const refused: string[] = [];
    for (let left = answers.length; left > 0; left -= 1) {
      const no = await request({ method: 'get', address: '/api/x' });
      refused.push(isRefused(no) ? no.refused : 'none');
    }
    assert.deepEqual(refused, ['fault', 'away', 'fault']);
  });

  it('knows that the bot cannot be reached, tells once, and knows when it is back', async () => {
    const told: boolean[] = [];
    const end = onAway(() => told.push(isAway()));
    answers = [new TypeError('Failed to fetch'), new TypeError('Failed to fetch'), json(200, {})];
    const first = await request({ method: 'get', address: '/api/x' });
    assert.deepEqual(first, { refused: 'away', words: 'Not reached.' });
    await request({ method: 'get', address: '/api/x' });
    await request({ method: 'get', address: '/api/x' });
    end();
    assert.deepEqual(told, [true, false]);
  });

  it('tells what it has already, and takes "as before" for an answer', async () => {
    answers = [json(304, undefined, { etag: '"a"' })];
    const answer = await request({ method: 'get', address: '/api/x', etag: '"a"' });
    assert.equal(sent[0]?.init.headers['if-none-match'], '"a"');
    assert.deepEqual(answer, { status: 304, etag: '"a"', body: undefined });
  });

  it('tells whoever shows something when this person has changed it, and not when that was refused', async () => {
    let acts = 0;
    const end = onAct(() => (acts += 1));
    const act = post as unknown as (path: string, input: object) => Promise<unknown>;
    answers = [json(200, { id: 'x' }), json(409, { refused: 'busy', words: 'Busy.' })];
    await act('/api/questions/:id/publish', { id: 'a b', channels: ['c'] });
    await act('/api/questions/:id/publish', { id: 'a', channels: [] });
    end();
    assert.equal(acts, 1);
    assert.equal(sent[0]?.address, '/api/questions/a%20b/publish');
    assert.equal(sent[0]?.init.method, 'POST');
    assert.equal(sent[0]?.init.body, '{"channels":["c"]}');
  });
});

describe('an address of the API', () => {
  it('takes its values into path and query, and leaves out what is not set', () => {
    assert.equal(
      addressFor('/api/leaders/:id/record', { id: '../x', week: '', after: undefined, topic: ['a&b', 'c'] }),
      '/api/leaders/..%2Fx/record?topic=a%26b&topic=c',
    );
    assert.deepEqual(fillPath('/api/x', { a: 1 }), { path: '/api/x', rest: { a: 1 } });
  });
});
