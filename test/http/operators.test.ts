import assert from 'node:assert/strict';
import { listenForOperators } from '../../bot/http/server.ts';
import { PLANTED } from './serving.ts';

const AT = { port: 0, host: '127.0.0.1' };
const get = (port: number, path: string) =>
  fetch(`http://127.0.0.1:${port}${path}`, { signal: AbortSignal.timeout(3000) });

describe('the figures’ own port', () => {
  it('serves them as Prometheus reads them, and nothing else', async () => {
    const figures = '# TYPE forthright_deliveries gauge\nforthright_deliveries{state="waiting"} 1\n';
    const listening = await listenForOperators(async () => figures, AT);
    try {
      const answer = await get(listening.port, '/metrics');
      assert.equal(answer.status, 200);
      assert.match(answer.headers.get('content-type') ?? '', /^text\/plain; version=0\.0\.4/);
      assert.equal(await answer.text(), figures);
      for (const path of ['/', '/api/messages', '/healthz'])
        assert.equal((await get(listening.port, path)).status, 404);
    } finally {
      await listening.stop();
    }
  });

  it('answers 503, with no word of the fault, where they cannot be read', async () => {
    const listening = await listenForOperators(() => Promise.reject(new Error(PLANTED)), AT);
    try {
      const answer = await get(listening.port, '/metrics');
      assert.equal(answer.status, 503);
      assert.ok(!(await answer.text()).includes(PLANTED));
    } finally {
      await listening.stop();
    }
  });
});
