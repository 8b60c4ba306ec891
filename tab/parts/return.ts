import { type RefObject, useEffect, useRef, useState } from 'react';

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

/** For what may vanish under whoever pressed it, as a button that is done with: the focus then stays on what held it. */
export function useStay<Part extends HTMLElement>(): RefObject<Part | null> {
  const part = useRef<Part>(null);
  const isWithin = useRef(false);
  useEffect(() => {
    const follow = ({ target }: FocusEvent): void => {
      isWithin.current = part.current?.contains(target as Node) === true;
    };
    // A press elsewhere takes the focus from here, although nothing there may want it.
    const leave = ({ target }: PointerEvent): void => {
      if (part.current?.contains(target as Node) !== true) isWithin.current = false;
    };
    document.addEventListener('focusin', follow);
    document.addEventListener('pointerdown', leave);
    return () => {
      document.removeEventListener('focusin', follow);
      document.removeEventListener('pointerdown', leave);
    };
  }, []);
  useEffect(() => {
    if (isWithin.current && document.activeElement === document.body) part.current?.focus({ preventScroll: true });
  });
  return part;
}
