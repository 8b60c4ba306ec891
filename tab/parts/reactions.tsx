import { makeStyles, ToggleButton, tokens } from '@fluentui/react-components';
import { useState } from 'react';
import { type Output, post } from '../api.ts';
import { isRefused, type Refused } from '../request.ts';
import { say, sayNumber } from '../words.ts';
import { Notice } from './notice.tsx';

type Answer = Output<'get', '/api/answers/:id'>;
type Said = NonNullable<Answer['own']>;

const SAID: readonly Said[] = ['helped', 'partly', 'not'];

const useStyles = makeStyles({
  group: { margin: '1.25rem 0 0', padding: 0, border: 'none', minWidth: 0 },
  legend: { padding: 0, marginBottom: '0.5rem', color: tokens.colorNeutralForeground2 },
  buttons: { display: 'flex', flexWrap: 'wrap', gap: '0.5rem' },
  count: { marginInlineStart: '0.5rem', color: tokens.colorNeutralForeground3, fontWeight: tokens.fontWeightRegular },
});

const sayCount = (count: number | 'few'): string => (count === 'few' ? say('reading.few') : sayNumber(count));

/** Whether the answer helped: one word of each reader, and nobody sees whose. */
export function Reactions({ question, of: { reactions, own } }: { question: string; of: Answer }) {
  const styles = useStyles();
  const [no, refuse] = useState<Refused>();
  const [isActing, begin] = useState(false);
  const react = async (said: Said): Promise<void> => {
    begin(true);
    const answer = await post('/api/answers/react', { question, ...(own === said ? {} : { reaction: said }) });
    begin(false);
    refuse(isRefused(answer) ? answer : undefined);
  };
  return (
    <fieldset className={styles.group}>
      <legend className={styles.legend}>{say('reading.didItHelp')}</legend>
      <div className={styles.buttons}>
        {SAID.map((said) => (
          <ToggleButton key={said} checked={own === said} disabledFocusable={isActing} onClick={() => void react(said)}>
            {say(`reading.${said}`)}
            {reactions[said] !== 0 && <span className={styles.count}>{sayCount(reactions[said])}</span>}
          </ToggleButton>
        ))}
      </div>
      {no && <Notice intent="error">{no.words}</Notice>}
    </fieldset>
  );
}
