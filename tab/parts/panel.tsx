import { makeStyles, tokens } from '@fluentui/react-components';
import type { ReactNode } from 'react';

const useStyles = makeStyles({
  panel: {
    minWidth: 0,
    padding: '1rem 1.25rem',
    borderRadius: tokens.borderRadiusXLarge,
    backgroundColor: tokens.colorNeutralBackground1,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
  },
  title: { margin: '0 0 0.75rem', fontSize: tokens.fontSizeBase400, lineHeight: tokens.lineHeightBase400 },
});

/** A part of a page that stands by itself. */
export function Panel({ title, children }: { readonly title?: string; readonly children: ReactNode }) {
  const styles = useStyles();
  return (
    <section className={styles.panel} aria-label={title}>
      {title !== undefined && <h2 className={styles.title}>{title}</h2>}
      {children}
    </section>
  );
}
