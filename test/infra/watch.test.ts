import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInterface } from 'node:readline';
import { makeTelemetry } from '../../bot/telemetry.ts';
import { textAt } from '../support/bicep.ts';
import { declaredIn, holds, readInfra, textOf } from '../support/infra.ts';

const code = readFileSync(new URL('../../infra/watch.mjs', import.meta.url), 'utf8');
const QUIET = { due: 0, planned: 4, claimed: 0, waiting: 0, uncertain: 0, dead: 0, dropped: 7 };

type Look = { code: string; ready: boolean; dead: number; uncertain: number; late: boolean };

/** The first look of which it is true; some are from before. */
async function until(from: AsyncIterator<Look>, isSo: (look: Look) => boolean): Promise<Look> {
  for (let looked = 0; looked < 100; looked += 1) {
    const { value } = (await from.next()) as { value: Look };
    if (isSo(value)) return value;
  }
  throw new Error('it never said so');
}

describe('watch.mjs, beside the bot', () => {
  let server: Server;
  let child: ChildProcess;
  let [ready, deliveries] = [true, { ...QUIET }];

  beforeEach(async () => {
    [ready, deliveries] = [true, { ...QUIET }];
    const telemetry = makeTelemetry({ traces: false, deliveries: () => Promise.resolve(deliveries) });
    server = createServer((request, response) => {
      if (request.url === '/readyz') {
        // Not by writeHead, which restify changes wherever it is loaded.
        response.statusCode = ready ? 200 : 503;
        return void response.end();
      }
      void telemetry.text().then((text) => response.end(text));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });

  afterEach(() => {
    child.kill();
    server.close();
  });

  /** As bot.bicep starts it, but in a hurry. */
  function looks(): AsyncIterator<Look> {
    const port = String((server.address() as AddressInfo).port);
    const args = ['--input-type=module', '--eval', code, '--', port, port, '40'];
    child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    assert.ok(child.stdout);
    const lines = createInterface(child.stdout)[Symbol.asyncIterator]();
    return { next: async () => ({ value: JSON.parse((await lines.next()).value as string) as Look, done: false }) };
  }

  it('says that all is well, and no more than that', async () => {
    const from = looks();
    assert.deepEqual((await from.next()).value, { code: 'watch', ready: true, dead: 0, uncertain: 0, late: false });
  });

  it('says when the bot is not ready, also where nothing answers', async () => {
    const from = looks();
    await until(from, (look) => look.ready);
    ready = false;
    await until(from, (look) => !look.ready);
    server.close();
    server.closeAllConnections();
    assert.equal((await from.next()).value.ready, false);
  });

  it('counts what needs a human, and says that something is late only after six looks', async () => {
    deliveries = { ...QUIET, due: 3, dead: 2, uncertain: 1 };
    const from = looks();
    const first = (await from.next()).value as Look;
    assert.deepEqual(first, { code: 'watch', ready: true, dead: 2, uncertain: 1, late: false });
    for (let look = 2; look < 6; look += 1) assert.equal(((await from.next()).value as Look).late, false);
    assert.equal(((await from.next()).value as Look).late, true);
    deliveries = QUIET;
    await until(from, (look) => !look.late && look.dead === 0);
  });
});

describe('The alerts', () => {
  const SAID = new Set(['code', 'dead', 'late', 'ready', 'uncertain']);

  holds(
    'ask of watch.mjs what it says, in the container in which it runs',
    (files) => {
      const rules = textOf(files, 'infra/alerts.bicep');
      const asked = [...rules.matchAll(/look\.(\w+)/g)].map(([, field = '']) => field);
      const container = textAt(
        declaredIn(files).find(({ file, name }) => file === 'bot.bicep' && name === 'bot')?.value,
        ...(['properties', 'template', 'containers', 1, 'name'] as const),
      );
      const from = `ContainerAppName == 'forthright' and ContainerName == '${container}'`;
      return [
        ...asked.filter((field) => !SAID.has(field)),
        ...['ready', 'dead', 'uncertain', 'late'].filter((field) => !asked.includes(field)),
        ...(rules.includes(from) ? [] : ['asks another container']),
        ...(rules.match(/actionGroups: \[people\.id\]/) ? [] : ['tells nobody']),
      ];
    },
    [
      ['a word that it does not say', 'infra/alerts.bicep', 'look.dead', 'look.died'],
      ['an alert less', 'infra/alerts.bicep', 'look.late', 'look.ready'],
      ['another container', 'infra/bot.bicep', "name: 'watch'", "name: 'sidecar'"],
      ['an alert that nobody gets', 'infra/alerts.bicep', '[people.id]', '[]'],
    ],
  );

  it('have watch.mjs look often enough: a quarter of an hour without a word is a fault', () => {
    assert.match(textOf(readInfra(), 'infra/bot.bicep'), /string\(port\)\s+string\(figuresPort\)\s+'300000'/);
    assert.match(textOf(readInfra(), 'infra/alerts.bicep'), /windowSize: 'PT15M'/);
  });
});
