import { useEffect, useState } from 'react';

/** Gives the focus back to what asked, or to the page where that is gone by now: whoever uses the keyboard goes on from there. */
export function useReturn(): void {
  const [from] = useState(() => document.activeElement);
  useEffect(
    () => () => {
      // Once the dialog is gone: as long as it is there, it keeps the focus to itself.
      setTimeout(() => {
        const isThere = from?.isConnected === true && from !== document.body;
        const to = isThere ? from : document.querySelector('#page');
        if (to instanceof HTMLElement) to.focus({ preventScroll: true });
      });
    },
    [from],
  );
}
