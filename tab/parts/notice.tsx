import { Button, makeStyles, MessageBar, MessageBarActions, MessageBarBody } from '@fluentui/react-components';
import type { ReactNode } from 'react';
import { say } from '../words.ts';

const useStyles = makeStyles({ bar: { margin: '0.75rem 0' } });

interface Given {
  readonly intent?: 'info' | 'success' | 'warning' | 'error';
  readonly children: ReactNode;
  readonly onDismiss?: () => void;
}

/** Word of what became of something, where it was tried. A "no" is read out at once, the rest when there is time. */
export function Notice({ intent = 'info', children, onDismiss }: Given) {
  const styles = useStyles();
  return (
    <MessageBar
      className={styles.bar}
      intent={intent}
      layout="multiline"
      politeness={intent === 'error' || intent === 'warning' ? 'assertive' : 'polite'}
    >
      <MessageBarBody>{children}</MessageBarBody>
      {onDismiss && (
        <MessageBarActions>
          <Button appearance="transparent" onClick={onDismiss}>
            {say('shell.dismiss')}
          </Button>
        </MessageBarActions>
      )}
    </MessageBar>
  );
}
