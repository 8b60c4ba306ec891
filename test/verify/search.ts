/** What is looked for. Whoever searches adds to it what they want to know of a find. */
export type Needle = { readonly bytes: Buffer };
export type Found<N> = { readonly needle: N; readonly offset: number };
/** Finds all needles in some bytes. */
export type Search<N> = (bytes: Uint8Array) => Found<N>[];

const FILTER_BITS = 22;
const HEAD = 4;

/** Looks for a hundred thousand needles in one pass: those of a whole company, in a minute rather than an hour. */
export function makeSearch<N extends Needle>(needles: readonly N[]): Search<N> {
  const long = Map.groupBy(
    needles.filter(({ bytes }) => bytes.length >= HEAD),
    ({ bytes }) => bytes.readUInt32BE(0),
  );
  const short = needles.filter(({ bytes }) => bytes.length > 0 && bytes.length < HEAD);
  const filter = new Uint8Array(2 ** FILTER_BITS);
  for (const head of long.keys()) filter[slot(head)] = 1;
  return (bytes) => {
    const haystack = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    return [...findLong(haystack, long, filter), ...short.flatMap((needle) => findAll(haystack, needle))];
  };
}

const slot = (head: number): number => Math.imul(head, 0x9e3779b1) >>> (32 - FILTER_BITS);

function findLong<N extends Needle>(haystack: Buffer, needles: Map<number, N[]>, filter: Uint8Array): Found<N>[] {
  const found: Found<N>[] = [];
  let head = 0;
  for (let at = 0; at < haystack.length; at += 1) {
    head = ((head << 8) | (haystack[at] ?? 0)) >>> 0;
    if (at < HEAD - 1 || filter[slot(head)] === 0) continue;
    const offset = at - HEAD + 1;
    for (const needle of needles.get(head) ?? []) {
      if (needle.bytes.equals(haystack.subarray(offset, offset + needle.bytes.length))) found.push({ needle, offset });
    }
  }
  return found;
}

function findAll<N extends Needle>(haystack: Buffer, needle: N): Found<N>[] {
  const found: Found<N>[] = [];
  for (let at = haystack.indexOf(needle.bytes); at >= 0; at = haystack.indexOf(needle.bytes, at + 1))
    found.push({ needle, offset: at });
  return found;
}
