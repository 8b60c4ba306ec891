import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type restify from 'restify';
import type { Answer } from './say-no.ts';
import { Streamed } from './streamed.ts';

const pack = promisify(gzip);
/** Below this, packing takes longer than what it saves. */
const WORTH_PACKING = 4096;

/** Nothing is to be kept by anything on the way, or by a browser that others use too. */
const HEADERS = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'same-origin',
};

/** Sends JSON past restify's formatters; what was read has a tag, and is not sent again to who names it. */
export async function send(request: restify.Request, response: restify.Response, answer: Answer): Promise<void> {
  if (answer.body instanceof Streamed) return sendPieces(response, answer.body);
  const text = JSON.stringify(answer.body);
  const isRead = answer.status === 200 && request.method === 'GET';
  const hash = createHash('sha256').update(text).digest('base64url').slice(0, 22);
  const isPacked = text.length >= WORTH_PACKING && /\bgzip\b(?!;\s*q=0)/.test(request.header('accept-encoding', ''));
  const headers: Record<string, string> = { ...answer.headers, ...HEADERS };
  // A strong tag names the very bytes: packed, they are others.
  if (isRead) headers['etag'] = isPacked ? `"${hash}-gz"` : `"${hash}"`;
  if (isRead && isKnown(request, hash)) {
    response.writeHead(304, headers);
    response.end();
    return;
  }
  const body = isPacked ? await pack(text) : Buffer.from(text);
  if (isPacked) headers['content-encoding'] = 'gzip';
  response.writeHead(answer.status, { ...headers, 'content-type': 'application/json', 'content-length': body.length });
  response.end(body);
}

/** As fast as it is read. Whoever leaves, or a fault, ends it. */
async function sendPieces(response: restify.Response, { type, name, headers, pieces }: Streamed): Promise<void> {
  const disposition = `attachment; filename="${name}"`;
  response.writeHead(200, { ...headers, ...HEADERS, 'content-type': type, 'content-disposition': disposition });
  // The connection is cut then, so that whoever reads knows; whoever writes has told what failed.
  await pipeline(Readable.from(pieces), response).catch(() => response.destroy());
}

/** Compared weakly (RFC 9110, 13.1.2): what packs answers on the way marks tags as weak. */
const isKnown = (request: restify.Request, hash: string): boolean =>
  request
    .header('if-none-match', '')
    .split(/\s*,\s*/)
    .some((tag) => /^(?:W\/)?"([\w-]{22})(?:-gz)?"$/.exec(tag)?.[1] === hash);
