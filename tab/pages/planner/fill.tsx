import { makeStyles, tokens } from '@fluentui/react-components';
import { isRefused, post } from '../../api.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { Notice } from '../../parts/notice.tsx';
import type { Several } from '../../parts/publish-many.tsx';
import { STILL, usePolled } from '../../polled.ts';
import { sayTime } from '../../time.ts';
import { say } from '../../words.ts';
import type { PlanChannel } from './plan.ts';

const useStyles = makeStyles({
  list: { listStyle: 'none', margin: '0.75rem 0 0', padding: 0 },
  row: { padding: '0.5rem 0', borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  time: { display: 'block', fontWeight: tokens.fontWeightSemibold },
  meta: { color: tokens.colorNeutralForeground3, fontSize: tokens.fontSizeBase200 },
});

interface Given {
  readonly channel: PlanChannel;
  readonly close: () => void;
  readonly done: (several: Several) => void;
}

/** Shows what would fill the free Slots, and then does just that. */
export function Fill({ channel, close, done }: Given) {
  const styles = useStyles();
  const found = usePolled('/api/slots/proposal', { channel: channel.id }, { every: STILL });
  const proposals = found.state === 'here' ? found.body.proposals : [];
  const act = async (): Promise<unknown> => {
    if (proposals.length === 0) return undefined;
    const chosen = proposals.map(({ question, at }) => ({ question, at }));
    const several = await post('/api/slots/fill', { channel: channel.id, proposals: chosen });
    if (!isRefused(several)) done(several);
    return several;
  };
  return (
    <Confirm
      title={say('planner.fillTitle', { channel: channel.name })}
      verb={say(proposals.length === 0 ? 'shell.dismiss' : 'publish.plan')}
      act={act}
      close={close}
    >
      {found.state === 'failed' && <Notice intent="error">{found.no.words}</Notice>}
      {found.state === 'here' && <p>{say(proposals.length === 0 ? 'planner.nothingReady' : 'planner.fillWords')}</p>}
      <ul className={styles.list}>
        {proposals.map(({ question, at, words, leader, topic }) => (
          <li key={question} className={styles.row}>
            <span className={styles.time}>{sayTime(at, channel.zone)}</span>
            <span dir="auto">{words}</span>{' '}
            <span className={styles.meta}>{topic === undefined ? leader : `${leader} · ${topic}`}</span>
          </li>
        ))}
      </ul>
    </Confirm>
  );
}
