/**
 * Writes dist/forthright.cdx.json, what Forthright consists of, in CycloneDX: `npm run sbom`. npm calls the packages of the desk
 * development, since they are bundled before anything runs; people's browsers run them all the same, so they are listed.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const DEVELOPMENT = 'cdx:npm:package:development';

interface Component {
  'bom-ref': string;
  name: string;
  version: string;
  properties?: { name: string; value: string }[] | undefined;
}
type Metadata = { timestamp?: string; component: Component } & Record<string, unknown>;
export interface Sbom {
  serialNumber: string;
  metadata: Metadata;
  components: Component[];
  dependencies: { ref: string; dependsOn: string[] }[];
}

const isDevelopment = ({ properties = [] }: Component) => properties.some(({ name }) => name === DEVELOPMENT);

/**
 * Of all that npm lists what is shipped: what runs in production, and what the desk bundles (`name@version`). The same packages
 * give the same bytes: neither the time nor the folder nor chance gets in.
 */
export function shipped(listed: Sbom, name: string, bundled: ReadonlySet<string>): Sbom {
  const keeps = (component: Component) => !isDevelopment(component) || bundled.has(component['bom-ref']);
  const components = listed.components.filter(keeps).map((component) => ({
    ...component,
    properties: component.properties?.filter((property) => property.name !== DEVELOPMENT),
  }));
  const { timestamp: _now, component, ...metadata } = listed.metadata;
  const refs = new Set([component, ...components].map((kept) => kept['bom-ref']));
  const dependencies = listed.dependencies
    .filter(({ ref }) => refs.has(ref))
    .map(({ ref, dependsOn }) => ({ ref, dependsOn: dependsOn.filter((other) => refs.has(other)) }));
  const stable = { ...listed, metadata: { ...metadata, component: { ...component, name } }, components, dependencies };
  return { ...stable, serialNumber: serialOf(JSON.stringify({ ...stable, serialNumber: '' })) };
}

/** A UUID of version 8: of our own making, here from the content. */
function serialOf(content: string): string {
  const hex = createHash('sha256').update(content).digest('hex');
  return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** The lock file alone is asked, so that the list is the same on every platform. */
export function listedByNpm(): Sbom {
  const args = ['sbom', '--sbom-format', 'cyclonedx', '--package-lock-only'];
  const options = { cwd: root, encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 } as const;
  const npm = process.env.npm_execpath;
  const text = npm?.endsWith('.js')
    ? execFileSync(process.execPath, [npm, ...args], options)
    : // Without npm around us its name must be looked up, which on Windows (npm.cmd) only a shell does.
      execFileSync(`npm ${args.join(' ')}`, { ...options, shell: true });
  return JSON.parse(text) as Sbom;
}

const read = (...path: string[]): unknown => JSON.parse(readFileSync(join(root, ...path), 'utf8'));

if (import.meta.main) {
  const { packages } = read('package-lock.json') as { packages: Record<string, { version: string }> };
  const bundled = (read('dist', 'bundled.json') as string[]).map(
    (path) => `${path.split('node_modules/').at(-1)}@${packages[path]?.version}`,
  );
  const sbom = shipped(listedByNpm(), (read('package.json') as { name: string }).name, new Set(bundled));
  const missing = bundled.filter((ref) => !sbom.components.some((component) => component['bom-ref'] === ref));
  if (missing.length > 0) throw new Error(`The desk bundles what npm does not list: ${missing.join(', ')}`);
  mkdirSync(join(root, 'dist'), { recursive: true });
  writeFileSync(join(root, 'dist', 'forthright.cdx.json'), `${JSON.stringify(sbom, null, 2)}\n`);
  console.log(`dist/forthright.cdx.json: ${sbom.components.length} packages, ${bundled.length} of them in the desk.`);
}
