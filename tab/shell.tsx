import { makeStyles, tokens } from '@fluentui/react-components';
import { lazy, Suspense, useEffect } from 'react';
import type { PageName, Place } from './address.ts';
import { useDesk } from './me.ts';
import { Navigation } from './navigation.tsx';
import { type PageEntry, pageFor, PAGES } from './pages.ts';
import { Broken } from './parts/broken.tsx';
import { Empty } from './parts/empty.tsx';
import { Loading } from './parts/loading.tsx';
import { Offline } from './parts/offline.tsx';
import { Page } from './parts/page.tsx';
import { useLinkStyles } from './parts/link.ts';
import { To } from './route.tsx';
import { say } from './words.ts';

const useStyles = makeStyles({
  skip: {
    position: 'absolute',
    insetInlineStart: '0.5rem',
    top: '0.5rem',
    zIndex: 3,
    padding: '0.5rem 0.75rem',
    backgroundColor: tokens.colorNeutralBackground1,
    ':not(:focus)': { clipPath: 'inset(50%)', width: '1px', height: '1px', overflow: 'hidden', padding: 0 },
  },
});

const lazily = ([name, { load }]: [string, PageEntry]) => [name, lazy(load)] as const;
const SHOWN = Object.fromEntries(Object.entries(PAGES).map(lazily)) as Partial<
  Record<PageName, ReturnType<typeof lazily>[1]>
>;

/** What stands around every page: the navigation, and word of a lost connection. */
export function Shell({ place }: { place: Place | undefined }) {
  const { me } = useDesk();
  const styles = useStyles();
  const link = useLinkStyles();
  const Shown = pageFor(place?.page, me) && SHOWN[place!.page];
  // Newer browsers give a promise back, which React would take for a clean-up.
  useEffect(() => void scrollTo(0, 0), [place?.page, place?.id]);
  return (
    <>
      <a className={`${link} ${styles.skip}`} href="#page">
        {say('shell.skip')}
      </a>
      <Navigation current={place?.page} />
      <Offline />
      <main id="page" tabIndex={-1}>
        <Broken key={`${place?.page} ${place?.id}`}>
          <Suspense fallback={<Loading rows={6} />}>
            {Shown === undefined || place === undefined ? (
              <NoPage />
            ) : (
              <Shown {...(place.id === undefined ? {} : { id: place.id })} search={place.search ?? {}} />
            )}
          </Suspense>
        </Broken>
      </main>
    </>
  );
}

function NoPage() {
  const link = useLinkStyles();
  return (
    <Page title={say('shell.noPageTitle')}>
      <Empty words={say('shell.noPage')}>
        <To page="answers" className={link}>
          {say('shell.toAnswers')}
        </To>
      </Empty>
    </Page>
  );
}
