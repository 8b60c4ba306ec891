import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A new folder for each test of the suite that calls this, removed after it. */
export function useFolder(): { readonly path: string; file(...names: string[]): string } {
  let path = '';
  beforeEach(() => void (path = mkdtempSync(join(tmpdir(), 'forthright-test-'))));
  afterEach(() => rmSync(path, { recursive: true, force: true }));
  return {
    get path() {
      return path;
    },
    file: (...names) => join(path, ...names),
  };
}
