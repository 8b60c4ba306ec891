import { subscribe } from 'node:diagnostics_channel';
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import { dirname } from 'node:path';
import { DatabaseSync, StatementSync } from 'node:sqlite';
import type { Config } from '../../bot/config.ts';
import { type Parts, REAL } from '../../bot/main.ts';
import { noPace } from '../support/app.ts';
import { type Aim, isHit, type Moment } from './points.ts';

const { writeSync } = fs;
let aim: Aim | undefined;

/** From now on the process dies at this point; what happened before does not count. */
export function takeAim(at: Aim | undefined): void {
  aim = at && { ...at };
}

/** Dies here where it was aimed at, as if the power were cut: nothing is flushed, closed or told. */
function reach(call: string, when: Moment): void {
  if (aim === undefined || !isHit(aim, call, when)) return;
  writeSync(process.stderr.fd, `killed at ${call} ${when}\n`);
  process.kill(process.pid, 'SIGKILL');
  // The signal ends the process before this returns, or soon after.
  for (;;);
}

type Call = (...values: unknown[]) => unknown;

function between(call: string, act: () => unknown): unknown {
  reach(call, 'before');
  const result = act();
  if (!(result instanceof Promise)) {
    reach(call, 'after');
    return result;
  }
  return result.then((value: unknown) => {
    reach(call, 'after');
    return value;
  });
}

/** The same port; each call of it is a point, named after port and method. */
const around = <Port extends object>(name: string, port: Port): Port =>
  new Proxy(port, {
    get(target, method) {
      const call: unknown = Reflect.get(target, method);
      if (typeof call !== 'function') return call;
      // Another store, and the same points.
      if (method === 'within') return (ms: number) => around(name, (call as Call).call(target, ms) as Port);
      const point = `${name}.${String(method)}`;
      // What is handed over to be called is a point, too: `courier.card.go` takes the lease.
      const handed = (value: unknown): unknown =>
        typeof value === 'function'
          ? (...given: unknown[]) => between(`${point}.go`, () => (value as Call)(...given))
          : value;
      return (...values: unknown[]) => between(point, () => (call as Call).apply(target, values.map(handed)));
    },
  });

/** The real parts, each call of which is a point. */
export const PARTS: Parts = {
  ...REAL,
  around: (store) => around('store', store),
  makeCourier: (...needs) => around('courier', REAL.makeCourier(...needs)),
  makeOpener: (...needs) => around('opener', REAL.makeOpener(...needs)),
  // Nobody has to wait a second between two cards.
  makePace: () => noPace,
  listen(needs, where) {
    const { take } = around('http', { take: (...taken: Parameters<typeof needs.take>) => needs.take(...taken) });
    return REAL.listen({ ...needs, take }, where);
  },
};

/** What was answered has left the process. */
function aroundAnswers(): void {
  subscribe('http.server.response.finish', () => reach('http.answer', 'after'));
}

/** Replaces a method, of an object or a prototype, by one whose every call is a point. */
function patch(owner: object, method: string, wrap: (call: Call) => (this: unknown, ...values: unknown[]) => unknown) {
  Reflect.set(owner, method, wrap(Reflect.get(owner, method) as Call));
}

const STATEMENTS: [point: string, sql: RegExp][] = [
  ['sqlite.begin', /^BEGIN/],
  ['sqlite.migrate', /PRAGMA user_version = /],
  ['sqlite.commit', /^COMMIT/],
];

function aroundSqlite(): void {
  patch(DatabaseSync.prototype, 'exec', (exec) => {
    return function (this: unknown, sql) {
      const point = STATEMENTS.find(([, pattern]) => pattern.test(String(sql)))?.[0] ?? 'sqlite.exec';
      if (point === 'sqlite.migrate' && aim?.call === 'sqlite.migrate.half') {
        const statements = String(sql).split(';');
        exec.call(this, statements.slice(0, statements.length / 2).join(';'));
        reach('sqlite.migrate.half', 'after');
      }
      return between(point, () => exec.call(this, sql));
    };
  });
  patch(StatementSync.prototype, 'get', (get) => {
    return function (this: unknown, ...values) {
      const isCheckpoint = (this as StatementSync).sourceSQL.startsWith('PRAGMA wal_checkpoint');
      return isCheckpoint ? between('sqlite.checkpoint', () => get.apply(this, values)) : get.apply(this, values);
    };
  });
}

/** Each request to Cosmos DB, by its method: some calls of the Store are several. */
function aroundCosmos(endpoint: string): void {
  patch(globalThis, 'fetch', (fetch) => (url, ...values) => {
    if (!String(url).startsWith(endpoint)) return fetch(url, ...values);
    const { method } = values[0] as { method: string };
    return between(`cosmos.${method.toLowerCase()}`, () => fetch(url, ...values));
  });
}

/** The steps in which the key file is replaced. Everything else that touches files is left alone. */
function aroundKeyFile(folder: string): void {
  const held = new Set<unknown>();
  const isOurs = (target: unknown) => held.has(target) || String(target).startsWith(folder);
  for (const method of [
    'openSync',
    'closeSync',
    'writeFileSync',
    'writeSync',
    'fsyncSync',
    'renameSync',
    'linkSync',
    'rmSync',
  ]) {
    patch(fs, method, (call) => (target, ...values) => {
      if (!isOurs(target)) return call(target, ...values);
      const result = between(`keys.${method}`, () => call(target, ...values));
      if (method === 'openSync') held.add(result);
      if (method === 'closeSync') held.delete(target);
      return result;
    });
  }
  syncBuiltinESMExports();
}

/** Makes a point of each step between this process and what outlives it. */
export function instrument({ keyFile, cosmos: { endpoint } }: Config): void {
  aroundAnswers();
  if (endpoint === '') aroundSqlite();
  else aroundCosmos(endpoint);
  aroundKeyFile(dirname(keyFile));
}
