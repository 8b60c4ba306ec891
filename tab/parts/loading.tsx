import { makeStyles, mergeClasses, tokens } from '@fluentui/react-components';
import { say } from '../words.ts';

const appears = { from: { opacity: 0 }, to: { opacity: 1 } };

const useStyles = makeStyles({
  loading: {
    paddingTop: '0.25rem',
    // What comes within a blink should not flash.
    animationName: appears,
    animationDuration: '200ms',
    animationDelay: '250ms',
    animationFillMode: 'backwards',
    '@media (prefers-reduced-motion: reduce)': { animationDuration: '1ms' },
  },
  line: {
    height: '1rem',
    marginBottom: '0.75rem',
    borderRadius: tokens.borderRadiusMedium,
    backgroundColor: tokens.colorNeutralStencil1,
    '@media (forced-colors: active)': { border: '1px solid GrayText' },
  },
  short: { width: '40%', marginBottom: '2rem' },
  words: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

/** The outline of what is about to be there. */
export function Loading({ rows = 3 }: { rows?: number }) {
  const styles = useStyles();
  return (
    <div className={styles.loading} role="status">
      <span className={styles.words}>{say('shell.loading')}</span>
      {Array.from({ length: rows }, (_, row) => (
        <div key={row} aria-hidden="true">
          <div className={styles.line} />
          <div className={mergeClasses(styles.line, styles.short)} />
        </div>
      ))}
    </div>
  );
}
