import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { type Listening, listen } from '../../bot/http/server.ts';
import { PLANTED, useServer } from './serving.ts';

const SCRIPT = 'console.log("the desk");'.repeat(50);
const PAGE =
  '<!doctype html><meta name="nonce" content="{{nonce}}"><meta name="hosts" content="{{hosts}}"><script type="module" src="/tab/assets/main-A1.js">';

/** As the wire has it: fetch would unpack. */
const raw = (url: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; headers: Record<string, unknown>; bytes: number }>((resolve, reject) => {
    request(url, { headers, timeout: 3000 }, (response) => {
      let bytes = 0;
      response.on('data', (part: Buffer) => (bytes += part.length));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, bytes }));
    })
      .on('error', reject)
      .end();
  });

describe('The desk’s pages', () => {
  const serving = useServer();
  let folder: string;
  let server: Listening;
  let url: string;
  const start = async (standInHost = '') => {
    const pages = { built: pathToFileURL(`${folder}/dist/`), standInHost };
    server = await listen({ ...serving.needs, pages }, { port: 0, host: '127.0.0.1' });
    url = `http://127.0.0.1:${server.port}`;
  };
  const get = (path: string) => fetch(url + path, { signal: AbortSignal.timeout(3000) });

  beforeEach(async () => {
    folder = mkdtempSync(join(tmpdir(), 'forthright-pages-'));
    mkdirSync(join(folder, 'dist', 'assets'), { recursive: true });
    writeFileSync(join(folder, 'secret.js'), PLANTED);
    writeFileSync(join(folder, 'dist', 'index.html'), PAGE);
    writeFileSync(join(folder, 'dist', 'assets', 'main-A1.js'), SCRIPT);
    writeFileSync(join(folder, 'dist', 'assets', 'main-A1.js.br'), brotliCompressSync(SCRIPT));
    writeFileSync(join(folder, 'dist', 'assets', 'main-A1.js.gz'), gzipSync(SCRIPT));
    writeFileSync(join(folder, 'dist', 'assets', 'plain-B2.css'), 'body{}');
    await start();
  });
  afterEach(async () => {
    await server.stop();
    rmSync(folder, { recursive: true });
  });

  it('are one page at every address of the desk', async () => {
    for (const path of ['/tab/answers', '/tab/board', '/tab/q/kQ3-_x', '/tab/mine?locale=de', '/tab/board/']) {
      const response = await get(path);
      assert.equal(response.status, 200, path);
      assert.match(response.headers.get('content-type') ?? '', /^text\/html/);
      assert.equal(response.headers.get('cache-control'), 'no-store');
      assert.match(await response.text(), /main-A1\.js/);
    }
  });

  it('run no script but ours, speak to nobody else but where the library of Teams reads its list of hosts, and are framed by Teams alone', async () => {
    const policy = (await get('/tab/board')).headers.get('content-security-policy') ?? '';
    const said = Object.fromEntries(
      policy.split('; ').map((part) => {
        const [name, ...values] = part.split(' ');
        return [name, values.join(' ')];
      }),
    );
    assert.match(said['style-src'] ?? '', /^'self' 'nonce-[A-Za-z0-9+/]{22}=='$/);
    assert.deepEqual(
      { ...said, 'style-src': '' },
      {
        'default-src': "'none'",
        'script-src': "'self'",
        'style-src': '',
        'connect-src': "'self' https://res.cdn.office.net/teams-js/validDomains/json/validDomains.json",
        'img-src': "'self' data:",
        'font-src': "'self'",
        'base-uri': "'none'",
        'form-action': "'none'",
        'frame-ancestors': 'https://teams.microsoft.com https://*.teams.microsoft.com https://*.cloud.microsoft',
      },
    );
  });

  it('name no host to trust beside Teams’, else', async () => {
    assert.match(await (await get('/tab/board')).text(), /name="hosts" content=""/);
  });

  it('give each answer a nonce of its own, the one that its policy names', async () => {
    const seen = new Set<string>();
    for (let n = 0; n < 3; n += 1) {
      const response = await get('/tab/board');
      const nonce = /nonce" content="([^"]+)"/.exec(await response.text())?.[1] ?? '';
      assert.ok(response.headers.get('content-security-policy')?.includes(`'nonce-${nonce}'`));
      seen.add(nonce);
    }
    assert.equal(seen.size, 3);
  });

  it('may be framed by the stand-in for Teams where the settings name one', async () => {
    await server.stop();
    await start('http://127.0.0.1:3990');
    assert.match(await (await get('/tab/board')).text(), /name="hosts" content="http:\/\/127\.0\.0\.1:3990"/);
    for (const path of ['/tab/board', '/tab', '/privacy'])
      assert.match(
        (await get(path)).headers.get('content-security-policy') ?? '',
        /cloud\.microsoft http:\/\/127\.0\.0\.1:3990$/,
      );
    assert.match(await (await get('/tab/board')).text(), /name="hosts" content="http:\/\/127\.0\.0\.1:3990"/);
  });

  it('keep their assets for a year, packed as the browser can unpack', async () => {
    const asset = `${url}/tab/assets/main-A1.js`;
    for (const [accepts, encoding] of [
      ['gzip, deflate, br', 'br'],
      ['gzip', 'gzip'],
      ['br;q=0, gzip', 'gzip'],
      ['identity', undefined],
    ] as const) {
      const { status, headers, bytes } = await raw(asset, { 'accept-encoding': accepts });
      assert.equal(status, 200);
      assert.equal(headers['content-encoding'], encoding);
      assert.equal(headers['cache-control'], 'public, max-age=31536000, immutable');
      assert.equal(headers['vary'], 'accept-encoding');
      assert.match(String(headers['content-type']), /^text\/javascript/);
      assert.equal(bytes === SCRIPT.length, encoding === undefined);
      assert.equal(Number(headers['content-length']), bytes);
    }
    assert.equal(await (await get('/tab/assets/main-A1.js')).text(), SCRIPT, 'the premise: it unpacks to the script');
    assert.match((await get('/tab/assets/plain-B2.css')).headers.get('content-type') ?? '', /^text\/css/);
  });

  it('lead nowhere else: not up, not to what was packed, not to what has no such name', async () => {
    for (const path of [
      '/tab/assets/..%2f..%2fsecret.js',
      '/tab/assets/%2e%2e/%2e%2e/secret.js',
      '/tab/..%2fsecret.js',
      '/tab/assets/main-A1.js.br',
      '/tab/assets/other-C3.js',
      '/tab/assets/',
      '/tab/index.html',
      '/tab/q/a/b',
      `/tab/assets/${PLANTED}.js`,
    ]) {
      const { status, bytes } = await raw(url + path);
      assert.equal(status, 404, path);
      assert.ok(bytes < 60, path);
    }
  });

  it('say what to run where they were not built, and the plain pages go on', async () => {
    rmSync(join(folder, 'dist'), { recursive: true });
    const response = await get('/tab/board');
    assert.equal(response.status, 503);
    assert.match(await response.text(), /npm run build:tab/);
    assert.equal((await get('/tab')).status, 200);
    assert.equal((await get('/privacy')).status, 200);
  });
});
