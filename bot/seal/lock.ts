import { closeSync, openSync, rmSync, statSync } from 'node:fs';

const LOOK_MS = 10;
/** A change of the key file takes milliseconds; a lock that stands for so long was left by a process that was killed. */
const LEFT_MS = 3000;

/**
 * Acts while no other process does so under the same lock, a file that is made exclusively, as a shared folder allows it.
 * The wait blocks: it is rare, and short.
 */
export function locked<Result>(lock: string, act: () => Result): Result {
  let [seen, waited] = ['', 0];
  while (!take(lock)) {
    const stands = stampOf(lock);
    waited = stands === seen ? waited + LOOK_MS : 0;
    seen = stands;
    if (waited >= LEFT_MS && stampOf(lock) === seen) rmSync(lock, { force: true });
    else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MS);
  }
  try {
    return act();
  } finally {
    rmSync(lock, { force: true });
  }
}

function take(lock: string): boolean {
  try {
    closeSync(openSync(lock, 'wx', 0o600));
    return true;
  } catch (error) {
    if ((error as { code?: unknown }).code === 'EEXIST') return false;
    throw error;
  }
}

/** Tells one lock from the next one of the same name. */
function stampOf(lock: string): string {
  const found = statSync(lock, { throwIfNoEntry: false, bigint: true });
  return found === undefined ? '' : `${found.ino} ${found.mtimeNs}`;
}
