// Runs on whatever Node the machine has (18 or later), before anything is installed: no dependency, no TypeScript.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const forthrightNeeds = [22, 18];

const packagesOf = (lockFile) => JSON.parse(readFileSync(join(root, lockFile), 'utf8')).packages;
const allows = (list, mine) => list === undefined || [list].flat().includes(mine);

/** Of the optional packages only those count that are named for this very platform: npm may leave out the others. */
function isWanted({ optional, os, cpu, libc }) {
  if (!optional) return true;
  return os !== undefined && libc === undefined && allows(os, process.platform) && allows(cpu, process.arch);
}

/**
 * npm records what it installed in node_modules/.package-lock.json, as its last step. That record is compared with
 * package-lock.json, and no stamp of our own: so whatever people install by hand is noticed, and left alone if it fits.
 */
function isInstalled() {
  try {
    const { '': _root, ...locked } = packagesOf('package-lock.json');
    const installed = packagesOf('node_modules/.package-lock.json');
    const fits = ([path, { version, integrity }]) =>
      installed[path]?.version === version && installed[path]?.integrity === integrity;
    return Object.entries(locked).every((entry) => fits(entry) || !(isWanted(entry[1]) || installed[entry[0]]));
  } catch {
    return false;
  }
}

/** The Node that started npm, where there is one: ours in node_modules is about to be replaced. */
function npmCi() {
  const flags = ['ci', '--include=dev', '--include=optional', '--no-audit', '--no-fund', '--loglevel=error'];
  const { npm_execpath: npm, npm_node_execpath: node } = process.env;
  const options = { cwd: root, stdio: 'inherit' };
  if (npm?.endsWith('.js'))
    return spawnSync(node && existsSync(node) ? node : process.execPath, [npm, ...flags], options);
  // Without npm around us its name must be looked up, which on Windows (npm.cmd) only a shell does.
  return spawnSync(`npm ${flags.join(' ')}`, { ...options, shell: true });
}

function fail(message, code = 1) {
  console.error(message);
  process.exit(code);
}

function isNewEnough() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  return major > forthrightNeeds[0] || (major === forthrightNeeds[0] && minor >= forthrightNeeds[1]);
}

if (isInstalled()) {
  console.log('Packages: as package-lock.json says, nothing to install.');
} else {
  console.log('Packages: installing what package-lock.json says (npm ci), which takes a moment ...');
  const { status, error } = npmCi();
  if (error) fail(`npm could not be started (${error.code}). Install npm, which comes with Node, then try again.`);
  if (status !== 0) {
    fail(`npm ci failed (exit code ${status}); its reason stands above. Run "npm ci" once it is mended.`, status ?? 1);
  }
}

// npm scripts find this one before the machine's own. It comes as a package, for the platforms that have one.
if (!existsSync(join(root, 'node_modules', '.bin', 'node')) && !isNewEnough()) {
  fail(
    `Forthright needs Node ${forthrightNeeds.join('.')} or later; this is ${process.version}, and no newer one came along.`,
  );
}

// The bot serves the desk as it was built last, so what was pulled since is built now: it takes less than a second.
const built = spawnSync(process.execPath, [join(root, 'tab', 'build.mjs')], { stdio: 'inherit' });
if (built.status !== 0) fail('The desk could not be built; the reason stands above.', built.status ?? 1);
