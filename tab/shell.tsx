import { makeStyles, tokens } from '@fluentui/react-components';
import { useEffect } from 'react';
import type { Place } from './address.ts';
import { useDesk } from './me.ts';
import { Navigation } from './navigation.tsx';
import { useLoaded } from './page-loader.ts';
import { type PageEntry, pageFor } from './pages.ts';
import { Broken } from './parts/broken.tsx';
import { Empty } from './parts/empty.tsx';
import { Failed } from './parts/failed.tsx';
import { Loading } from './parts/loading.tsx';
import { Offline } from './parts/offline.tsx';
import { Page } from './parts/page.tsx';
import { useLinkStyles } from './parts/link.ts';
import { useAway } from './polled.ts';
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

/** What stands around every page: the navigation, and word of a lost connection. */
export function Shell({ place }: { place: Place | undefined }) {
  const { me } = useDesk();
  const styles = useStyles();
  const link = useLinkStyles();
  const page = pageFor(place?.page, me);
  // Newer browsers give a promise back, which React would take for a clean-up.
  useEffect(() => {
    scrollTo(0, 0);
  }, [place?.page, place?.id]);
  return (
    <>
      <a className={`${link} ${styles.skip}`} href="#page">
        {say('shell.skip')}
      </a>
      <Navigation current={place?.page} />
      <Offline />
      <main id="page" tabIndex={-1}>
        <Broken key={`${place?.page} ${place?.id}`}>
          {page === undefined || place === undefined ? <NoPage /> : <Shown page={page} place={place} />}
        </Broken>
      </main>
    </>
  );
}

function Shown({ page, place: { page: name, id, search = {} } }: { page: PageEntry; place: Place }) {
  const Loaded = useLoaded(page);
  const isAway = useAway();
  if (typeof Loaded !== 'string') return <Loaded {...(id === undefined ? {} : { id })} search={search} />;
  const words = say(isAway ? 'shell.away' : 'shell.broken');
  return (
    <Page title={say(`shell.${name}`)}>
      {Loaded === 'loading' ? <Loading rows={6} /> : <Failed no={{ words }} again={() => location.reload()} />}
    </Page>
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
