import { useEffect, useState } from 'react';
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

/** What is read of a stage so far. A page that did not change changes nothing. */
export function usePages(): { pages: readonly Listed[]; read: Read } {
  const [pages, set] = useState<readonly Listed[]>([]);
  const [read] = useState<Read>(() => (page: number, listed: Listed) => {
    set((before) => withPage(before, page, listed));
  });
  return { pages, read };
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
