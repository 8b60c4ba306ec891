import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { PLANTED, type Serving, useServer } from './serving.ts';

const readIn = async (serving: Serving, path: string, language: string) =>
  (await serving.get(path, { 'accept-language': language })).text();
/** A translation may lack no sentence. */
const shapeOf = (page: string) => page.match(/<\/?(?:h1|h2|p|li|dt|dd|th|td|a|strong|div)\b/g);

describe('The server', () => {
  const serving = useServer();

  describe('telling how it is', () => {
    it('is alive, and ready while the store answers', async () => {
      assert.deepEqual(await (await serving.get('/healthz')).json(), { status: 'alive' });
      const ready = await serving.get('/readyz');
      assert.equal(ready.status, 200);
      assert.deepEqual(await ready.json(), { status: 'ready' });
    });

    it('is alive and not ready while the store fails, with no word of the fault', async () => {
      serving.needs.store.ready = () => Promise.reject(new Error(PLANTED));
      const ready = await serving.get('/readyz');
      assert.equal(ready.status, 503);
      assert.deepEqual(await ready.json(), { status: 'the store does not answer' });
      assert.equal(serving.faults.length, 1);
      assert.equal((await serving.get('/healthz')).status, 200);
    });
  });

  describe('its pages', () => {
    const manifest = readFileSync(new URL('../../manifest/manifest.json', import.meta.url), 'utf8');
    const PAGES = ['/tab', '/privacy', '/terms', '/tab/style.css'];

    it('are those that the manifest links to', () => {
      const linked = [...manifest.matchAll(/https:\/\/\{\{DOMAIN\}\}(\/[\w/]*)/g)].map(([, path]) => path);
      assert.ok(linked.length > 2);
      for (const path of linked) assert.ok([...PAGES, '/tab/desk', '/tab/configure'].includes(path ?? ''), path);
    });

    for (const path of PAGES)
      it(`${path} allows no script, no form, and no frame but Teams'`, async () => {
        const response = await serving.get(path);
        const text = await response.text();
        assert.equal(response.status, 200);
        const policy = response.headers.get('content-security-policy') ?? '';
        assert.match(policy, /default-src 'none'/);
        assert.match(policy, /frame-ancestors https:\/\/teams\.microsoft\.com /);
        assert.doesNotMatch(policy, /unsafe|script-src|\*(?!\.)/);
        assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
        assert.match(response.headers.get('content-type') ?? '', path.endsWith('.css') ? /^text\/css/ : /^text\/html/);
        assert.doesNotMatch(text, /<script|<form|\son\w+=|\sstyle=|https?:\/\/(?!.*\.microsoft\.com)/i);
      });

    it('are all there is: no other path, no way up, no query that is repeated', async () => {
      for (const path of [
        '/',
        `/${PLANTED}`,
        '/tab/../package.json',
        '/tab/%2e%2e/package.json',
        '/tab/index.html',
        '/.env',
      ]) {
        const response = await serving.get(`${path}?who=${PLANTED}`);
        assert.equal(response.status, 404, path);
        assert.ok(!(await response.text()).includes(PLANTED), path);
      }
      assert.equal((await serving.get('/api/messages')).status, 405);
    });

    for (const path of PAGES.filter((one) => !one.endsWith('.css')))
      it(`${path} is German for who reads German, and says as much`, async () => {
        const english = await readIn(serving, path, 'fr-FR,de;q=0.5');
        const german = await readIn(serving, path, 'de-AT,de;q=0.9,en;q=0.8');
        assert.match(english, /<html lang="en">/);
        assert.match(german, /<html lang="de">/);
        assert.deepEqual(shapeOf(german), shapeOf(english));
        assert.doesNotMatch(german, /\b(?:the|and|your)\b/);
      });

    it('say nothing of what serves them', async () => {
      for (const path of ['/tab', '/healthz', '/nothing']) {
        const { headers } = await serving.get(path);
        assert.equal(headers.get('x-powered-by'), null);
        assert.doesNotMatch(headers.get('server') ?? '', /restify|node/i);
      }
    });
  });
});
