import type { ComponentType } from 'react';
import type { PageName } from './address.ts';
import type { Me } from './me.ts';
import type { PageProps } from './page-props.ts';

type Role = Me['roles'][number];

export interface PageEntry {
  /** Whom it is offered to. What a person may really see, the API decides. */
  readonly for: 'everyone' | readonly Role[];
  /** Whether the navigation names it. */
  readonly isListed: boolean;
  readonly load: () => Promise<{ default: ComponentType<PageProps> }>;
}

/** Every page, in the order of the navigation: first what somebody works with. Each is a chunk of its own, fetched when it is wanted. */
export const PAGES: Partial<Record<PageName, PageEntry>> = {
  board: { for: ['curator', 'admin'], isListed: true, load: () => import('./pages/board.tsx') },
  planner: { for: ['curator'], isListed: true, load: () => import('./pages/planner.tsx') },
  answers: { for: 'everyone', isListed: true, load: () => import('./pages/answers.tsx') },
  open: { for: 'everyone', isListed: true, load: () => import('./pages/open.tsx') },
  register: { for: 'everyone', isListed: true, load: () => import('./pages/register.tsx') },
  ask: { for: 'everyone', isListed: true, load: () => import('./pages/ask.tsx') },
  mine: { for: 'everyone', isListed: true, load: () => import('./pages/mine.tsx') },
  q: { for: 'everyone', isListed: false, load: () => import('./pages/q.tsx') },
  settings: { for: ['admin'], isListed: true, load: () => import('./pages/settings.tsx') },
};

const isFor = ({ for: whom }: PageEntry, { roles }: Me): boolean =>
  whom === 'everyone' || whom.some((role) => roles.includes(role));

/** The pages that the navigation offers this person. */
export const pagesFor = (me: Me): PageName[] =>
  (Object.entries(PAGES) as [PageName, PageEntry][]).flatMap(([name, page]) =>
    page.isListed && isFor(page, me) ? [name] : [],
  );

/** The page by this name, where it is for this person. */
export function pageFor(name: PageName | undefined, me: Me): PageEntry | undefined {
  const page = name && PAGES[name];
  return page && isFor(page, me) ? page : undefined;
}

/** Where the desk opens: curators work, everyone else reads. */
export const homeOf = (me: Me): PageName => (me.roles.includes('curator') ? 'board' : 'answers');
