import {
  Accordion,
  AccordionHeader,
  AccordionItem,
  AccordionPanel,
  Button,
  Checkbox,
  makeStyles,
  tokens,
} from '@fluentui/react-components';
import { useState } from 'react';
import type { Settings } from '../../../bot/http/api/settings.ts';
import { say } from '../../words.ts';
import type { Edit } from './draft.ts';
import { focusOn, GroupFault, useFault, useFaultBelow } from './faults.tsx';
import { NumberField, Section, TextField } from './fields.tsx';
import { People, type Person, picker, withoutBlank } from './people.tsx';

type Leader = Settings['directory']['leaders'][number];

const useStyles = makeStyles({
  list: { marginTop: '0.5rem', marginInline: '-0.75rem' },
  item: { borderBottom: `1px solid ${tokens.colorNeutralStroke2}` },
  name: { display: 'flex', flexWrap: 'wrap', columnGap: '0.5rem' },
  title: { color: tokens.colorNeutralForeground3 },
  grid: {
    display: 'grid',
    gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 24rem), 1fr))',
    alignItems: 'start',
    gap: '0.75rem 1rem',
    paddingBlock: '0.5rem 0.25rem',
  },
  group: { margin: '0.5rem 0 0', padding: 0, border: 'none', outlineStyle: 'none' },
  legend: { padding: 0 },
  topics: { display: 'flex', flexWrap: 'wrap', marginInlineStart: '-0.5rem' },
  hint: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorNeutralForeground3 },
  wrong: { margin: 0, fontSize: tokens.fontSizeBase200, color: tokens.colorStatusDangerForeground1 },
  delegates: { margin: '1rem 0 0.5rem', fontSize: tokens.fontSizeBase300 },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '0.5rem', marginTop: '0.75rem' },
  end: { display: 'flex', justifyContent: 'end', paddingBlock: '0.75rem' },
});

interface Given {
  readonly settings: Settings;
  readonly edit: Edit;
}

/** Who answers. One line each, with all that is known of them below it. */
export function Leaders({ settings, edit }: Given) {
  const styles = useStyles();
  const pick = picker();
  const { leaders, topics } = settings.directory;
  const [opened, open] = useState<readonly number[]>([]);
  const append = (more: Person[]): void => {
    if (more.length === 0) return;
    const kept = withoutBlank(leaders).length;
    edit(({ directory }) => {
      directory.leaders.splice(kept, directory.leaders.length, ...more.map((person) => ({ ...person, delegates: [] })));
    });
    open([...opened, ...more.map((_person, n) => kept + n)]);
    focusOn(`leaders.${kept}.name`);
  };
  const remove = (n: number): void => {
    edit(({ directory }) => {
      const [gone] = directory.leaders.splice(n, 1);
      if (gone?.id === directory.defaults.leader) delete directory.defaults.leader;
    });
    open([]);
    focusOn('leaders.add');
  };
  return (
    <Section title={say('settings.leaders')} lead={say('settings.leadersLead')}>
      <Accordion
        className={styles.list}
        multiple
        collapsible
        openItems={[...opened]}
        onToggle={(_event, { openItems }) => open(openItems as number[])}
      >
        {leaders.map((leader, n) => (
          <LeaderItem
            key={n}
            n={n}
            leader={leader}
            topics={topics}
            isOpen={opened.includes(n)}
            open={() => open([...opened, n])}
            set={(change) => edit(({ directory }) => change(directory.leaders[n]!))}
            remove={() => remove(n)}
          />
        ))}
      </Accordion>
      <GroupFault at="leaders" />
      <div className={styles.actions}>
        <Button id="leaders.add" onClick={() => append([{ id: '', name: '' }])}>
          {say('settings.addLeader')}
        </Button>
        {pick && <Button onClick={() => void pick().then(append)}>{say('settings.pick')}</Button>}
      </div>
    </Section>
  );
}

interface LeaderGiven {
  readonly n: number;
  readonly leader: Leader;
  readonly topics: readonly string[];
  readonly isOpen: boolean;
  readonly open: () => void;
  readonly set: (change: (leader: Leader) => unknown) => void;
  readonly remove: () => void;
}

function LeaderItem({ n, leader, topics, isOpen, open, set, remove }: LeaderGiven) {
  const styles = useStyles();
  const at = `leaders.${n}`;
  // What is wrong has to be seen.
  if (useFaultBelow(at) && !isOpen) queueMicrotask(open);
  return (
    <AccordionItem value={n} className={styles.item}>
      <AccordionHeader as="h3">
        <span className={styles.name}>
          {leader.name || say('settings.newLeader')}
          {leader.title !== undefined && <span className={styles.title}>{leader.title}</span>}
        </span>
      </AccordionHeader>
      <AccordionPanel>
        <div className={styles.grid}>
          <TextField
            at={`${at}.name`}
            label={say('settings.name')}
            value={leader.name}
            set={(text) => set((one) => (one.name = text))}
          />
          <TextField
            at={`${at}.title`}
            label={say('settings.title')}
            value={leader.title ?? ''}
            set={(text) => set((one) => (one.title = text))}
          />
          <TextField
            at={`${at}.id`}
            label={say('settings.id')}
            hint={say('settings.idHint')}
            value={leader.id}
            set={(text) => set((one) => (one.id = text))}
          />
          <NumberField
            at={`${at}.audience`}
            label={say('settings.audienceOf')}
            hint={say('settings.audienceOfHint')}
            value={leader.audience}
            isOptional
            set={(value) => set((one) => (one.audience = value))}
          />
        </div>
        <LeaderTopics at={`${at}.topics`} leader={leader} topics={topics} set={set} />
        <h4 className={styles.delegates}>{say('settings.delegates')}</h4>
        <People
          at={`${at}.delegates`}
          people={leader.delegates}
          set={(people) => set((one) => (one.delegates = people))}
          add={say('settings.addDelegate')}
        />
        <div className={styles.end}>
          <Button appearance="subtle" onClick={remove}>
            {leader.name === '' ? say('settings.remove') : say('settings.removeNamed', { name: leader.name })}
          </Button>
        </div>
      </AccordionPanel>
    </AccordionItem>
  );
}

type TopicsGiven = Pick<LeaderGiven, 'leader' | 'topics' | 'set'> & { at: string };

function LeaderTopics({ at, leader, topics, set }: TopicsGiven) {
  const styles = useStyles();
  const wrong = useFault(at);
  const own = leader.topics ?? [];
  const toggle = (topic: string, isTheirs: boolean): void =>
    set((one) => (one.topics = topics.filter((known) => (known === topic ? isTheirs : own.includes(known)))));
  if (topics.length === 0) return null;
  return (
    // No Field: it would give all of them one id.
    <fieldset id={at} tabIndex={-1} className={styles.group} aria-describedby={`${at}.hint`}>
      <legend className={styles.legend}>{say('settings.topicsOf')}</legend>
      <div className={styles.topics}>
        {topics
          .filter((topic) => topic !== '')
          .map((topic) => (
            <Checkbox
              key={topic}
              label={topic}
              checked={own.includes(topic)}
              onChange={(_event, { checked }) => toggle(topic, checked === true)}
            />
          ))}
      </div>
      <p id={`${at}.hint`} className={wrong === undefined ? styles.hint : styles.wrong}>
        {wrong ?? say('settings.topicsOfHint')}
      </p>
    </fieldset>
  );
}
