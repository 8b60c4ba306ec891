import { useSyncExternalStore } from 'react';

/** Phones, and wider windows that are zoomed. */
const narrow = matchMedia('(max-width: 47rem)');

const watch = (changed: () => void): (() => void) => {
  narrow.addEventListener('change', changed);
  return () => narrow.removeEventListener('change', changed);
};

export const useNarrow = (): boolean => useSyncExternalStore(watch, () => narrow.matches);
