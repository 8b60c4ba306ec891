import { Button, makeStyles } from '@fluentui/react-components';
import languages from 'words:languages';
import type { Settings } from '../../../bot/http/api/settings.ts';
import { Notice } from '../../parts/notice.tsx';
import { locale, say } from '../../words.ts';
import type { Edit } from './draft.ts';
import { focusOn } from './faults.tsx';
import { ChoiceField, NumberField, Row, Rows, Section, TextField } from './fields.tsx';

const useStyles = makeStyles({
  fields: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 16rem), 1fr))',
    alignItems: 'start',
    gap: '0.75rem 1rem',
    marginTop: '0.75rem',
  },
  single: { marginTop: '0.75rem', maxWidth: '26rem' },
});

interface Given {
  readonly settings: Settings;
  readonly edit: Edit;
}

/** What holds for everybody. */
export function PolicyPart({ settings, edit }: Given) {
  const styles = useStyles();
  const { limits, mixing, overdueDays, dryDays, language } = settings.policy;
  const isBare = mixing.size <= 1 || mixing.minutes === 0;
  // What is empty is no number, and the bot says so at the field.
  const set = (change: (policy: Settings['policy'], value: number) => unknown) => (value: number | undefined) =>
    edit(({ policy }) => change(policy, value ?? -1));
  return (
    <>
      <Section title={say('settings.limits')} lead={say('settings.limitsLead')}>
        <div className={styles.fields}>
          <NumberField
            at="policy.limits.questions"
            label={say('settings.questionsADay')}
            hint={say('settings.zeroIsNone')}
            value={limits.questions}
            set={set((policy, value) => (policy.limits.questions = value))}
          />
          <NumberField
            at="policy.limits.votes"
            label={say('settings.votesADay')}
            hint={say('settings.zeroIsNone')}
            value={limits.votes}
            set={set((policy, value) => (policy.limits.votes = value))}
          />
        </div>
      </Section>
      <Section title={say('settings.mixing')} lead={say('settings.mixingLead')}>
        <div className={styles.fields}>
          <NumberField
            at="policy.mixing.size"
            label={say('settings.mixSize')}
            value={mixing.size}
            set={set((policy, value) => (policy.mixing.size = value))}
          />
          <NumberField
            at="policy.mixing.minutes"
            label={say('settings.mixMinutes')}
            value={mixing.minutes}
            set={set((policy, value) => (policy.mixing.minutes = value))}
          />
        </div>
        {isBare && <Notice intent="warning">{say('settings.mixingOff')}</Notice>}
      </Section>
      <Section title={say('settings.deadlines')}>
        <div className={styles.fields}>
          <NumberField
            at="policy.overdueDays"
            label={say('settings.overdueDays')}
            hint={say('settings.overdueDaysHint')}
            value={overdueDays}
            set={set((policy, value) => (policy.overdueDays = value))}
          />
          <NumberField
            at="policy.dryDays"
            label={say('settings.dryDays')}
            hint={say('settings.dryDaysHint')}
            value={dryDays}
            set={set((policy, value) => (policy.dryDays = value))}
          />
        </div>
      </Section>
      <Holidays settings={settings} edit={edit} />
      <Section title={say('settings.language')}>
        <div className={styles.single}>
          <ChoiceField
            at="policy.language"
            label={say('settings.defaultLanguage')}
            hint={say('settings.defaultLanguageHint')}
            value={language}
            choices={[...new Set([...Object.keys(languages), language])].map(toLanguage)}
            set={(value) => edit(({ policy }) => (policy.language = value))}
          />
        </div>
      </Section>
    </>
  );
}

const toLanguage = (value: string) => ({
  value,
  label: new Intl.DisplayNames(locale(), { type: 'language' }).of(value) ?? value,
});

function Holidays({ settings, edit }: Given) {
  const { holidays } = settings.policy;
  const add = (): void => {
    edit(({ policy }) => policy.holidays.push({ day: '', name: '' }));
    focusOn(`policy.holidays.${holidays.length}.day`);
  };
  const remove = (n: number): void => {
    edit(({ policy }) => policy.holidays.splice(n, 1));
    focusOn('policy.holidays.add');
  };
  return (
    <Section title={say('settings.holidays')} lead={say('settings.holidaysLead')}>
      {holidays.length > 0 && (
        <Rows>
          {holidays.map(({ day, name }, n) => (
            <Row
              key={n}
              fields={[
                <TextField
                  key="day"
                  at={`policy.holidays.${n}.day`}
                  label={say('settings.day')}
                  type="date"
                  value={day}
                  set={(text) => edit(({ policy }) => (policy.holidays[n]!.day = text))}
                />,
                <TextField
                  key="name"
                  at={`policy.holidays.${n}.name`}
                  label={say('settings.holidayName')}
                  value={name}
                  set={(text) => edit(({ policy }) => (policy.holidays[n]!.name = text))}
                />,
              ]}
              remove={{
                label: say('settings.removeNamed', { name }),
                words: say('settings.remove'),
                act: () => remove(n),
              }}
            />
          ))}
        </Rows>
      )}
      <Button id="policy.holidays.add" onClick={add}>
        {say('settings.addHoliday')}
      </Button>
    </Section>
  );
}
