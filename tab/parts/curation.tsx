import { makeStyles } from '@fluentui/react-components';
import type { Curated } from './curated.ts';
import { usePolled } from '../polled.ts';
import { say } from '../words.ts';
import { Block } from './block.tsx';
import { Decline } from './decline.tsx';
import { Edit } from './edit.tsx';
import { Failed } from './failed.tsx';
import { Loading } from './loading.tsx';
import { Carried, Merge, Merged } from './merge.tsx';
import { Panel } from './panel.tsx';
import { Topic } from './topic.tsx';

const useStyles = makeStyles({
  panel: { display: 'flex', flexDirection: 'column', gap: '0.75rem' },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '0.5rem' },
});

/** What comms do about the words of a question: merge, propose others, sort, decline, stop their author. */
export function Curation({ question }: { question: string }) {
  const styles = useStyles();
  const polled = usePolled('/api/questions/:id/curation', { id: question });
  if (polled.state === 'failed') return <Failed no={polled.no} again={polled.again} />;
  if (polled.state === 'loading') return <Loading rows={2} />;
  const of = polled.body;
  if (isIdle(of)) return undefined;
  return (
    <Panel title={say('curation.title')}>
      <div className={styles.panel}>
        <Merged of={of} />
        <Carried of={of} />
        <div className={styles.acts}>
          <Edit of={of} />
          <Merge of={of} />
          <Topic of={of} />
          <Decline of={of} />
        </div>
        <Block of={of} />
      </div>
    </Panel>
  );
}

/** Nothing was done to it, and this person can do nothing. */
const isIdle = ({ merged, carries, edit, block, may }: Curated): boolean =>
  [merged, edit, block].every((one) => one === undefined) && carries.length === 0 && !Object.values(may).includes(true);
