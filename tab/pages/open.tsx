import { Button, makeStyles, ToggleButton } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import { type Output, post } from '../api.ts';
import { useDesk } from '../me.ts';
import type { PageProps } from '../page-props.ts';
import { Empty } from '../parts/empty.tsx';
import { Failed } from '../parts/failed.tsx';
import { LeaderChoice, leaderShown } from '../parts/leaders.tsx';
import { useListStyles } from '../parts/list.ts';
import { Loading } from '../parts/loading.tsx';
import { Notice } from '../parts/notice.tsx';
import { Page } from '../parts/page.tsx';
import { LeaderRecord } from '../parts/record.tsx';
import { Verbatim, Wordings } from '../parts/thread-view.tsx';
import { sayVotes } from '../parts/votes.ts';
import { usePolled } from '../polled.ts';
import { isRefused, type Refused } from '../request.ts';
import { go } from '../route.tsx';
import { say, sayDay, sayWeek } from '../words.ts';

const FEW_MS = 5_000;

type Question = Output<'get', '/api/open'>['questions'][number];

const useStyles = makeStyles({
  foot: { display: 'flex', flexWrap: 'wrap', alignItems: 'center', gap: '0.5rem 1rem', marginTop: '0.75rem' },
});

const choose = (leader: string): void => go({ page: 'open', search: { leader } }, { replace: true });

/** What nobody has answered yet, and whether one would ask it too. */
export default function Open({ search }: PageProps) {
  const { me } = useDesk();
  const list = useListStyles();
  const leader = leaderShown(me, search['leader']);
  return (
    <Page title={say('open.title')} lead={say('open.lead')} isReading>
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
          <Queue key={leader.id} leader={leader} />
        </>
      )}
    </Page>
  );
}

function Queue({ leader }: { leader: { id: string; name: string } }) {
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

type SomeProps = {
  leader: { id: string; name: string };
  after: string | undefined;
  isLast: boolean;
  onMore: (next: string) => void;
};

function Some({ leader, after, isLast, onMore }: SomeProps) {
  const list = useListStyles();
  const polled = usePolled('/api/open', { leader: leader.id, after }, { every: FEW_MS });
  const calm = useCalm();
  if (polled.state === 'loading') return <Loading rows={4} />;
  if (polled.state === 'failed') return <Failed no={polled.no} again={polled.again} />;
  const { questions, next } = polled.body;
  if (questions.length === 0 && after === undefined) {
    return (
      <Empty title={say('open.noneTitle', { leader: leader.name })} words={say('open.none')}>
        <Button onClick={() => go({ page: 'ask' })}>{say('reading.ask')}</Button>
      </Empty>
    );
  }
  return (
    <>
      <ul className={list.list}>
        {calm(questions).map((question) => (
          <li key={question.question}>
            <Row question={question} />
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

/** Votes change the order. Under somebody who is voting, what stands there stays where it is. */
function useCalm(): (questions: readonly Question[]) => Question[] {
  const places = useRef(new Map<string, number>());
  const placeOf = (id: string): number => {
    const known = places.current.get(id) ?? places.current.size;
    places.current.set(id, known);
    return known;
  };
  return (questions) => {
    for (const { question } of questions) placeOf(question);
    return questions.toSorted((a, b) => placeOf(a.question) - placeOf(b.question));
  };
}

function Row({
  question: { question, words, topic, week, signed, promise, votes, voted, wordings = [] },
}: {
  question: Question;
}) {
  const list = useListStyles();
  const styles = useStyles();
  const [no, refuse] = useState<Refused>();
  const [isActing, begin] = useState(false);
  const vote = async (): Promise<void> => {
    begin(true);
    const answer = await post('/api/open/vote', { question, wanted: !voted });
    begin(false);
    refuse(isRefused(answer) ? answer : undefined);
  };
  return (
    <article className={list.row}>
      <Verbatim words={words} className={list.question} />
      {wordings.length > 0 && <Wordings wordings={wordings} />}
      <div className={list.meta}>
        {topic && <span>{topic}</span>}
        <span>{sayWeek(week)}</span>
        {signed && <span>{say('thread.askedBy', { name: signed })}</span>}
        {promise && <span>{say('reading.promised', { day: sayDay(promise) })}</span>}
      </div>
      <div className={styles.foot}>
        <ToggleButton checked={voted} disabledFocusable={isActing} onClick={() => void vote()}>
          {say(voted ? 'open.voted' : 'open.vote')}
        </ToggleButton>
        <span className={list.quiet}>{sayVotes(votes)}</span>
      </div>
      {no && <Notice intent="error">{no.words}</Notice>}
    </article>
  );
}
