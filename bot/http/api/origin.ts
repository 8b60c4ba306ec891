import type restify from 'restify';

/**
 * Tells whether a page of another site had this request sent. There is no cookie that a browser would add by itself; this
 * keeps even a page that holds a token from using it. Where a browser says neither, it is none, or an old one.
 */
export function isFromElsewhere(request: restify.Request, publicUrl: string): boolean {
  const site = request.header('sec-fetch-site');
  if (site !== undefined) return site !== 'same-origin';
  const origin = request.header('origin');
  if (origin === undefined) return false;
  return origin !== publicUrl && URL.parse(origin)?.host !== request.header('host');
}
