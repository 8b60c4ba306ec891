import { makeStyles, tokens } from '@fluentui/react-components';
import { STILL, usePolled } from '../../polled.ts';
import { say, sayNumber } from '../../words.ts';

const useStyles = makeStyles({
  title: { margin: '0 0 0.25rem', fontSize: tokens.fontSizeBase300 },
  lead: { margin: '0 0 0.5rem', color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
  table: { width: '100%', borderCollapse: 'collapse', fontSize: tokens.fontSizeBase200 },
  head: { fontWeight: tokens.fontWeightRegular, color: tokens.colorNeutralForeground3 },
  cell: { padding: '0.25rem 0', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  name: { textAlign: 'start', fontWeight: tokens.fontWeightRegular },
  number: {
    textAlign: 'end',
    fontWeight: tokens.fontWeightRegular,
    paddingInlineStart: '0.75rem',
    fontVariantNumeric: 'tabular-nums',
  },
});

/** Counted no further. */
const COUNTED = 100;
const sayCount = (count: number): string => (count >= COUNTED ? `${sayNumber(COUNTED)}+` : sayNumber(count));

/** Who has answered least: whom a word from comms would help most. By count alone. */
export function Leaders() {
  const styles = useStyles();
  const tallies = usePolled('/api/slots/leaders', {}, { every: STILL });
  if (tallies.state !== 'here') return null;
  return (
    <section>
      <h2 className={styles.title}>{say('planner.leaders')}</h2>
      <p className={styles.lead}>{say('planner.leadersLead')}</p>
      <table className={styles.table}>
        <thead className={styles.head}>
          <tr>
            <th scope="col" className={styles.name}>
              {say('planner.leader')}
            </th>
            <th scope="col" className={styles.number}>
              {say('planner.answered')}
            </th>
            <th scope="col" className={styles.number}>
              {say('planner.waiting')}
            </th>
          </tr>
        </thead>
        <tbody>
          {tallies.body.leaders.map(({ name, answered, waiting }) => (
            <tr key={name}>
              <th scope="row" className={`${styles.cell} ${styles.name}`}>
                {name}
              </th>
              <td className={`${styles.cell} ${styles.number}`}>{sayCount(answered)}</td>
              <td className={`${styles.cell} ${styles.number}`}>{sayCount(waiting)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
