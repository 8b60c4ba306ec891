import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { parseEnv } from 'node:util';
import { parse } from 'yaml';
import { readConfig } from '../../bot/config.ts';
import { TENANT } from '../support/cast.ts';
import { commandOf, contextOf, environmentOf, readDockerfile, root, stepsOf } from './dockerfile.ts';

const { stages } = readDockerfile();
const image = stages.at(-1)!;
const read = (file: string): string => readFileSync(join(root, file), 'utf8');

const credentials = {
  MICROSOFT_APP_ID: 'b07f0247-3333-4444-8555-fab21ca0b075',
  MICROSOFT_APP_PASSWORD: 'xylophagous secret',
  MICROSOFT_APP_TENANT_ID: TENANT.id,
};

/** Where it would be in the image: the bot begins relative paths where it is started. */
const inImage = (path: string): string => join(stepsOf(image, 'WORKDIR')[0]?.text ?? '', relative(process.cwd(), path));

describe('the Dockerfile', () => {
  it('takes one base for all stages, by its digest: tomorrow the same one', () => {
    const bases = new Set(stages.map(({ from }) => from));
    assert.equal(bases.size, 1);
    assert.match([...bases][0] ?? '', /^node:24[\w.-]*@sha256:[0-9a-f]{64}$/);
  });

  it('installs by the lock file alone, runs nobody’s install scripts, and ships no packages of development', () => {
    const installs = stages.flatMap((stage) => stepsOf(stage, 'RUN').filter(({ text }) => text.startsWith('npm ')));
    assert.equal(installs.length, 2, 'The premise');
    assert.ok(installs.every(({ text }) => text.startsWith('npm ci ') && text.includes('--ignore-scripts')));
    const shipped = stepsOf(image, 'COPY').find(({ text }) => text.includes('node_modules'));
    const from = stages.find(({ name }) => name === shipped?.flags['from']);
    assert.ok(from && stepsOf(from, 'RUN').every(({ text }) => text.includes('--omit=dev')));
  });

  it('runs as somebody without rights, from the last step that could need some', () => {
    const verbs = image.steps.map(({ verb }) => verb);
    assert.deepEqual(
      stepsOf(image, 'USER').map(({ text }) => text),
      ['node'],
    );
    assert.ok(verbs.lastIndexOf('RUN') < verbs.indexOf('USER') && verbs.lastIndexOf('COPY') < verbs.indexOf('USER'));
  });

  it('starts as npm start does, without npm, which would stand between the bot and its signals', () => {
    const { scripts } = JSON.parse(read('package.json')) as { scripts: { start: string } };
    const [command] = stepsOf(image, 'CMD');
    assert.ok(command);
    assert.equal(commandOf(command).join(' '), scripts.start.replace(' --env-file-if-exists=.env', ''));
  });

  it('keeps data and keys in volumes apart, where .env.example has them: the same file serves with and without it', () => {
    const settings = { ...environmentOf(image), ...parseEnv(read('.env.example')) };
    const config = readConfig({ ...settings, ...credentials });
    assert.equal(config.isLocal, false);
    const volumes = JSON.parse(stepsOf(image, 'VOLUME')[0]?.text ?? '[]') as string[];
    assert.ok(volumes.includes(inImage(config.dataDir)));
    assert.ok(volumes.includes(dirname(inImage(config.keyFile))));
    assert.notEqual(config.dataDir, dirname(config.keyFile));
    assert.throws(() => readConfig(settings), /NODE_ENV is production/, 'Without credentials it refuses to start');
  });

  it('is sent nothing that is secret, and all that it copies', () => {
    const sent = contextOf();
    for (const name of ['.env', 'data', 'keys', 'directory.json', '.git', 'node_modules', 'test', 'dist'])
      assert.ok(!sent.includes(name), name);
    const copied = stages.flatMap((stage) =>
      stepsOf(stage, 'COPY').flatMap(({ flags, words }) => (flags['from'] ? [] : words.slice(0, -1))),
    );
    assert.ok(copied.includes('bot'), 'The premise');
    assert.deepEqual(
      copied.filter((name) => !sent.includes(name) || !existsSync(join(root, name))),
      [],
    );
  });
});

describe('compose.yaml', () => {
  type Service = Record<string, any>;
  const { services } = parse(read('compose.yaml')) as { services: Record<'bot' | 'cosmos', Service> };
  const { bot, cosmos } = services;

  it('gives the bot a tree that it cannot write, no rights, and somebody who passes signals on', () => {
    assert.deepEqual(
      { init: bot['init'], read_only: bot['read_only'], cap_drop: bot['cap_drop'], opt: bot['security_opt'] },
      { init: true, read_only: true, cap_drop: ['ALL'], opt: ['no-new-privileges:true'] },
    );
  });

  it('uses the emulator that the tests use, and opens it and the bot to this machine alone', () => {
    const { file, service } = cosmos['extends'] as { file: string; service: string };
    const base = parse(read(file)) as { services: Record<string, Service> };
    const ports = [...(base.services[service]?.['ports'] ?? []), ...cosmos['ports']] as string[];
    assert.equal(ports.length, 2);
    assert.ok(
      ports.every((port) => port.startsWith('127.0.0.1:')),
      ports.join(),
    );
    assert.match(base.services[service]?.['image'] ?? '', /^mcr\.microsoft\.com\/cosmosdb\//);
  });

  it('has settings that the bot takes, with the key file in a volume', () => {
    const settings = { ...parseEnv(read('.env.example')), ...credentials, ...bot['environment'] };
    const config = readConfig({ ...environmentOf(image), ...settings });
    assert.equal(config.cosmos.endpoint, 'http://localhost:8081');
    assert.equal(bot['network_mode'], 'service:cosmos', 'So localhost is where the emulator listens');
    const mounts = (bot['volumes'] as string[]).map((volume) => volume.split(':')[1]);
    assert.deepEqual(
      mounts,
      [dirname(inImage(config.keyFile)), inImage(config.directoryFile)],
      'Keys outlive the container',
    );
  });
});
