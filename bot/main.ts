import { randomBytes, randomInt } from 'node:crypto';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Clock, type Deps, type Ids, type Store, StoreAway, VaultAway } from './app/ports.ts';
import { makeAnswers } from './app/answers.ts';
import { startJobs } from './app/jobs.ts';
import { startMixer } from './app/mixer.ts';
import { makeNextNotices } from './app/notices.ts';
import { makePace } from './app/pace.ts';
import { startRunner } from './app/runner.ts';
import { startTally } from './app/tally.ts';
import { timedWork } from './app/timed.ts';
import { readCertificate } from './certificate.ts';
import { type Config, ConfigFault, readConfig } from './config.ts';
import { DirectoryFault } from './directory-file.ts';
import { makeApi } from './http/api/open.ts';
import { routes } from './http/api/routes.ts';
import { listen, listenForOperators } from './http/server.ts';
import { type Log, makeLog } from './log.ts';
import { KeyFault } from './seal/keyfile.ts';
import { Keys } from './seal/keys.ts';
import { makeOpener, makeSealer } from './seal/sealer.ts';
import { openSettings } from './settings.ts';
import { StoreFault, toStoreFault } from './store/faults.ts';
import { makeSearch } from './store/search.ts';
import { openSqlite } from './store/sqlite.ts';
import type { Telemetry } from './telemetry.ts';
import { type Credentials, makeAuthentication, makeTake } from './teams/adapter.ts';
import { makeBot } from './teams/bot.ts';
import { makeConnector } from './teams/connector.ts';
import { makeCourier } from './teams/courier.ts';

export interface Running {
  port: number;
  /** Takes no more requests, finishes what was taken, and closes the store. */
  stop(): Promise<void>;
}

const ids: Ids = { fresh: () => randomBytes(16).toString('base64url'), chance: () => randomInt(2 ** 47) / 2 ** 47 };
const systemClock: Clock = { now: () => new Date() };
const uptime = (): number => performance.now();
/** What `npm run build:tab` makes of tab/. */
const DESK = new URL('../dist/tab/', import.meta.url);
const databaseOf = ({ dataDir }: Config): string => join(dataDir, 'forthright.db');

/** The parts through which the bot meets what is outside it. Tests put their own around them. */
export const REAL = {
  clock: systemClock,
  /** What stands between the store and the rest. */
  around: (store: Store): Store => store,
  makeAuthentication: (credentials: Credentials) => makeAuthentication(credentials),
  makeOpener,
  makeCourier,
  makePace,
  listen,
};
export type Parts = typeof REAL;

/** An operator who reads a remedy does not need it at every press of a button. */
const TELL_MS = 10 * 60_000;

/** Tells the operator what to do about a store that fails while the bot runs. The log has the code alone. */
function makeTell(database: string): (error: unknown) => void {
  const told = new Map<string, number>();
  return (error) => {
    if (typeof (error as { errcode?: unknown } | undefined)?.errcode !== 'number') return;
    const fault = toStoreFault(database, error);
    // Any other message is SQLite's, and may hold somebody's words.
    if (!(fault instanceof StoreFault)) return;
    const { message } = fault;
    if (uptime() - (told.get(message) ?? -Infinity) < TELL_MS) return;
    told.set(message, uptime());
    process.stderr.write(`${message}\n`);
  };
}

/** Wires everything and listens. Throws DirectoryFault, KeyFault or StoreFault with words for the operator. */
export async function start(config: Config, log: Log, parts: Parts = REAL): Promise<Running> {
  const { clock } = parts;
  const tell = makeTell(databaseOf(config));
  const fault = (error: unknown) => {
    tell(error);
    return log.fault(error);
  };
  const { isNew, open } = await findStore(config);
  const keys = await openKeys(config, isNew);
  const plain = parts.around(open());
  const telemetry = await telemetryOf(config, plain);
  const store = telemetry?.store(plain) ?? plain;
  const settings = await openSettings(config, { store: plain, clock }, log).catch(async (error: unknown) => {
    await plain.close();
    throw error;
  });
  const sealer = makeSealer(keys, clock, config);
  const auth = parts.makeAuthentication({ ...config, ...(await proofOf(config, clock)) });
  const connector = makeConnector(auth, config);
  // Runner, mixer and jobs are made from the same dependencies that wake them.
  const { appealTo } = config;
  const nextNotices = makeNextNotices(clock, config.noticeMinutes, (batch) => keys.chance('batch of notices', batch));
  const wake = () => [runner, mixer].forEach((one) => one.wake());
  const given = { store, sealer, clock, ids, appealTo, nextNotices };
  const tally = startTally({ store, clock, ring: keys, sealer }, fault);
  const rules = {
    directory: () => settings.now().directory,
    policy: () => settings.now().policy,
    reread: () => settings.reread(),
  };
  const answers = makeAnswers({ store, search: makeSearch(), uptime });
  const deps: Deps = { ...given, ...rules, answers, fault, wake, tally: (question) => tally.count(question) };
  const needs = { ...deps, connector, opener: parts.makeOpener(keys, config) };
  const plainCourier = parts.makeCourier(needs, config);
  const courier = telemetry?.courier(plainCourier) ?? plainCourier;
  const sending = { ...deps, courier, pace: parts.makePace(clock) };
  const runner = startRunner(sending, fault);
  const mixer = startMixer(deps, () => jobs.areOurs(), fault);
  const work = timedWork({ ...sending, ring: keys, keep: config.keepDays }, mixer);
  const jobs = startJobs({ store, clock, uptime, holder: ids.fresh(), fault }, work);
  const publicUrl = () => config.publicUrl || (config.isLocal ? localUrl(config.host, listening.port) : '');
  const bot = makeBot({ deps, sealer, connector, settings: { ...config, publicUrl } });
  const take = makeTake({ auth, appId: config.appId, tenant: config.tenant, bot, now: () => clock.now(), fault });
  const listening = await parts.listen(
    {
      take: telemetry?.turns(take) ?? take,
      store,
      fault,
      pages: { built: DESK, standInHost: config.signIn?.standInHost ?? '' },
      api: makeApi({ deps, routes, config, uptime, counted: telemetry?.counted }),
    },
    config,
  );
  const figures = config.metrics && telemetry && (await listenForOperators(() => telemetry.text(), config.metrics));
  wake();
  if (figures) log.info({ code: 'figures', port: figures.port });
  log.info({ code: config.isLocal ? 'listening-local' : 'listening', port: listening.port });
  return {
    port: listening.port,
    async stop() {
      settings.stop();
      await listening.stop();
      await figures?.stop();
      await jobs.stop();
      await mixer.stop();
      await tally.stop();
      await runner.stop();
      await store.close();
      log.info({ code: 'stopped' });
    },
  };
}

