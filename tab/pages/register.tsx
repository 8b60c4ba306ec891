import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { Output } from '../api.ts';
import { useDesk } from '../me.ts';
import type { PageProps } from '../page-props.ts';
import { Empty } from '../parts/empty.tsx';
import { Failed } from '../parts/failed.tsx';
import { LeaderChoice, leaderShown } from '../parts/leaders.tsx';
import { useListStyles } from '../parts/list.ts';
import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';
import { LeaderRecord } from '../parts/record.tsx';
import { Verbatim, Wordings } from '../parts/thread-view.tsx';
import { STILL, usePolled } from '../polled.ts';
import { go } from '../route.tsx';
import { say, sayWeek } from '../words.ts';

type Declined = Output<'get', '/api/register'>['questions'][number];

const useStyles = makeStyles({
  reason: { margin: '0.75rem 0 0', fontWeight: tokens.fontWeightSemibold },
  hidden: { margin: 0, color: tokens.colorNeutralForeground3, fontStyle: 'italic' },
});

const choose = (leader: string): void => go({ page: 'register', search: { leader } }, { replace: true });

/** What was declined, openly, and why. */
export default function Register({ search }: PageProps) {
  const { me } = useDesk();
  const list = useListStyles();
  const leader = leaderShown(me, search['leader']);
  return (
    <Page title={say('register.title')} lead={say('register.lead')} isReading>
      {leader === undefined ? (
        <Empty words={say('reading.noLeaders')} />
      ) : (
        <>
          {me.leaders.length > 1 && (
            <div className={list.tools}>
              <LeaderChoice me={me} value={leader.id} onChoose={choose} />
            </div>
          )}
          <LeaderRecord leader={leader.id} />
          <Entries key={leader.id} leader={leader} />
        </>
      )}
    </Page>
  );
}

type Leader = { id: string; name: string };

function Entries({ leader }: { leader: Leader }) {
  const [pages, show] = useState<(string | undefined)[]>([undefined]);
  return pages.map((after) => (
    <Some
      key={after ?? ''}
      leader={leader}
      after={after}
      isLast={after === pages.at(-1)}
      onMore={(next) => show([...pages, next])}
    />
  ));
}

type SomeProps = { leader: Leader; after: string | undefined; isLast: boolean; onMore: (next: string) => void };

function Some({ leader, after, isLast, onMore }: SomeProps) {
  const list = useListStyles();
  const polled = usePolled('/api/register', { leader: leader.id, after }, { every: STILL });
  if (polled.state === 'loading') return <Loading rows={4} />;
  if (polled.state === 'failed') return <Failed no={polled.no} again={polled.again} />;
  const { questions, next } = polled.body;
  if (questions.length === 0 && after === undefined) {
    return <Empty title={say('register.noneTitle', { leader: leader.name })} words={say('register.none')} />;
  }
  return (
    <>
      <ul className={list.list}>
        {questions.map((question, at) => (
          <li key={at}>
            <Entry question={question} leader={leader.name} />
          </li>
        ))}
      </ul>
      {isLast && next !== undefined && (
        <div className={list.end}>
          <Button onClick={() => onMore(next)}>{say('shell.more')}</Button>
        </div>
      )}
    </>
  );
}

function Entry({
  question: { words, topic, week, reason, role, note, wordings = [] },
  leader,
}: {
  question: Declined;
  leader: string;
}) {
  const list = useListStyles();
  const styles = useStyles();
  return (
    <article className={list.row}>
      {words === undefined ? (
        <p className={styles.hidden}>{say('register.hidden')}</p>
      ) : (
        <Verbatim words={words} className={list.question} />
      )}
      {wordings.length > 0 && <Wordings wordings={wordings} />}
      <p className={styles.reason}>{say(`reading.${reason}`)}</p>
      {note && <Verbatim words={note} />}
      <div className={list.meta}>
        <span>{role === 'curator' ? say('register.byComms') : say('register.by', { leader })}</span>
        {topic && <span>{topic}</span>}
        <span>{sayWeek(week)}</span>
      </div>
    </article>
  );
}
