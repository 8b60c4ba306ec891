import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DatabaseSync } from 'node:sqlite';
import { pathToFileURL } from 'node:url';
import { once } from 'node:events';
import { Keys } from '../../bot/seal/keys.ts';
import { makeSealer } from '../../bot/seal/sealer.ts';
import { openSqlite } from '../../bot/store/sqlite.ts';
import { readConfig } from '../../bot/config.ts';
import { examineAll, type World } from '../../infra/doctor/doctor.ts';
import { toLine } from '../../infra/doctor/finding.ts';
import { lookAtDataShare, lookAtKeyShare, lookAtNode } from '../../infra/doctor/machine.ts';
import { lookAtMicrosoft } from '../../infra/doctor/network.ts';
import { addressOf, channelOf } from '../support/app.ts';
import { canariesOf, canaryOf, filesIn, foundIn } from '../support/canary.ts';
import { CHANNEL, crowd, directoryJson, everyone, noor, SECOND_CHANNEL, TEAM, TENANT } from '../support/cast.ts';
import { useFolder } from '../support/folder.ts';
import { openAccount } from '../store/cosmos-account.ts';
import { settingsOf } from '../store/contract-settings.ts';
import { owing, sample, WEEK } from '../store/samples.ts';

const NOW = new Date('2026-11-23T12:00:00Z');
const SECRET = 'Quibblesecret~8Q';
const WORDS = 'Why is the xylophone room closed?';

