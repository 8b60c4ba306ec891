import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { type ReactNode, useState } from 'react';
import { isRefused, type Refused } from '../request.ts';
import { say } from '../words.ts';
import { Notice } from './notice.tsx';
import { useReturn } from './return.ts';

interface Given {
  readonly title: string;
  /** What will happen, and whether it can be taken back. */
  readonly children: ReactNode;
  /** The verb on the button, never "OK". */
  readonly verb: string;
  /** A "no" is shown in the dialog, which then stays open. */
  readonly act: () => Promise<unknown>;
  readonly close: () => void;
}

/** Asks before something that cannot be taken back, or that many will see. Shown for as long as it is there. */
export function Confirm({ title, children, verb, act, close }: Given) {
  const [no, refuse] = useState<Refused>();
  const [isActing, begin] = useState(false);
  useReturn();
  const go = async (): Promise<void> => {
    begin(true);
    const answer = await act();
    begin(false);
    if (isRefused(answer)) refuse(answer);
    else close();
  };
  return (
    <Dialog open onOpenChange={(_event, { open }) => open || isActing || close()}>
      <DialogSurface>
        <DialogBody>
          <DialogTitle>{title}</DialogTitle>
          <DialogContent>
            {children}
            {no && <Notice intent="error">{no.words}</Notice>}
          </DialogContent>
          <DialogActions>
            <Button onClick={close} disabled={isActing}>
              {say('shell.cancel')}
            </Button>
            <Button appearance="primary" disabledFocusable={isActing} onClick={() => void go()}>
              {verb}
            </Button>
          </DialogActions>
        </DialogBody>
      </DialogSurface>
    </Dialog>
  );
}
