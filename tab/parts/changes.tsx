import { makeStyles, tokens } from '@fluentui/react-components';
import { say } from '../words.ts';

const useStyles = makeStyles({
  words: {
    margin: 0,
    padding: '0.75rem 1rem',
    borderRadius: tokens.borderRadiusMedium,
    border: `1px solid ${tokens.colorNeutralStroke2}`,
    backgroundColor: tokens.colorNeutralBackground1,
    fontSize: tokens.fontSizeBase300,
    lineHeight: tokens.lineHeightBase400,
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
  },
  removed: { color: tokens.colorPaletteRedForeground1, textDecorationLine: 'line-through', marginInlineEnd: '0.2em' },
  added: {
    color: tokens.colorPaletteGreenForeground1,
    fontWeight: tokens.fontWeightSemibold,
    textDecorationLine: 'underline',
  },
  /** Read out, not seen. */
  told: { position: 'absolute', width: '1px', height: '1px', overflow: 'hidden', clipPath: 'inset(50%)' },
});

export interface Change {
  readonly is: 'kept' | 'removed' | 'added';
  readonly text: string;
}

/** What goes and what comes: by line and by word for the ear, never by colour alone. */
export function Changes({ changes }: { changes: readonly Change[] }) {
  const styles = useStyles();
  const told = (words: string) => <span className={styles.told}>{words}</span>;
  return (
    <p className={styles.words} dir="auto">
      {changes.map(({ is, text }, at) => {
        if (is === 'kept') return <span key={at}>{text}</span>;
        const Mark = is === 'removed' ? 'del' : 'ins';
        return (
          <Mark key={at} className={styles[is]}>
            {told(` ${say(is === 'removed' ? 'curation.goes' : 'curation.comes')} `)}
            {text}
            {told(` ${say('curation.ends')} `)}
          </Mark>
        );
      })}
    </p>
  );
}
