import { makeStyles, tokens } from '@fluentui/react-components';

const useStyles = makeStyles({
  mark: { width: '2rem', height: '2rem', flexShrink: 0, display: 'block' },
  stroke: { stroke: tokens.colorPaletteMarigoldForeground1 },
});

/** The sign of Forthright: an open speech bubble, and a stroke that speaks plainly. */
export function Mark() {
  const styles = useStyles();
  const stroke = { fill: 'none', stroke: 'currentColor', strokeWidth: 2.5, strokeLinecap: 'round' } as const;
  return (
    <svg className={styles.mark} viewBox="0 0 32 32" aria-hidden="true" {...stroke} strokeLinejoin="round">
      <path d="M14 20H23.5A4.5 4.5 0 0 0 28 15.5V9.5A4.5 4.5 0 0 0 23.5 5H8.5A4.5 4.5 0 0 0 4 9.5V15.5A4.5 4.5 0 0 0 7 19.74" />
      <path className={styles.stroke} d="M9.5 28L14 20" />
    </svg>
  );
}
