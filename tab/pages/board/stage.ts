import { useCallback, useEffect, useState } from 'react';
import { LIVE_MS, usePolled } from '../../polled.ts';
import type { Refused } from '../../request.ts';
import { type Listed, type Stage, withPage } from './rows.ts';

export interface Wanted {
  readonly stage: Stage;
  readonly leader?: string;
  readonly topic?: string;
  readonly week?: string;
  readonly search?: string;
}

/** A list is looked at again so often; one that the bot has to search for, less. */
const LIST_MS = 2 * LIVE_MS;
const FOUND_MS = 15_000;

const everyOf = ({ topic, week, search }: Wanted): number =>
  [topic, week, search].some((filter) => filter !== undefined && filter !== '') ? FOUND_MS : LIST_MS;

export type Read = (page: number, listed: Listed) => void;

/** What was read of a list, and which list that was. */
interface Known {
  readonly list: string;
  readonly pages: readonly Listed[];
}

/**
 * What is read of a list so far. Where another one is wanted, the pages of the one before stay until its first is here: nothing
 * flickers under whoever types.
 */
export function usePages(list: string): { pages: readonly Listed[]; isOld: boolean; read: Read } {
  const [{ list: of, pages }, set] = useState<Known>({ list, pages: [] });
  const read = useCallback(
    (page: number, listed: Listed) => set((before) => readInto(before, list, { page, listed })),
    [list],
  );
  return { pages, isOld: of !== list, read };
}

function readInto(before: Known, list: string, { page, listed }: { page: number; listed: Listed }): Known {
  if (before.list !== list) return page === 0 ? { list, pages: [listed] } : before;
  const pages = withPage(before.pages, page, listed);
  return pages === before.pages ? before : { list, pages };
}

interface ReaderProps {
  readonly wanted: Wanted;
  readonly page: number;
  readonly after: string | undefined;
  readonly read: Read;
  readonly fail: (no: Refused | undefined) => void;
}

/** Follows one page for as long as somebody looks at it. */
export function PageReader({ wanted, page, after, read, fail }: ReaderProps) {
  const input = { ...wanted, ...(after === undefined ? {} : { after }) };
  const polled = usePolled('/api/questions', input, { every: everyOf(wanted) });
  const body = polled.state === 'here' ? polled.body : undefined;
  const no = polled.state === 'failed' ? polled.no : undefined;
  useEffect(() => {
    if (body !== undefined) read(page, body);
  }, [body, page, read]);
  useEffect(() => fail(no), [no, fail]);
  return null;
}
