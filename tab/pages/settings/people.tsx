import { Button, makeStyles } from '@fluentui/react-components';
import { people as colleagues } from '@microsoft/teams-js';
import { say } from '../../words.ts';
import { focusOn, GroupFault } from './faults.tsx';
import { Row, Rows, TextField } from './fields.tsx';

export interface Person {
  id: string;
  name: string;
}

/** The host's own list of colleagues; undefined where it has none. */
export function picker(): (() => Promise<Person[]>) | undefined {
  if (!colleagues.isSupported()) return undefined;
  return async () => {
    const picked = await colleagues
      .selectPeople({ title: say('settings.pick'), openOrgWideSearchInChatOrChannel: true })
      // Closed without a choice.
      .catch(() => []);
    return picked.map(({ objectId, displayName }) => ({ id: objectId, name: displayName ?? '' }));
  };
}

/** Whoever comes takes the place of a row that was begun and left empty. */
export function withoutBlank<Row extends Person>(people: readonly Row[]): readonly Row[] {
  const last = people.at(-1);
  return last !== undefined && last.id === '' && last.name === '' ? people.slice(0, -1) : people;
}

const useStyles = makeStyles({ actions: { display: 'flex', flexWrap: 'wrap', gap: '0.5rem' } });

interface Given {
  /** Where they stand in the settings. */
  readonly at: string;
  readonly people: readonly Person[];
  readonly set: (people: Person[]) => void;
  /** The verb, as in "Add a curator". */
  readonly add: string;
}

/** People with one role: by name and object id. */
export function People({ at, people, set, add }: Given) {
  const styles = useStyles();
  const pick = picker();
  const change = (n: number, field: keyof Person, text: string): void =>
    set(people.map((person, one) => (one === n ? { ...person, [field]: text } : person)));
  const remove = (n: number): void => {
    set(people.filter((_person, one) => one !== n));
    focusOn(`${at}.add`);
  };
  const append = (more: Person[]): void => {
    if (more.length === 0) return;
    const kept = withoutBlank(people);
    set([...kept, ...more]);
    focusOn(`${at}.${kept.length}.name`);
  };
  return (
    <>
      {people.length > 0 && (
        <Rows>
          {people.map((person, n) => (
            <PersonRow
              key={n}
              at={`${at}.${n}`}
              person={person}
              set={(field, text) => change(n, field, text)}
              remove={() => remove(n)}
            />
          ))}
        </Rows>
      )}
      <GroupFault at={at} />
      <div className={styles.actions}>
        <Button id={`${at}.add`} onClick={() => append([{ id: '', name: '' }])}>
          {add}
        </Button>
        {pick && <Button onClick={() => void pick().then(append)}>{say('settings.pick')}</Button>}
      </div>
    </>
  );
}

interface PersonGiven {
  readonly at: string;
  readonly person: Person;
  readonly set: (field: keyof Person, text: string) => void;
  readonly remove: () => void;
}

function PersonRow({ at, person, set, remove }: PersonGiven) {
  const label = say('settings.removeNamed', { name: person.name });
  return (
    <Row
      fields={[
        <TextField
          key="name"
          at={`${at}.name`}
          label={say('settings.name')}
          value={person.name}
          set={(text) => set('name', text)}
        />,
        <TextField
          key="id"
          at={`${at}.id`}
          label={say('settings.id')}
          value={person.id}
          set={(text) => set('id', text)}
        />,
      ]}
      remove={{ label, words: say('settings.remove'), act: remove }}
    />
  );
}
