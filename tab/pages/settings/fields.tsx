import { Button, Field, Input, makeStyles, Select, tokens } from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import { useFault } from './faults.tsx';

const useStyles = makeStyles({
  section: {
    marginTop: '1rem',
    padding: '1rem 1.25rem 1.25rem',
    backgroundColor: tokens.colorNeutralBackground1,
    borderRadius: tokens.borderRadiusLarge,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
  lead: { margin: '0.125rem 0 0.75rem', color: tokens.colorNeutralForeground2, maxWidth: '42rem', textWrap: 'pretty' },
  short: { maxWidth: '12rem' },
});

interface SectionGiven {
  readonly title: string;
  readonly lead?: string;
  readonly children: ReactNode;
}

/** What belongs together, on a ground of its own. */
export function Section({ title, lead, children }: SectionGiven) {
  const styles = useStyles();
  return (
    <section className={styles.section} aria-label={title}>
      <h2 className={styles.title}>{title}</h2>
      {lead !== undefined && <p className={styles.lead}>{lead}</p>}
      {children}
    </section>
  );
}

interface FieldGiven {
  /** The way to the value in the settings, and the id of the field. */
  readonly at: string;
  readonly label: string;
  readonly hint?: string;
}

/** What stands below a field: what it is for, and what is wrong with it. */
const below = (hint: string | undefined, wrong: string | undefined) => ({
  ...(hint === undefined ? {} : { hint }),
  ...(wrong === undefined ? {} : ({ validationState: 'error', validationMessage: wrong } as const)),
});

interface TextGiven extends FieldGiven {
  readonly value: string;
  readonly set: (text: string) => void;
  readonly type?: 'text' | 'date';
}

export function TextField({ at, label, hint, value, set, type = 'text' }: TextGiven) {
  const wrong = useFault(at);
  return (
    <Field label={label} {...below(hint, wrong)}>
      <Input id={at} type={type} value={value} onChange={(_event, { value: text }) => set(text)} autoComplete="off" />
    </Field>
  );
}

/** What is no whole number, and so out of every bound: the bot says which there are. */
const NO_NUMBER = -1;
const toNumber = (text: string): number => (/^\d{1,9}$/.test(text.trim()) ? Number(text) : NO_NUMBER);

interface NumberGiven extends FieldGiven {
  readonly value: number | undefined;
  readonly set: (value: number | undefined) => void;
  /** Empty means that it is not known. */
  readonly isOptional?: boolean;
}

export function NumberField({ at, label, hint, value, set, isOptional = false }: NumberGiven) {
  const styles = useStyles();
  const wrong = useFault(at);
  const meaning = (typed: string) => (isOptional && typed.trim() === '' ? undefined : toNumber(typed));
  const [text, type] = useState(sayValue(value));
  const [seen, see] = useState(value);
  if (seen !== value) {
    see(value);
    // Discarded, or changed by somebody else: what was typed is not what it stands for any more.
    if (meaning(text) !== value) type(sayValue(value));
  }
  return (
    <Field label={label} {...below(hint, wrong)}>
      <Input
        id={at}
        className={styles.short}
        inputMode="numeric"
        value={text}
        autoComplete="off"
        onChange={(_event, { value: typed }) => {
          type(typed);
          set(meaning(typed));
        }}
      />
    </Field>
  );
}

const sayValue = (value: number | undefined): string =>
  value === undefined || value === NO_NUMBER ? '' : String(value);

interface ChoiceGiven extends FieldGiven {
  readonly value: string;
  readonly set: (value: string) => void;
  readonly choices: readonly { value: string; label: string }[];
}

export function ChoiceField({ at, label, hint, value, set, choices }: ChoiceGiven) {
  const wrong = useFault(at);
  return (
    <Field label={label} {...below(hint, wrong)}>
      <Select id={at} value={value} onChange={(_event, chosen) => set(chosen.value)}>
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </Select>
    </Field>
  );
}

const useRowStyles = makeStyles({
  rows: { listStyleType: 'none', margin: '0.75rem 0', padding: 0, display: 'grid', gap: '0.75rem', maxWidth: '60rem' },
  row: { display: 'flex', flexWrap: 'wrap', alignItems: 'start', gap: '0.5rem 0.75rem' },
  /** Beside the input, below its label; what a field says of itself stands under both. */
  remove: { marginTop: '1.625rem', '@media (max-width: 47rem)': { marginTop: 0 } },
  field: { flex: '1 1 13rem', minWidth: 0 },
});

/** A list of fields, each row of which can be taken away. */
export function Rows({ children }: { children: ReactNode }) {
  return <ul className={useRowStyles().rows}>{children}</ul>;
}

interface RowGiven {
  readonly fields: readonly ReactNode[];
  /** What the button is called, with the name of the row for whoever does not see it. */
  readonly remove: { readonly label: string; readonly words: string; readonly act: () => void };
}

export function Row({ fields, remove }: RowGiven) {
  const styles = useRowStyles();
  return (
    <li className={styles.row}>
      {fields.map((field, at) => (
        <div key={at} className={styles.field}>
          {field}
        </div>
      ))}
      <Button className={styles.remove} appearance="subtle" aria-label={remove.label} onClick={remove.act}>
        {remove.words}
      </Button>
    </li>
  );
}
