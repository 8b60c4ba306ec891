import assert from 'node:assert/strict';
import { z } from 'zod';
import { type AnyRoute, route } from '../../../bot/http/api/route.ts';
import { Streamed, streamed } from '../../../bot/http/api/streamed.ts';
import { StoreAway, type Asker } from '../../../bot/app/ports.ts';
import { type App, openApp } from '../../support/app.ts';
import { ana, kofi, lena, noor, omar } from '../../support/cast.ts';
import { bearer, type DeskApi, openDeskApi } from '../../support/desk-api.ts';
import { PLANTED } from '../serving.ts';

async function* pieces(texts: readonly string[]): AsyncGenerator<string> {
  yield* texts;
}

const JSON_TYPE = { 'content-type': 'application/json' };

describe('The frame of the desk’s API', () => {
  let app: App;
  let desk: DeskApi;
  /** What the routes were given. */
  let given: unknown[];
  let hands: Asker[];
  /** What they do next. */
  let act: () => unknown;

  const show = route({
    method: 'get',
    path: '/api/test/:id',
    may: 'everyone',
    input: z.strictObject({ id: z.string(), tag: z.union([z.string(), z.array(z.string())]).optional() }),
    output: z.strictObject({ said: z.string(), inner: z.strictObject({ n: z.number() }).optional() }),
    act(doing, input) {
      given.push(input);
      hands.push(doing.caller.hand());
      return act() as Promise<{ said: string }>;
    },
  });
  const change = route({
    method: 'post',
    path: '/api/test/:id/change',
    may: ['curator', 'admin'],
    input: z.strictObject({
      id: z.string(),
      words: z.string(),
      deep: z.array(z.strictObject({ n: z.int() })).optional(),
    }),
    output: z.strictObject({}),
    act(_doing, input) {
      given.push(input);
      return act() as Promise<Record<string, never>>;
    },
  });

  let streams: (store: unknown) => void;
  const whole = route({
    method: 'get',
    path: '/api/test/:id/whole',
    may: ['curator'],
    input: z.strictObject({ id: z.string() }),
    output: streamed('application/json'),
    act({ deps }) {
      streams(deps.store);
      return act() as Promise<Streamed>;
    },
  });

  beforeEach(async () => {
    [given, hands, act] = [[], [], () => ({ said: 'ok' })];
    app = await openApp();
    desk = await openDeskApi(app, [show, change, whole] as readonly AnyRoute[]);
  });
  afterEach(async () => {
    await desk.stop();
    await app.close();
  });
  const asGuest = (who: typeof lena) => desk.send('/api/test/7', { headers: bearer(desk.token(who, { acct: 1 })) });
  const burst = async (who: typeof noor, times: number) => {
    const statuses: number[] = [];
    for (let n = 0; n < times; n += 1) statuses.push((await desk.get(who, '/api/test/7')).status);
    return statuses;
  };
  const changes = (body: object = { words: 'x' }, headers = {}) => {
    act = () => ({});
    return desk.post(kofi, '/api/test/7/change', body, headers);
  };

  describe('letting people in', () => {
    it('takes nobody without a token, and says no more than that', async () => {
      for (const headers of [
        {},
        bearer('x.y.z'),
        { authorization: 'Basic abc' },
        { cookie: `t=${desk.token(kofi)}` },
      ]) {
        const answer = await desk.send('/api/test/7', { headers });
        assert.equal(answer.status, 401);
        assert.equal(answer.headers.get('www-authenticate'), 'Bearer');
        assert.equal(answer.body.refused, 'signed-out');
      }
      assert.deepEqual(given, []);
    });

    it('takes no token out of an address', async () => {
      const { status } = await desk.send(`/api/test/7?access_token=${desk.token(kofi)}`, {});
      assert.equal(status, 401);
    });

    it('answers 503 while the issuer is away', async () => {
      desk.issuer.answers(500);
      const { status, body, headers } = await desk.get(noor, '/api/test/7');
      assert.deepEqual([status, body.refused, headers.get('retry-after')], [503, 'away', '5']);
    });

    it('leaves out guests, but for those whom the directory names', async () => {
      assert.deepEqual([(await asGuest(lena)).status, (await asGuest(lena)).body.refused], [403, 'guest']);
      assert.deepEqual(given, []);
      assert.equal((await asGuest(kofi)).status, 200);
    });

    it('asks the directory at each request who may: a role that was taken away is refused at once', async () => {
      assert.equal((await changes()).status, 200);
      app.directory = { ...app.directory, curators: [] };
      const { status, body } = await changes();
      assert.deepEqual([status, body.refused], [403, 'role']);
      assert.equal((await desk.post(noor, '/api/test/7/change', { words: 'x' })).status, 403);
      assert.equal((await desk.post(ana, '/api/test/7/change', { words: 'x' })).status, 200);
    });

    it('gives a person the very hand that they have in the chat', async () => {
      await desk.get(noor, '/api/test/7');
      await desk.get(omar, '/api/test/7');
      const [ofNoor, ofOmar] = hands;
      assert.equal(ofNoor?.questionId('form'), app.hand(noor).questionId('form'));
      assert.equal(ofNoor?.slipTag('2026-W48', 0), app.hand(noor).slipTag('2026-W48', 0));
      assert.notEqual(ofOmar?.questionId('form'), app.hand(noor).questionId('form'));
    });
  });

  describe('reading what was sent', () => {
    it('puts path, query and body together, and lets nothing contradict the path', async () => {
      await desk.get(noor, '/api/test/7?tag=a&tag=b');
      await desk.get(noor, '/api/test/7?id=8');
      await changes({ words: 'ü', id: '8' });
      assert.deepEqual(given, [{ id: '7', tag: ['a', 'b'] }, { id: '7' }, { id: '7', words: 'ü' }]);
    });

    it('refuses what the route does not name, and says where', async () => {
      for (const [body, at] of [
        [{ words: 'x', other: 1 }, ''],
        [{ words: 1 }, 'words'],
        [{ words: 'x', deep: [{ n: 1 }, { n: 'a' }] }, 'deep.1.n'],
        [{}, 'words'],
      ] as const) {
        const answer = await changes(body);
        assert.deepEqual([answer.status, answer.body.refused, answer.body.at], [400, 'unreadable', at]);
      }
      assert.equal((await desk.get(noor, '/api/test/7?who=x')).status, 400);
      assert.deepEqual(given, []);
    });

    it('takes no words out of an address: what changes something has a body, and no query', async () => {
      act = () => ({});
      const answer = await desk.post(kofi, `/api/test/7/change?words=${PLANTED}`, {});
      assert.deepEqual([answer.status, answer.body.at], [400, 'words']);
    });

    it('takes JSON alone, and no more than 256 KB of it', async () => {
      for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data'])
        assert.equal((await changes({ words: 'x' }, { 'content-type': type })).status, 415, type);
      assert.equal((await changes({ words: 'x'.repeat(257 * 1024) })).status, 413);
      const broken = await desk.send('/api/test/7/change', {
        method: 'POST',
        headers: { ...bearer(desk.token(kofi)), ...JSON_TYPE },
        body: `{"words":"${PLANTED}`,
      });
      assert.equal(broken.status, 400);
      assert.ok(!JSON.stringify(broken.body).includes(PLANTED));
      assert.deepEqual(given, []);
    });

    it('takes the language that the page shows, and English for anything else', async () => {
      // Read through /api/me by its own test; here, that nothing odd passes.
      for (const language of ['*', '<script>', `x${'y'.repeat(300)}`])
        assert.equal((await desk.get(noor, '/api/test/7', { 'accept-language': language })).status, 200);
    });
  });

  describe('pages of other sites', () => {
    for (const [what, headers] of Object.entries({
      'another site': { 'sec-fetch-site': 'cross-site' },
      'another host of the same site': { 'sec-fetch-site': 'same-site' },
      'an address that was typed': { 'sec-fetch-site': 'none' },
      'an old browser that names another origin': { origin: 'https://evil.example' },
      'a frame without an origin': { origin: 'null' },
    }))
      it(`send nothing: ${what}`, async () => {
        const answer = await changes({ words: 'x' }, headers);
        assert.deepEqual([answer.status, answer.body.refused], [403, 'elsewhere']);
        assert.equal((await desk.get(kofi, '/api/test/7', headers)).status, 403);
        assert.deepEqual(given, []);
      });

    it('are not told to come in: no header lets one read an answer', async () => {
      for (const method of ['GET', 'OPTIONS']) {
        const headers = { origin: 'https://evil.example', 'access-control-request-method': 'POST' };
        const response = await fetch(`${desk.url}/api/test/7`, { method, headers });
        assert.deepEqual(
          [...response.headers.keys()].filter((name) => name.startsWith('access-control-')),
          [],
        );
      }
    });

    it('does not refuse its own page', async () => {
      assert.equal((await changes({ words: 'x' }, { 'sec-fetch-site': 'same-origin', origin: desk.url })).status, 200);
      assert.equal((await changes({ words: 'x' }, { origin: desk.url })).status, 200);
    });
  });

  describe('answering', () => {
    it('sends a field that the route does not name to nobody: it is a fault, told by its reference', async () => {
      for (const said of [
        { said: 'ok', asker: PLANTED },
        { said: 'ok', inner: { n: 1, asker: PLANTED } },
        { said: 1 },
      ]) {
        app.faults.length = 0;
        act = () => said;
        const { status, body } = await desk.get(noor, '/api/test/7');
        assert.deepEqual([status, body.refused, body.reference], [500, 'fault', 'fault 1']);
        assert.ok(!JSON.stringify(body).includes(PLANTED));
      }
    });

    it('tells a fault by its reference alone, and the store that is away by 503', async () => {
      for (const [error, status] of [
        [new Error(PLANTED), 500],
        [new StoreAway(PLANTED), 503],
      ] as const) {
        act = () => Promise.reject(error);
        const answer = await desk.get(noor, '/api/test/7');
        assert.equal(answer.status, status);
        assert.ok(!JSON.stringify(answer.body).includes(PLANTED));
        assert.match(answer.body.reference, /^fault \d$/);
      }
    });

    for (const [refusal, status] of [
      [{ refused: 'not-found' }, 404],
      [{ refused: 'not-allowed' }, 403],
      [{ refused: 'blank' }, 422],
      [{ refused: 'too-long', length: 5, limit: 4 }, 422],
      [{ refused: 'not-answered' }, 409],
      [{ refused: 'busy' }, 409],
    ] as const)
      it(`tells ${refusal.refused} by ${status} and plain words, and nothing more`, async () => {
        act = () => refusal;
        const answer = await desk.get(noor, '/api/test/7');
        assert.equal(answer.status, status);
        assert.deepEqual(Object.keys(answer.body).toSorted(), ['refused', 'words']);
        assert.equal(answer.body.refused, refusal.refused);
        assert.ok(answer.body.words.length > 10);
        assert.deepEqual(app.faults, []);
      });

    it('has a tag for what it says, and says nothing anew to who knows it', async () => {
      const first = await desk.get(noor, '/api/test/7');
      const tag = first.headers.get('etag') ?? '';
      assert.match(tag, /^"[\w-]{22}"$/);
      const again = await desk.get(omar, '/api/test/7', { 'if-none-match': tag });
      assert.deepEqual([again.status, again.body], [304, undefined]);
      act = () => ({ said: 'something else' });
      const changed = await desk.get(noor, '/api/test/7', { 'if-none-match': tag });
      assert.equal(changed.status, 200);
      assert.notEqual(changed.headers.get('etag'), tag);
    });

    it('knows its tag as the wire may change it', async () => {
      const tag = (await desk.get(noor, '/api/test/7')).headers.get('etag') ?? '';
      for (const known of [`W/${tag}`, `"other", ${tag}`, tag.replace(/"$/, '-gz"')])
        assert.equal((await desk.get(noor, '/api/test/7', { 'if-none-match': known })).status, 304, known);
      for (const unknown of ['"other"', tag.slice(0, -2), '*'])
        assert.equal((await desk.get(noor, '/api/test/7', { 'if-none-match': unknown })).status, 200, unknown);
    });

    it('packs what is long, for who can unpack it, under a tag of its own', async () => {
      act = () => ({ said: 'long '.repeat(2000) });
      const packed = await desk.get(noor, '/api/test/7', { 'accept-encoding': 'gzip' });
      assert.equal(packed.headers.get('content-encoding'), 'gzip');
      assert.equal(packed.body.said.length, 10_000);
      const plain = await desk.get(noor, '/api/test/7', { 'accept-encoding': 'identity' });
      assert.equal(plain.headers.get('content-encoding'), null);
      assert.deepEqual(plain.body, packed.body);
      assert.notEqual(plain.headers.get('etag'), packed.headers.get('etag'));
      const tag = packed.headers.get('etag') ?? '';
      assert.equal(
        (await desk.get(noor, '/api/test/7', { 'accept-encoding': 'gzip', 'if-none-match': tag })).status,
        304,
      );
    });

    it('waits for the store no longer than the chat does', async () => {
      const within = app.store.within.bind(app.store);
      const budgets: number[] = [];
      app.deps.store.within = (ms) => {
        budgets.push(ms);
        return within(ms);
      };
      await desk.get(noor, '/api/test/7');
      assert.deepEqual(budgets, [2000]);
      const used: unknown[] = [];
      act = () => new Streamed({ type: 'application/json', name: 'whole.json' }, pieces(['"all', ' of it"']));
      streams = (store) => used.push(store);
      assert.equal((await desk.get(kofi, '/api/test/7/whole')).body, 'all of it');
      assert.deepEqual(used, [app.deps.store], 'what is streamed takes as long as there is something to read');
    });

    it('leaves nothing with a browser, or with what stands between', async () => {
      const { headers } = await desk.get(noor, '/api/test/7');
      assert.equal(headers.get('cache-control'), 'no-store');
      assert.equal(headers.get('content-type'), 'application/json');
      assert.equal(headers.get('x-content-type-options'), 'nosniff');
      assert.equal(headers.get('cross-origin-resource-policy'), 'same-origin');
    });
  });

  describe('many requests', () => {
    it('of one person wait for their turn, those of others do not', async () => {
      assert.deepEqual(new Set(await burst(noor, 120)), new Set([200]));
      const { status, body, headers } = await desk.get(noor, '/api/test/7');
      assert.deepEqual([status, body.refused, headers.get('retry-after')], [429, 'slow-down', '1']);
      assert.equal((await desk.get(omar, '/api/test/7')).status, 200);
      desk.passes(1000);
      assert.deepEqual(await burst(noor, 11), [...Array<number>(10).fill(200), 429]);
    });

    it('to write are fewer, and do not use up those to read', async () => {
      for (let n = 0; n < 30; n += 1) assert.equal((await changes()).status, 200);
      assert.equal((await changes()).status, 429);
      act = () => ({ said: 'ok' });
      assert.equal((await desk.get(kofi, '/api/test/7')).status, 200);
    });

    it('that are forged use up nobody’s', async () => {
      for (let n = 0; n < 130; n += 1)
        await desk.send('/api/test/7', { headers: bearer(desk.token(noor, { exp: 1 })) });
      assert.equal((await desk.get(noor, '/api/test/7')).status, 200);
    });
  });

  it('is counted by route and status, with nothing of what was asked', async () => {
    await desk.get(noor, '/api/test/7');
    await desk.post(noor, '/api/test/7/change', { words: PLANTED });
    assert.deepEqual(desk.counted, ['/api/test/:id 200', '/api/test/:id/change 403']);
  });
});
