/** Gives a token for our own API. `refused`: one that was not taken, so that another is wanted. */
export type Token = (refused?: string) => Promise<string>;

/** A token that is about to expire may do so on its way. */
const MARGIN_MS = 60_000;

/** Keeps a token in memory until just before it expires; whoever wants one meanwhile waits for the same. */
export function keepToken(ask: () => Promise<string>, now: () => number): Token {
  let last = '';
  let asking: Promise<string> | undefined;
  const renew = (): Promise<string> =>
    (asking ??= ask()
      .then((token) => (last = token))
      .finally(() => (asking = undefined)));
  return async (refused) =>
    last !== '' && last !== refused && expiryOf(last) > now() + MARGIN_MS ? last : await renew();
}

/** In ms since 1970; 0 where it cannot be read. Only the server decides whether a token is good. */
function expiryOf(token: string): number {
  try {
    const payload = atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/'));
    return Number((JSON.parse(payload) as { exp?: unknown }).exp) * 1000 || 0;
  } catch {
    return 0;
  }
}
