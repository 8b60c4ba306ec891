/** The pages of the desk, by the word in their address: /tab/answers. */
export const PAGE_NAMES = ['answers', 'open', 'register', 'ask', 'mine', 'board', 'q', 'planner', 'settings'] as const;
export type PageName = (typeof PAGE_NAMES)[number];

/** A place in the desk. `search` holds filters, never somebody's words. */
export interface Place {
  readonly page: PageName;
  /** What it is about, where the page is about one thing. */
  readonly id?: string;
  readonly search?: Readonly<Record<string, string>>;
}

/** The address of a place, below the origin. */
export function addressOf({ page, id, search = {} }: Place): string {
  const query = new URLSearchParams(Object.entries(search).filter(([, value]) => value !== '')).toString();
  return `/tab/${page}${id === undefined ? '' : `/${encodeURIComponent(id)}`}${query && `?${query}`}`;
}

/** The place at an address such as `/tab/q/abc?week=2026-W48`, where there is one. */
export function placeAt(path: string): Place | undefined {
  const { pathname, searchParams } = new URL(path, 'https://desk.invalid');
  const [, page, id, more] = pathname.replace(/^\/tab(?=\/|$)/, '').split('/');
  if (!isPage(page) || more !== undefined) return undefined;
  const place = { page, search: Object.fromEntries(searchParams) };
  return id ? { ...place, id: decoded(id) } : place;
}

/** The place that a deep link of Teams names: what stands behind /tab/, as `q/abc`. */
export const placeNamed = (subPage: string): Place | undefined => placeAt(`/tab/${subPage}`);

const isPage = (name: string | undefined): name is PageName => PAGE_NAMES.some((known) => known === name);

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