/** Answers as Microsoft Entra does, at a time of its own. */
async function startEntra(status: number, date: Date): Promise<{ server: Server; address: string }> {
  const server = createServer((_request, response) => {
    response.sendDate = false;
    response.writeHead(status, { date: date.toUTCString() });
    response.end('{}');
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return { server, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
}

describe('npm run doctor', () => {
  const folder = useFolder();
  let entra: Server;
  let world: World;
  const environment = () => world.environment as Record<string, string>;
  beforeEach(async () => {
    const { server, address } = await startEntra(200, NOW);
    entra = server;
    writeFileSync(folder.file('directory.json'), JSON.stringify(directoryJson()));
    mkdirSync(folder.file('tab'));
    writeFileSync(folder.file('tab', 'index.html'), '');
    world = {
      environment: {
        MICROSOFT_APP_ID: '1f0c1f3e-1111-4000-8000-00000000b071',
        MICROSOFT_APP_TENANT_ID: TENANT.id,
        MICROSOFT_APP_PASSWORD: SECRET,
        TAB_AUDIENCE: '1f0c1f3e-3333-4000-8000-00000000de5c',
        DATA_DIR: folder.file('data'),
        KEY_FILE: folder.file('keys', 'forthright.json'),
        DIRECTORY_FILE: folder.file('directory.json'),
      },
      node: '24.11.0',
      now: () => NOW,
      built: pathToFileURL(`${folder.file('tab')}/`),
      entra: () => address,
    };
  });
  afterEach(() => new Promise((resolve) => entra.close(resolve)));

  const look = async (): Promise<string[]> => (await examineAll(world)).map(toLine);
  const toMend = async (): Promise<string[]> => (await look()).filter((line) => line.startsWith('mend'));

  /** An installation in use: one question that Noor asked, one channel. */
  async function fill(question = sample({ words: WORDS })): Promise<void> {
    const { DATA_DIR = '', KEY_FILE = '' } = environment();
    const store = openSqlite(`${DATA_DIR}/forthright.db`);
    const sealer = makeSealer(Keys.open(KEY_FILE), { now: () => NOW });
    const asker = sealer.asker({ id: `${TENANT.id} ${noor.aadObjectId}`, address: addressOf(noor) });
    const seal = await asker.seal(question.id);
    assert.equal(seal.epoch, WEEK, 'the premise: it is sealed in the week in which it was asked');
    await store.putSeal(sealer.sealId(question.id), seal);
    await store.add(question);
    await store.putChannel(channelOf());
    await store.close();
  }

  /** Every byte, and when a file came or went. */
  const state = () =>
    filesIn(folder.path)
      .map(({ file, bytes }) => `${file} ${bytes.toString('base64')}`)
      .concat(['data', 'keys'].map((name) => String(statSync(folder.file(name)).mtimeMs)));

  const change = (sql: string) => {
    const db = new DatabaseSync(folder.file('data', 'forthright.db'));
    db.exec(sql);
    db.close();
  };

  it('finds nothing to mend before the first start, and in an installation in use', async () => {
    assert.deepEqual(await toMend(), []);
    await fill();
    const lines = await look();
    assert.deepEqual(
      lines.filter((line) => !line.startsWith('ok')),
      [],
    );
    for (const part of ['Node', 'settings', 'data folder', 'store: whole', 'keys and data: they belong', 'Microsoft'])
      assert.ok(
        lines.some((line) => line.startsWith(`ok    ${part}`)),
        part,
      );
    assert.ok(lines.includes('ok    admins: 1') && lines.includes('ok    channels: 1'));
  });

  it('changes nothing: every file is as it was, to the byte and the time', async () => {
    await fill();
    const before = state();
    await look();
    assert.deepEqual(state(), before);
  });

  it('says no name, no id, no secret and no words, whatever is to mend', async () => {
    await fill(owing(1));
    change(`UPDATE questions SET owes = 'stuck dead'`);
    const key = (JSON.parse(readFileSync(environment()['KEY_FILE']!, 'utf8')) as { lasting: string }).lasting;
    const directory = directoryJson();
    const said = [...(await look())];
    // The bot itself would say whose name stands there twice.
    writeFileSync(
      folder.file('directory.json'),
      JSON.stringify({ ...directory, leaders: [...directory.leaders, ...directory.leaders] }),
    );
    said.push(...(await look()));
    environment()['PORT'] = 'none';
    said.push(...(await look()));
    assert.equal(said.filter((line) => line.startsWith('mend')).length, 4, 'the premise: there is something to mend');
    const canaries = [
      ...[...everyone, ...crowd].flatMap((person) => canariesOf(person)),
      ...canaryOf('secret', SECRET),
      ...canaryOf('key', key),
      ...canaryOf('words', WORDS),
      ...[TENANT.id, TEAM.id, TEAM.name, CHANNEL.name, environment()['MICROSOFT_APP_ID']!].flatMap((id) =>
        canaryOf(id, id),
      ),
    ];
    assert.deepEqual(foundIn(said.join('\n'), canaries), []);
  });

  const FAULTS: [what: string, act: () => void | Promise<void>, line: RegExp][] = [
    ['a setting', () => void (environment()['MIX_SIZE'] = 'some'), /^mend {2}settings: MIX_SIZE/],
    ['an older Node', () => void (world = { ...world, node: '20.19.0' }), /^mend {2}Node 20.19.0: too old/],
    ['a desk that is not built', () => rmSync(folder.file('tab', 'index.html')), /^mend {2}desk: it is not built/],
    ['data that others may read', () => chmodSync(folder.file('data'), 0o755), /^mend {2}data folder: others/],
    ['keys that others may read', () => chmodSync(environment()['KEY_FILE']!, 0o644), /^mend {2}keys: .*chmod 600/],
    ['keys that are missing', () => rmSync(environment()['KEY_FILE']!), /^mend {2}keys: .*is missing/],
    [
      'keys of another installation, of the same week',
      async () => {
        rmSync(environment()['KEY_FILE']!);
        await Keys.open(environment()['KEY_FILE']!).begin(WEEK);
      },
      /^mend {2}keys and data: KEY_FILE is that of other data/,
    ],
    [
      'keys older than the data',
      () => {
        rmSync(environment()['KEY_FILE']!);
        Keys.open(environment()['KEY_FILE']!);
      },
      /^mend {2}keys and data: KEY_FILE lacks weeks/,
    ],
    [
      'data of a newer release',
      () => change('PRAGMA user_version = 99'),
      /^mend {2}store: .*Install the newer release/,
    ],
    [
      'data that are damaged',
      () => writeFileSync(folder.file('data', 'forthright.db'), 'no database at all'),
      /^mend {2}store: .*is damaged/,
    ],
    [
      'a delivery that was given up',
      () => change(`UPDATE questions SET owes = 'stuck dead'`),
      /^mend {2}deliveries: 1 given up/,
    ],
    ['no channel', () => change('DELETE FROM channels'), /^mend {2}channels: the bot is in none/],
    [
      'another channel than the default',
      () => {
        const directory = directoryJson();
        writeFileSync(
          folder.file('directory.json'),
          JSON.stringify({ ...directory, defaults: { channel: SECOND_CHANNEL.name } }),
        );
      },
      /^mend {2}channels: .*the default/,
    ],
    [
      'nobody who curates',
      () => writeFileSync(folder.file('directory.json'), JSON.stringify({ ...directoryJson(), curators: [] })),
      /^mend {2}curators: nobody can publish/,
    ],
  ];
  for (const [what, act, line] of FAULTS)
    it(`says what to do about ${what}`, async function () {
      if (process.platform === 'win32' && what.includes('others may')) this.skip();
      await fill();
      assert.deepEqual(await toMend(), [], 'the premise: all was well');
      await act();
      const lines = await toMend();
      assert.match(lines[0] ?? '', line);
      assert.equal(lines.length, 1, lines.join('\n'));
    });

  it('goes by the settings that an admin saved, not by the file', async () => {
    await fill();
    const store = openSqlite(folder.file('data', 'forthright.db'));
    const kept = settingsOf(1);
    const directory = { ...kept.settings.directory, admins: [] };
    await store.saveSettings({ ...kept, settings: { ...kept.settings, directory } }, 0);
    await store.close();
    assert.deepEqual(
      (await toMend()).filter((line) => line.includes('admins')),
      ['mend  admins: nobody can change the settings. Set ADMIN to an object id, and start again.'],
    );
  });

  it('tells a share that replaces no open file, and one on which SQLite is not safe', () => {
    const config = readConfig({});
    for (const smb of [0x517b, 0xff534d42, 0xfe534d42]) {
      assert.equal(lookAtKeyShare(config, () => smb)[0]?.is, 'mend');
      assert.equal(lookAtDataShare(config, () => smb)[0]?.is, 'mend');
    }
    assert.deepEqual(
      [lookAtKeyShare(config, () => 0x6969)[0]?.is, lookAtDataShare(config, () => 0x6969)[0]?.is],
      ['ok', 'mend'],
    );
    assert.equal(lookAtNode('22.17.9')[0]?.is, 'mend');
    assert.equal(lookAtNode('22.18.0')[0]?.is, 'ok');
  });

  const ANSWERS: [what: string, status: number, apart: number, says: RegExp[]][] = [
    ['a clock that is a minute and more off', 200, 61_000, [/^ok/, /^mend {2}clock: it is 61 seconds off/]],
    ['a tenant that Microsoft does not know', 400, 0, [/^mend {2}Microsoft: it does not know the tenant/, /^ok/]],
    ['a proxy that answers', 502, 0, [/^mend {2}Microsoft: it answers 502/, /^ok/]],
  ];
  for (const [what, status, apart, says] of ANSWERS)
    it(`tells ${what}`, async () => {
      const { server, address } = await startEntra(status, new Date(NOW.getTime() - apart));
      try {
        const lines = (await lookAtMicrosoft(address, () => NOW)).map(toLine);
        assert.equal(lines.length, says.length);
        for (const [at, line] of lines.entries()) assert.match(line, says[at]!);
      } finally {
        await new Promise((resolve) => server.close(resolve));
      }
    });

  it('tells a secret that Microsoft does not take, by asking as the bot does, and repeats it nowhere', async () => {
    const asked: string[] = [];
    const server = createServer((request, response) => {
      let body = '';
      request.on('data', (part) => (body += String(part)));
      request.on('end', () => {
        asked.push(`${request.method} ${request.url} ${body}`);
        response.statusCode = request.method === 'POST' ? 401 : 200;
        response.setHeader('date', NOW.toUTCString());
        response.end(JSON.stringify({ error_description: `${SECRET} is not it` }));
      });
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    try {
      const entra = `http://127.0.0.1:${(server.address() as AddressInfo).port}/tenant`;
      world = { ...world, entra: () => entra };
      const lines = await toMend();
      assert.equal(lines.length, 1);
      assert.match(lines[0] ?? '', /^mend {2}secret of the bot: Microsoft does not take it/);
      assert.ok(!lines.join('').includes(SECRET));
      assert.match(asked[0] ?? '', /^GET \/tenant\/v2.0\/\.well-known\/openid-configuration /);
      assert.match(
        asked[1] ?? '',
        /^POST \/tenant\/oauth2\/v2\.0\/token grant_type=client_credentials&client_id=1f0c1f3e/,
      );
      assert.equal(asked.length, 2);
    } finally {
      await new Promise((resolve) => server.close(resolve));
    }
  });

  it('waits no longer than it was told for a Microsoft that does not answer', async () => {
    const server = createServer(() => {}).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const address = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const [finding] = await lookAtMicrosoft(address, () => NOW, 20);
    assert.match(toLine(finding!), /^mend {2}Microsoft: .*cannot be reached/);
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  it('finds the containers of Cosmos DB that are missing, and makes none', async function () {
    this.timeout(20_000);
    const test = await openAccount();
    try {
      const { account } = test;
      Object.assign(environment(), { COSMOS_ENDPOINT: account.endpoint, COSMOS_KEY: account.access.key });
      environment()['COSMOS_DATABASE'] = 'forthright-none';
      for (const time of ['first', 'second']) {
        const line = (await toMend()).find((one) => one.startsWith('mend  store'));
        assert.match(line ?? '', /containers are not as this release wants them: questions, /, time);
      }
      environment()['COSMOS_DATABASE'] = account.database;
      assert.ok((await look()).includes('ok    store: reached, with all its containers'));
    } finally {
      await test.close();
    }
  });

  it('ends with 1 where there is something to mend, with 0 where not', () => {
    const main = new URL('../../infra/doctor.ts', import.meta.url).pathname;
    const { DATA_DIR = '', KEY_FILE = '', DIRECTORY_FILE = '' } = environment();
    const run = (settings: Record<string, string>) =>
      spawnSync(process.execPath, ['--no-warnings', main], {
        env: { PATH: process.env['PATH'] ?? '', DATA_DIR, KEY_FILE, DIRECTORY_FILE, ...settings },
        encoding: 'utf8',
        timeout: 12_000,
      });
    const well = run({});
    assert.equal(well.status, 0, well.stdout + well.stderr);
    assert.match(well.stdout, /local mode[^]*All is well\.\n$/);
    const ill = run({ PORT: 'none' });
    assert.equal(ill.status, 1);
    assert.match(ill.stdout, /^mend {2}settings: PORT[^]*1 to mend\.\n$/m);
  });
});
