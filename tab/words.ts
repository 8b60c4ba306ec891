/** A phrase, or one for each plural category of the language; `{name}` stands for a value. */
export type Phrase = string | { readonly [category: string]: string };
export type Words = Readonly<Record<string, Readonly<Record<string, Phrase>>>>;

type Tab = (typeof import('../cards/words.en.json'))['tab'];
/** Every key that the English file has: a key that is missing does not type-check. */
export type Key = { [Section in keyof Tab]: `${Section}.${Extract<keyof Tab[Section], string>}` }[keyof Tab];
export type Values = Readonly<Record<string, string | number>>;

let spoken: { words: Words; locale: string } = { words: {}, locale: 'en' };

/** Speaks this language from now on. Dates and numbers follow the locale, as in `en-GB`. */
export function speak(words: Words, locale: string): void {
  spoken = { words, locale };
}

export const locale = (): string => spoken.locale;

/** What the tab says, in the language that it speaks. `count` chooses between plurals. */
export function say(key: Key, values: Values = {}): string {
  const [section = '', name = ''] = key.split('.');
  const phrase = spoken.words[section]?.[name];
  if (phrase === undefined) throw new Error(`There are no words for ${key}`);
  return fill(typeof phrase === 'string' ? phrase : plural(phrase, Number(values['count'])), values);
}

function plural(phrase: Readonly<Record<string, string>>, count: number): string {
  return phrase[new Intl.PluralRules(spoken.locale).select(count)] ?? phrase['other'] ?? '';
}

/** In one pass: what stands in a value is not looked at again. */
const fill = (phrase: string, values: Values): string =>
  phrase.replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return typeof value === 'number' ? sayNumber(value) : (value ?? whole);
  });

export const sayNumber = (value: number): string => new Intl.NumberFormat(spoken.locale).format(value);

/** A day such as 2026-11-23, as people write it: 23 November, with the year where it is another one. */
export function sayDay(day: string, today = new Date()): string {
  const date = new Date(`${day.slice(0, 10)}T00:00:00Z`);
  const year = date.getUTCFullYear() === today.getUTCFullYear() ? {} : ({ year: 'numeric' } as const);
  return new Intl.DateTimeFormat(spoken.locale, { day: 'numeric', month: 'long', timeZone: 'UTC', ...year }).format(
    date,
  );
}

/** The Monday of an ISO week such as 2026-W48, as 2026-11-23. */
export function mondayOf(week: string): string {
  const [year = 0, number = 0] = week.split('-W').map(Number);
  // The fourth of January always lies in the first week.
  const fourth = new Date(Date.UTC(year, 0, 4));
  const monday = fourth.getUTCDate() - ((fourth.getUTCDay() + 6) % 7) + (number - 1) * 7;
  return new Date(Date.UTC(year, 0, monday)).toISOString().slice(0, 10);
}

/** An ISO week, by its Monday. */
export const sayWeek = (week: string, today = new Date()): string =>
  say('shell.weekOf', { day: sayDay(mondayOf(week), today) });

/** Names, as a sentence lists them. */
export const sayList = (names: readonly string[]): string => new Intl.ListFormat(spoken.locale).format(names);
