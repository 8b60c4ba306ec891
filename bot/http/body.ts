import restify from 'restify';

/** Teams' activities are a few kilobytes; anything larger is not one. */
const MAX_BODY_BYTES = 256 * 1024;
/** Cards, and what Teams puts around them, stay far below: deeper ones would exhaust the stack of whoever walks them. */
const MAX_DEPTH = 64;

/** Reads a body that is one plain JSON object; whatever else is answered by 413, 415 or 400. */
export const readBody: restify.RequestHandler[] = [refuseOthers, readJson];

/**
 * Forms are what a browser sends from any page without asking. What is packed would have to be
 * counted anew when it unpacks.
 */
function refuseOthers(request: restify.Request, response: restify.Response, next: restify.Next): void {
  const isPlainJson = request.contentType() === 'application/json' && request.header('content-encoding') === undefined;
  if (!isPlainJson) response.send(415);
  next(isPlainJson ? undefined : false);
}

/** In place of restify's two readers, which know forms, uploads and packed bodies, and take longer. */
function readJson(request: restify.Request, response: restify.Response, next: restify.Next): void {
  const parts: Buffer[] = [];
  let bytes = 0;
  const refuse = (status: number): void => {
    response.send(status);
    next(false);
  };
  request.on('data', (part: Buffer) => {
    bytes += part.length;
    if (bytes > MAX_BODY_BYTES) parts.length = 0;
    else parts.push(part);
  });
  request.once('end', () => {
    if (bytes > MAX_BODY_BYTES) return refuse(413);
    const body = parse(Buffer.concat(parts).toString('utf8'));
    if (!isObject(body) || Array.isArray(body) || !isShallow(body)) return refuse(400);
    request.body = body;
    next();
  });
  // Whoever stops halfway gets no answer.
  request.once('error', () => next(false));
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
