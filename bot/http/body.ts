import restify from 'restify';

/** Teams' activities are a few kilobytes; anything larger is not one. */
const MAX_BODY_BYTES = 256 * 1024;
/** Cards, and what Teams puts around them, stay far below: deeper ones would exhaust the stack of whoever walks them. */
const MAX_DEPTH = 64;

/** Reads a body that is one plain JSON object; whatever else is answered by 413, 415 or 400. */
export const readBody: restify.RequestHandler[] = [
  refuseOthers,
  restify.plugins.bodyReader({ maxBodySize: MAX_BODY_BYTES }),
  ...restify.plugins.jsonBodyParser({ bodyReader: true, mapParams: false }),
  refuseShapes,
];

/**
 * Forms are what a browser sends from any page without asking. Uploads would be written to disk. The reader counts packed
 * bytes, not what they unpack to, and does not survive what is no gzip.
 */
function refuseOthers(request: restify.Request, response: restify.Response, next: restify.Next): void {
  const isPlainJson = request.contentType() === 'application/json' && request.header('content-encoding') === undefined;
  if (!isPlainJson) response.send(415);
  next(isPlainJson ? undefined : false);
}

function refuseShapes({ body }: restify.Request, response: restify.Response, next: restify.Next): void {
  const isFit = isObject(body) && !Array.isArray(body) && isShallow(body);
  if (!isFit) response.send(400);
  next(isFit ? undefined : false);
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
