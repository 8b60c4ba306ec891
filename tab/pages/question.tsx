import { Badge, Button, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { Output } from '../api.ts';
import { useDesk } from '../me.ts';
import type { PageProps } from '../page-props.ts';
import { CardPreview } from '../parts/card-preview.tsx';
import { Curation } from '../parts/curation.tsx';
import { Empty } from '../parts/empty.tsx';
import { Failed } from '../parts/failed.tsx';
import { useLinkStyles } from '../parts/link.ts';
import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';
import { Panel } from '../parts/panel.tsx';
import { Publish } from '../parts/publish.tsx';
import { ThreadView } from '../parts/thread-view.tsx';
import { sayVotes } from '../parts/votes.ts';
import { STILL, usePolled } from '../polled.ts';
import { To } from '../route.tsx';
import { say, sayDay } from '../words.ts';
import { Claim } from './question/claim.tsx';
import { ChangeLog } from './question/log.tsx';

type Question = Output<'get', '/api/questions/:id'>;

const LABEL = 80;
const BESIDE = '@media (min-width: 56rem)';

const useStyles = makeStyles({
  // One below the other in the order of reading; with room, what is posted stands beside the thread.
  sides: {
    display: 'grid',
    gap: '1rem 1.5rem',
    alignItems: 'start',
    [BESIDE]: { gridTemplateColumns: 'minmax(0, 1fr) minmax(0, 1fr)', gridTemplateRows: 'auto 1fr' },
  },
  side: { display: 'flex', flexDirection: 'column', gap: '1rem', minWidth: 0 },
  posting: { [BESIDE]: { gridColumn: '2', gridRow: '1 / span 2' } },
  votes: { margin: '1rem 0 0' },
  marks: { display: 'flex', flexWrap: 'wrap', gap: '0.375rem', marginTop: '1rem' },
  mark: {
    height: 'auto',
    minHeight: '1.5rem',
    whiteSpace: 'normal',
    maxWidth: '100%',
    textAlign: 'start',
    borderRadius: tokens.borderRadiusMedium,
  },
  top: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    justifyContent: 'space-between',
    gap: '0.5rem 1.5rem',
    marginBottom: '1rem',
  },
});

/** Everything that comms know of one question, and what they can do about it. */
export default function QuestionPage({ id = '' }: PageProps) {
  const { me, host } = useDesk();
  const polled = usePolled('/api/questions/:id', { id });
  const link = useLinkStyles();
  const styles = useStyles();
  const question = polled.state === 'here' ? polled.body : undefined;
  const isCurator = me.roles.includes('curator');
  const share = (words: string) => host.share(`q/${id}`, words.length > LABEL ? `${words.slice(0, LABEL)}…` : words);
  const isGone = polled.state === 'failed' && ['not-found', 'unreadable'].includes(polled.no.refused);
  return (
    <Page
      title={question ? say('question.title', { leader: question.leader }) : say('shell.q')}
      actions={
        question?.stage === 'published' && <Button onClick={() => share(question.words)}>{say('reading.share')}</Button>
      }
    >
      <div className={styles.top}>
        <To page="board" search={question?.stage === undefined ? {} : { stage: question.stage }} className={link}>
          {say('question.toBoard')}
        </To>
        {question && isCurator && <Claim question={id} claim={question.claim} />}
      </div>
      {polled.state === 'loading' && <Loading rows={5} />}
      {isGone && <Empty title={say('question.goneTitle')} words={say('question.gone')} />}
      {polled.state === 'failed' && !isGone && <Failed no={polled.no} again={polled.again} />}
      {question && <Whole question={question} isCurator={isCurator} />}
    </Page>
  );
}

function Whole({ question, isCurator }: { question: Question; isCurator: boolean }) {
  const styles = useStyles();
  const { votes, ...thread } = question;
  const hasPost = question.answer !== undefined;
  return (
    <div className={styles.sides}>
      <Panel>
        <ThreadView thread={thread} />
        <Marks question={question} />
        {votes !== 0 && <p className={styles.votes}>{sayVotes(votes)}</p>}
      </Panel>
      {hasPost && (
        <div className={mergeClasses(styles.side, styles.posting)}>
          {isCurator && (
            <Panel title={say('publish.title')}>
              <Publish question={question.question} />
            </Panel>
          )}
          <Panel title={say(isPosted(question) ? 'question.posted' : 'question.preview')}>
            <Preview id={question.question} />
          </Panel>
        </div>
      )}
      <div className={styles.side}>
        <Curation question={question.question} />
        <Panel title={say('question.log')}>
          <ChangeLog history={question.history} />
        </Panel>
      </div>
    </div>
  );
}

/** Nothing would be added to what stands in its channels. */
const isPosted = ({ stage, wentOn }: Question): boolean => stage === 'published' && !wentOn;

/** How it stands, where the thread itself does not say so. */
function Marks({ question: { isOverdue, promise, declined, aside } }: { question: Question }) {
  const styles = useStyles();
  const marks = [
    isOverdue && say('board.overdue'),
    promise !== undefined && say('board.promised', { day: sayDay(promise) }),
    aside !== undefined && say('question.aside', { curator: aside.by, reason: aside.reason }),
    declined !== undefined && sayDeclined(declined),
  ].filter((mark) => mark !== false);
  if (marks.length === 0) return null;
  return (
    <div className={styles.marks}>
      {marks.map((words) => (
        <Badge key={words} className={styles.mark} appearance="tint" size="large" color="informative">
          {words}
        </Badge>
      ))}
    </div>
  );
}

const sayDeclined = ({ reason, words }: NonNullable<Question['declined']>): string => {
  const why = say(`reading.${reason}`);
  return words === undefined ? say('question.declined', { why }) : say('question.declinedWith', { why, words });
};

/** Read again once somebody has acted: the post follows what is said, not the clock. */
function Preview({ id }: { id: string }) {
  const polled = usePolled('/api/questions/:id/post', { id }, { every: STILL });
  if (polled.state === 'failed') return <Failed no={polled.no} again={polled.again} />;
  return polled.state === 'loading' ? <Loading rows={3} /> : <CardPreview cards={polled.body.cards} />;
}
