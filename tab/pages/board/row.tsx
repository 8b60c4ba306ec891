import { Badge, Checkbox, makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { memo, type ReactNode } from 'react';
import { sayVotes } from '../../parts/votes.ts';
import { To } from '../../route.tsx';
import { sayOwnTime } from '../../time.ts';
import { weeksSince } from '../../weeks.ts';
import { say, sayDay } from '../../words.ts';
import { leaveFor } from './came-from.ts';
import type { Row as Question, Stage } from './rows.ts';

const useStyles = makeStyles({
  row: {
    position: 'relative',
    padding: '0.75rem',
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
    ':focus-within': { border: `1px solid ${tokens.colorNeutralStroke1Selected}` },
  },
  chosen: {
    backgroundColor: tokens.colorBrandBackground2,
    ':hover': { backgroundColor: tokens.colorBrandBackground2Hover },
  },
  head: { display: 'flex', alignItems: 'start', gap: '0.25rem' },
  words: {
    flex: '1 1 auto',
    minWidth: 0,
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 4,
    overflow: 'hidden',
    overflowWrap: 'anywhere',
    color: tokens.colorNeutralForeground1,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    textDecoration: 'none',
    // The whole row leads there, under its checkbox.
    '::after': { content: '""', position: 'absolute', inset: 0 },
    ':focus-visible': { outlineStyle: 'none' },
    ':focus-visible::after': {
      outline: `2px solid ${tokens.colorStrokeFocus2}`,
      borderRadius: tokens.borderRadiusLarge,
    },
  },
  choose: { position: 'relative', zIndex: 1, flexShrink: 0, margin: '-0.5rem -0.5rem -0.5rem 0' },
  meta: {
    display: 'flex',
    flexWrap: 'wrap',
    gap: '0 0.625rem',
    marginTop: '0.375rem',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
    overflowWrap: 'anywhere',
  },
  marks: { display: 'flex', flexWrap: 'wrap', gap: '0.25rem', marginTop: '0.5rem' },
  mark: {
    maxWidth: '100%',
    height: 'auto',
    minHeight: '1.25rem',
    whiteSpace: 'normal',
    textAlign: 'start',
    borderRadius: tokens.borderRadiusMedium,
  },
});

interface Given {
  readonly row: Question;
  readonly stage: Stage;
  /** Who works on it, where somebody does. */
  readonly claimed: string | undefined;
  readonly isMine: boolean;
  readonly isChosen: boolean;
  /** Nothing where whoever looks may only read. */
  readonly choose: ((row: Question, isChosen: boolean) => void) | undefined;
}

/** A question in its column. */
export const Row = memo(function Row({ row, stage, claimed, isMine, isChosen, choose }: Given) {
  const styles = useStyles();
  const marks = marksOf(row, claimed, isMine);
  return (
    <div className={mergeClasses(styles.row, isChosen && styles.chosen)} data-question={row.question}>
      <div className={styles.head}>
        <To page="q" id={row.question} className={styles.words} dir="auto" onClick={() => leaveFor(row.question)}>
          {row.words}
        </To>
        {choose && (
          <Checkbox
            className={styles.choose}
            aria-label={say('board.choose', { words: row.words })}
            checked={isChosen}
            onChange={(_event, { checked }) => choose(row, checked === true)}
          />
        )}
      </div>
      <div className={styles.meta}>
        <span>{row.leader.name}</span>
        {row.topic !== undefined && <span>{row.topic}</span>}
        <span>{sayWhen(row, stage)}</span>
        {row.votes !== 0 && <span>{sayVotes(row.votes)}</span>}
      </div>
      {marks.length > 0 && (
        <div className={styles.marks}>
          {marks.map(({ words, color }) => (
            <Badge key={words} className={styles.mark} appearance="tint" color={color}>
              {words}
            </Badge>
          ))}
        </div>
      )}
    </div>
  );
});

type Mark = { words: string; color: 'danger' | 'warning' | 'brand' | 'informative' };

/** What a curator should know before opening it: the most pressing first. */
function marksOf(row: Question, claimed: string | undefined, isMine: boolean): Mark[] {
  const { promise, channels } = row;
  const marks: (Mark | false)[] = [
    claimed !== undefined && {
      words: isMine ? say('board.mine') : say('board.claimed', { name: claimed }),
      color: 'brand',
    },
    channels.some(({ state }) => state === 'uncertain') && { words: say('board.uncertain'), color: 'danger' },
    channels.some(({ isStopped }) => isStopped) && { words: say('board.stopped'), color: 'danger' },
    row.isOverdue && { words: say('board.overdue'), color: 'danger' },
    row.wentOn && { words: say('board.wentOn'), color: 'warning' },
    promise !== undefined && sayPromise(promise, new Date()),
    row.waitsForAsker && { words: say('board.askedBack'), color: 'informative' },
    row.isAside && { words: say('board.aside'), color: 'informative' },
  ];
  return marks.filter((mark) => mark !== false);
}

/** A promise that is over weighs more than one that still may be kept. */
const sayPromise = (day: string, now: Date): Mark =>
  day < now.toISOString().slice(0, 10)
    ? { words: say('board.promiseOver', { day: sayDay(day) }), color: 'danger' }
    : { words: say('board.promised', { day: sayDay(day) }), color: 'informative' };

function sayWhen({ week, since, at }: Question, stage: Stage): ReactNode {
  if (stage === 'waiting') {
    const count = weeksSince(week, new Date());
    return count === 0 ? say('board.thisWeek') : say('board.weeks', { count });
  }
  if (stage === 'scheduled' && at !== undefined) return sayOwnTime(at);
  return since === undefined ? '' : say('board.since', { day: sayDay(since) });
}
