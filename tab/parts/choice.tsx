import { Field, makeStyles, Select } from '@fluentui/react-components';

const useStyles = makeStyles({
  // A long name must not push the box into the next one.
  field: { minWidth: 0, maxWidth: '24rem', '& select': { width: '100%', minWidth: 0, textOverflow: 'ellipsis' } },
});

interface Given {
  readonly label: string;
  readonly value: string;
  readonly choices: readonly { readonly value: string; readonly title: string }[];
  /** What stands first, for no choice at all. */
  readonly any?: string;
  readonly isDisabled?: boolean;
  readonly onChoose: (value: string) => void;
}

/** One of a few, by the list that the system itself shows. */
export function Choice({ label, value, choices, any, isDisabled = false, onChoose }: Given) {
  const styles = useStyles();
  return (
    <Field label={label} className={styles.field}>
      <Select value={value} disabled={isDisabled} onChange={(_event, chosen) => onChoose(chosen.value)}>
        {any !== undefined && <option value="">{any}</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.title}
          </option>
        ))}
      </Select>
    </Field>
  );
}
