import { statfsSync } from 'node:fs';

const MEMORY = '/dev/shm';
const ENOUGH_BYTES = 1024 ** 3;

/**
 * Tests keep their folders in memory where the system has a file system there, with room: to wait until a disk has
 * written what is gone a moment later proves nothing, and takes most of their time. What it means to be killed is tried on
 * the disk, by the crash tests.
 */
function hasMemory(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY);
    return bavail * bsize >= ENOUGH_BYTES;
  } catch {
    return false;
  }
}

if (process.platform === 'linux' && hasMemory()) process.env['TMPDIR'] ??= MEMORY;
