import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { AddRegular, DismissRegular } from '@fluentui/react-icons';
import { useState } from 'react';
import { put } from '../../api.ts';
import { Confirm } from '../../parts/confirm.tsx';
import { sayZone } from '../../time.ts';
import { locale, say } from '../../words.ts';
import type { PlanChannel } from './plan.ts';
import { addDays, localToday } from './days.ts';

const useStyles = makeStyles({
  fields: { display: 'flex', flexDirection: 'column', gap: '1rem' },
  group: { margin: 0, padding: 0, border: 'none', display: 'flex', flexDirection: 'column', gap: '0.375rem' },
  legend: { padding: 0, marginBottom: '0.25rem', fontWeight: tokens.fontWeightSemibold },
  row: { display: 'flex', gap: '0.5rem', alignItems: 'center' },
  words: { margin: 0 },
  grows: { flex: '1 1 8rem', minWidth: 0 },
  add: { alignSelf: 'start' },
});

type Weekly = PlanChannel['weekly'][number];

/** 1970 began on a Thursday: the fifth of January was a Monday. */
const MONDAY = Date.UTC(1970, 0, 5);
const sayWeekday = (weekday: number): string =>
  new Intl.DateTimeFormat(locale(), { weekday: 'long', timeZone: 'UTC' }).format(MONDAY + (weekday - 1) * 86_400_000);

const ownZone = (): string => new Intl.DateTimeFormat().resolvedOptions().timeZone;
const zones = (own: string): string[] => [...new Set([own, 'UTC', ...Intl.supportedValuesOf('timeZone')])];

/** When in the week a channel takes its next thread, and on which days it takes none. */
export function Pattern({ channel, close }: { channel: PlanChannel; close: () => void }) {
  const styles = useStyles();
  const isNew = channel.version === undefined;
  // What was read when the form was opened is what is changed: who saved meanwhile is not undone.
  const [{ version }] = useState(channel);
  const [zone, choose] = useState(isNew ? ownZone() : channel.zone);
  const [weekly, plan] = useState<readonly Weekly[]>(isNew ? [{ weekday: 2, time: '09:00' }] : channel.weekly);
  const [holidays, rest] = useState<readonly string[]>(channel.holidays);
  const act = () =>
    put('/api/slots', {
      channel: channel.id,
      zone,
      weekly: [...weekly],
      holidays: holidays.filter((day) => day !== ''),
      ...(version === undefined ? {} : { version }),
    });
  return (
    <Confirm
      title={say('planner.slotsTitle', { channel: channel.name })}
      verb={say('planner.save')}
      act={act}
      close={close}
    >
      <div className={styles.fields}>
        <p className={styles.words}>{say('planner.slotsWords')}</p>
        <Field label={say('planner.zoneLabel')}>
          <Select value={zone} onChange={(_event, { value }) => choose(value)}>
            {zones(zone).map((one) => (
              <option key={one} value={one}>
                {sayZone(one)}
              </option>
            ))}
          </Select>
        </Field>
        <fieldset className={styles.group}>
          <legend className={styles.legend}>{say('planner.everyWeek')}</legend>
          {weekly.map((one, nth) => (
            <WeeklyRow
              key={nth}
              weekly={one}
              change={(to) => plan(weekly.map((other, at) => (at === nth ? to : other)))}
              remove={() => plan(weekly.filter((_other, at) => at !== nth))}
            />
          ))}
          <Button
            className={styles.add}
            size="small"
            icon={<AddRegular />}
            onClick={() => plan([...weekly, { weekday: 4, time: '09:00' }])}
          >
            {say('planner.addTime')}
          </Button>
        </fieldset>
        <fieldset className={styles.group}>
          <legend className={styles.legend}>{say('planner.holidays')}</legend>
          {holidays.map((day, nth) => (
            <div key={nth} className={styles.row}>
              <Input
                className={styles.grows}
                type="date"
                aria-label={say('planner.holiday')}
                value={day}
                onChange={(_event, { value }) => rest(holidays.map((other, at) => (at === nth ? value : other)))}
              />
              <Remove
                label={say('planner.removeDay', { day })}
                act={() => rest(holidays.filter((_one, at) => at !== nth))}
              />
            </div>
          ))}
          <Button
            className={styles.add}
            size="small"
            icon={<AddRegular />}
            onClick={() => rest([...holidays, addDays(localToday(), 1)])}
          >
            {say('planner.addDay')}
          </Button>
        </fieldset>
      </div>
    </Confirm>
  );
}

interface WeeklyGiven {
  readonly weekly: Weekly;
  readonly change: (to: Weekly) => void;
  readonly remove: () => void;
}

function WeeklyRow({ weekly: { weekday, time }, change, remove }: WeeklyGiven) {
  const styles = useStyles();
  return (
    <div className={styles.row}>
      <Select
        className={styles.grows}
        aria-label={say('planner.weekday')}
        value={String(weekday)}
        onChange={(_event, { value }) => change({ weekday: Number(value), time })}
      >
        {[1, 2, 3, 4, 5, 6, 7].map((one) => (
          <option key={one} value={one}>
            {sayWeekday(one)}
          </option>
        ))}
      </Select>
      <Input
        className={styles.grows}
        type="time"
        aria-label={say('planner.time')}
        value={time}
        onChange={(_event, { value }) => change({ weekday, time: value.slice(0, 5) })}
      />
      <Remove label={say('planner.removeTime', { day: sayWeekday(weekday), time })} act={remove} />
    </div>
  );
}

const Remove = ({ label, act }: { label: string; act: () => void }) => (
  <Button appearance="subtle" icon={<DismissRegular />} aria-label={label} onClick={act} />
);
