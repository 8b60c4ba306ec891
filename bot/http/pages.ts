import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type restify from 'restify';

export interface PagesNeeds {
  /** Where the built desk lies. */
  built: URL;
  /** In local mode, the origin of a page that plays Teams; else empty. */
  standInHost: string;
}

/** The pages that hold no script. */
const PLAIN = {
  '/tab': 'index.html',
  '/tab/style.css': 'style.css',
  '/privacy': 'privacy.html',
  '/terms': 'terms.html',
};

/** The desk's own addresses, as `/tab/answers` and `/tab/q/ID`: all of them one page, which finds its way itself. */
const ADDRESS = /^\/tab\/(?!assets\b)[a-z]+(?:\/[\w-]{1,64})?\/?$/;
/** Names that the build made, hash included; nothing that leads elsewhere. */
const ASSET = /^\/tab\/(assets\/[\w-]+(?:\.[\w-]+)*\.(js|css|svg|png|woff2))$/;
const TYPES: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  png: 'image/png',
  woff2: 'font/woff2',
};

/** Teams' own hosts. Source: Microsoft, "Prerequisites for a tab" (tab-requirements), frame-ancestor permissions. */
const TEAMS = ['https://teams.microsoft.com', 'https://*.teams.microsoft.com', 'https://*.cloud.microsoft'];

/** Serves the plain pages, the desk and what it is built of. Every one may be framed by Teams alone. */
export function servePages(server: restify.Server, { built, standInHost }: PagesNeeds): void {
  const ancestors = [...TEAMS, standInHost].join(' ').trim();
  const plain = headersOf(`default-src 'none'; style-src 'self'; img-src 'self'`, ancestors);
  for (const [path, file] of Object.entries(PLAIN)) {
    const headers = { ...plain, 'content-type': typeOf(file), vary: 'accept-language' };
    server.get(path, (request, response, next) => {
      void readPlain(file, request).then((body) => {
        send(response, { body, headers });
        next();
      }, next);
    });
  }
  server.get('/tab/*', (request, response, next) => {
    const path = request.path();
    const asset = ASSET.exec(path)?.[1];
    const page = ADDRESS.test(path)
      ? readDesk({ built, standInHost }, ancestors)
      : readAsset(built, asset, acceptedBy(request));
    void page.then((found) => {
      send(response, found ?? { status: 404, body: Buffer.from(''), headers: plain });
      next();
    }, next);
  });
}

/** In the language that the browser asks for first, where the page is written in it; else in English. */
async function readPlain(file: string, request: restify.Request): Promise<Buffer> {
  const language = /^[a-z]{2,3}\b/i.exec(request.header('accept-language', ''))?.[0].toLowerCase();
  const inLanguage = new URL(`../../tab/${file.replace('.', `.${language}.`)}`, import.meta.url);
  return (await find(inLanguage)) ?? readFile(new URL(`../../tab/${file}`, import.meta.url));
}

interface Page {
  status?: number;
  body: Buffer;
  headers: Record<string, string>;
}

/** Where teams-js reads which hosts are Teams. Without an answer it goes by the list that it came with. */
const HOSTS_OF_TEAMS = 'https://res.cdn.office.net/teams-js/validDomains/json/validDomains.json';

/** Styles are made while the page runs: those that carry this answer's nonce are taken, and no others. */
async function readDesk({ built, standInHost }: PagesNeeds, ancestors: string): Promise<Page> {
  const page = await find(new URL('index.html', built));
  if (page === undefined) return notBuilt(ancestors);
  const nonce = randomBytes(16).toString('base64');
  const policy = [
    "default-src 'none'",
    "script-src 'self'",
    `style-src 'self' 'nonce-${nonce}'`,
    `connect-src 'self' ${HOSTS_OF_TEAMS}`,
    "img-src 'self' data:",
    "font-src 'self'",
  ].join('; ');
  return {
    body: Buffer.from(page.toString('utf8').replaceAll('{{nonce}}', nonce).replaceAll('{{hosts}}', standInHost)),
    headers: { ...headersOf(policy, ancestors), 'content-type': TYPES['html'] ?? '', 'cache-control': 'no-store' },
  };
}

/** An asset keeps its name for as long as its content stays; the build packed it beforehand. */
async function readAsset(built: URL, name: string | undefined, accepted: string[]): Promise<Page | undefined> {
  if (name === undefined) return undefined;
  const headers = {
    'content-type': typeOf(name),
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    vary: 'accept-encoding',
  };
  for (const [encoding, ending] of PACKED.filter(([encoding]) => accepted.includes(encoding))) {
    const body = await find(new URL(`${name}.${ending}`, built));
    if (body) return { body, headers: { ...headers, 'content-encoding': encoding } };
  }
  const body = await find(new URL(name, built));
  return body && { body, headers };
}

const PACKED = [
  ['br', 'br'],
  ['gzip', 'gz'],
] as const;

/** `br;q=0` means no. */
const acceptedBy = (request: restify.Request): string[] =>
  request
    .header('accept-encoding', '')
    .split(',')
    .flatMap((part) => (/;\s*q=0(\.0*)?\s*$/.test(part) ? [] : (part.split(';')[0]?.trim().toLowerCase() ?? [])));

function notBuilt(ancestors: string): Page {
  const body = Buffer.from(NOT_BUILT);
  const headers = {
    ...headersOf("default-src 'none'; style-src 'self'", ancestors),
    'content-type': TYPES['html'] ?? '',
  };
  return { status: 503, body, headers: { ...headers, 'cache-control': 'no-store' } };
}

const NOT_BUILT = `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Forthright: the desk is not built yet</title>
<link rel="stylesheet" href="/tab/style.css">
<main>
<h1>The desk is not built yet</h1>
<p class="lead">Whoever runs this bot builds it once, with <code>npm run build:tab</code>, and then loads this page again.</p>
<p>Questions are asked and answered in the chat with Forthright meanwhile.</p>
</main>
`;

const typeOf = (file: string): string => TYPES[file.split('.').at(-1) ?? ''] ?? '';

const headersOf = (policy: string, ancestors: string): Record<string, string> => ({
  'content-security-policy': `${policy}; base-uri 'none'; form-action 'none'; frame-ancestors ${ancestors}`,
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
});

async function find(file: URL): Promise<Buffer | undefined> {
  try {
    return await readFile(file);
  } catch (error) {
    if ((error as { code?: unknown }).code === 'ENOENT') return undefined;
    throw error;
  }
}

function send(response: restify.Response, { status = 200, body, headers }: Page): void {
  response.writeHead(status, { ...headers, 'content-length': body.length });
  response.end(body);
}
