import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { ChevronDownRegular, ChevronUpRegular } from '@fluentui/react-icons';
import { useId, useRef, useState } from 'react';
import type { Output } from '../api.ts';
import { Empty } from '../parts/empty.tsx';
import { Failed } from '../parts/failed.tsx';
import { useListStyles } from '../parts/list.ts';
import { Loading } from '../parts/loading.tsx';
import { OwnQuestion } from '../parts/own-question.tsx';
import { Page } from '../parts/page.tsx';
import { usePolled } from '../polled.ts';
import { go } from '../route.tsx';
import { say, sayDay, sayWeek } from '../words.ts';

export type Own = Output<'get', '/api/mine'>['questions'][number];

/** Own questions are looked up one by one behind their seals: dear, and seldom changed. */
const SELDOM_MS = 20_000;

const useStyles = makeStyles({
  head: {
    display: 'flex',
    alignItems: 'start',
    gap: '0.75rem',
    width: '100%',
    padding: 0,
    border: 'none',
    background: 'none',
    color: 'inherit',
    font: 'inherit',
    textAlign: 'start',
    cursor: 'pointer',
    ':focus-visible': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '4px' },
  },
  text: { flex: '1 1 auto', minWidth: 0 },
  state: {
    color: tokens.colorNeutralForeground2,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase300,
  },
  calls: { color: tokens.colorBrandForeground1, fontWeight: tokens.fontWeightSemibold },
  words: {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    overflow: 'hidden',
    overflowWrap: 'anywhere',
    fontSize: tokens.fontSizeBase300,
    fontWeight: tokens.fontWeightSemibold,
  },
  icon: { flexShrink: 0, fontSize: '1.25rem', marginTop: '0.25rem' },
});

/**
 * One's own questions. None has an address of its own: the addresses that somebody opens may stand in lists that others read,
 * and this one would say who asked.
 */
export default function Mine() {
  const [starts, show] = useState([0]);
  return (
    <Page
      title={say('mine.title')}
      lead={say('mine.lead')}
      isReading
      actions={
        <Button appearance="primary" onClick={() => go({ page: 'ask' })}>
          {say('reading.ask')}
        </Button>
      }
    >
      {starts.map((from) => (
        <Some key={from} from={from} isLast={from === starts.at(-1)} onMore={(next) => show([...starts, next])} />
      ))}
    </Page>
  );
}

function Some({ from, isLast, onMore }: { from: number; isLast: boolean; onMore: (next: number) => void }) {
  const list = useListStyles();
  const polled = usePolled('/api/mine', { from: String(from) }, { every: SELDOM_MS });
  const called = useRef(new Set<string>());
  if (polled.state === 'loading') return <Loading rows={4} />;
  if (polled.state === 'failed') return <Failed no={polled.no} again={polled.again} />;
  const { questions, next } = polled.body;
  if (questions.length === 0 && from === 0) return <Empty title={say('mine.noneTitle')} words={say('mine.none')} />;
  // Who is waited for comes first to what they are waited for with; it stays there when that is done.
  for (const own of questions) if (calls(own)) called.current.add(own.question);
  const isCalled = ({ question }: Own): boolean => called.current.has(question);
  const ordered = [...questions.filter(isCalled), ...questions.filter((own) => !isCalled(own))];
  const first = questions.find(calls) ?? (from === 0 ? ordered[0] : undefined);
  return (
    <>
      <ul className={list.list}>
        {ordered.map((own) => (
          <li key={own.question}>
            <Row own={own} isFirst={own === first} />
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

/** Whether somebody waits for this person. */
const calls = ({ may, edit }: Own): boolean => may.clarify || edit !== undefined;

/** Where it stands, in a few words. */
function sayStanding({ standing, leader, promise, edit }: Own): string {
  if (edit !== undefined) return say('mine.proposed');
  switch (standing) {
    case 'asked-back':
      return say('mine.askedBack', { leader });
    case 'promised':
      return say('reading.promised', { day: sayDay(promise ?? '') });
    case 'on-its-way':
      return say('mine.onItsWay');
    case 'waiting':
    case 'answered':
    case 'published':
    case 'retracted':
    case 'declined':
    case 'withdrawn':
    case 'merged':
      return say(`mine.${standing}`);
  }
}

function Row({ own, isFirst }: { own: Own; isFirst: boolean }) {
  const list = useListStyles();
  const styles = useStyles();
  const [isOpen, open] = useState(isFirst);
  const body = useId();
  const Chevron = isOpen ? ChevronUpRegular : ChevronDownRegular;
  return (
    <article className={list.row}>
      <button
        type="button"
        className={styles.head}
        aria-expanded={isOpen}
        aria-controls={body}
        onClick={() => open(!isOpen)}
      >
        <span className={styles.text}>
          {!isOpen && (
            <span className={styles.words} dir="auto">
              {own.words}
            </span>
          )}
          <span className={calls(own) ? styles.calls : styles.state}>{sayStanding(own)}</span>
          {!isOpen && (
            <span className={styles.state}>
              {' · '}
              {own.leader} · {sayWeek(own.week)}
            </span>
          )}
        </span>
        <Chevron className={styles.icon} aria-hidden="true" />
      </button>
      <div id={body}>{isOpen && <OwnQuestion own={own} />}</div>
    </article>
  );
}
