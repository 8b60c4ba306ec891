import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { strFromU8, unzipSync } from 'fflate';
import { incoming } from './support/activities.ts';
import { ana, CHANNEL, ines, kofi, noor, type Person, TENANT } from './support/cast.ts';
import { type Card, makeClient, textOf } from './support/client.ts';
import { bearer } from './support/desk-api.ts';
import { post } from './support/post.ts';
import { type SignInIssuer, startSignIn } from './support/sign-in.ts';
import { startTeams, type Teams } from './support/teams.ts';

const root = join(import.meta.dirname, '..');
const guide = readFileSync(join(root, 'docs/admin.md'), 'utf8');

/** What the guide says to type, in its order: blocks that are marked as rehearsed. */
const blocks = [...guide.matchAll(/^```(sh|ini|json) rehearsed(?: (\S+))?\n([^]*?)^```/gm)].map(
  ([, kind = '', file = '', text = '']) => ({ kind, file, text: text.trim() }),
);
const command = (begins: string): string => {
  const found = blocks.find(({ kind, text }) => kind === 'sh' && text.startsWith(begins));
  assert.ok(found, `The guide does not say: ${begins}`);
  return found.text;
};

/** What people press and type stands in the guide, or nobody who follows it would find it. */
const told = (mark: '**' | '`' | '_', words: string): string => {
  assert.ok(guide.includes(`${mark}${words}${mark}`), `The guide does not tell of ${words}`);
  return words;
};

/** Whoever follows the guide puts in their own people. */
const OWN = [
  ['1f0c1f3e-0000-4000-8000-000000000002", "name": "Ines Duarte', ines],
  ['1f0c1f3e-0000-4000-8000-000000000004", "name": "Kofi Mensah', kofi],
  ['1f0c1f3e-0000-4000-8000-000000000005", "name": "Ana Petrov', ana],
] as const;

const QUESTION = 'Why did we close the Lyon office without telling the people who work there first?';
const ANSWER = 'Because I was wrong about what you would make of it.';
const START_MS = 20_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

