import type { Found } from './betray-found.ts';

/** E-mail addresses, employee numbers and phone numbers. */
export function findMarks(text: string): Found[] {
  const emails = allOf(text, EMAIL, 'email').filter(({ words }) => !isShared(words));
  const calm = quiet(text);
  const phones = PHONES.flatMap((pattern) => allOf(calm, pattern, 'phone')).filter((one) => isPhone(calm, one));
  return [...emails, ...allOf(calm, CALLED, 'phone'), ...phones, ...allOf(text, EMPLOYEE, 'employee')];
}

/** Every match of a pattern, without the blanks around it. */
export const allOf = (text: string, pattern: RegExp, kind: Found['kind']): Found[] =>
  [...text.matchAll(pattern)].map((match) => ({
    kind,
    at: match.index + match[0].length - match[0].trimStart().length,
    words: match[0].trim(),
  }));

// Each pattern begins where a word does and is bounded: a hostile text costs no more than its length.
const EMAIL =
  /(?<![\p{L}\p{N}._%+-])[\p{L}\p{N}._%+-]{1,64}(?:@| ?[([]at[)\]] ?)(?:[\p{L}\p{N}-]{1,63}(?:\.| ?[([](?:dot|punkt)[)\]] ?)){1,4}\p{L}{2,24}(?![\p{L}\p{N}])/giu;

// Nobody is found by the address of a whole department.
const SHARED =
  /^(?:info|hr|it|people|personal|support|help|desk|service|contact|kontakt|feedback|office|press|presse|no|reply|team|group|jobs|careers|payroll|compliance|legal|security|facility|helpline)+$/;
const isShared = (address: string): boolean =>
  SHARED.test((/^[^@([]+/.exec(address)?.[0] ?? '').trim().toLowerCase().replaceAll(/[._-]/g, ''));

const EMPLOYEE =
  /(?<!\p{L})(?:(?:employee|emp\.?|staff|personnel|payroll|worker|badge)[ -]?(?:number|no\.?|nr\.?|id|code|#)|(?:personal|mitarbeiter(?:in|innen)?|stamm|ausweis|ma)[ -]?(?:nummer|nr\.?|id|kennung)|pers\.?[ -]?nr\.?|(?:my|meine) (?:id|number|nummer|user ?id|login|kennung))(?: (?:is|ist|lautet|was)|['’]s)?[ :#(-]{0,3}\p{L}{0,4}-?\d{3,12}(?!\d|[.,]\d)/giu;

/** What dates, times and spans of years look like: the same digits as phone numbers, and in far more questions. */
const NOT_PHONES = [
  /(?<![\d./-])\d{1,2}([./-])\d{1,2}\1(?:\d{4}|\d{2})(?![./-]?\d)/g,
  /(?<![\d./-])\d{1,2}[./-](?:19|20)\d\d(?!\d)/g,
  /(?<!\d)(?:19|20)\d\d ?[-–/.] ?(?:19|20)?\d\d(?!\d)/g,
  /(?<!\d)\d{1,2}[.:]\d\d ?(?:-|–|bis|to|until) ?\d{1,2}[.:]\d\d(?!\d)/g,
];
const quiet = (text: string): string =>
  NOT_PHONES.reduce((rest, pattern) => rest.replaceAll(pattern, (date) => '#'.repeat(date.length)), text);

const PHONES = [
  // +49 170 1234567, 0049 89 123456
  /(?<![\p{L}\p{N}]|\d[ ./-])(?:\+|00)[1-9](?:[ \u00A0./()–-]{0,3}\d){8,13}(?!\d)/gu,
  // 0170 1234567, (089) 12 34 56, 020 7946 0958
  /(?<![\p{L}\p{N}]|\d[ ./-])\(?0[1-9](?:[ \u00A0./()–-]{0,3}\d){7,11}(?!\d)/gu,
  // (555) 123-4567, 555-123-4567
  /(?<![\p{L}\p{N}]|\d[ ./-])(?:1[-. ])?(?:\(\d{3}\) ?|\d{3}[-. ])\d{3}[-. ]\d{4}(?![-.]?\d)/gu,
];

/** Said to be a number to call: then five digits are enough, and three for an extension. */
const CALLED =
  /(?<!\p{L})(?:(?:ext\.?|extension|durchwahl|dw|nebenstelle|nst\.?|apparat)[ :.-]{0,3}(?!(?:19|20)\d\d(?!\d))\d{3,6}|(?:tel(?:efon|ephone)?\.?|phone|mobile|mobil|cell|handy|rufnummer|whatsapp)(?:[ -]?(?:number|no\.?|nr\.?|nummer))?(?: (?:is|ist|lautet|unter))?[ :.#-]{0,3}\+?\(?\d(?:[ ./()-]{0,2}\d){4,13}|(?:call|text|ring|reach|ruft?|rufen sie|erreich(?:t|en sie)?) (?:me|us|mich|uns)(?: back)? (?:on|at|under|unter)(?: der)? \+?\(?\d(?:[ ./()-]{0,2}\d){4,13})(?!\d)/giu;

/** Words before a number that make it a code of something. */
const CODED =
  /(?:artikel|article|part|item|order|ticket|invoice|ref|reference|material|bestell|rechnungs?|auftrags?|teile|projekt|project|kostenstelle|cost cent(?:er|re)|po|sap|serial|serien|personal|mitarbeiter|employee|staff|personnel|badge|iban|konto|account|policy|case|version|build)[ -]?(?:number|no\.?|nr\.?|nummer|id|code)?[ :#.]*$/i;
const THOUSANDS = /^\+\d{1,3}(?:[ .]\d{3})+$/;
const MOBILE = /^0(?:1[567]|7)\d{8,10}$/;

function isPhone(text: string, { at, words }: Found): boolean {
  if (CODED.test(text.slice(Math.max(0, at - 40), at))) return false;
  if (THOUSANDS.test(words)) return words.length > '+999 999 999'.length;
  return words.startsWith('+') || words.startsWith('00') || /\D/.test(words) || MOBILE.test(words);
}
