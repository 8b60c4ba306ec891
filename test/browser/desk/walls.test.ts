import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { kofi } from '../../support/cast.ts';
import { useDesks } from '../../support/desk.ts';

/** Whatever the policy has to refuse of what comes in as words. */
const REFUSED = [
  'connect-src',
  'eval',
  'img-src',
  'script-src',
  'script-src-attr',
  'script-src-elem',
  'style-src-attr',
  'style-src-elem',
];

/** In a real browser, since it is the browser that keeps these promises. */
describe('the walls of the desk', () => {
  const desks = useDesks();
  let evil: Server;
  let origin: string;
  before(async () => {
    evil = createServer((request, response) => {
      response.setHeader('content-type', 'text/html');
      response.end(`<!doctype html><title>Evil</title>${request.url === '/' ? '<p>A prize is waiting</p>' : ''}`);
    });
    await once(evil.listen(0, '127.0.0.1'), 'listening');
    origin = `http://127.0.0.1:${(evil.address() as AddressInfo).port}`;
  });
  after(() => {
    evil.closeAllConnections();
    evil.close();
  });

  /** A page of somebody else, and what its script comes to. */
  async function onEvilPage<Result>(script: string): Promise<Result> {
    const context = await desks().browser.newContext();
    try {
      const page = await context.newPage();
      await page.goto(origin);
      return (await page.evaluate(script)) as Result;
    } finally {
      await context.close();
    }
  }

  it('let no page but Teams frame it', async () => {
    for (const path of ['/tab/board', '/tab', '/privacy']) {
      const context = await desks().browser.newContext();
      const page = await context.newPage();
      const refused = page.waitForEvent('console', {
        predicate: (message) => message.text().includes('frame-ancestors'),
        timeout: 5000,
      });
      await page.goto(origin);
      await page.setContent(`<iframe src="${desks().scene.bot.url}${path}"></iframe>`);
      await refused;
      assert.match(page.frames()[1]?.url() ?? '', /^chrome-error:/, path);
      await context.close();
    }
  });

  it('let no other page read, or have anything done, though it holds a token', async () => {
    const { bot } = desks().scene;
    const token = await (await fetch(`${desks().host.origin}/host/token?as=${kofi.aadObjectId}`)).text();
    assert.match(token, /^ey/, 'the premise: it is a token');
    const answers = await onEvilPage<string[]>(`Promise.all([
      fetch('${bot.url}/api/me'),
      fetch('${bot.url}/api/me', { headers: { authorization: 'Bearer ${token}' } }),
      fetch('${bot.url}/api/forms', { method: 'POST', headers: { authorization: 'Bearer ${token}', 'content-type': 'application/json' }, body: '{}' }),
      fetch('${bot.url}/api/forms', { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{}' }),
    ].map((asked) => asked.then(() => 'read', () => 'refused')))`);
    assert.deepEqual(answers, ['refused', 'refused', 'refused', 'refused']);
  });

  it('run no script that came in as words, and send nothing to a stranger', async () => {
    const desk = await desks().openDesk({ as: kofi });
    const outcome = await desk.tab.evaluate(`(async () => {
      const seen = [];
      addEventListener('securitypolicyviolation', (event) => seen.push(event.effectiveDirective));
      const place = document.createElement('div');
      place.innerHTML = '<img src="${origin}/picture" onerror="window.hit = 1"><p style="position:fixed">x</p>';
      document.body.append(place);
      const script = document.createElement('script');
      script.textContent = 'window.hit = 2';
      document.body.append(script);
      const far = document.createElement('script');
      far.src = '${origin}/far.js';
      document.body.append(far);
      const sheet = document.createElement('style');
      sheet.textContent = 'body { background: red }';
      document.head.append(sheet);
      const sent = await fetch('${origin}/take').then(() => 'sent', () => 'refused');
      // Not within this evaluation, which the debugger exempts.
      setTimeout(() => { try { (0, eval)('window.hit = 3'); } catch { seen.push('eval'); } });
      for (let looks = 0; looks < 60 && new Set(seen).size < ${REFUSED.length}; looks += 1)
        await new Promise((resolve) => setTimeout(resolve, 50));
      return { seen: [...new Set(seen)].sort(), sent, hit: window.hit ?? 'nothing', red: getComputedStyle(document.body).backgroundColor };
    })()`);
    const { seen, sent, hit, red } = outcome as { seen: string[]; sent: string; hit: unknown; red: string };
    assert.deepEqual([sent, hit], ['refused', 'nothing']);
    assert.notEqual(red, 'rgb(255, 0, 0)');
    assert.deepEqual(seen, REFUSED);
    desk.faults.length = 0;
  });
});
