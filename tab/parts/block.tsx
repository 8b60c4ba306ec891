import { Button, Field, makeStyles, SpinButton, Textarea } from '@fluentui/react-components';
import { useState } from 'react';
import { post, type Refused } from '../api.ts';
import { useTyped } from '../typed.ts';
import { say, sayDay } from '../words.ts';
import { Confirm } from './confirm.tsx';
import type { Curated } from './curated.ts';
import { Notice } from './notice.tsx';

const USUAL_DAYS = 7;
const MOST_DAYS = 30;

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: '0.75rem' },
  acts: { display: 'flex', flexWrap: 'wrap', gap: '0.5rem', marginTop: '0.5rem' },
  days: { maxWidth: '8rem' },
});

type Step = 'block' | 'agree' | 'disagree' | 'lift';

/** To stop the unknown author of a question for some days: one proposes, another agrees or does not, one may lift it. */
export function Block({ of }: { of: Curated }) {
  const styles = useStyles();
  const [step, take] = useState<Step>();
  const { block, may } = of;
  const button = (which: Step) => (
    <Button size="small" onClick={() => take(which)}>
      {say(`curation.${which}`)}
    </Button>
  );
  if (block === undefined && !may.block) return undefined;
  return (
    <>
      {block ? (
        <Notice intent={block.state === 'proposed' ? 'warning' : 'info'}>
          {sayBlock(block)}
          <div className={styles.acts}>
            {may.agree && button('agree')}
            {may.agree && button('disagree')}
            {may.lift && button('lift')}
          </div>
        </Notice>
      ) : (
        <div>
          <Button onClick={() => take('block')}>{say('curation.block')}</Button>
        </div>
      )}
      {step && <Form key={step} of={of} step={step} close={() => take(undefined)} />}
    </>
  );
}

function sayBlock({ state, by, days, reason, agreed = '', until = '', ended }: NonNullable<Curated['block']>): string {
  const values = { by, count: days, reason, agreed, day: until === '' ? '' : sayDay(until) };
  switch (state) {
    case 'proposed':
      return say('curation.blockProposed', values);
    case 'agreed':
    case 'standing':
      return say('curation.blockStands', values);
    case 'turned-down':
      return say('curation.blockRefused', { by: ended?.by ?? '', reason: ended?.reason ?? '' });
    case 'lifting':
    case 'lifted':
      return say('curation.blockLifted', { by: ended?.by ?? '', reason: ended?.reason ?? '' });
    case 'gone':
      return say('curation.blockGone');
  }
}

function Form({ of: { question, block }, step, close }: { of: Curated; step: Step; close: () => void }) {
  const styles = useStyles();
  const [words, type] = useTyped(`${step} ${question}`, '');
  const [days, set] = useState(USUAL_DAYS);
  return (
    <Confirm
      title={say(`curation.${step}Title`)}
      verb={say(step === 'block' ? 'curation.propose' : `curation.${step}`)}
      act={() => send(step, { id: question, words, days })}
      close={close}
    >
      <div className={styles.fields}>
        <p>{say(`curation.${step}Lead`, { count: block?.days ?? days })}</p>
        {step === 'block' && (
          <Field label={say('curation.days')} className={styles.days}>
            <SpinButton
              value={days}
              min={1}
              max={MOST_DAYS}
              onChange={(_event, { value, displayValue = '' }) => set(value ?? Number.parseInt(displayValue, 10))}
            />
          </Field>
        )}
        {step !== 'agree' && (
          <Field label={say('curation.why')} hint={step === 'disagree' ? '' : say('curation.blockWhy')}>
            <Textarea value={words} dir="auto" onChange={(_event, { value }) => type(value)} />
          </Field>
        )}
      </div>
    </Confirm>
  );
}

function send(step: Step, { id, words, days }: { id: string; words: string; days: number }): Promise<Refused | object> {
  if (step === 'block') return post('/api/questions/:id/block', { id, words, days: Number.isNaN(days) ? 0 : days });
  return step === 'agree'
    ? post('/api/questions/:id/block/agree', { id })
    : post(`/api/questions/:id/block/${step}`, { id, words });
}
