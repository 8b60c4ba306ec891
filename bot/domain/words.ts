import type { Refusal } from './refusal.ts';

/** Limits in graphemes: what a person would count as one character. */
export const LIMITS = { question: 2000, answer: 8000, reply: 4000, reason: 500, topic: 60 } as const;

/** One character can carry any number of marks: this many UTF-16 units fit into a card, whatever they are. */
export const MAX_UNITS = 24_000;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** Counts characters as people do: a flag, a family emoji or an accented letter is one. */
export function count(text: string): number {
  let total = 0;
  for (const _ of graphemes.segment(text)) total += 1;
  return total;
}

// Slides and word processors break lines with a vertical tab; mainframes and old mails with the next-line control.
const LINE_BREAK = /\r\n?|[\v\f\u0085\u2028\u2029]/gu;
// Bidi overrides can show other words than were typed; the rest of these are invisible and can carry a hidden mark.
const UNSEEN =
  /[[\p{Cc}\p{Default_Ignorable_Code_Point}\p{Noncharacter_Code_Point}\uFFF9-\uFFFB]--[\t\n\u200C\u200D\p{Variation_Selector}\u{E0000}-\u{E007F}]]/gv;
// Selectors choose between the shapes of an emoji or an ideograph; anywhere else they are only a hidden mark.
const STRAY_SELECTOR =
  /(?<!\p{Emoji})[\uFE0E\uFE0F]|(?<![\p{Script=Han}\p{Script=Myanmar}\p{Sm}])[\uFE00-\uFE0D\u{E0100}-\u{E01EF}]|(?<!\p{Script=Mongolian})[\u180B-\u180D\u180F]/gu;
// Tag characters spell the three flags that clients draw; after any other they are invisible text.
const FLAG_OR_TAG =
  /(\u{1F3F4}\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F})|[\u{E0000}-\u{E007F}]/gu;
// Joiners make emoji families and are spelling in Persian and Indic scripts; anywhere else they are only a hidden mark.
const STRAY_JOINER =
  /(?<![\p{scx=Arab}\p{scx=Syrc}\p{scx=Mong}\p{scx=Deva}\p{scx=Beng}\p{scx=Guru}\p{scx=Gujr}\p{scx=Orya}\p{scx=Taml}\p{scx=Telu}\p{scx=Knda}\p{scx=Mlym}\p{scx=Sinh}\p{scx=Khmr}\p{scx=Mymr}])(?:\u200C|(?<![\p{Extended_Pictographic}\p{Emoji_Modifier}\uFE0F])\u200D|\u200D(?!\p{Extended_Pictographic}))/gu;

/** Removes what a reader cannot see, and keeps every visible character as typed. */
export function clean(text: string): string {
  return text
    .toWellFormed()
    .replace(LINE_BREAK, '\n')
    .replace(UNSEEN, '')
    .replace(STRAY_SELECTOR, '')
    .replace(FLAG_OR_TAG, '$1')
    .replace(STRAY_JOINER, '')
    .replace(/\n{3,}/gu, '\n\n')
    .trim();
}

/** The empty Braille pattern is a character to see, and shows nothing. */
const BLANK = /^[\s\u2800]*$/u;

/** Cleans words and checks their length: the words, or a Refusal that tells what to change. */
export function checkWords(text: string, limit: number): string | Refusal {
  const words = clean(text);
  if (BLANK.test(words)) return { refused: 'blank' };
  const length = count(words);
  if (length > limit) return { refused: 'too-long', length, limit };
  return words.length > MAX_UNITS ? { refused: 'too-large' } : words;
}

/** The first graphemes of a text, with an ellipsis where it was cut. */
export function shorten(text: string, limit: number): string {
  const line = text.replaceAll(/\s+/gu, ' ');
  if (count(line) <= limit) return line;
  const kept = [...graphemes.segment(line)].slice(0, limit - 1).map((part) => part.segment);
  return `${kept.join('').trimEnd()}…`;
}

const UMLAUTS: Record<string, string> = { ä: 'ae', ö: 'oe', ü: 'ue', ß: 'ss', æ: 'ae', ø: 'oe', œ: 'oe' };

/** The one form in which words are compared: "Büro", "BUERO" and "büro" are the same, accents count for nothing. */
export const fold = (text: string): string =>
  text
    .normalize('NFC')
    .toLowerCase()
    .replace(/[äöüßæøœ]/g, (letter) => UMLAUTS[letter] ?? letter)
    .normalize('NFD')
    .replace(/\p{M}/gu, '');
