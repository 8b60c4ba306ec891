import { makeStyles, tokens } from '@fluentui/react-components';
import type { Output } from '../../api.ts';
import { say, sayList, sayWeek } from '../../words.ts';

type Noted = Output<'get', '/api/questions/:id'>['history'][number];

const useStyles = makeStyles({
  weeks: { margin: 0 },
  week: {
    margin: '0 0 0.125rem',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  deeds: { margin: '0 0 0.75rem', padding: 0, listStyle: 'none' },
});

/** Which role did what, in which week. No names, no days: the log would tell on whoever asked. */
export function ChangeLog({ history }: { history: readonly Noted[] }) {
  const styles = useStyles();
  return (
    <dl className={styles.weeks}>
      {byWeek(history).map(({ week, deeds }) => (
        <div key={week}>
          <dt className={styles.week}>{sayWeek(week)}</dt>
          <dd className={styles.deeds}>
            {deeds.map((deed, at) => (
              <div key={at}>{sayDeed(deed)}</div>
            ))}
          </dd>
        </div>
      ))}
    </dl>
  );
}

/** In the order in which it was done; weeks never go back. */
function byWeek(history: readonly Noted[]): { week: string; deeds: Noted[] }[] {
  const weeks = new Map<string, Noted[]>();
  for (const deed of history) weeks.set(deed.week, [...(weeks.get(deed.week) ?? []), deed]);
  return [...weeks].map(([week, deeds]) => ({ week, deeds }));
}

function sayDeed({ role, did, channels = [] }: Noted): string {
  if (did === 'published' && role === 'bot') return say('log.publishedByPlan', { channels: sayChannels(channels) });
  return say(`log.${did}`, { who: say(`roles.${role}`), channels: sayChannels(channels) });
}

/** A channel that is gone has no name any more. */
const sayChannels = (names: readonly string[]): string => sayList(names.map((name) => name || say('publish.gone')));