/** Nothing where nobody asked for figures or spans: then nothing is timed, and what times it is not loaded. */
async function telemetryOf({ metrics, traces }: Config, store: Store): Promise<Telemetry | undefined> {
  if (metrics === undefined && traces === 'off') return undefined;
  const { makeTelemetry } = await import('./telemetry.ts');
  return makeTelemetry({ traces: traces === 'on', deliveries: () => store.deliveries() });
}

const localUrl = (host: string, port: number): string => `http://${host.includes(':') ? `[${host}]` : host}:${port}`;

/** Where the data are kept. New: nothing is sealed in it, so that there may be keys to be made. Throws StoreFault. */
async function findStore(config: Config): Promise<{ isNew: boolean; open: () => Store }> {
  const { dataDir, cosmos } = config;
  if (cosmos.endpoint === '') {
    const file = join(dataDir, 'forthright.db');
    return { isNew: !existsSync(file), open: () => openSqlite(file) };
  }
  // Loaded where they are wanted: Azure's libraries are large.
  const { openCosmos } = await import('./store/cosmos.ts');
  const access = cosmos.key === '' ? { identity: await identityOf(config) } : { key: cosmos.key };
  const { store, isNew } = await openCosmos({ ...cosmos, access });
  return { isNew, open: () => store };
}

/** Throws KeyFault or VaultAway. */
async function openKeys(config: Config, mayMake: boolean): Promise<Keys> {
  const { keyFile, keyVault } = config;
  if (keyVault === '') return Keys.open(keyFile, { mayMake });
  const { makeAzureVault } = await import('./seal/vault-azure.ts');
  return Keys.unlock(keyFile, makeAzureVault(keyVault, await identityOf(config)), { mayMake });
}

/** How the bot shows who it is, where that is no password. Throws ConfigFault. */
async function proofOf(config: Config, clock: Clock): Promise<Pick<Credentials, 'certificate' | 'identity'>> {
  const { appType, appCertificate } = config;
  if (appType === 'UserAssignedMSI') return { identity: await identityOf(config) };
  return { certificate: appCertificate === '' ? undefined : readCertificate(appCertificate, clock.now()) };
}

async function identityOf({ appType, appId }: Config) {
  const { managedIdentity } = await import('./azure.ts');
  return managedIdentity(appType === 'UserAssignedMSI' ? appId : undefined);
}

const LOCAL_NOTICE =
  'Local mode: there are no Bot credentials, so nobody is authenticated and only this machine may connect. Not for real questions.\n';
const STOP_MS = 10_000;

/** Libraries print what they like, the SDK whole errors with conversation ids in them: only that they did is logged. */
function muteConsole(log: Log): void {
  for (const method of ['log', 'info', 'warn', 'error', 'debug'] as const) {
    console[method] = () => log.info({ code: 'library-printed' });
  }
}

/** Node would print the error whole, somebody's words perhaps with it. Whatever runs the bot starts it again. */
function endBy(log: Log, error: unknown): void {
  log.fault(error);
  process.exit(1);
}

/** What the operator reads where the bot cannot start; nothing where only the log can tell. */
function sayWhy(error: unknown): string | undefined {
  const isForOperator = [ConfigFault, DirectoryFault, KeyFault, StoreAway, StoreFault, VaultAway].some(
    (fault) => error instanceof fault,
  );
  if (isForOperator) return (error as Error).message;
  const { code, port } = error as { code?: unknown; port?: unknown };
  return code === 'EADDRINUSE'
    ? `PORT ${String(port)} is taken by another process. Stop that one, or set another PORT.`
    : undefined;
}

/** The whole process: settings from its environment, until a signal ends it. */
export async function main(): Promise<void> {
  const log = makeLog((line) => process.stdout.write(line));
  muteConsole(log);
  // Azure's libraries, loaded later, would write past the console what these ask for: addresses, and ids of rows.
  for (const name of ['AZURE_LOG_LEVEL', 'DEBUG', 'TYPESPEC_RUNTIME_LOG_LEVEL']) delete process.env[name];
  process.on('uncaughtException', (error) => endBy(log, error));
  try {
    const config = readConfig(process.env);
    if (config.isLocal) process.stderr.write(LOCAL_NOTICE);
    const running = await start(config, log);
    for (const signal of ['SIGTERM', 'SIGINT'] as const) {
      process.once(signal, () => {
        setTimeout(() => process.exit(1), STOP_MS).unref();
        void running.stop().then(
          () => process.exit(0),
          (error: unknown) => endBy(log, error),
        );
      });
    }
  } catch (error) {
    process.stderr.write(`${sayWhy(error) ?? `Forthright could not start (${log.fault(error)}).`}\n`);
    process.exitCode = 1;
  }
}
