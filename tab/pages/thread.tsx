import { Button, makeStyles } from '@fluentui/react-components';
import type { Output } from '../api.ts';
import { useDesk } from '../me.ts';
import type { PageProps } from '../page-props.ts';
import { Empty } from '../parts/empty.tsx';
import { Failed } from '../parts/failed.tsx';
import { useLinkStyles } from '../parts/link.ts';
import { useListStyles } from '../parts/list.ts';
import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';
import { Reactions } from '../parts/reactions.tsx';
import { ThreadView } from '../parts/thread-view.tsx';
import { sayWanted } from '../parts/votes.ts';
import { usePolled } from '../polled.ts';
import { go, To } from '../route.tsx';
import { say } from '../words.ts';

const SELDOM_MS = 30_000;
const LABEL = 80;

const useStyles = makeStyles({
  foot: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0.5rem 1rem', marginTop: '1.5rem' },
});

type Published = Output<'get', '/api/answers/:id'>;

/** A published thread, at an address that stays. */
export default function Thread({ id = '' }: PageProps) {
  const polled = usePolled('/api/answers/:id', { id }, { every: SELDOM_MS });
  const link = useLinkStyles();
  return (
    <Page
      title={say('reading.thread')}
      isReading
      actions={polled.state === 'here' && <Share id={id} of={polled.body} />}
    >
      {polled.state === 'loading' && <Loading rows={4} />}
      {polled.state === 'failed' &&
        (polled.no.refused === 'not-found' || polled.no.refused === 'unreadable' ? (
          <Empty title={say('reading.goneTitle')} words={say('reading.gone')} />
        ) : (
          <Failed no={polled.no} again={polled.again} />
        ))}
      {polled.state === 'here' && <Whole id={id} published={polled.body} />}
      <p>
        <To page="answers" className={link}>
          {say('reading.toAll')}
        </To>
      </p>
    </Page>
  );
}

/** Teams offers the link for copying, or to send in a chat. */
function Share({ id, of: { thread } }: { id: string; of: Published }) {
  const { host } = useDesk();
  const label = thread.words.length > LABEL ? `${thread.words.slice(0, LABEL)}…` : thread.words;
  return <Button onClick={() => host.share(`q/${id}`, label)}>{say('reading.share')}</Button>;
}

function Whole({ id, published }: { id: string; published: Published }) {
  const { thread, votes, posts } = published;
  const { host } = useDesk();
  const styles = useStyles();
  const list = useListStyles();
  return (
    <div className={list.row}>
      <ThreadView thread={thread} />
      {votes !== 0 && <p className={list.meta}>{sayWanted(votes)}</p>}
      <Reactions question={id} of={published} />
      <div className={styles.foot}>
        {posts.map(({ channel, team, link }) =>
          link === undefined ? (
            <span key={`${team} ${channel}`} className={list.quiet}>
              {say('reading.postedIn', { channel, team })}
            </span>
          ) : (
            <Button key={link} appearance="secondary" onClick={() => void host.open(link)}>
              {say('reading.openPost', { channel })}
            </Button>
          ),
        )}
        <Button appearance="secondary" onClick={() => go({ page: 'ask' })}>
          {say('reading.ask')}
        </Button>
      </div>
    </div>
  );
}
