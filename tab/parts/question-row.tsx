import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import type { Place } from '../address.ts';
import { To } from '../route.tsx';

const useStyles = makeStyles({
  row: {
    position: 'relative',
    display: 'flex',
    alignItems: 'start',
    gap: '0.75rem',
    padding: '0.75rem 1rem',
    backgroundColor: tokens.colorNeutralBackground1,
    borderBottom: `1px solid ${tokens.colorNeutralStroke2}`,
    ':hover': { backgroundColor: tokens.colorNeutralBackground1Hover },
  },
  isCurrent: { boxShadow: `inset 3px 0 0 ${tokens.colorCompoundBrandStroke}` },
  isChosen: { backgroundColor: tokens.colorNeutralBackground1Selected },
  body: { flex: '1 1 auto', minWidth: 0 },
  link: {
    display: '-webkit-box',
    WebkitBoxOrient: 'vertical',
    WebkitLineClamp: 2,
    overflow: 'hidden',
    color: tokens.colorNeutralForeground1,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase300,
    fontWeight: tokens.fontWeightSemibold,
    textDecoration: 'none',
    // The whole row leads there, under the buttons that it holds.
    '::after': { content: '""', position: 'absolute', inset: 0 },
    ':focus-visible': { outlineStyle: 'none' },
    ':focus-visible::after': { outline: `2px solid ${tokens.colorStrokeFocus2}`, outlineOffset: '-2px' },
  },
  meta: {
    display: 'flex',
    flexWrap: 'wrap',
    alignItems: 'center',
    gap: '0.125rem 0.75rem',
    marginTop: '0.25rem',
    color: tokens.colorNeutralForeground3,
    fontSize: tokens.fontSizeBase200,
    lineHeight: tokens.lineHeightBase200,
  },
  aside: { position: 'relative', zIndex: 1, flexShrink: 0, display: 'flex', alignItems: 'center', gap: '0.5rem' },
});

interface Given {
  readonly words: string;
  /** Where the row leads. */
  readonly to: Place;
  /** Leader, topic, week: each in an element of its own. */
  readonly meta: ReactNode;
  /** Before the words, as a checkbox. */
  readonly before?: ReactNode;
  /** Behind them, as buttons. */
  readonly aside?: ReactNode;
  /** The one that j and k have come to. */
  readonly isCurrent?: boolean;
  readonly isChosen?: boolean;
}

/** One question in a list; two lines of its words, the rest where it leads. */
export function QuestionRow({ words, to, meta, before, aside, isCurrent = false, isChosen = false }: Given) {
  const styles = useStyles();
  return (
    <div className={mergeClasses(styles.row, isChosen && styles.isChosen, isCurrent && styles.isCurrent)}>
      {before && <div className={styles.aside}>{before}</div>}
      <div className={styles.body}>
        <To {...to} className={styles.link} dir="auto">
          {words}
        </To>
        <div className={styles.meta}>{meta}</div>
      </div>
      {aside && <div className={styles.aside}>{aside}</div>}
    </div>
  );
}
