import { existsSync } from 'node:fs';
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { delimiter, join } from 'node:path';
import { chromium, type Browser, type LaunchOptions } from 'playwright-core';

type Environment = Readonly<Record<string, string | undefined>>;
type Candidate = { readonly name: string; readonly options: () => LaunchOptions | Promise<LaunchOptions> };

const systemNames = ['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'microsoft-edge'];
/** Tests load pages of our own only, as root in containers too; the rest keeps Chromium from calling home. */
const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/**
 * Starts a headless Chromium: the one that `CHROMIUM_PATH` names, and only that; else the system's; else the one
 * that `@sparticuz/chromium` carries (Linux on x64), which needs no system package. Rejects, saying what was tried.
 */
export async function launchChromium(env: Environment = process.env): Promise<Browser> {
  const failures: string[] = [];
  for (const { name, options } of candidates(env)) {
    try {
      return await chromium.launch({ args: flags, timeout: 20_000, ...(await options()) });
    } catch (error) {
      failures.push(`  ${name}: ${(error as Error).message.trim().replaceAll('\n', '\n    ')}`);
    }
  }
  const remedy = 'Install Chromium or Chrome, or set CHROMIUM_PATH to the file of one, and run again.';
  throw new Error(`No Chromium starts here. Tried:\n${failures.join('\n')}\n${remedy}`);
}

function candidates(env: Environment): Candidate[] {
  const given = env.CHROMIUM_PATH;
  if (given) return [{ name: `CHROMIUM_PATH=${given}`, options: () => ({ executablePath: given }) }];
  const folders = (env.PATH ?? '').split(delimiter).filter((folder) => folder !== '');
  const found = systemNames.flatMap((name) =>
    folders.map((folder) => join(folder, name)).filter((it) => existsSync(it)),
  );
  return [
    ...found.map((path) => ({ name: path, options: () => ({ executablePath: path }) })),
    // Windows and macOS don't put browsers on the PATH; Playwright knows where they are.
    ...(process.platform === 'linux' ? [] : ['chrome', 'msedge']).map((channel) => ({
      name: channel,
      options: () => ({ channel }),
    })),
    { name: '@sparticuz/chromium', options: () => bundled(env) },
  ];
}

/** Its libraries and fonts come along, since a bare system has neither NSS nor any font: text would be invisible. */
async function bundled(env: Environment): Promise<LaunchOptions> {
  if (process.platform !== 'linux' || process.arch !== 'x64') throw new Error('is for Linux on x64 only');
  const entry = createRequire(import.meta.url).resolve('@sparticuz/chromium');
  const home = join(entry, '../../../unpacked');
  if (!existsSync(home)) await unpack(home);
  const variables = { LD_LIBRARY_PATH: join(home, 'al2023/lib'), FONTCONFIG_FILE: join(home, 'fonts.conf') };
  const inherited = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return { executablePath: join(home, 'chromium'), env: { ...Object.fromEntries(inherited), ...variables } };
}

/**
 * Unpacks in the package's own folder, which goes when the package does, and not in the shared temporary one, where
 * the package would start any file `chromium` that somebody else has put there. The rename lets two runs meet.
 */
async function unpack(home: string): Promise<void> {
  const { default: carried } = await import('@sparticuz/chromium');
  const draft = await mkdtemp(`${home}-`);
  try {
    // The package reads these two before its first await; the second makes it bring its libraries.
    const before = { TMPDIR: process.env.TMPDIR, AWS_EXECUTION_ENV: process.env.AWS_EXECUTION_ENV };
    Object.assign(process.env, { TMPDIR: draft, AWS_EXECUTION_ENV: 'AWS_Lambda_nodejs24.x' });
    const unpacked = carried.executablePath();
    for (const [name, value] of Object.entries(before)) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
    await unpacked;
    await writeFile(join(draft, 'fonts.conf'), fontsConf(home));
    await rename(draft, home);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    if (!existsSync(home)) throw error;
  }
}

function fontsConf(home: string): string {
  const own = home.replaceAll('&', '&amp;').replaceAll('<', '&lt;');
  const folders = [`${own}/fonts/fonts`, '/usr/share/fonts', '/usr/local/share/fonts'];
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "urn:fontconfig:fonts.dtd">
<fontconfig>${folders.map((it) => `<dir>${it}</dir>`).join('')}<cachedir>${own}/fonts-cache</cachedir></fontconfig>
`;
}
