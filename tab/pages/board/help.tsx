import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
  makeStyles,
  Switch,
  tokens,
} from '@fluentui/react-components';
import { useReturn } from '../../parts/return.ts';
import { say } from '../../words.ts';

const useStyles = makeStyles({
  keys: { display: 'flex', flexDirection: 'column', gap: '0.5rem', margin: '0 0 1rem' },
  line: { display: 'grid', gridTemplateColumns: '5rem 1fr', gap: '0.75rem' },
  key: {
    fontFamily: tokens.fontFamilyMonospace,
    padding: '0 0.375rem',
    border: `1px solid ${tokens.colorNeutralStroke1}`,
    borderRadius: tokens.borderRadiusMedium,
    marginInlineEnd: '0.25rem',
  },
  does: { margin: 0 },
});

const KEYS = [
  [['j', 'k'], 'board.keyMove'],
  [['h', 'l'], 'board.keyColumn'],
  [['Enter'], 'board.keyOpen'],
  [['x'], 'board.keyChoose'],
  [['p'], 'board.keyPublish'],
  [['s'], 'board.keySchedule'],
  [['/'], 'board.keySearch'],
  [['?'], 'board.keyHelp'],
] as const;

interface Given {
  readonly isOn: boolean;
  readonly turn: (isOn: boolean) => void;
  readonly close: () => void;
}

/** What each key does. */
export function Help({ isOn, turn, close }: Given) {
  const styles = useStyles();
  useReturn();
  return (
    <Dialog open onOpenChange={(_event, { open }) => open || close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{say('board.keys')}</DialogTitle>
          <DialogContent>
            <dl className={styles.keys}>
              {KEYS.map(([keys, words]) => (
                <div key={words} className={styles.line}>
                  <dt>
                    {keys.map((key) => (
                      <kbd key={key} className={styles.key}>
                        {key}
                      </kbd>
                    ))}
                  </dt>
                  <dd className={styles.does}>{say(words)}</dd>
                </div>
              ))}
            </dl>
            <Switch checked={isOn} label={say('board.keysOn')} onChange={(_event, { checked }) => turn(checked)} />
          </DialogContent>
          <DialogActions>
            <Button appearance="primary" onClick={close}>
              {say('shell.dismiss')}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
