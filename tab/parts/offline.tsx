import { makeStyles, tokens } from '@fluentui/react-components';
import { useAway, useReturn } from '../polled.ts';
import { say } from '../words.ts';

const useStyles = makeStyles({
  banner: {
    position: 'sticky',
    bottom: 0,
    top: '3rem',
    zIndex: 1,
    padding: '0.5rem 1.25rem',
    textAlign: 'center',
    backgroundColor: tokens.colorStatusWarningBackground1,
    color: tokens.colorStatusWarningForeground3,
    borderBottom: `1px solid ${tokens.colorStatusWarningBorder1}`,
  },
});

/** Says that the bot does not answer, for as long as it does not. */
export function Offline() {
  const styles = useStyles();
  const isAway = useAway();
  useReturn(isAway);
  return (
    <div role="status" className={isAway ? styles.banner : undefined}>
      {isAway && say('shell.awayNow')}
    </div>
  );
}
