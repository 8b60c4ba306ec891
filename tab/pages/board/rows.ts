import type { Output } from '../../api.ts';

export type Listed = Output<'get', '/api/questions'>;
export type Row = Listed['questions'][number];
export type Stage = keyof Output<'get', '/api/board'>['counts'];
export const STAGES: readonly Stage[] = ['waiting', 'answered', 'scheduled', 'published', 'declined'];

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

/** What is known of a list once one of its pages was read again. Where the list ends, later pages are gone. */
export function withPage(pages: readonly Listed[], at: number, listed: Listed): readonly Listed[] {
  if (pages[at] === listed) return pages;
  const after = [...pages];
  after[at] = listed;
  return listed.next === undefined ? after.slice(0, at + 1) : after;
}
