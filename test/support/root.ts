/** A number that stands for nobody in particular on Linux and macOS. */
export const NOBODY = 65_534;

/**
 * Does something as an account that may not write everywhere: as root, as containers run tests, no file is read-only.
 * What is done must not wait for anything.
 */
export function withoutRoot(act: () => void): void {
  if (process.getuid?.() !== 0) return act();
  process.seteuid?.(NOBODY);
  try {
    act();
  } finally {
    process.seteuid?.(0);
  }
}
