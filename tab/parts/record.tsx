import { makeStyles, tokens } from '@fluentui/react-components';
import { usePolled } from '../polled.ts';
import { say, sayNumber } from '../words.ts';

/** How a leader answers changes from day to day, not from minute to minute. */
const SELDOM_MS = 60_000;
/** The bot counts no further. */
const COUNTED = 100;

const useStyles = makeStyles({
  record: { display: 'flex', flexWrap: 'wrap', gap: '0.5rem 2rem', margin: '0 0 1.25rem', minHeight: '2.75rem' },
  one: { display: 'flex', flexDirection: 'column-reverse' },
  number: { margin: 0, fontSize: tokens.fontSizeBase400, fontWeight: tokens.fontWeightSemibold },
  what: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

function sayCount(count: number | 'few'): string {
  if (count === 'few') return say('reading.fewAlone');
  return count >= COUNTED ? say('reading.orMore', { count: COUNTED }) : sayNumber(count);
}

/** How many questions a leader has answered, declined or left waiting, and how long one waits. */
export function LeaderRecord({ leader }: { leader: string }) {
  const styles = useStyles();
  const polled = usePolled('/api/leaders/:id', { id: leader }, { every: SELDOM_MS });
  if (polled.state !== 'here') return <div className={styles.record} />;
  const { answered, waiting, declined, weeks } = polled.body;
  const lines = [
    [say('reading.answered'), sayCount(answered)],
    [say('reading.waiting'), sayCount(waiting)],
    [say('reading.declined'), sayCount(declined)],
    ...(weeks === undefined
      ? []
      : [[say('reading.median'), weeks === 0 ? say('reading.sameWeek') : say('reading.weeks', { count: weeks })]]),
  ];
  return (
    <dl className={styles.record}>
      {lines.map(([what, number]) => (
        <div key={what} className={styles.one}>
          <dt className={styles.what}>{what}</dt>
          <dd className={styles.number}>{number}</dd>
        </div>
      ))}
    </dl>
  );
}
