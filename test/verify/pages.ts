import type { Found, Needle, Search } from './search.ts';

/** SQLite file format, "The Database Header" and "The WAL File Format", in bytes. */
const WAL_HEADER = 32;
const FRAME_HEADER = 24;
const POINTER = 4;

type Page = { readonly file: string; readonly at: number; readonly bytes: Buffer };

/** A find, and the file that it begins in. */
export type FoundIn<N> = Found<N> & { readonly file: string };

/**
 * Finds what is torn in two: a long row goes on in another page, behind a pointer of four bytes, so a name that stands
 * across the seam is in no file in one piece. Rows that were erased have such seams as well.
 */
export function searchSeams<N extends Needle>(
  database: { file: string; bytes: Buffer },
  wal: { file: string; bytes: Buffer } | undefined,
  { search, longest }: { search: Search<N>; longest: number },
): FoundIn<N>[] {
  const size = pageSize(database.bytes);
  if (size === undefined) return [];
  const pages = Map.groupBy([...pagesOf(database, size), ...(wal ? framesOf(wal, size) : [])], ({ number }) => number);
  return [...pages.values()].flat().flatMap((page) =>
    (pages.get(page.bytes.readUInt32BE(0)) ?? []).flatMap((next) => {
      const tail = page.bytes.subarray(-longest);
      const joined = Buffer.concat([tail, next.bytes.subarray(POINTER, POINTER + longest)]);
      return search(joined)
        .filter(({ needle, offset }) => offset < tail.length && offset + needle.bytes.length > tail.length)
        .map(({ needle, offset }) => ({ needle, file: page.file, offset: page.at + size - tail.length + offset }));
    }),
  );
}

function pageSize(database: Buffer): number | undefined {
  if (database.length < 100 || database.toString('latin1', 0, 15) !== 'SQLite format 3') return undefined;
  const size = database.readUInt16BE(16);
  return size === 1 ? 65_536 : size;
}

type Numbered = Page & { readonly number: number };

function pagesOf({ file, bytes }: { file: string; bytes: Buffer }, size: number): Numbered[] {
  const count = Math.floor(bytes.length / size);
  return Array.from({ length: count }, (_, n) => {
    const at = n * size;
    return { file, at, number: n + 1, bytes: bytes.subarray(at, at + size) };
  });
}

function framesOf({ file, bytes }: { file: string; bytes: Buffer }, size: number): Numbered[] {
  const frame = FRAME_HEADER + size;
  const count = Math.max(0, Math.floor((bytes.length - WAL_HEADER) / frame));
  return Array.from({ length: count }, (_, n) => {
    const at = WAL_HEADER + n * frame + FRAME_HEADER;
    return { file, at, number: bytes.readUInt32BE(at - FRAME_HEADER), bytes: bytes.subarray(at, at + size) };
  });
}
