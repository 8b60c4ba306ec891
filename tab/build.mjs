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
    jsx: 'automatic',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
    entryNames: '[name]-[hash]',
    chunkNames: '[name]-[hash]',
    define: { 'process.env.NODE_ENV': '"production"' },
    plugins: [words],
    logLevel: 'warning',
  });

const address = (file) => `/tab/${file.slice('dist/tab/'.length)}`;

/** What the entry needs before it can run: the browser fetches it beside the entry, not after having read it. */
function pageFor({ outputs }) {
  const [entry, { imports }] = Object.entries(outputs).find(([, { entryPoint }]) => entryPoint === 'tab/main.tsx');
  const preloads = imports
    .filter(({ kind }) => kind === 'import-statement')
    .map(({ path }) => `<link rel="modulepreload" href="${address(path)}" />`);
  return readFileSync(join(root, 'tab', 'desk.html'), 'utf8')
    .replace('<!-- preloads -->', preloads.join('\n    '))
    .replace('main.tsx', address(entry));
}

function pack() {
  const assets = join(out, 'assets');
  for (const file of readdirSync(assets)) {
    const whole = readFileSync(join(assets, file));
    writeFileSync(join(assets, `${file}.gz`), gzipSync(whole, { level: constants.Z_BEST_COMPRESSION }));
    writeFileSync(join(assets, `${file}.br`), brotliCompressSync(whole));
  }
}

const esbuild = await loadEsbuild();
if (esbuild === undefined) {
  console.log('The desk is not built: that takes the packages of development (npm ci --include=dev).');
} else {
  rmSync(out, { recursive: true, force: true });
  mkdirSync(out, { recursive: true });
  const { metafile } = await bundle(esbuild);
  writeFileSync(join(out, 'index.html'), pageFor(metafile));
  pack();
}
