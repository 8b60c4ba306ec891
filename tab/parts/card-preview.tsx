import { Label, makeStyles, mergeClasses, Radio, RadioGroup, tokens } from '@fluentui/react-components';
import { useEffect, useId, useRef, useState } from 'react';
import { useTheme } from '../look.tsx';
import { say } from '../words.ts';
import { CARD_LOOKS, type CardLook } from './card-look.ts';

const WIDTHS = ['wide', 'phone'] as const;
type Width = (typeof WIDTHS)[number];

const useStyles = makeStyles({
  choices: { display: 'flex', flexWrap: 'wrap', gap: '0 1.5rem', marginBottom: '0.75rem' },
  choice: { display: 'flex', flexWrap: 'wrap', alignItems: 'center' },
  values: { flexWrap: 'wrap', '& label': { overflowWrap: 'normal', whiteSpace: 'nowrap' } },
  cards: { display: 'flex', flexDirection: 'column', gap: '0.5rem' },
  wide: { maxWidth: '35rem' },
  phone: { maxWidth: '20rem' },
  card: {
    overflow: 'hidden',
    overflowWrap: 'anywhere',
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    // Replies stand below their root, as in a channel.
    ':not(:first-child)': { marginInlineStart: '1.25rem' },
    '& .ac-actionSet': { flexWrap: 'wrap', gap: '0.5rem' },
    '& .ac-pushButton': {
      padding: '0.3rem 0.75rem',
      border: '1px solid currentColor',
      borderRadius: tokens.borderRadiusMedium,
      background: 'none',
      color: 'inherit',
      font: 'inherit',
    },
  },
  light: { color: '#242424' },
  dark: { color: '#FFFFFF' },
});

/** The very cards that will be posted, root first, in the looks and at the widths in which people will see them. */
export function CardPreview({ cards }: { cards: readonly object[] }) {
  const styles = useStyles();
  const [chosen, choose] = useState<CardLook>();
  // As Teams looks, until somebody wants to see another look.
  const theme = useTheme();
  const look = chosen ?? theme;
  const [width, resize] = useState<Width>('wide');
  return (
    <section aria-label={say('preview.label')}>
      <div className={styles.choices}>
        <Choice
          label={say('preview.look')}
          value={look}
          values={CARD_LOOKS.map((value) => [value, say(`preview.${value}`)])}
          choose={choose}
        />
        <Choice
          label={say('preview.width')}
          value={width}
          values={WIDTHS.map((value) => [value, say(`preview.${value}`)])}
          choose={resize}
        />
      </div>
      <div className={mergeClasses(styles.cards, width === 'phone' ? styles.phone : styles.wide)}>
        {cards.map((card, at) => (
          <Card key={at} card={card} look={look} />
        ))}
      </div>
    </section>
  );
}

type ChoiceProps<Value extends string> = {
  label: string;
  value: Value;
  values: readonly (readonly [Value, string])[];
  choose: (value: Value) => void;
};

function Choice<Value extends string>({ label, value, values, choose }: ChoiceProps<Value>) {
  const styles = useStyles();
  const id = useId();
  return (
    <div className={styles.choice}>
      <Label id={id}>{label}</Label>
      <RadioGroup
        className={styles.values}
        layout="horizontal"
        aria-labelledby={id}
        value={value}
        onChange={(_event, chosen) => choose(chosen.value as Value)}
      >
        {values.map(([one, words]) => (
          <Radio key={one} value={one} label={words} />
        ))}
      </RadioGroup>
    </div>
  );
}

function Card({ card, look }: { card: object; look: CardLook }) {
  const styles = useStyles();
  const place = useRef<HTMLDivElement>(null);
  useEffect(() => {
    let isOver = false;
    // The renderer is large, and only those who publish want it.
    void import('./card-draw.ts').then(({ drawCard }) => {
      const drawn = drawCard(card, look);
      if (!isOver) place.current?.replaceChildren(...(drawn ? [drawn] : []));
    });
    return () => void (isOver = true);
  }, [card, look]);
  return <div ref={place} className={mergeClasses(styles.card, look === 'light' ? styles.light : styles.dark)} />;
}
