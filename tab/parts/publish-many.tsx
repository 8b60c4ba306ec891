import { Field, makeStyles, Radio, RadioGroup, Select } from '@fluentui/react-components';
import { useState } from 'react';
import { isRefused, type Output, post, type Refused } from '../api.ts';
import { usePolled } from '../polled.ts';
import { say } from '../words.ts';
import { Confirm } from './confirm.tsx';

const useStyles = makeStyles({ fields: { display: 'flex', flexDirection: 'column', gap: '0.75rem' } });

export type Several = Output<'post', '/api/publish'>;

interface Given {
  /** In the order in which they take their Slots. */
  readonly questions: readonly string[];
  /** What is chosen at first. */
  readonly at?: 'now' | 'next';
  readonly close: () => void;
  /** Told once it is done, with those for which it could not be. */
  readonly done?: (several: Several) => void;
}

/** Publishes several threads in one channel: at once, or each in the next free Slot. */
export function PublishMany({ questions, at = 'next', close, done }: Given) {
  const styles = useStyles();
  const [channel, choose] = useState<string>();
  const [when, set] = useState(at);
  const [first = ''] = questions;
  const polled = usePolled('/api/questions/:id/publishing', { id: first });
  const channels = polled.state === 'here' ? polled.body.channels.filter(({ name }) => name !== '') : [];
  const chosen =
    channels.find(({ id }) => id === channel) ?? channels.find(({ isDefault }) => isDefault) ?? channels[0];
  const hasSlots = chosen !== undefined && chosen.free.length > 0;
  const wanted = hasSlots ? when : 'now';
  const act = async (): Promise<Several | Refused | undefined> => {
    if (chosen === undefined) return undefined;
    const several = await post('/api/publish', { questions: [...questions], channel: chosen.id, when: wanted });
    if (!isRefused(several)) done?.(several);
    return several;
  };
  const count = questions.length;
  return (
    <Confirm
      title={say(wanted === 'now' ? 'publish.severalTitle' : 'publish.severalPlanTitle', { count })}
      verb={say(wanted === 'now' ? 'publish.publishNow' : 'publish.plan')}
      act={act}
      close={close}
    >
      <div className={styles.fields}>
        <Field label={say('publish.channel')}>
          <Select value={chosen?.id ?? ''} onChange={(_event, { value }) => choose(value)}>
            {channels.map(({ id, name, team }) => (
              <option key={id} value={id}>
                {`${name} (${team})`}
              </option>
            ))}
          </Select>
        </Field>
        <Field label={say('publish.when')}>
          <RadioGroup value={wanted} onChange={(_event, { value }) => set(value === 'now' ? 'now' : 'next')}>
            <Radio value="next" label={say('publish.eachNext')} disabled={!hasSlots} />
            <Radio value="now" label={say('publish.now')} />
          </RadioGroup>
        </Field>
      </div>
    </Confirm>
  );
}

/** What became of several, in one sentence. */
export const saySeveral = ({ done, notDone }: Several): string =>
  [say('publish.severalDone', { count: done }), ...new Set(notDone.map(({ words }) => words))].join(' ');
