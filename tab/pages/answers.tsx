import { Button, Field, Input, makeStyles, tokens } from '@fluentui/react-components';
import { useDeferredValue, useRef, useState } from 'react';
import type { Output } from '../api.ts';
import { useDesk } from '../me.ts';
import type { PageProps } from '../page-props.ts';
import { Choice } from '../parts/choice.tsx';
import { Empty } from '../parts/empty.tsx';
import { Failed } from '../parts/failed.tsx';
import { LeaderChoice } from '../parts/leaders.tsx';
import { useListStyles } from '../parts/list.ts';
import { Loading } from '../parts/loading.tsx';
import { Page } from '../parts/page.tsx';
import { LeaderRecord } from '../parts/record.tsx';
import { sayWanted } from '../parts/votes.ts';
import { usePolled } from '../polled.ts';
import { go, To } from '../route.tsx';
import { useSettled } from '../settled.ts';
import { useTyped } from '../typed.ts';
import { say, sayWeek } from '../words.ts';

type Threads = Output<'get', '/api/answers'>;
type Row = Threads['threads'][number];

/** Whoever reads does not wait for what others publish; coming back to the page looks again. */
const SELDOM_MS = 30_000;
const TYPING_MS = 120;

const useStyles = makeStyles({
  search: { gridColumn: '1 / -1' },
  told: { margin: '0 0 0.75rem', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  words: {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 3,
    overflow: 'hidden',
    overflowWrap: 'anywhere',
    color: tokens.colorNeutralForeground1,
    fontSize: tokens.fontSizeBase400,
    lineHeight: tokens.lineHeightBase400,
    fontWeight: tokens.fontWeightSemibold,
    textDecoration: 'none',
    // The whole row leads there.
    '::after': { content: '""', position: 'absolute', inset: 0 },
    ':hover': { textDecoration: 'underline' },
    ':focus-visible': { outlineStyle: 'none' },
    ':focus-visible::after': {
      outline: `2px solid ${tokens.colorStrokeFocus2}`,
      borderRadius: tokens.borderRadiusXLarge,
    },
  },
  answer: {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    overflow: 'hidden',
    overflowWrap: 'anywhere',
    margin: '0.375rem 0 0',
    color: tokens.colorNeutralForeground2,
    lineHeight: tokens.lineHeightBase400,
  },
});

/** The published threads: the home of whoever reads. */
export default function Answers({ search }: PageProps) {
  const { me } = useDesk();
  const list = useListStyles();
  const styles = useStyles();
  const [typed, type] = useTyped('answers.words', '');
  const words = useSettled(typed, TYPING_MS);
  const { leader = '', topic = '', by = 'newest' } = search;
  const filter = (changed: Record<string, string>): void =>
    go({ page: 'answers', search: { ...search, ...changed } }, { replace: true });
  const wanted = { words, leader, topic, by: orderOf(by) };
  return (
    <Page title={say('answers.title')} lead={say('answers.lead')} actions={<AskButton />} isReading>
      <div role="search" className={list.tools}>
        <Field label={say('answers.search')} className={styles.search}>
          <Input type="search" value={typed} maxLength={200} onChange={(_event, { value }) => type(value)} />
        </Field>
        {me.leaders.length > 1 && (
          <LeaderChoice
            me={me}
            value={leader}
            any={say('reading.allLeaders')}
            onChoose={(id) => filter({ leader: id })}
          />
        )}
        {me.topics.length > 0 && (
          <Choice
            label={say('reading.topic')}
            value={topic}
            any={say('reading.allTopics')}
            choices={me.topics.map((one) => ({ value: one, title: one }))}
            onChoose={(one) => filter({ topic: one })}
          />
        )}
        <Choice
          label={say('answers.order')}
          value={wanted.by}
          isDisabled={typed !== ''}
          choices={[
            { value: 'newest', title: say('answers.newest') },
            { value: 'helpful', title: say('answers.helpful') },
            { value: 'wanted', title: say('answers.wanted') },
          ]}
          onChoose={(one) => filter({ by: one === 'newest' ? '' : one })}
        />
      </div>
      {leader !== '' && <LeaderRecord leader={leader} />}
      <Found key={JSON.stringify([leader, topic, wanted.by])} wanted={wanted} />
    </Page>
  );
}

const AskButton = () => (
  <Button appearance="primary" onClick={() => go({ page: 'ask' })}>
    {say('reading.ask')}
  </Button>
);

type Order = 'newest' | 'helpful' | 'wanted';
const orderOf = (by: string): Order => (by === 'helpful' || by === 'wanted' ? by : 'newest');

interface Wanted {
  readonly words: string;
  readonly leader: string;
  readonly topic: string;
  readonly by: Order;
}

/** What was found, as many pages of it as were asked for. */
function Found({ wanted }: { wanted: Wanted }) {
  const [pages, show] = useState({ words: wanted.words, starts: [0] });
  // Other words begin at their first page.
  const starts = pages.words === wanted.words ? pages.starts : [0];
  return starts.map((from) => (
    <Some
      key={from}
      wanted={wanted}
      from={from}
      isLast={from === starts.at(-1)}
      onMore={(next) => show({ words: wanted.words, starts: [...starts, next] })}
    />
  ));
}

type SomeProps = { wanted: Wanted; from: number; isLast: boolean; onMore: (next: number) => void };

function Some({ wanted, from, isLast, onMore }: SomeProps) {
  const list = useListStyles();
  const styles = useStyles();
  const polled = usePolled('/api/answers', { ...wanted, from: String(from) }, { every: SELDOM_MS });
  const last = useRef<Threads>(undefined);
  if (polled.state === 'here') last.current = polled.body;
  // What was found before stays until what is typed now was looked for: nothing flickers under whoever reads.
  const shown = useDeferredValue(last.current);
  if (polled.state === 'failed') return <Failed no={polled.no} again={polled.again} />;
  if (shown === undefined) return <Loading rows={5} />;
  if (shown.threads.length === 0 && from === 0) return <Nothing wanted={wanted} />;
  return (
    <>
      {wanted.words !== '' && from === 0 && (
        <p role="status" className={styles.told}>
          {say(shown.next === undefined ? 'answers.found' : 'answers.foundMore', { count: shown.threads.length })}
        </p>
      )}
      <ul className={list.list}>
        {shown.threads.map((row) => (
          <li key={row.question}>
            <Thread row={row} />
          </li>
        ))}
      </ul>
      {isLast && shown.next !== undefined && (
        <div className={list.end}>
          <Button onClick={() => onMore(shown.next!)}>{say('shell.more')}</Button>
        </div>
      )}
    </>
  );
}

function Thread({ row: { question, words, answer, leader, topic, week, signed, votes } }: { row: Row }) {
  const list = useListStyles();
  const styles = useStyles();
  return (
    <article className={list.row}>
      <To page="q" id={question} className={styles.words} dir="auto">
        {words}
      </To>
      <p className={styles.answer} dir="auto">
        {answer}
      </p>
      <div className={list.meta}>
        <span>{leader}</span>
        {topic && <span>{topic}</span>}
        <span>{sayWeek(week)}</span>
        {signed && <span>{say('thread.askedBy', { name: signed })}</span>}
        {votes !== 0 && <span>{sayWanted(votes)}</span>}
      </div>
    </article>
  );
}

function Nothing({ wanted: { words, leader, topic } }: { wanted: Wanted }) {
  const isFiltered = words !== '' || leader !== '' || topic !== '';
  return (
    <div role="status">
      <Empty
        title={say(isFiltered ? 'answers.noneFoundTitle' : 'answers.noneTitle')}
        words={say(isFiltered ? 'answers.noneFound' : 'answers.none')}
      >
        <Button onClick={() => go({ page: 'ask' })}>{say('reading.ask')}</Button>
      </Empty>
    </div>
  );
}
