import assert from 'node:assert/strict';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const root = join(import.meta.dirname, '..');
const read = (path: string) => readFileSync(join(root, path), 'utf8');

/** Licences that ask for no more than their text, and whom to thank. */
const LICENCES = new Set([
  'MIT',
  'ISC',
  '0BSD',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'Apache-2.0',
  'BlueOak-1.0.0',
  'Unlicense',
  'PSF-2.0',
]);
/** Packages with another licence, or with none in their package.json: why we take them all the same. */
const EXCEPTIONS: Record<string, string> = {
  'escape-regexp-component': 'MIT by its Readme',
  'get-closest': 'MIT by its LICENSE',
  'json-schema': 'AFL-2.1 or BSD-3-Clause: we choose the latter',
  jspath: 'MIT by its LICENSE',
  limiter: 'MIT by its LICENSE.txt',
  semaphore: 'MIT by its README',
  'axe-core': 'MPL-2.0, unchanged, in tests only',
  '@axe-core/playwright': 'MPL-2.0, unchanged, in tests only',
  'turf-jsts': 'EDL-1.0 (a BSD) or EPL-1.0, below the playground, in tests only',
  '@microsoft/m365agentsplayground': 'Microsoft’s terms, for development: in demo and tests only',
};

interface Locked {
  version?: string;
  license?: string;
  integrity?: string;
  resolved?: string;
  dev?: boolean;
  hasInstallScript?: boolean;
}
interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
}
interface Job {
  uses?: string;
  needs?: string;
  steps?: Step[];
  strategy?: { matrix: { node: number[] } };
  'timeout-minutes'?: number;
}
interface Workflow {
  permissions?: Record<string, string>;
  jobs: Record<string, Job>;
}
interface Update {
  'package-ecosystem': string;
  schedule: { interval: string };
  groups?: object;
}
/** All that says what comes in, and what goes out. */
interface Chain {
  lock: { packages: Record<string, Locked> };
  manifest: { version: string; allowScripts: Record<string, boolean>; dependencies: Record<string, string> };
  npmrc: string;
  ci: Workflow;
  release: Workflow;
  dependabot: { updates: Update[] };
  changes: string;
}

const chain = (): Chain => ({
  lock: JSON.parse(read('package-lock.json')),
  manifest: JSON.parse(read('package.json')),
  npmrc: read('.npmrc'),
  ci: parse(read('.github/workflows/ci.yml')),
  release: parse(read('.github/workflows/release.yml')),
  dependabot: parse(read('.github/dependabot.yml')),
  changes: read('CHANGELOG.md'),
});

const nameOf = (path: string) => path.split('node_modules/').at(-1) ?? path;
const lockedIn = ({ lock }: Chain) => Object.entries(lock.packages).filter(([path]) => path !== '');

function* licences(now: Chain) {
  const unused = new Set(Object.keys(EXCEPTIONS));
  for (const [path, { license = 'no licence', dev }] of lockedIn(now)) {
    const name = nameOf(path);
    if (LICENCES.has(license)) continue;
    unused.delete(name);
    if (!(name in EXCEPTIONS)) yield `${name} has ${license}: read it, then allow it here or do without`;
    else if (EXCEPTIONS[name]?.endsWith('tests only') && !dev) yield `${name} is for tests only, and would be shipped`;
  }
  for (const name of unused) yield `${name} needs no exception any more`;
}

function* installScripts(now: Chain) {
  const named = now.manifest.allowScripts;
  const having = lockedIn(now).flatMap(([path, { hasInstallScript }]) => (hasInstallScript ? [nameOf(path)] : []));
  for (const name of having)
    if (!(name in named)) yield `${name} wants to run a script on install: decide in allowScripts`;
  for (const [name, may] of Object.entries(named)) {
    if (!having.includes(name)) yield `${name} has no install script any more: take it out of allowScripts`;
    if (may) yield `${name} would run a script on install, which nothing here needs`;
  }
}

