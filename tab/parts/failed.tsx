import { Button, makeStyles, tokens } from '@fluentui/react-components';
import type { Refused } from '../request.ts';
import { say } from '../words.ts';

const useStyles = makeStyles({
  failed: {
    display: 'flex',
    flexDirection: 'column',
    alignItems: 'center',
    gap: '0.75rem',
    padding: '3.5rem 1.25rem',
    textAlign: 'center',
  },
  title: { margin: 0, fontSize: tokens.fontSizeBase400 },
  words: { margin: 0, maxWidth: '30rem', color: tokens.colorNeutralForeground2, textWrap: 'pretty' },
});

/** Something could not be shown: why, and a way on. */
export function Failed({ no, again }: { no: Pick<Refused, 'words'>; again?: () => void }) {
  const styles = useStyles();
  return (
    <div className={styles.failed} role="alert">
      <h2 className={styles.title}>{say('shell.failed')}</h2>
      <p className={styles.words}>{no.words}</p>
      {again && <Button onClick={again}>{say('shell.again')}</Button>}
    </div>
  );
}
