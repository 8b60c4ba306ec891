import type { JsonObject, JsonValue } from '../../bot/cards/bind.ts';
import { languages, makeSay, speak } from '../../bot/cards/say.ts';

/** A language in which every phrase of the bot stands in brackets, and what it is filled with outside of them. */
export const PSEUDO = 'qps';

const bracketed = (phrase: string): string =>
  phrase
    // Words to type stand beside each other; a card shows each line as a block.
    .split(/([|\n])/)
    .map((form, at) => (at % 2 === 1 ? form : `⟦${form.replaceAll(/\{\w+\}/g, (value) => `⟧${value}⟦`)}⟧`))
    .join('');

function toPseudo(node: JsonValue): JsonValue {
  if (typeof node === 'string') return bracketed(node);
  return Object.fromEntries(Object.entries(node as JsonObject).map(([key, value]) => [key, toPseudo(value)]));
}

/** Teaches the bot this language, as one more file beside the others would. */
export function learnPseudo(): void {
  languages.set(PSEUDO, makeSay(PSEUDO, { locale: 'en-GB', cards: toPseudo(speak('en').words) as JsonObject }));
}

export const forgetPseudo = (): void => void languages.delete(PSEUDO);

/** The fields that a person reads: of cards, messages, dialogs and answers to buttons. */
const READ = new Set('text title label placeholder errorMessage altText summary subtitle message'.split(' '));

/** Every text that a person reads in this message, or answer to a button. */
export function readIn(node: unknown): string[] {
  if (Array.isArray(node)) return node.flatMap(readIn);
  if (typeof node !== 'object' || node === null) return [];
  const { value, type } = node as { value?: unknown; type?: unknown };
  const isNote = typeof value === 'string' && /message|activity/.test(String(type));
  const nested = Object.entries(node).flatMap(([key, field]) =>
    typeof field === 'string' ? (READ.has(key) ? [field] : []) : key === 'data' ? [] : readIn(field),
  );
  return isNote ? [...nested, value] : nested;
}

const DATES = /\d+ (?:Jan|Feb|March|April|May|June|July|Aug|Sep|Oct|Nov|Dec)[a-z]*(?: \d{4})?/g;

/** Of a fault, for whoever looks after the bot. */
const REFERENCE = /\b[\da-f]{8}\b/g;

/** The letters of a text that no phrase has, but for what people wrote, and names. */
export const outside = (text: string, given: readonly string[]): string =>
  given
    .toSorted((one, other) => other.length - one.length)
    .reduce((rest, part) => rest.replaceAll(part, ''), text.replaceAll(/⟦[^⟧]*(?:⟧|$)/g, ''))
    .replaceAll(/\]\(http[^)]*\)/g, '')
    .replaceAll(DATES, '')
    .replaceAll(REFERENCE, '')
    .replaceAll(/[^\p{Letter}]+/gu, ' ')
    .trim();
