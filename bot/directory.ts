import { readFileSync, statSync } from 'node:fs';
import { DirectoryFault, parseDirectory } from './directory-file.ts';
import type { Directory } from './domain/directory.ts';

export interface LoadedDirectory {
  /** As the file stood when it last could be read. */
  now: () => Directory;
  stop: () => void;
}

/**
 * Reads the file, and again whenever it changes, looking every `interval` milliseconds. A change that cannot be read is
 * told, and the last good one stays.
 */
export function loadDirectory(
  path: string,
  onChange: (fault?: DirectoryFault) => void,
  interval = 500,
): LoadedDirectory {
  let seen = stamp(path);
  let directory = read(path);
  const look = () => {
    const now = stamp(path);
    if (now === seen) return;
    seen = now;
    try {
      directory = read(path);
      onChange();
    } catch (error) {
      onChange(error instanceof DirectoryFault ? error : new DirectoryFault('the file cannot be read'));
    }
  };
  // Polled: a watch on the file itself is lost when an editor, or a mounted volume, replaces it.
  const timer = setInterval(look, interval).unref();
  return { now: () => directory, stop: () => clearInterval(timer) };
}

/** Tells one state of the file from another. Taken before the file is read, so that no change falls between. */
function stamp(path: string): string {
  const { ino, size, mtimeMs, ctimeMs } = statSync(path, { throwIfNoEntry: false }) ?? {};
  return [ino, size, mtimeMs, ctimeMs].join(' ');
}

function read(path: string): Directory {
  let text: string;
  try {
    text = readFileSync(path, 'utf8');
  } catch {
    throw new DirectoryFault(`DIRECTORY_FILE ${path} cannot be read. README.md shows how to write one.`);
  }
  try {
    return parseDirectory(text);
  } catch (error) {
    throw error instanceof DirectoryFault ? new DirectoryFault(`DIRECTORY_FILE ${path}\n${error.message}`) : error;
  }
}
