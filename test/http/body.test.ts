import assert from 'node:assert/strict';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { tmpdir } from 'node:os';
import { setTimeout as delay } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { gzipSync } from 'node:zlib';
import { JSON_TYPE, PLANTED, useServer } from './serving.ts';

const KIB = 1024;
/** A body of so many bytes. */
const bodyOf = (bytes: number): string => `{"a":"${'x'.repeat(bytes - 8)}"}`;

/** Bytes of buffers that somebody still holds. What one collection finds is freed in the background, before the next. */
async function keptBytes(): Promise<number> {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  for (let round = 0; round < 3; round += 1) {
    collect();
    await delay(5);
  }
  return process.memoryUsage().arrayBuffers;
}

describe('The server', () => {
  const serving = useServer();

  describe('taking an activity', () => {
    it('hands on the body and the token, and answers as it is told', async () => {
      const activity = { type: 'message', text: 'ü \u{1F600}' };
      const answer = await serving.send(JSON.stringify(activity), { ...JSON_TYPE, authorization: 'Bearer x' });
      assert.deepEqual(answer, { status: 200, text: '{"said":"ok"}' });
      assert.deepEqual(serving.taken, [{ authorization: 'Bearer x', body: activity }]);
    });

    it('knows JSON by its name in any case, with a charset, as Teams sends it', async () => {
      for (const type of ['application/json; charset=utf-8', 'Application/JSON']) {
        assert.equal((await serving.send('{}', { 'content-type': type })).status, 200);
      }
    });

    it('answers 500, with no word of the fault, when taking fails', async () => {
      serving.needs.take = () => Promise.reject(new Error(PLANTED));
      assert.deepEqual(await serving.send('{}'), { status: 500, text: '' });
      assert.equal(serving.faults.length, 1);
    });

    it('takes a body of 256 KB, and refuses a longer one with 413', async () => {
      assert.equal((await serving.send(bodyOf(256 * KIB))).status, 200);
      serving.taken.length = 0;
      await serving.refuses(413, bodyOf(256 * KIB + 1));
    });

    it('refuses 50 MB with 413, and keeps no more than the limit of it', async () => {
      const piece = Buffer.alloc(64 * KIB, '"');
      const before = await keptBytes();
      const sending = request(`${serving.url}/api/messages`, { method: 'POST', headers: JSON_TYPE, timeout: 3000 });
      const answered = once(sending, 'response') as Promise<[IncomingMessage]>;
      for (let sent = 0; sent < 50 * KIB; sent += 64) {
        if (!sending.write(piece)) await once(sending, 'drain');
      }
      const kept = (await keptBytes()) - before;
      sending.end();
      const [response] = await answered;
      assert.equal(response.statusCode, 413);
      response.resume();
      assert.ok(kept < 2 * KIB * KIB, `${kept} bytes were kept`);
    });

    for (const [what, body] of Object.entries({
      'broken JSON': `{"conversation": ${PLANTED}`,
      'an array': `["${PLANTED}"]`,
      'a mere text': `"${PLANTED}"`,
      null: 'null',
      nothing: '',
      'a hundred thousand arrays in each other': `{"a":${'['.repeat(100_000)}${']'.repeat(100_000)}}`,
      'objects in each other, deeper than any card': `${'{"a":'.repeat(65)}1${'}'.repeat(65)}`,
    }))
      it(`refuses ${what} with 400`, () => serving.refuses(400, body));

    it('takes what is as deep as cards get', async () => {
      assert.equal((await serving.send(`${'{"a":'.repeat(60)}1${'}'.repeat(60)}`)).status, 200);
    });

    // A browser sends these from any page without asking: on a developer's machine, in local mode, nothing else stands
    // between a page and the bot.
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'text/csv',
      'application/octet-stream',
      'x/y+json',
    ])
      it(`refuses ${type} with 415, whatever is in it`, () =>
        serving.refuses(415, '{"type":"message","from":"x"}', { 'content-type': type }));

    it('refuses a body without a type with 415', () => serving.refuses(415, Buffer.from('{}'), {}));

    it('refuses an upload with 415, and leaves no file of it behind', async () => {
      const form = new FormData();
      form.set('file', new Blob([PLANTED.repeat(100)]), 'upload.txt');
      const before = new Set(readdirSync(tmpdir()));
      await serving.refuses(415, form, {});
      const left = readdirSync(tmpdir()).filter((name) => !before.has(name) && name.startsWith('upload_'));
      assert.deepEqual(left, []);
    });

    it('refuses packed bodies with 415: neither a bomb nor what only claims to be packed does harm', async () => {
      const bomb = gzipSync(`{"a":"${'x'.repeat(10 * KIB * KIB)}"}`);
      for (const encoding of ['gzip', 'br', 'deflate', 'gzip, gzip'])
        for (const body of [bomb, Buffer.from('not packed at all')])
          await serving.refuses(415, body, { ...JSON_TYPE, 'content-encoding': encoding });
      assert.equal((await serving.get('/healthz')).status, 200);
    });

    it('leaves prototypes as they are', async () => {
      const body = '{"__proto__":{"isAdmin":true},"constructor":{"prototype":{"isAdmin":true}},"type":"message"}';
      assert.equal((await serving.send(body)).status, 200);
      assert.equal(({} as { isAdmin?: boolean }).isAdmin, undefined);
      const [{ body: took } = { body: undefined }] = serving.taken;
      assert.equal((took as { isAdmin?: boolean }).isAdmin, undefined);
      assert.deepEqual(Object.keys(took ?? {}), ['__proto__', 'constructor', 'type']);
    });

    it('survives a body that stops halfway', async () => {
      const stopping = new AbortController();
      const body = new ReadableStream({ start: (stream) => stream.enqueue(Buffer.from('{"a":')) });
      const half = { method: 'POST', body, headers: JSON_TYPE, duplex: 'half', signal: stopping.signal };
      const sending = fetch(`${serving.url}/api/messages`, half as RequestInit);
      setTimeout(() => stopping.abort(), 50);
      await assert.rejects(sending);
      assert.equal((await serving.get('/healthz')).status, 200);
      assert.deepEqual(serving.taken, []);
    });

    it('answers HEAD, by which Azure tests the address', async () => {
      assert.equal((await fetch(`${serving.url}/api/messages`, { method: 'HEAD' })).status, 200);
    });
  });
});
