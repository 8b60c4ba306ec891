import { findMarks } from './betray-marks.ts';
import { findNames, type Writer } from './betray-names.ts';
import { findOnly } from './betray-only.ts';
import { isRefusal } from './refusal.ts';
import { checkWords, LIMITS } from './words.ts';

/** What in somebody's words can show who wrote them. */
export type Betrayal = 'email' | 'phone' | 'employee' | 'signature' | 'name' | 'only';

/** Words that may give their writer away, exactly as they stand in the text. */
export interface Finding {
  kind: Betrayal;
  words: string;
}

/** A Finding and where it begins. */
export interface Found extends Finding {
  at: number;
}

/**
 * What in these words may give their writer away, each once, in reading order. Patterns of English and German: a
 * courtesy before sending, and no proof that a text without findings is anonymous. Words that cannot be sent as they
 * are have no findings: first they are refused.
 */
export function betrayals(text: string, writer: Writer): Finding[] {
  const words = checkWords(text, LIMITS.question);
  if (isRefusal(words)) return [];
  const seen = words.normalize('NFC');
  const found = apart([...findMarks(seen), ...findOnly(seen), ...findNames(seen, writer)]);
  const once = new Map(found.map(({ kind, words }) => [`${kind} ${words}`, { kind, words }]));
  return [...once.values()];
}

/** The findings, where one of them is of a kind that the writer was not shown yet; otherwise none: they were asked. */
export const unshown = (findings: Finding[], shown: readonly string[]): Finding[] =>
  findings.every(({ kind }) => shown.includes(kind)) ? [] : findings;

/** One stretch of text is one finding: the first rule that found it names it. */
function apart(all: Found[]): Found[] {
  const kept: Found[] = [];
  for (const next of all) if (!kept.some((one) => overlap(one, next))) kept.push(next);
  return kept.toSorted((a, b) => a.at - b.at);
}

const overlap = (a: Found, b: Found): boolean => a.at < b.at + b.words.length && b.at < a.at + a.words.length;

export type { Writer };
