import type { JsonObject, JsonValue } from '../../bot/cards/bind.ts';
import { type Card, partsOf } from '../support/client.ts';

/** One of a list, by any number. */
export const at = <Value>(list: readonly Value[], number: number): Value | undefined =>
  list.length === 0 ? undefined : list[number % list.length];

/** Made of letters alone: a number in a question might be taken for an employee's. */
let written = 0;
export function freshWord(): string {
  written += 1;
  return `perspicacious${String(written)
    .padStart(5, '0')
    .replaceAll(/\d/g, (digit) => 'abcdefghij'.charAt(Number(digit)))}`;
}

/** Tells whether a card asks for something: a text, a choice, or a confirmation. */
export const isForm = (card: Card): boolean =>
  partsOf(card).some(({ type, id }) => (typeof type === 'string' && type.startsWith('Input.')) || id === 'back');

const asText = (value: JsonValue | undefined): string => (typeof value === 'string' ? value : '');

/** What somebody fills into a card's form: a sentence with a word of its own, and some choice. */
export const fill = (card: Card | undefined, choice: number, word: () => string): Record<string, string> =>
  Object.fromEntries(
    partsOf(card)
      .filter(({ type }) => asText(type).startsWith('Input.'))
      .flatMap((input): [string, string][] => {
        const value = valueFor(input, choice, word);
        return value === undefined ? [] : [[asText(input['id']), value]];
      }),
  );

function valueFor(
  { type, choices, valueOn, valueOff }: JsonObject,
  choice: number,
  word: () => string,
): string | undefined {
  if (type === 'Input.Text') return `Is there more than ${word()} behind this?`;
  if (type === 'Input.Toggle') return asText(choice % 23 === 0 ? valueOn : valueOff);
  if (type !== 'Input.ChoiceSet' || !Array.isArray(choices)) return undefined;
  return asText((at(choices, choice) as JsonObject | undefined)?.['value']);
}
