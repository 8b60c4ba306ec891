import { findMarks } from './betray-marks.ts';
import type { Betrayal, Finding, Found, Writer } from './betray-found.ts';
import { findNames } from './betray-names.ts';
import { findOnly } from './betray-only.ts';
import { isRefusal } from './refusal.ts';
import { checkWords, LIMITS } from './words.ts';

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

export type { Betrayal, Finding, Writer };
