/** A run of words in a comparison of two texts. */
export interface Change {
  is: 'kept' | 'removed' | 'added';
  text: string;
}

/** Longer stretches than these, multiplied, are compared as wholes: nobody would wait for more. */
const MOST_CELLS = 1_000_000;

/** What became of one text on its way to another, word by word. Joined, what is not added is the first, what is not removed the second. */
export function diff(before: string, after: string): Change[] {
  const [a, b] = [toWords(before), toWords(after)];
  const start = commonLength(a, b);
  const end = commonLength(a.slice(start).toReversed(), b.slice(start).toReversed());
  const [left, right] = [a.slice(start, a.length - end), b.slice(start, b.length - end)];
  return joined([...kept(a.slice(0, start)), ...compare(left, right), ...kept(a.slice(a.length - end))]);
}

const toWords = (text: string): string[] => text.match(/\s+|[\p{L}\p{M}\p{N}]+|[^\s\p{L}\p{M}\p{N}]/gu) ?? [];

function commonLength(a: string[], b: string[]): number {
  const differs = a.findIndex((word, at) => word !== b[at]);
  return differs < 0 ? a.length : differs;
}

const all = (is: Change['is']) => (words: string[]) => words.map((text): Change => ({ is, text }));
const [kept, removed, added] = [all('kept'), all('removed'), all('added')];

/** By the longest common subsequence. */
function compare(a: string[], b: string[]): Change[] {
  if (a.length * b.length > MOST_CELLS) return [...removed(a), ...added(b)];
  const width = b.length + 1;
  const longest = new Uint16Array((a.length + 1) * width);
  const at = (i: number, j: number) => longest[i * width + j] ?? 0;
  for (let i = a.length - 1; i >= 0; i -= 1)
    for (let j = b.length - 1; j >= 0; j -= 1)
      longest[i * width + j] = a[i] === b[j] ? at(i + 1, j + 1) + 1 : Math.max(at(i + 1, j), at(i, j + 1));
  const changes: Change[] = [];
  let [i, j] = [0, 0];
  while (i < a.length && j < b.length) {
    if (a[i] === b[j]) {
      changes.push(...kept(a.slice(i, i + 1)));
      i += 1;
      j += 1;
    } else if (at(i + 1, j) >= at(i, j + 1)) {
      changes.push(...removed(a.slice(i, i + 1)));
      i += 1;
    } else {
      changes.push(...added(b.slice(j, j + 1)));
      j += 1;
    }
  }
  return [...changes, ...removed(a.slice(i)), ...added(b.slice(j))];
}

/** Of what stands side by side, the removed first: two words that were replaced by two read as one change. */
function joined(changes: Change[]): Change[] {
  const runs: Change[] = [];
  let pending: Record<'removed' | 'added', string> = { removed: '', added: '' };
  const settle = () => {
    for (const is of ['removed', 'added'] as const) if (pending[is] !== '') runs.push({ is, text: pending[is] });
    pending = { removed: '', added: '' };
  };
  for (const { is, text } of changes) {
    const last = runs.at(-1);
    if (is !== 'kept') pending[is] += text;
    else if (last?.is === 'kept' && pending.removed + pending.added === '') last.text += text;
    else {
      settle();
      runs.push({ is, text });
    }
  }
  settle();
  return runs;
}
