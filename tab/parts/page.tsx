import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { type ReactNode, useEffect, useRef } from 'react';
import { hasMoved } from '../route.tsx';
import { say } from '../words.ts';

const useStyles = makeStyles({
  page: { maxWidth: '72rem', margin: '0 auto', padding: '1.5rem 1.25rem 4rem' },
  reading: { maxWidth: '46rem' },
  head: { display: 'flex', flexWrap: 'wrap', alignItems: 'start', gap: '0.75rem 1.5rem', marginBottom: '1.25rem' },
  words: { flex: '1 1 18rem' },
  title: {
    margin: 0,
    fontSize: tokens.fontSizeBase600,
    lineHeight: tokens.lineHeightBase600,
    fontWeight: tokens.fontWeightSemibold,
    textWrap: 'balance',
    outlineStyle: 'none',
  },
  lead: { margin: '0.25rem 0 0', color: tokens.colorNeutralForeground2, maxWidth: '42rem', textWrap: 'pretty' },
  actions: { display: 'flex', flexWrap: 'wrap', gap: '0.5rem' },
});

interface Given {
  readonly title: string;
  /** A sentence on what one finds here. */
  readonly lead?: string;
  /** What one may do with the whole page. */
  readonly actions?: ReactNode;
  /** As wide as reads well, for pages of running text. */
  readonly isReading?: boolean;
  readonly children: ReactNode;
}

/** A page: its heading, which takes the focus when somebody comes to it, and what is below. */
export function Page({ title, lead, actions, isReading = false, children }: Given) {
  const styles = useStyles();
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    const name = say('shell.name');
    document.title = title === name ? name : `${title} · ${name}`;
  }, [title]);
  useEffect(() => {
    if (hasMoved()) heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={mergeClasses(styles.page, isReading && styles.reading)}>
      <div className={styles.head}>
        <div className={styles.words}>
          <h1 ref={heading} tabIndex={-1} className={styles.title} dir="auto">
            {title}
          </h1>
          {lead !== undefined && <p className={styles.lead}>{lead}</p>}
        </div>
        {actions !== undefined && <div className={styles.actions}>{actions}</div>}
      </div>
      {children}
    </div>
  );
}