/** A fresh copy of the sources, beside packages that are installed. */
function checkOut(): string {
  const folder = mkdtempSync(join(tmpdir(), 'forthright-first-day-'));
  for (const name of ['package.json', '.env.example', 'bot', 'cards', 'infra', 'manifest', 'tab'])
    cpSync(join(root, name), join(folder, name), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'));
  return folder;
}

/** Follows docs/admin.md by its own words, with stand-ins in place of Azure and Teams. */
describe('the first day, by docs/admin.md', () => {
  let folder: string;
  let port: number;
  let teams: Teams;
  let issuer: SignInIssuer;
  let bot: { child: ChildProcess; output: string } | undefined;

  /** As a shell does it, in the folder; at a port that is free on this machine. */
  const sh = (text: string): string => {
    const { status, stdout, stderr } = spawnSync(text.replaceAll('3978', String(port)), {
      cwd: folder,
      shell: true,
      encoding: 'utf8',
      timeout: 30_000,
    });
    assert.equal(status, 0, `${text}\n${stdout}${stderr}`);
    return stdout;
  };

  /** Ends what was started, and whatever npm started for it: they are a group of their own. */
  const stop = async (): Promise<void> => {
    if (!bot) return;
    const { child } = bot;
    bot = undefined;
    if (child.exitCode !== null || child.pid === undefined) return;
    // Closed, and not only exited: the shell is gone before what it started.
    const ended = once(child, 'close');
    process.kill(-child.pid, 'SIGTERM');
    await ended;
  };

  const start = async (settings: Record<string, string> = {}): Promise<string> => {
    const env = { ...process.env, ...settings, PORT: String(port) };
    const child = spawn(command('npm start'), { cwd: folder, shell: true, detached: true, env });
    const started = (bot = { child, output: '' });
    // A run that is cut short must not leave a bot behind.
    const leave = () => void (child.pid !== undefined && process.kill(-child.pid, 'SIGKILL'));
    process.once('exit', leave);
    child.once('close', () => process.off('exit', leave));
    for (const stream of [child.stdout, child.stderr]) stream?.on('data', (part) => (started.output += String(part)));
    for (let waited = 0; !/"code":"listening/.test(started.output); waited += 50) {
      assert.ok(waited < START_MS && child.exitCode === null, `It never listened:\n${started.output}`);
      await delay(50);
    }
    return started.output;
  };

  const url = () => `http://127.0.0.1:${port}`;

  const client = (person: Person) => makeClient(url, teams.url, person);
  const api = async (who: Person, path: string, init: RequestInit = {}): Promise<any> => {
    const headers = { ...bearer(issuer.tokenOf(who)), 'content-type': 'application/json' };
    const response = await fetch(`${url()}${path}`, { ...init, headers });
    assert.equal(response.status, 200, `${path}: ${await response.clone().text()}`);
    return response.json();
  };

  /** The last card in somebody's chat that shows this text. */
  const card = (person: Person, text: string): Promise<Card> =>
    teams.until(() =>
      teams
        .conversation(person.conversationId)
        .map(({ card: seen }) => (seen ?? {}) as Card)
        .findLast((seen) => textOf(seen).includes(text)),
    );

  /** What stands in the channel where the question does: its post, and those below. */
  const thread = (): string[] =>
    teams
      .channelThreads(CHANNEL.id)
      .map((posts) => posts.map(({ card: seen }) => textOf((seen ?? {}) as Card)))
      .find(([first = '']) => first.includes(QUESTION)) ?? [];

  before(async function () {
    this.timeout(60_000);
    if (process.platform === 'win32') this.skip();
    assert.equal(blocks.length, 7, 'The premise: the guide has blocks to rehearse');
    folder = checkOut();
    port = await freePort();
    teams = await startTeams();
    issuer = await startSignIn({ audience: 'b07f0247-3333-4444-8555-fab21ca0b075', tenant: TENANT.id });
  });
  after(async function () {
    this.timeout(30_000);
    await stop();
    await teams?.stop();
    await issuer?.stop();
    if (folder) rmSync(folder, { recursive: true, force: true });
  });

  it('looks at what would be registered with Microsoft: the settings that come of it, and nothing done', () => {
    const settings = blocks.find(({ kind }) => kind === 'ini')?.text ?? '';
    const named = [...sh(command('sh infra/identity.sh')).matchAll(/^([A-Z_]+)=/gm)].map(([, name = '']) => name);
    assert.ok(named.length > 3, 'The premise: the script names settings');
    assert.deepEqual(
      named.filter((name) => !settings.includes(`${name}=`)),
      [],
    );
    assert.ok(!existsSync(join(folder, '.env')), 'It writes nothing before somebody says --run');
  });

  it('sets up: settings, people', () => {
    sh(command('cp .env.example'));
    let env = readFileSync(join(folder, '.env'), 'utf8');
    for (const line of blocks.find(({ kind }) => kind === 'ini')?.text.split('\n') ?? []) {
      const name = line.slice(0, line.indexOf('='));
      assert.match(env, new RegExp(`^${name}=`, 'm'), `${name} stands in .env.example`);
      // The value is no pattern of String.replace.
      env = env.replace(new RegExp(`^${name}=.*$`, 'm'), () => line);
    }
    writeFileSync(join(folder, '.env'), env);
    const directory = blocks.find(({ kind }) => kind === 'json')!;
    assert.equal(directory.file, 'directory.json');
    const own = OWN.reduce((text, [example, person]) => {
      assert.ok(text.includes(example), `The premise: ${example} stands in the guide`);
      return text.replace(example, `${person.aadObjectId}", "name": "${person.name}`);
    }, directory.text);
    writeFileSync(join(folder, directory.file), own);
  });

  it('starts with these settings as in production, says so, and is ready', async function () {
    this.timeout(60_000);
    assert.match(await start(), /"code":"listening","port"/);
    assert.ok(guide.includes('"code":"listening"'));
    sh(command('curl'));
    for (const name of ['data', 'keys']) assert.ok(existsSync(join(folder, name)), `The bot makes ${name}`);
    await stop();
  });

  it('packs the app for Teams from the same settings', function () {
    this.timeout(30_000);
    sh(command('npm run package'));
    const zip = unzipSync(readFileSync(join(folder, told('`', 'dist/forthright.zip'))));
    const manifest = JSON.parse(strFromU8(zip['manifest.json']!)) as {
      bots: { botId: string }[];
      validDomains: string[];
    };
    const settings = blocks.find(({ kind }) => kind === 'ini')?.text ?? '';
    assert.ok(settings.includes(`MICROSOFT_APP_ID=${manifest.bots[0]?.botId}`));
    assert.ok(manifest.validDomains.some((domain) => settings.includes(`PUBLIC_URL=https://${domain}`)));
  });

  describe('with Teams and Microsoft’s sign-in played', () => {
    before(async function () {
      this.timeout(60_000);
      await stop();
      // What Microsoft is to the bot; everything else stays as the guide has it. Notices would wait for a quarter of an hour.
      const standIns = { MICROSOFT_APP_ID: '', MICROSOFT_APP_PASSWORD: '', SERVICE_URL: teams.url, ...issuer.settings };
      assert.match(await start({ ...standIns, NOTICE_MINUTES: '0' }), /listening-local/);
    });

    it('lets the first admin in, whose save rules from then on', async () => {
      assert.deepEqual((await api(ana, '/api/me')).roles, ['admin']);
      const { settings, last } = await api(ana, '/api/settings');
      assert.deepEqual(
        settings.directory.leaders.map(({ name }: { name: string }) => name),
        [ines.name],
      );
      await api(ana, '/api/settings', { method: 'PUT', body: JSON.stringify({ settings, last }) });
      await teams.until(async () => (await api(ana, '/api/settings')).last > last);
    });

    it('goes from the first question to its answer in the channel, and back to who asked', async function () {
      this.timeout(30_000);
      for (const person of [noor, ines, kofi]) await client(person).installs();
      const activity = incoming({ serviceUrl: teams.url });
      await post(url(), activity.installsInTeam(ana));
      await post(url(), activity.isAddedToTeam(ana));

      await client(noor).says(told('`', 'ask'));
      const offer = await card(noor, told('**', 'Ask privately'));
      const form = await client(noor).press(offer, 'Ask privately');
      assert.equal(form.dialog, true, 'The form opens in a window of its own');
      await client(noor).press(form.card, told('**', 'Send'), { words: QUESTION });

      const asked = await card(ines, QUESTION);
      const answering = await client(ines).press(asked, told('**', 'Answer'));
      await client(ines).press(answering.card, 'Send', { words: ANSWER });

      const toCurate = await card(kofi, told('**', 'Publish in General'));
      await client(kofi).press(toCurate, 'Publish in General');
      await teams.until(() => thread().length === 2);
      assert.ok(thread()[1]?.includes(ANSWER));

      const notice = await card(noor, 'A question you follow has an update.');
      const list = await client(noor).press(notice, told('**', 'My questions'));
      assert.match(textOf(list.card), /Answered and published/);
    });
  });
});
