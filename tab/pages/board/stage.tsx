import { useEffect, useState } from 'react';
import type { Output } from '../../api.ts';
import { LIVE_MS, usePolled } from '../../polled.ts';
import type { Refused } from '../../request.ts';

export type Listed = Output<'get', '/api/questions'>;
export type Row = Listed['questions'][number];
export type Stage = 'waiting' | 'answered' | 'scheduled' | 'published' | 'declined';
export const STAGES: readonly Stage[] = ['waiting', 'answered', 'scheduled', 'published', 'declined'];

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

/** A row, and the page that it came with. */
export interface Placed {
  readonly row: Row;
  readonly page: number;
}

/** As they were read: each page begins where the one before ended. Who changed pages meanwhile is shown once. */
export function rowsOf(pages: readonly Listed[]): Placed[] {
  const seen = new Set<string>();
  return pages.flatMap(({ questions }, page) =>
    questions.flatMap((row) => {
      if (seen.has(row.question)) return [];
      seen.add(row.question);
      return [{ row, page }];
    }),
  );
}

export type Read = (page: number, listed: Listed) => void;

/** What is read of a stage so far. A page that did not change changes nothing. */
export function usePages(): { pages: readonly Listed[]; read: Read } {
  const [pages, set] = useState<readonly Listed[]>([]);
  const [read] = useState<Read>(() => (page: number, listed: Listed) => {
    set((before) => {
      if (before[page] === listed) return before;
      const after = [...before];
      after[page] = listed;
      return listed.next === undefined ? after.slice(0, page + 1) : after;
    });
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
