import { useEffect, useMemo } from 'react';
import { go, usePlace } from './route.tsx';
import { type Place, placeNamed } from './address.ts';
import { back } from './route.tsx';
import type { Host } from './host.ts';
import { DeskProvider, type Me } from './me.ts';
import { homeOf } from './pages.ts';
import { Failed } from './parts/failed.tsx';
import { Loading } from './parts/loading.tsx';
import { Page } from './parts/page.tsx';
import { usePolled } from './polled.ts';
import { Shell } from './shell.tsx';
import { say } from './words.ts';

/** Roles change seldom; the API refuses at once whoever lost one, and the navigation follows. */
const ROLES_MS = 60_000;

/** The desk of whoever Teams says is there. */
export function Desk({ host }: { host: Host }) {
  const me = usePolled('/api/me', {}, { every: ROLES_MS });
  useEffect(() => host.onBack(back), [host]);
  if (me.state === 'here') return <Opened host={host} me={me.body} />;
  return (
    <main>
      <Page title={say('shell.name')}>
        {me.state === 'failed' ? <Failed no={me.no} again={me.again} /> : <Loading rows={4} />}
      </Page>
    </main>
  );
}

/** What the manifest names. */
const ENTRANCE = '/tab/desk';

/** What a tab of a channel opens with, as whoever added it chose. */
const channelPlace = (): Place | undefined => placeNamed(new URLSearchParams(location.search).get('opens') ?? '');

/** Teams opens one address for all; a deep link names its place beside it, and without one it is the person's home. */
function Opened({ host, me }: { host: Host; me: Me }) {
  const place = usePlace();
  const isEntrance = place === undefined && location.pathname === ENTRANCE;
  useEffect(() => {
    if (isEntrance) go(placeNamed(host.opens ?? '') ?? channelPlace() ?? { page: homeOf(me) }, { replace: true });
  }, [isEntrance, host, me]);
  const desk = useMemo(() => ({ host, me }), [host, me]);
  return <DeskProvider value={desk}>{isEntrance ? null : <Shell place={place} />}</DeskProvider>;
}
