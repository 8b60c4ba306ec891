import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sinon from 'sinon';
import { readConfig } from '../bot/config.ts';
import { makeLog } from '../bot/log.ts';
import { start } from '../bot/main.ts';
import { incoming } from './support/activities.ts';
import { directoryJson, kofi, noor, TENANT } from './support/cast.ts';
import { type Made, makeCertificate } from './support/certificate.ts';
import { bearer } from './support/desk-api.ts';
import { type Claims, ISSUER, type Issuer, startIssuer } from './support/issuer.ts';
import type { Grant } from './support/login.ts';
import { type Microsoft, startMicrosoft } from './support/microsoft.ts';
import { post } from './support/post.ts';
import { type SignInIssuer, startSignIn } from './support/sign-in.ts';

const DESK = 'de5c0247-3333-4444-8555-fab21ca0b075';
const SECRET = 'xylophagous secret';
const SERVICE = 'https://smba.trafficmanager.net/amer/';
const ENTRA = `https://login.microsoftonline.com/${TENANT.id}/v2.0`;
const OTHER = '5eed7e00-1111-4222-8333-fab21ca0f00e';
const HOUR_S = 3600;

const seconds = (): number => Math.floor(Date.now() / 1000);
const encode = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** The same claims, and the word that they need no signature. */
const unsigned = (token: string): string => {
  const [, claims] = token.split('.');
  return `${encode({ alg: 'none', typ: 'JWT' })}.${claims}.`;
};

let certificate: Made;
let microsoft: Microsoft;

type Bot = { app: string; url: string; folder: string; lines: string[]; stop(): Promise<void> };

