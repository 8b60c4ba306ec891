import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  empty: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: '0.75rem',
    padding: '3.5rem 1.25rem',
    textAlign: 'center',
    color: tokens.colorNeutralForeground2,
  },
  bubble: { width: '3.5rem', height: '3.5rem', color: tokens.colorNeutralForeground3 },
  title: { margin: 0, fontSize: tokens.fontSizeBase400, color: tokens.colorNeutralForeground1, textWrap: 'balance' },
  words: { margin: 0, maxWidth: '30rem', textWrap: 'pretty' },
});

interface Given {
  readonly title?: string;
  /** Why there is nothing, and what would change that. */
  readonly words: string;
  /** What to do next. */
  readonly children?: ReactNode;
}

/** Nothing to show, which is no fault. */
export function Empty({ title, words, children }: Given) {
  const styles = useStyles();
  return (
    <div className={styles.empty}>
      <svg
        className={styles.bubble}
        viewBox="0 0 56 56"
        aria-hidden="true"
        fill="none"
        stroke="currentColor"
        strokeWidth="2"
        strokeLinecap="round"
      >
        <path d="M25 36H41A8 8 0 0 0 49 28V17A8 8 0 0 0 41 9H15A8 8 0 0 0 7 17V28A8 8 0 0 0 13 35.7" />
        <path d="M17 49L25 36M18 19H38M18 26H30" />
      </svg>
      {title !== undefined && <h2 className={styles.title}>{title}</h2>}
      <p className={styles.words}>{words}</p>
      {children}
    </div>
  );
}
