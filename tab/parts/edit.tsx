import { Button, Field, makeStyles, Textarea } from '@fluentui/react-components';
import { useRef, useState } from 'react';
import { isRefused, post, type Refused } from '../api.ts';
import { useTyped } from '../typed.ts';
import { say } from '../words.ts';
import { Changes } from './changes.tsx';
import { Confirm } from './confirm.tsx';
import type { Curated } from './curated.ts';
import { Notice } from './notice.tsx';

const useStyles = makeStyles({
  whole: { width: '100%' },
  fields: { display: 'flex', flexDirection: 'column', gap: '0.75rem' },
  words: { '& textarea': { minHeight: '8rem' } },
});

/** Proposes other words to the asker; says what became of the last proposal. */
export function Edit({ of }: { of: Curated }) {
  const styles = useStyles();
  const [isOpen, open] = useState(false);
  const { edit, may } = of;
  return (
    <>
      {edit?.state === 'proposed' && (
        <div className={styles.whole}>
          <Notice>{say('curation.waits', { by: edit.by })}</Notice>
          <Changes changes={edit.changes} />
        </div>
      )}
      {edit?.state === 'refused' && (
        <div className={styles.whole}>
          <Notice>{say('curation.refused')}</Notice>
        </div>
      )}
      {may.edit && <Button onClick={() => open(true)}>{say('curation.edit')}</Button>}
      {isOpen && <Form of={of} close={() => open(false)} />}
    </>
  );
}

function Form({ of, close }: { of: Curated; close: () => void }) {
  const styles = useStyles();
  const { question } = of;
  const submission = useRef<string>(undefined);
  const [words, type] = useTyped(`edit ${question}`, of.words);
  const [reason, because] = useTyped(`edit why ${question}`, '');
  const act = async (): Promise<Refused | object> => {
    if (submission.current === undefined) {
      const opened = await post('/api/forms', {});
      if (isRefused(opened)) return opened;
      submission.current = opened.submission;
    }
    const form = { id: question, submission: submission.current, words, reason };
    const answer = await post('/api/questions/:id/edit', form);
    if (!isRefused(answer)) {
      type(answer.words);
      because('');
    }
    return answer;
  };
  return (
    <Confirm title={say('curation.editTitle')} verb={say('curation.propose')} act={act} close={close}>
      <div className={styles.fields}>
        <p>{say('curation.editLead')}</p>
        <Field label={say('curation.words')}>
          <Textarea
            className={styles.words}
            value={words}
            dir="auto"
            resize="vertical"
            onChange={(_event, { value }) => type(value)}
          />
        </Field>
        <Field label={say('curation.why')} hint={say('curation.editWhy')}>
          <Textarea value={reason} dir="auto" onChange={(_event, { value }) => because(value)} />
        </Field>
      </div>
    </Confirm>
  );
}
