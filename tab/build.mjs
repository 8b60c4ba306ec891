// Bundles the desk into dist/tab. Plain JavaScript, since it also runs on the machine's own Node, before ours is used.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = fileURLToPath(new URL('..', import.meta.url));
const out = join(root, 'dist', 'tab');

/** `words:languages` imports each language when it is wanted, `words:en` is what the tab says in it: one chunk each. */
const words = {
  name: 'words',
  setup(build) {
    const languages = readdirSync(join(root, 'cards')).flatMap((file) => /^words\.(\w+)\.json$/.exec(file)?.[1] ?? []);
    build.onResolve({ filter: /^words:/ }, ({ path }) => ({ path: path.slice('words:'.length), namespace: 'words' }));
    build.onLoad({ filter: /^languages$/, namespace: 'words' }, () => ({
      contents: `export default { ${languages.map((name) => `${name}: () => import('words:${name}')`).join(', ')} };`,
    }));
    build.onLoad({ filter: /^[a-z]{2,3}$/, namespace: 'words' }, ({ path }) => ({
      contents: JSON.stringify(JSON.parse(readFileSync(join(root, 'cards', `words.${path}.json`), 'utf8')).tab),
      loader: 'json',
    }));
  },
};

const FLUENT = '@fluentui/react-components';

/** What stands in the braces of each `import` or `export` from a package. */
const namesFrom = (source, verb) =>
  [...source.matchAll(new RegExp(`^${verb} \\{([^}]*)\\} from ["']([^"']+)["']`, 'gm'))].map(
    ([whole, names, from]) => ({
      whole,
      from,
      names: names
        .replaceAll(/\/\/.*$/gm, '')
        .split(',')
        .map((name) => name.trim())
        .filter(Boolean),
    }),
  );

/**
 * Fluent has one door to all of its packages, and chunks are cut between files: what one page takes through it, everybody
 * would be sent. So each name is taken from the package that it comes from.
 */
const fluent = {
  name: 'fluent',
  setup(build) {
    const door = readFileSync(join(root, 'node_modules', FLUENT, 'lib', 'index.js'), 'utf8');
    const homes = new Map(
      namesFrom(door, 'export').flatMap(({ names, from }) =>
        names.map((name) => [name.split(' as ').at(-1), { name, from }]),
      ),
    );
    const taken = (asked) => {
      const [name, as = name] = asked.replace(/^type /, '').split(' as ');
      const home = homes.get(name);
      // Types are of no concern to a bundle.
      return home ? `import { ${home.name.split(' as ')[0]} as ${as} } from '${home.from}';` : '';
    };
    build.onLoad({ filter: /[\\/]tab[\\/].*\.tsx?$/ }, ({ path }) => {
      let contents = readFileSync(path, 'utf8');
      for (const { whole, names, from } of namesFrom(contents, 'import'))
        if (from === FLUENT) contents = contents.replace(whole, names.map(taken).join(' '));
      return { contents, loader: path.endsWith('x') ? 'tsx' : 'ts' };
    });
  },
};

/** Only who has the packages of development can bundle; others serve what was built before. */
async function loadEsbuild() {
  try {
    return await import('esbuild');
  } catch (error) {
    if (error.code === 'ERR_MODULE_NOT_FOUND') return undefined;
    throw error;
  }
}

const bundle = (esbuild) =>
  esbuild.build({
    absWorkingDir: root,
    entryPoints: ['tab/main.tsx'],
    outdir: join(out, 'assets'),
    bundle: true,
    splitting: true,
    format: 'esm',
    minify: true,
    metafile: true,
    // Only a bundle that came about takes the place of the one before.
    write: false,
    jsx: 'automatic',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [words, fluent],
    logLevel: 'warning',
  });

const address = (file) => `/tab/${file.slice('dist/tab/'.length)}`;

/** What a file cannot run without, and what that cannot. */
function needs(outputs, file, found = new Set()) {
  for (const { path, kind } of outputs[file].imports) {
    if (kind !== 'import-statement' || found.has(path)) continue;
    found.add(path);
    needs(outputs, path, found);
  }
  return found;
}

/** The browser fetches beside the entry what it, and the page that most people see first, would ask for one by one. */
function pageFor({ outputs }) {
  const fileOf = (source) => Object.keys(outputs).find((file) => outputs[file].entryPoint === source);
  const [entry, home] = [fileOf('tab/main.tsx'), fileOf('tab/pages/answers.tsx')];
  const wanted = new Set([...needs(outputs, entry), home, ...needs(outputs, home)]);
  const preloads = [...wanted].map((file) => `<link rel="modulepreload" href="${address(file)}" />`);
  return readFileSync(join(root, 'tab', 'desk.html'), 'utf8')
    .replace('<!-- preloads -->', preloads.join('\n    '))
    .replace('main.tsx', address(entry));
}

/** Beside each file what browsers can unpack: no request waits for that. */
function write({ path, contents }) {
  writeFileSync(path, contents);
  writeFileSync(`${path}.gz`, gzipSync(contents, { level: constants.Z_BEST_COMPRESSION }));
  writeFileSync(`${path}.br`, brotliCompressSync(contents));
}

/**
 * The packages whose code is in the bundle, by their place in node_modules: `npm run sbom` lists them. What a package carries
 * within itself (teams-js does, under dist/) counts as its own.
 */
function packagesIn({ outputs }) {
  const files = Object.values(outputs).flatMap(({ inputs }) => Object.keys(inputs));
  const place = /node_modules\/(?:@[^/]+\/)?[^/]+(?:\/node_modules\/(?:@[^/]+\/)?[^/]+)*/;
  return [...new Set(files.flatMap((file) => place.exec(file)?.[0] ?? []))].toSorted();
}

const esbuild = await loadEsbuild();
if (esbuild === undefined) {
  console.log('The desk is not built: that takes the packages of development (npm ci --include=dev).');
} else {
  const { metafile, outputFiles } = await bundle(esbuild);
  rmSync(out, { recursive: true, force: true });
  mkdirSync(join(out, 'assets'), { recursive: true });
  outputFiles.forEach(write);
  writeFileSync(join(out, 'index.html'), pageFor(metafile));
  writeFileSync(join(root, 'dist', 'bundled.json'), JSON.stringify(packagesIn(metafile)));
}
