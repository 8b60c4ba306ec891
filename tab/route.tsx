import { type AnchorHTMLAttributes, type MouseEvent, useSyncExternalStore } from 'react';
import { addressOf, type Place, placeAt } from './address.ts';

const moves = new EventTarget();
/** How many steps back stay inside the desk. */
let depth = 0;
let moved = false;

/** Whether somebody has gone from page to page; the first one takes no focus from the host. */
export const hasMoved = (): boolean => moved;

const current = (): string => `${location.pathname}${location.search}`;

/** Goes to a place. `replace`: the step before is the one that back leads to, as for filters. */
export function go(place: Place, { replace = false } = {}): void {
  const to = addressOf(place);
  if (to === current()) return;
  depth += replace ? 0 : 1;
  moved ||= !replace;
  if (replace) history.replaceState({ depth }, '', to);
  else history.pushState({ depth }, '', to);
  moves.dispatchEvent(new Event('move'));
}

/** One step back; tells whether there was one inside the desk, as Teams wants to know from its back button. */
export function back(): boolean {
  if (depth === 0) return false;
  history.back();
  return true;
}

function watch(tell: () => void): () => void {
  const popped = (): void => {
    depth = (history.state as { depth?: number } | null)?.depth ?? 0;
    moved = true;
    tell();
  };
  moves.addEventListener('move', tell);
  addEventListener('popstate', popped);
  return () => {
    moves.removeEventListener('move', tell);
    removeEventListener('popstate', popped);
  };
}

/** Where the desk is; undefined where there is no such page. */
export const usePlace = (): Place | undefined => placeAt(useSyncExternalStore(watch, current));

type ToProps = Place & Omit<AnchorHTMLAttributes<HTMLAnchorElement>, 'href' | 'id'>;

/** A link to a place in the desk. */
export function To({ page, id, search, onClick, ...rest }: ToProps) {
  const place: Place = { page, ...(id === undefined ? {} : { id }), ...(search ? { search } : {}) };
  const follow = (event: MouseEvent<HTMLAnchorElement>): void => {
    onClick?.(event);
    if (event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault();
    go(place);
  };
  return <a {...rest} href={addressOf(place)} onClick={follow} />;
}
