import { makeStyles } from '@fluentui/react-components';
import { useState } from 'react';
import type { Saved, Settings } from '../../../bot/http/api/settings.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { say } from '../../words.ts';
import { ChoiceField } from './fields.tsx';

export type Leaving = Extract<Saved, { leaving: unknown }>['leaving'];
export type Heirs = Readonly<Record<string, string>>;

const useStyles = makeStyles({ fields: { display: 'grid', gap: '0.75rem', marginTop: '0.75rem' } });

interface Given {
  readonly leaving: Leaving;
  readonly leaders: Settings['directory']['leaders'];
  readonly save: (heirs: Heirs) => Promise<void>;
  readonly close: () => void;
}

/** Asks who takes over what leaders leave open: no question is left without somebody who can answer it. */
export function TakeOver({ leaving, leaders, save, close }: Given) {
  const styles = useStyles();
  const choices = leaders.map(({ id, name }) => ({ value: id, label: name }));
  const [heirs, choose] = useState<Heirs>(() =>
    Object.fromEntries(leaving.map(({ id }) => [id, choices[0]?.value ?? ''])),
  );
  return (
    <Confirm title={say('settings.heirsTitle')} verb={say('settings.save')} act={() => save(heirs)} close={close}>
      {say('settings.heirs')}
      <div className={styles.fields}>
        {leaving.map(({ id, name, open }) => (
          <ChoiceField
            key={id}
            at={`heirs.${id}`}
            label={say('settings.heirOf', { name, count: open })}
            value={heirs[id] ?? ''}
            choices={choices}
            set={(heir) => choose({ ...heirs, [id]: heir })}
          />
        ))}
      </div>
    </Confirm>
  );
}
