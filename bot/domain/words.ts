import type { Refusal } from './refusal.ts';

/** Limits in graphemes: what a person would count as one character. */
export const LIMITS = { question: 2000, answer: 8000, reply: 4000, reason: 500, topic: 60 } as const;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Counts characters as people do: a flag, a family emoji or an accented letter is one. */
export function count(text: string): number {
  let total = 0;
  for (const _ of graphemes.segment(text)) total += 1;
  return total;
}

// Bidi overrides can show other words than were typed; the rest of these are invisible and can carry a hidden mark.
const UNSEEN =
  // oxlint-disable-next-line no-control-regex
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u2064\u2066-\u206F\uFEFF\uFFF9-\uFFFB]/gu;
// Joiners make emoji families and are spelling in Persian and Indic scripts; anywhere else they are only a hidden mark.
const STRAY_JOINER =
  /(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F\p{Script=Arabic}\p{Script=Devanagari}\p{Script=Bengali}\p{Script=Tamil}\p{Script=Malayalam}\p{Script=Kannada}\p{Script=Telugu}\p{Script=Sinhala}\p{Script=Khmer}])[\u200C\u200D]/gu;
// Tag characters spell flags such as Scotland's after a black flag; anywhere else they are invisible text.
const STRAY_TAG = /(?<!\u{1F3F4}[\u{E0020}-\u{E007E}]*)[\u{E0000}-\u{E007F}]/gu;

/** Removes what a reader cannot see, and keeps every visible character as typed. */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?|[\u2028\u2029]/gu, '\n')
    .replace(UNSEEN, '')
    .replace(STRAY_JOINER, '')
    .replace(STRAY_TAG, '')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}

/** Cleans words and checks their length: the words, or a Refusal that tells what to change. */
export function checkWords(text: string, limit: number): string | Refusal {
  const words = clean(text);
  if (words === '') return { refused: 'blank' };
  const length = count(words);
  return length > limit ? { refused: 'too-long', length, limit } : words;
}

/** The first graphemes of a text, with an ellipsis where it was cut. */
export function shorten(text: string, limit: number): string {
  const line = text.replaceAll(/\s+/gu, ' ');
  if (count(line) <= limit) return line;
  const kept = [...graphemes.segment(line)].slice(0, limit - 1).map((part) => part.segment);
  return `${kept.join('').trimEnd()}…`;
}
