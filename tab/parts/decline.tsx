import { Button, Field, makeStyles, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import type { DeclineReason } from '../../bot/domain/question.ts';
import { post, type Refused } from '../api.ts';
import { useTyped } from '../typed.ts';
import { say } from '../words.ts';
import { Choice } from './choice.tsx';
import { Confirm } from './confirm.tsx';
import type { Curated } from './curated.ts';

const REASONS: readonly DeclineReason[] = ['personal', 'confidential', 'unclear', 'elsewhere', 'respect'];
const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', gap: '0.75rem' } });

/** Declines in the open, for its leader. */
export function Decline({ of: { question, may } }: { of: Curated }) {
  const styles = useStyles();
  const [isOpen, open] = useState(false);
  const [reason, choose] = useState<DeclineReason>();
  const [words, type] = useTyped(`decline ${question}`, '');
  if (!may.decline) return undefined;
  const act = (): Promise<Refused | object> =>
    reason === undefined
      ? Promise.resolve({ refused: 'none', words: say('curation.chooseReason') })
      : post('/api/questions/:id/decline', { id: question, reason, words });
  return (
    <>
      <Button onClick={() => open(true)}>{say('curation.decline')}</Button>
      {isOpen && (
        <Confirm
          title={say('curation.declineTitle')}
          verb={say('curation.declineNow')}
          act={act}
          close={() => open(false)}
        >
          <div className={styles.fields}>
            <p>{say('curation.declineLead')}</p>
            <Choice
              label={say('curation.reason')}
              value={reason ?? ''}
              any={say('curation.chooseReason')}
              choices={REASONS.map((one) => ({ value: one, title: say(`reading.${one}`) }))}
              onChoose={(value) => choose(REASONS.find((one) => one === value))}
            />
            <Field label={say('curation.note')}>
              <Textarea value={words} dir="auto" onChange={(_event, { value }) => type(value)} />
            </Field>
          </div>
        </Confirm>
      )}
    </>
  );
}
