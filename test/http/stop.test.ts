import assert from 'node:assert/strict';
import { once } from 'node:events';
import { Agent, request } from 'node:http';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { type Listening, listen } from '../../bot/http/server.ts';
import { closedDesk, noPages } from './serving.ts';

type Answer = { status: number | undefined; text: string };

/** How long stopping took, in milliseconds. */
const timed = async (stopping: Promise<void>) => {
  const began = performance.now();
  await stopping;
  return performance.now() - began;
};

describe('Stopping the server', () => {
  let finish: () => void;
  let patience: number;
  let server: Listening;
  const agents: Agent[] = [];
  const keptOpen = () => agents[agents.push(new Agent({ keepAlive: true, maxSockets: 1 })) - 1];
  const start = async () => {
    const ending = new Promise<void>((resolve) => void (finish = resolve));
    const take = async (_authorization: string, body: unknown) => {
      if ((body as { slow?: boolean }).slow) await ending;
      return { status: 200, body: { said: 'ok' } };
    };
    const needs = { take, store: { ready: async () => {} }, fault: () => '', api: closedDesk, pages: noPages };
    server = await listen(needs, { port: 0, host: '127.0.0.1', patience });
  };
  beforeEach(async () => {
    patience = 2000;
    await start();
  });
  afterEach(async () => {
    finish();
    await server.stop();
    for (const agent of agents.splice(0)) agent.destroy();
  });

  /** Rejects where the connection is refused or cut. */
  const send = (body: object, agent?: Agent) =>
    new Promise<Answer>((resolve, reject) => {
      const options = {
        port: server.port,
        path: '/api/messages',
        method: 'POST',
        timeout: 3000,
        ...(agent && { agent }),
      };
      const sending = request({ ...options, headers: { 'content-type': 'application/json' } }, (response) => {
        let text = '';
        response.on('data', (part) => (text += String(part)));
        response.on('end', () => resolve({ status: response.statusCode, text }));
      });
      sending.on('timeout', () => sending.destroy(new Error('No answer in time')));
      sending.on('error', reject);
      sending.end(JSON.stringify(body));
    });
  it('is quick when nothing is under way, though clients keep their connections', async () => {
    for (let n = 0; n < 3; n += 1) await send({}, keptOpen());
    assert.ok((await timed(server.stop())) < 500);
  });

  it('is quick though a browser opened a connection ahead of need, and says nothing', async () => {
    const silent = connect(server.port, '127.0.0.1');
    await once(silent, 'connect');
    await send({});
    assert.ok((await timed(server.stop())) < 500);
    silent.destroy();
  });

  it('finishes a request that was taken, and refuses new ones meanwhile', async () => {
    const taken = send({ slow: true }, keptOpen());
    await delay(50);
    const stopping = timed(server.stop());
    await assert.rejects(send({}), { code: 'ECONNREFUSED' });
    await delay(50);
    finish();
    assert.deepEqual(await taken, { status: 200, text: '{"said":"ok"}' });
    assert.ok((await stopping) < 1000, 'It waited for a client to leave');
  });

  it('takes nothing more from a client that keeps its connection', async () => {
    const agent = keptOpen();
    const taken = send({ slow: true }, agent);
    await delay(50);
    const stopping = server.stop();
    finish();
    await taken;
    await assert.rejects(send({}, agent));
    await stopping;
  });

  it('reads a body to its end that had begun to come', async () => {
    const socket = connect(server.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (part) => (answer += String(part)));
    const head =
      'POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: 8\r\n\r\n';
    socket.write(`${head}{"a"`);
    await delay(50);
    const stopping = server.stop();
    await delay(50);
    socket.write(': 1}');
    await Promise.all([stopping, once(socket, 'close')]);
    assert.match(answer, /^HTTP\/1\.1 200 [^]*"ok"/);
  });

  it('refuses with 503 a request whose first line came before, and its rest after', async () => {
    const socket = connect(server.port, '127.0.0.1');
    let answer = '';
    socket.on('data', (part) => (answer += String(part)));
    socket.write('POST /api/messages HTTP/1.1\r\nhost: x\r\n');
    await delay(50);
    const stopping = server.stop();
    await delay(20);
    socket.write('content-type: application/json\r\ncontent-length: 2\r\n\r\n{}');
    await Promise.all([stopping, once(socket, 'close')]);
    assert.match(answer, /^HTTP\/1\.1 503 [^]*connection: close/i);
  });

  it('is bounded: neither a request without an end nor a client that never sends its own is waited for', async () => {
    await server.stop();
    patience = 200;
    await start();
    const endless = send({ slow: true });
    const half = connect(server.port, '127.0.0.1').on('error', () => {});
    half.write('POST /api/messages HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\n{');
    await delay(50);
    const failing = assert.rejects(endless);
    const took = await timed(server.stop());
    assert.ok(took >= 150 && took < 1000, `${took} ms`);
    await failing;
    half.destroy();
  });

  it('may be asked for twice', async () => {
    await Promise.all([server.stop(), server.stop()]);
    await server.stop();
  });
});
