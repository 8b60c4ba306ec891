import { Button, makeStyles, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import type { SettingsChange, SettingsLog } from '../../../bot/http/api/settings.ts';
import { get, isRefused, type Refused } from '../../api.ts';
import { Empty } from '../../parts/empty.tsx';
import { Failed } from '../../parts/failed.tsx';
import { Loading } from '../../parts/loading.tsx';
import { Notice } from '../../parts/notice.tsx';
import { STILL, usePolled } from '../../polled.ts';
import { type Key, say, sayDay } from '../../words.ts';

type Entry = SettingsLog['entries'][number];

const WHAT: Record<SettingsChange['what'], Key> = {
  leader: 'settings.whatLeader',
  'leader-name': 'settings.name',
  'leader-title': 'settings.title',
  'leader-topics': 'settings.topicsOf',
  'leader-audience': 'settings.audienceOf',
  'leader-order': 'settings.whatOrder',
  delegate: 'settings.whatDelegate',
  curator: 'settings.whatCurator',
  admin: 'settings.whatAdmin',
  name: 'settings.name',
  topic: 'settings.topic',
  audience: 'settings.audience',
  'default-leader': 'settings.defaultLeader',
  'default-channel': 'settings.defaultChannel',
  'questions-a-day': 'settings.questionsADay',
  'votes-a-day': 'settings.votesADay',
  'mix-size': 'settings.mixSize',
  'mix-minutes': 'settings.mixMinutes',
  'overdue-days': 'settings.overdueDays',
  'dry-days': 'settings.dryDays',
  holiday: 'settings.whatHoliday',
  language: 'settings.defaultLanguage',
};

function sayChange({ what, of, from, to }: SettingsChange): string {
  const label = say(WHAT[what]);
  const about = of === undefined ? label : say('settings.whatOf', { what: label, of });
  if (from === undefined) return say('settings.added', { what: about, to: to ?? '' });
  if (to === undefined) return say('settings.removed', { what: about, from });
  return say('settings.changed', { what: about, from, to });
}

const useStyles = makeStyles({
  list: { listStyleType: 'none', margin: '1rem 0', padding: 0, display: 'grid', gap: '0.5rem' },
  entry: {
    padding: '0.75rem 1rem',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  who: { margin: 0, fontWeight: tokens.fontWeightSemibold },
  first: { margin: 0, color: tokens.colorNeutralForeground3 },
  changes: { margin: '0.25rem 0 0', paddingInlineStart: '1.25rem', listStyleType: 'disc' },
});

/** What one save changed. */
export function Changes({ changes }: { changes: Entry['changes'] }) {
  const styles = useStyles();
  return (
    <ul className={styles.changes} dir="auto">
      {changes.map((change) => (
        <li key={sayChange(change)}>{sayChange(change)}</li>
      ))}
    </ul>
  );
}

/** Who changed what, on which day. */
export function Log() {
  const styles = useStyles();
  const first = usePolled('/api/settings/log', {}, { every: STILL });
  const [more, add] = useState<SettingsLog>();
  const [no, refuse] = useState<Refused>();
  if (first.state === 'loading') return <Loading />;
  if (first.state === 'failed') return <Failed no={first.no} again={first.again} />;
  const next = (more ?? first.body).next;
  const entries = [...first.body.entries, ...(more?.entries ?? [])];
  const show = async (after: string): Promise<void> => {
    const page = await get('/api/settings/log', { after });
    if (isRefused(page)) refuse(page);
    else add({ ...page, entries: [...(more?.entries ?? []), ...page.entries] });
  };
  if (entries.length === 0) return <Empty title={say('settings.logEmptyTitle')} words={say('settings.logEmpty')} />;
  return (
    <>
      <ol className={styles.list}>
        {entries.map((entry) => (
          <li key={entry.n} className={styles.entry}>
            <p className={styles.who}>{say('settings.logWho', { name: entry.by, day: sayDay(entry.day) })}</p>
            {entry.n === 1 && <p className={styles.first}>{say('settings.takenOver')}</p>}
            <Changes changes={entry.changes} />
          </li>
        ))}
      </ol>
      {no && <Notice intent="error">{no.words}</Notice>}
      {next !== undefined && <Button onClick={() => void show(next)}>{say('shell.more')}</Button>}
    </>
  );
}

/** What others saved since this one was seen. */
export function Meanwhile({ since, onDismiss }: { since: number; onDismiss: () => void }) {
  const log = usePolled('/api/settings/log', {}, { every: STILL });
  if (log.state !== 'here') return null;
  const entries = log.body.entries.filter(({ n }) => n > since);
  const names = [...new Set(entries.map(({ by }) => by))];
  return (
    <Notice intent="warning" onDismiss={onDismiss}>
      {say('settings.meanwhile', { names: names.join(', ') })}
      <Changes changes={entries.flatMap(({ changes }) => changes)} />
    </Notice>
  );
}
