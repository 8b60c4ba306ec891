import { useEffect, useRef, useState } from 'react';

const KEPT = 'forthright.keys';

/** Single keys can be switched off: they get in the way of whoever speaks to the computer (WCAG 2.1.4). */
export function useKeysOn(): [boolean, (isOn: boolean) => void] {
  const [isOn, set] = useState(() => read() !== 'off');
  return [
    isOn,
    (wanted) => {
      set(wanted);
      write(wanted ? 'on' : 'off');
    },
  ];
}

// A frame of another site may be kept from its storage.
function read(): string | null {
  try {
    return localStorage.getItem(KEPT);
  } catch {
    return null;
  }
}
function write(value: string): void {
  try {
    localStorage.setItem(KEPT, value);
  } catch {
    // It holds until the page is closed.
  }
}

const isWriting = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement &&
  (target.matches('textarea, select, input:not([type=checkbox])') || target.isContentEditable);

/** Tells of single keys, but for those that somebody types into a field or a dialog. */
export function useKeys(isOn: boolean, act: (key: string) => boolean): void {
  const acting = useRef(act);
  acting.current = act;
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
      if (isWriting(event.target) || document.querySelector('[role=dialog]') !== null) return;
      // To switch them on again, one has to get to the help.
      if ((isOn || event.key === '?') && acting.current(event.key)) event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  }, [isOn]);
}
