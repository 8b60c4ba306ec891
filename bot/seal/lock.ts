import { closeSync, openSync, rmSync, statSync } from 'node:fs';
import { setTimeout as delay } from 'node:timers/promises';

const LOOK_MS = 10;
/** A change of the key file takes milliseconds; a lock that stands for so long was left by a process that was killed. */
const LEFT_MS = 3000;

/**
 * Acts while no other process does so under the same lock, a file that is made exclusively, as a shared folder allows it.
 * Others are served while it waits.
 */
export async function locked<Result>(lock: string, act: () => Result): Promise<Result> {
  const isOurs = watch(lock);
  while (!isOurs()) await delay(LOOK_MS);
  return actAndRelease(lock, act);
}

/** The same for a start, when there is nobody to serve yet: the wait blocks. */
export function lockedAtStart<Result>(lock: string, act: () => Result): Result {
  const isOurs = watch(lock);
  while (!isOurs()) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, LOOK_MS);
  return actAndRelease(lock, act);
}

/** To be called every LOOK_MS: tells whether the lock is ours now, and takes away one that a killed process left. */
function watch(lock: string): () => boolean {
  let [seen, waited] = ['', 0];
  return () => {
    if (take(lock)) return true;
    const stands = stampOf(lock);
    waited = stands === seen ? waited + LOOK_MS : 0;
    seen = stands;
    if (waited < LEFT_MS || stampOf(lock) !== seen) return false;
    rmSync(lock, { force: true });
    return take(lock);
  };
}

function actAndRelease<Result>(lock: string, act: () => Result): Result {
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
