import {
  Button,
  Dialog,
  DialogActions,
  DialogBody,
  DialogContent,
  DialogSurface,
  DialogTitle,
} from '@fluentui/react-components';
import { type ReactNode, useEffect, useState } from 'react';
import { isRefused, type Refused } from '../request.ts';
import { say } from '../words.ts';
import { Notice } from './notice.tsx';

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

/** Gives the focus back to what asked, or to the page where that is gone by now: whoever uses the keyboard goes on from there. */
function useReturn(): void {
  const [from] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // Once the dialog is gone: as long as it is there, it keeps the focus to itself.
      setTimeout(() => {
        const to = from?.isConnected === true ? from : document.querySelector('#page');
        if (to instanceof HTMLElement) to.focus({ preventScroll: true });
      });
    },
    [from],
  );
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
