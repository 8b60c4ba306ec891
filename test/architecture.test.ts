import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';

const root = join(import.meta.dirname, '..');

/** Which rooms each room of bot/ may import from, besides itself. The rooms and their direction are the design's. */
const MAY_IMPORT: Record<string, string[]> = {
  domain: [],
  app: ['domain'],
  cards: ['domain'],
  seal: ['app', 'domain'],
  store: ['app', 'domain'],
  teams: ['app', 'domain', 'cards'],
  http: ['app', 'domain', 'cards', 'directory-file.ts'],
};
/** Files beside the rooms: what they may import. `main.ts` may import everything. */
const BESIDE: Record<string, string[]> = {
  'azure.ts': [],
  'certificate.ts': ['config.ts'],
  'config.ts': ['cards', 'config-cosmos.ts', 'config-credentials.ts', 'config-limits.ts', 'config-sign-in.ts'],
  'config-cosmos.ts': [],
  'config-credentials.ts': [],
  'config-limits.ts': [],
  'config-sign-in.ts': [],
  'log.ts': [],
  'directory-file.ts': ['domain'],
  'directory.ts': ['domain', 'directory-file.ts'],
  'settings.ts': ['app', 'domain', 'config.ts', 'directory.ts', 'log.ts'],
  'telemetry.ts': ['app', 'domain'],
};

/** Packages that only one room may know, and the packages that each room may use. */
const PACKAGES: Record<string, string[]> = {
  domain: [],
  app: [],
  cards: ['node:fs'],
  seal: ['@azure/keyvault-keys', '@hpke/core', 'node:crypto', 'node:fs', 'node:path', 'node:timers/promises', 'zod'],
  store: ['@azure/cosmos', 'node:crypto', 'node:fs', 'node:path', 'node:sqlite', 'node:timers/promises', 'node:util'],
  teams: ['botbuilder', 'botframework-connector', 'node:http', 'node:https', 'zod'],
  http: [
    'restify',
    'jose',
    'node:crypto',
    'node:fs',
    'node:fs/promises',
    'node:net',
    'node:stream',
    'node:stream/promises',
    'node:util',
    'node:zlib',
    'zod',
  ],
};

const files = (readdirSync(join(root, 'bot'), { recursive: true }) as string[])
  .filter((file) => file.endsWith('.ts'))
  .map((file) => file.split(sep).join('/'));
const source = (file: string): string => readFileSync(join(root, 'bot', file), 'utf8');
const importsOf = (file: string): string[] =>
  [...source(file).matchAll(/(?<![/\w])(?:from|import)\s*\(?\s*'([^']+)'/g)].map((match) => match[1] ?? '');
const roomOf = (file: string): string | undefined => (file.includes('/') ? file.split('/')[0] : undefined);
const target = (file: string, specifier: string): string =>
  relative(join(root, 'bot'), join(root, 'bot', dirname(file), specifier))
    .split(sep)
    .join('/');

/** Imports of a file that its room forbids. */
function forbidden(file: string): string[] {
  const room = roomOf(file);
  const allowed = room === undefined ? (BESIDE[file] ?? []) : [room, ...(MAY_IMPORT[room] ?? [])];
  return importsOf(file).filter((specifier) => {
    if (!specifier.startsWith('.')) return room !== undefined && !PACKAGES[room]?.includes(specifier);
    const to = target(file, specifier);
    // The keys of the words are a type.
    if (room === 'cards' && to === '../cards/words.en.json') return false;
    return !allowed.includes(roomOf(to) ?? to);
  });
}

const knows = (name: RegExp) => files.filter((file) => importsOf(file).some((specifier) => name.test(specifier)));

describe('the rooms of bot/', () => {
  it('are the ones of the design, and are all looked at', () => {
    assert.deepEqual(
      [...new Set(files.flatMap((file) => roomOf(file) ?? []))].toSorted(),
      Object.keys(MAY_IMPORT).toSorted(),
    );
    assert.ok(files.length > 40, 'the premise: the sources are found');
    assert.ok(importsOf('main.ts').length > 10, 'the premise: imports are found');
  });

  for (const file of files.filter((file) => file !== 'main.ts')) {
    it(`${file} imports only what its room may`, () => assert.deepEqual(forbidden(file), []));
  }

  it('would object to a rule in domain that read a file, and to a store that knew cards', () => {
    assert.equal(PACKAGES['domain']?.includes('node:fs'), false);
    assert.equal(MAY_IMPORT['store']?.includes('cards'), false);
  });

  it('hold no circle: no file imports itself by way of others, not for types either', () => {
    const reaches = (file: string): Set<string> => {
      const reached = new Set<string>();
      const wanted = [file];
      for (let from = wanted.pop(); from !== undefined; from = wanted.pop()) {
        for (const specifier of importsOf(from).filter((one) => one.startsWith('.'))) {
          const to = target(from, specifier);
          if (files.includes(to) && !reached.has(to)) wanted.push(to);
          reached.add(to);
        }
      }
      return reached;
    };
    assert.ok(reaches('main.ts').has('domain/week.ts'), 'the premise: paths are followed');
    assert.deepEqual(
      files.filter((file) => reaches(file).has(file)),
      [],
    );
  });

  it('keep the Bot Framework in teams/, restify and jose in http/', () => {
    assert.ok(knows(/^botbuilder|^botframework/).every((file) => roomOf(file) === 'teams'));
    assert.ok(knows(/^(restify|jose)$/).every((file) => roomOf(file) === 'http'));
  });

  it('keep pino in the log, behind its list', () => assert.deepEqual(knows(/^pino/), ['log.ts']));

  it('open a Seal in one place, the Courier', () => {
    const opens = files.filter(
      (file) => /\bopener\.(open|blockOf)\(|\bOpener\b/.test(source(file)) && !/\/(?:ports|seals)\.ts$/.test(file),
    );
    assert.deepEqual(opens.toSorted(), ['seal/sealer.ts', 'teams/courier.ts']);
    assert.deepEqual(
      files.filter((file) => /opener\.(open|blockOf)\(/.test(source(file))),
      ['teams/courier.ts'],
    );
  });

  it('load Azure’s libraries only where they are wanted: nothing leads to them from main but import()', () => {
    const isStatic = /^import (?!type)[^;]*?from '([^']+)'/gm;
    const reached = new Set<string>();
    const reach = (file: string): string[] =>
      [...source(file).matchAll(isStatic)].flatMap(([, specifier = '']) => {
        if (!specifier.startsWith('.')) return [specifier];
        const to = target(file, specifier);
        return reached.has(to) ? [] : (reached.add(to), reach(to));
      });
    const packages = reach('main.ts');
    assert.ok(packages.includes('botbuilder') && reached.size > 50, 'the premise: imports are followed');
    assert.deepEqual(
      packages.filter((name) => name.startsWith('@azure/')),
      [],
    );
  });

  it('read the environment in one place, and the clock in none but main', () => {
    assert.deepEqual(
      files.filter((file) => source(file).includes('process.env')),
      ['main.ts'],
    );
    const clocks = files.filter((file) => /new Date\(\)|Date\.now\(\)|Math\.random\(\)/.test(source(file)));
    assert.deepEqual(clocks, ['main.ts']);
  });

  it('keep a file in the head: none over 250 lines', () => {
    assert.deepEqual(
      files.filter((file) => source(file).split('\n').length > 250),
      [],
    );
  });
});