function* integrity(now: Chain) {
  for (const [path, { integrity: hash = '', resolved }] of lockedIn(now)) {
    if (!/^sha512-[\w+/]{86}==$/.test(hash)) yield `${path} has no sha512 to be checked against`;
    if (resolved !== undefined) yield `${path} names where it comes from, which is up to whoever installs`;
  }
  if (!/^omit-lockfile-registry-resolved=true$/m.test(now.npmrc)) yield 'npm would write registries into the lock file';
  for (const [name, version] of Object.entries(now.manifest.dependencies))
    if (!/^\d+\.\d+\.\d+$/.test(version)) yield `${name} has no exact version`;
}

function* workflows(now: Chain) {
  const both = { ci: now.ci, release: now.release };
  if (String(now.ci.jobs.check?.strategy?.matrix.node) !== '22,24,26') yield 'ci checks other Nodes than 22, 24 and 26';
  for (const [name, { permissions, jobs }] of Object.entries(both)) {
    if (JSON.stringify(permissions) !== '{"contents":"read"}') yield `${name} may do more than read`;
    for (const job of Object.values(jobs)) {
      if (!job.uses && !job['timeout-minutes']) yield `${name} has a job without an end`;
      yield* (job.steps ?? []).flatMap((step) => stepsIn(name, step));
    }
  }
}

function stepsIn(workflow: string, { uses, run = '', with: settings = {} }: Step): string[] {
  const says = [];
  if (uses && !/^[\w-]+\/[\w-]+@[0-9a-f]{40}$/.test(uses)) says.push(`${workflow} uses ${uses}, which can be moved`);
  if (uses?.startsWith('actions/checkout@') && settings['persist-credentials'] !== false)
    says.push(`${workflow} leaves its token to every later step`);
  // What others can name, such as a branch, would be run as a part of the script.
  if (run.includes('${{')) says.push(`${workflow} pastes into a script: use the environment`);
  return says;
}

function* releases({ release, manifest, changes }: Chain) {
  const { steps = [], needs } = release.jobs.release ?? {};
  const attested = steps.flatMap(({ uses, with: settings }) => (uses?.includes('/attest-') ? [settings ?? {}] : []));
  const scripts = steps.map(({ run }) => run ?? '').join('\n');
  if (needs !== 'check' || !release.jobs.check?.uses?.endsWith('/ci.yml')) yield 'a release is not checked first';
  for (const file of ['.zip', '.cdx.json'])
    if (!attested.some((of) => String(of['subject-path']).includes(file))) yield `nobody vouches for the ${file}`;
  if (!attested.some((of) => of['subject-digest'])) yield 'nobody vouches for the image';
  if (!scripts.includes('npm run sbom')) yield 'a release has no SBOM';
  if (!scripts.includes('test "v$version" = "$GITHUB_REF_NAME"')) yield 'a tag may differ from the version';
  if (/npm (ci|i|install)\b(?!.*--ignore-scripts)/.test(scripts)) yield 'a release runs install scripts';
  const { version } = manifest;
  if (!changes.includes(`\n## [${version}]`) && !changes.includes(`This will be ${version},`))
    yield `the change log does not know ${version}`;
}

function* updates({ dependabot }: Chain) {
  for (const system of ['npm', 'github-actions']) {
    const update = dependabot.updates.find((each) => each['package-ecosystem'] === system);
    if (update?.schedule.interval !== 'weekly') yield `${system} is not looked after every week`;
    if (!update?.groups) yield `${system} comes one pull request at a time`;
  }
}

const objections = (now: Chain) =>
  [licences, installScripts, integrity, workflows, releases, updates].flatMap((rule) => [...rule(now)]);

/** A step of a job, by what it uses or runs. */
function step(job: Job | undefined, of: string): Step {
  const found = job?.steps?.find(({ uses = '', run = '' }) => uses.includes(of) || run.includes(of));
  assert.ok(found, `no step has ${of}`);
  return found;
}
const zod = (now: Chain) => now.lock.packages['node_modules/zod'] ?? assert.fail('zod is not locked');