/** The bot as it runs in production, with the SDK's checks and ours; only the cables lead elsewhere. */
async function startBot(settings: Readonly<Record<string, string>>): Promise<Bot> {
  const folder = mkdtempSync(join(tmpdir(), 'forthright-tokens-'));
  writeFileSync(join(folder, 'directory.json'), JSON.stringify(directoryJson()));
  writeFileSync(join(folder, 'bot.pem'), certificate.certificate + certificate.key);
  // The SDK keeps the tokens that a bot was given for as long as the process lives.
  const app = randomUUID();
  const lines: string[] = [];
  const places = { DATA_DIR: 'data', KEY_FILE: 'keys/keys.json', DIRECTORY_FILE: 'directory.json' };
  const inFolder = Object.fromEntries(Object.entries(places).map(([name, path]) => [name, join(folder, path)]));
  const at = { PORT: '0', HOST: '127.0.0.1', ...inFolder };
  const credentials = { MICROSOFT_APP_ID: app, MICROSOFT_APP_TENANT_ID: TENANT.id, TAB_AUDIENCE: DESK };
  const environment = { NODE_ENV: 'production', ...at, ...credentials, ...settings };
  if ('MICROSOFT_APP_CERTIFICATE' in environment) environment.MICROSOFT_APP_CERTIFICATE = join(folder, 'bot.pem');
  const running = await start(
    readConfig(environment),
    makeLog((line) => void lines.push(line)),
  );
  return {
    app,
    url: `http://127.0.0.1:${running.port}`,
    folder,
    lines,
    async stop() {
      await running.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What the Bot Connector says in a token, as long as a test wants nothing else. */
const claimsOfTeams = (app: string) => ({
  iss: ISSUER,
  aud: app,
  serviceurl: SERVICE,
  nbf: seconds() - 60,
  exp: seconds() + HOUR_S,
});

describe('Tokens, through the running bot', () => {
  before(async () => {
    certificate = makeCertificate();
    microsoft = await startMicrosoft({ secret: SECRET, certificate, audience: DESK });
    // The SDK prints what it knows of a token that it refuses; bot/main.ts mutes the console, which a test may not.
    sinon.replace(console, 'error', () => {});
  });
  after(() => microsoft.stop());

  describe('that come in', () => {
    let bot: Bot;
    /** Others who have keys by the same names. */
    let strangers: { issuer: Issuer; entra: SignInIssuer };

    before(async () => {
      bot = await startBot({ MICROSOFT_APP_PASSWORD: SECRET });
      const entra = await startSignIn({ audience: DESK, tenant: TENANT.id });
      strangers = { issuer: await startIssuer(), entra };
    });
    after(async () => {
      await bot.stop();
      await Promise.all([strangers.issuer.stop(), strangers.entra.stop()]);
    });

    type Door = {
      /** What is answered to a request with this token. */
      open(token: string): Promise<number>;
      token(claims?: Claims, header?: Claims): string;
      /** By somebody whose key is not Microsoft's. */
      forged(): string;
      rotate(): void;
      /** Somebody else of the same kind. */
      otherIssuer: string;
      otherTenant: Claims;
    };

    const doors: Record<string, Door> = {
      'of Teams': {
        async open(token) {
          const activity = incoming({ serviceUrl: SERVICE }).says(noor, 'help');
          return (await post(bot.url, activity, { headers: bearer(token) })).status;
        },
        token: (claims, header) => microsoft.issuer.sign({ ...claimsOfTeams(bot.app), ...claims }, header),
        forged: () => strangers.issuer.sign(claimsOfTeams(bot.app)),
        rotate: () => microsoft.issuer.rotate(),
        otherIssuer: `https://sts.windows.net/${TENANT.id}/`,
        otherTenant: { tid: OTHER },
      },
      'of the desk': {
        async open(token) {
          const answer = await fetch(`${bot.url}/api/me`, { headers: bearer(token) });
          await answer.body?.cancel();
          return answer.status;
        },
        token: (claims, header) => microsoft.entra.tokenOf(kofi, { iss: ENTRA, ...claims }, header),
        forged: () => strangers.entra.tokenOf(kofi, { iss: ENTRA }),
        rotate: () => microsoft.entra.rotate(),
        otherIssuer: 'https://login.microsoftonline.com/common/v2.0',
        otherTenant: { tid: OTHER, iss: ENTRA.replace(TENANT.id, OTHER) },
      },
    };

    const rows: Record<string, [status: 200 | 401, token: (door: Door) => string]> = {
      'good ones are taken': [200, (door) => door.token()],
      'expired ones are refused': [401, (door) => door.token({ nbf: seconds() - HOUR_S, exp: seconds() - 400 })],
      'ones for another application are refused': [401, (door) => door.token({ aud: randomUUID() })],
      'ones for each other’s application are refused': [
        401,
        (door) => door.token({ aud: door === doors['of Teams'] ? DESK : bot.app }),
      ],
      'ones of another issuer are refused': [401, (door) => door.token({ iss: door.otherIssuer })],
      'ones of another tenant are refused': [401, (door) => door.token(door.otherTenant)],
      'ones that say they need no signature are refused': [401, (door) => unsigned(door.token())],
      'ones that say so and are signed are refused': [401, (door) => door.token({}, { alg: 'none' })],
      'ones signed with somebody else’s key are refused': [401, (door) => door.forged()],
      'ones with changed claims are refused': [
        401,
        (door) => door.token().replace(/\.[^.]+\./, `.${door.token({ name: 'Ana' }).split('.')[1]}.`),
      ],
      'none at all is refused': [401, () => ''],
    };
    for (const [kind, door] of Object.entries(doors))
      for (const [what, [status, token]] of Object.entries(rows))
        it(`${kind}: ${what}`, async () => assert.equal(await door.open(token(door)), status));

    it('of Teams open no door but their own, and neither do those of the desk', async () => {
      const [teams, desk] = [doors['of Teams']!, doors['of the desk']!];
      assert.deepEqual([await teams.open(desk.token()), await desk.open(teams.token())], [401, 401]);
    });

    for (const [kind, door] of Object.entries(doors))
      it(`${kind}: once keys were rotated, those of the new key are taken, and new ones of the old key refused`, async () => {
        assert.equal(await door.open(door.token()), 200, 'the premise');
        const late = 2 * HOUR_S;
        const ofOldKey = door.token({ exp: seconds() + 4 * HOUR_S });
        door.rotate();
        // Microsoft's keys are looked up again after an hour.
        const up = performance.now.bind(performance);
        const clock = sinon.useFakeTimers({ now: Date.now() + late * 1000, toFake: ['Date'] });
        performance.now = () => up() + late * 1000;
        try {
          assert.equal(await door.open(door.token()), 200);
          assert.equal(await door.open(ofOldKey), 401);
        } finally {
          delete (performance as { now?: unknown }).now;
          clock.restore();
        }
      });

    it('leave no trace in the log', () => {
      const log = bot.lines.join('');
      assert.ok(log.includes('listening'), 'the premise');
      for (const trace of ['eyJ', SECRET, noor.aadObjectId, kofi.aadObjectId, kofi.name])
        assert.ok(!log.includes(trace), trace);
    });
  });

  describe('that go out', () => {
    const MANAGED = { MICROSOFT_APP_TYPE: 'UserAssignedMSI' };
    type Way = {
      settings: Record<string, string>;
      isManaged?: true;
      by: Grant['by'];
      audience: string;
    };
    const ways: Record<string, Way> = {
      'by a client secret': {
        settings: { MICROSOFT_APP_PASSWORD: SECRET },
        by: 'secret',
        audience: `${ISSUER}/.default`,
      },
      'by a certificate': {
        settings: { MICROSOFT_APP_CERTIFICATE: 'bot.pem' },
        by: 'certificate',
        audience: `${ISSUER}/.default`,
      },
      'by a managed identity': {
        settings: MANAGED,
        isManaged: true,
        by: 'managed identity',
        audience: ISSUER,
      },
    };

    const unset: string[] = [];
    const sets = (environment: Readonly<Record<string, string>>) => {
      Object.assign(process.env, environment);
      unset.push(...Object.keys(environment));
    };
    let bot: Bot | undefined;
    afterEach(async () => {
      await bot?.stop();
      bot = undefined;
      for (const name of unset.splice(0)) delete process.env[name];
    });

    /** Noor writes a word, and the bot answers in her chat, if it may. */
    async function writes({ url, app }: Bot): Promise<number> {
      const token = microsoft.issuer.sign(claimsOfTeams(app));
      const activity = incoming({ serviceUrl: SERVICE }).says(noor, 'help');
      return (await post(url, activity, { headers: bearer(token) })).status;
    }

    for (const [name, { settings, isManaged, by, audience }] of Object.entries(ways))
      it(`${name}: the bot asks once, and shows it with each message`, async () => {
        if (isManaged) sets(microsoft.login.machine);
        // What else a machine may offer is not the bot's.
        sets({ AZURE_TENANT_ID: OTHER, AZURE_CLIENT_ID: randomUUID(), AZURE_CLIENT_SECRET: 'of somebody else' });
        bot = await startBot(settings);
        const [asked, shown, before] = [
          microsoft.login.grants.length,
          microsoft.shown.length,
          microsoft.teams.chatWith(noor).length,
        ];
        assert.deepEqual([await writes(bot), await writes(bot)], [200, 200]);
        assert.equal(microsoft.teams.chatWith(noor).length, before + 2);
        assert.deepEqual(microsoft.login.grants.slice(asked), [{ by, client: bot.app, audience }]);
        const token = `Bearer token ${asked + 1}`;
        assert.deepEqual([...new Set(microsoft.shown.slice(shown))], [token]);
        assert.doesNotMatch(bot.lines.join(''), /token \d|xylophagous/);
      });

    for (const [name, { settings, isManaged }] of Object.entries(ways))
      it(`${name}: where Microsoft refuses, nothing goes to Teams, and the log keeps what is secret`, async () => {
        if (isManaged) sets(microsoft.login.machine);
        bot = await startBot(settings);
        const before = microsoft.shown.length;
        microsoft.login.refuses = true;
        await writes(bot);
        microsoft.login.refuses = false;
        assert.equal(microsoft.shown.length, before);
        assert.ok(
          bot.lines.some((line) => line.includes('"code":"NoToken"')),
          bot.lines.join(''),
        );
        assert.doesNotMatch(bot.lines.join(''), /xylophagous|AADSTS|PRIVATE|eyJ/);
        await writes(bot);
        assert.ok(microsoft.shown.length > before, 'the premise: otherwise it goes');
      });
  });
});
