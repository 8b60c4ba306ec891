import { type ComponentType, useEffect, useState } from 'react';
import type { PageProps } from './page-props.ts';
import type { PageEntry } from './pages.ts';
import { useAway } from './polled.ts';

type Shown = ComponentType<PageProps>;
type Loaded = Shown | 'loading' | 'failed';

const loaded = new Map<PageEntry, Shown>();

/** Fetches a page's script ahead of need; whether that fails is seen when it is needed. */
export async function fetchAhead(page: PageEntry | undefined): Promise<void> {
  const fetched = await page?.load().catch(() => undefined);
  if (page && fetched) loaded.set(page, fetched.default);
}

/** The page, once its script is here. Without a network it is fetched as soon as there is one again. */
export function useLoaded(page: PageEntry): Loaded {
  const isAway = useAway();
  const [told, tell] = useState<{ of: PageEntry; is: Loaded }>();
  useEffect(() => {
    let isOver = false;
    page.load().then(
      ({ default: shown }) => {
        loaded.set(page, shown);
        if (!isOver) tell({ of: page, is: shown });
      },
      () => isOver || tell({ of: page, is: 'failed' }),
    );
    return () => void (isOver = true);
  }, [page, isAway]);
  return loaded.get(page) ?? (told?.of === page ? told.is : 'loading');
}
