import restify from 'restify';

/** Teams' activities are a few kilobytes; anything larger is not one. */
const MAX_BODY_BYTES = 256 * 1024;
/** Cards, and what Teams puts around them, stay far below: deeper ones would exhaust the stack of whoever walks them. */
const MAX_DEPTH = 64;

/** Why a body is not taken, as an HTTP status; 0 where whoever sent it stopped halfway, and hears no answer. */
export type NoBody = 0 | 400 | 413 | 415;

/** Reads a body that is one plain JSON object. */
export async function bodyOf(request: restify.Request): Promise<Record<string, unknown> | NoBody> {
  // Forms are what a browser sends from any page without asking. What is packed would have to be counted anew when it unpacks.
  const isPlainJson = request.contentType() === 'application/json' && request.header('content-encoding') === undefined;
  return isPlainJson ? readJson(request) : 415;
}

/** Has the body ready for what comes next; whatever is no such body is answered by its status alone. */
export const readBody: restify.RequestHandler = (request, response, next) => {
  void bodyOf(request).then((body) => {
    if (typeof body === 'number') {
      if (body !== 0) response.send(body);
      return next(false);
    }
    request.body = body;
    next();
  });
};

/** In place of restify's two readers, which know forms, uploads and packed bodies, and take longer. */
function readJson(request: restify.Request): Promise<Record<string, unknown> | NoBody> {
  const parts: Buffer[] = [];
  let bytes = 0;
  return new Promise((resolve) => {
    request.on('data', (part: Buffer) => {
      bytes += part.length;
      if (bytes > MAX_BODY_BYTES) parts.length = 0;
      else parts.push(part);
    });
    request.once('end', () => {
      if (bytes > MAX_BODY_BYTES) return resolve(413);
      const body = parse(Buffer.concat(parts).toString('utf8'));
      const isPlain = isObject(body) && !Array.isArray(body) && isShallow(body);
      resolve(isPlain ? (body as Record<string, unknown>) : 400);
    });
    for (const broken of ['error', 'close']) request.once(broken, () => resolve(0));
  });
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

/** Level by level, since walking into the depth is what it guards against. */
function isShallow(body: object): boolean {
  let level: unknown[] = [body];
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth += 1) {
    level = level.filter(isObject).flatMap((value) => Object.values(value) as unknown[]);
  }
  return level.length === 0;
}