const SLIPS: [slip: string, make: (now: Chain) => void, objection: RegExp][] = [
  ['a licence that binds', (now) => (zod(now).license = 'AGPL-3.0-only'), /zod has AGPL-3.0-only/],
  ['a package without licence', (now) => delete zod(now).license, /zod has no licence/],
  [
    'shipping what is for tests only',
    (now) => (now.lock.packages['node_modules/axe-core'] = { ...zod(now), license: 'MPL-2.0' }),
    /axe-core is for tests only/,
  ],
  ['an exception that is over', (now) => delete now.lock.packages['node_modules/semaphore'], /semaphore needs no/],
  ['a new install script', (now) => (zod(now).hasInstallScript = true), /zod wants to run a script/],
  ['a script that is let run', (now) => (now.manifest.allowScripts.esbuild = true), /esbuild would run a script/],
  ['a script that is gone', (now) => (now.manifest.allowScripts.zod = false), /zod has no install script/],
  ['a weak hash', (now) => (zod(now).integrity = 'sha1-2jmj7l5rSw0yVb/vlWAYkK/YBwk='), /zod has no sha512/],
  ['no hash', (now) => delete zod(now).integrity, /zod has no sha512/],
  [
    'a registry in the lock file',
    (now) => (zod(now).resolved = 'https://elsewhere.example/zod.tgz'),
    /zod names where/,
  ],
  ['npm that writes registries', (now) => (now.npmrc = ''), /would write registries/],
  ['a range', (now) => (now.manifest.dependencies.zod = '^4.6.7'), /zod has no exact version/],
  ['a Node left out', (now) => now.ci.jobs.check?.strategy?.matrix.node.pop(), /other Nodes/],
  ['rights for every job', (now) => (now.release.permissions = { contents: 'write' }), /release may do more/],
  [
    'an action by its tag',
    (now) => (step(now.ci.jobs.check, 'setup-node').uses = 'actions/setup-node@v6'),
    /can be moved/,
  ],
  ['a token left behind', (now) => delete step(now.ci.jobs.bicep, 'checkout').with, /leaves its token/],
  [
    'a branch’s name in a script',
    (now) => (step(now.release.jobs.release, 'git archive').run = 'echo ${{ github.ref }}'),
    /pastes into a script/,
  ],
  ['a job without an end', (now) => delete now.ci.jobs.newcomer?.['timeout-minutes'], /without an end/],
  ['an unchecked release', (now) => delete now.release.jobs.release?.needs, /not checked first/],
  ['no SBOM', (now) => (step(now.release.jobs.release, 'npm run sbom').run = 'true'), /no SBOM/],
  ['an image of unknown origin', (now) => now.release.jobs.release?.steps?.splice(-2, 1), /vouches for the image/],
  ['install scripts in a release', (now) => (step(now.release.jobs.release, 'npm ci').run = 'npm ci'), /runs install/],
  ['a version nobody wrote up', (now) => (now.manifest.version = '0.2.0'), /does not know 0\.2\.0/],
  [
    'updates once a month',
    (now) => (now.dependabot.updates[0]!.schedule.interval = 'monthly'),
    /npm is not looked after/,
  ],
  ['actions never renewed', (now) => now.dependabot.updates.pop(), /github-actions is not looked after/],
];

describe('What comes in, and what goes out', () => {
  it('comes in as decided, and goes out as checked', () => {
    assert.ok(lockedIn(chain()).length > 900);
    assert.ok(Object.keys(chain().release.jobs).length > 1);
    assert.deepEqual(objections(chain()), []);
  });

  for (const [slip, make, objection] of SLIPS)
    it(`objects to ${slip}`, () => {
      const now = chain();
      make(now);
      assert.match(objections(now).join('\n'), objection);
    });

  it('finds the licence of each package that names none where the exception says', () => {
    for (const [name, why] of Object.entries(EXCEPTIONS)) {
      const file = /^MIT by its (\S+)$/.exec(why)?.[1];
      if (file === undefined) continue;
      const folder = `node_modules/${name}`;
      const path = readdirSync(join(root, folder)).find((each) => each.replace(/\.md$/, '') === file || each === file);
      assert.ok(path, `${name} has no ${file}`);
      assert.match(read(`${folder}/${path}`), /\bMIT\b|Permission is hereby granted, free of charge/);
    }
  });
});
