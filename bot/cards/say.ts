import { readdirSync, readFileSync } from 'node:fs';
import type english from '../../cards/words.en.json';
import type { JsonObject } from './bind.ts';

type Words = (typeof english)['cards'];
type Plural = { readonly other: string; readonly [category: string]: string };
type KeyIn<Node> = {
  [Name in keyof Node & string]: Node[Name] extends string | Plural ? Name : `${Name}.${KeyIn<Node[Name]>}`;
}[keyof Node & string];

/** A phrase of `cards/words.LANGUAGE.json`, such as `ask.title`. */
export type Key = KeyIn<Words>;

/** What stands for `{name}` in a phrase. `count` chooses between the forms of a plural. */
type Values = Readonly<Record<string, string | number>>;

/** What the bot says in one language. Whoever makes a card is given it, so that no card is in two. */
export interface Say {
  (key: Key, values?: Values): string;
  readonly language: string;
  /** Whether it is written from right to left. */
  readonly isRtl: boolean;
  /** All phrases: templates show `${$root.say.ask.title}`. */
  readonly words: JsonObject;
  /** A day such as `2026-12-04`, as a person reads it. */
  day(iso: string): string;
  /** The same without its year: it stands in lists, of weeks that are not long ago. */
  date(iso: string): string;
  /** A time, in the zone in which it was planned. */
  time(at: number, zone?: string): string;
  /** "Ines, Otto or Lena". */
  oneOf(names: readonly string[]): string;
}

interface Language {
  /** Whose way to write days, plurals and lists: `en-GB`. */
  locale: string;
  cards: JsonObject;
}

/** The scripts of today's languages that run from right to left. */
const RTL = new Set(['Arab', 'Hebr', 'Thaa', 'Syrc', 'Nkoo', 'Adlm', 'Rohg']);
const TIME = { weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' } as const;

export function makeSay(language: string, { locale, cards: words }: Language): Say {
  const phrases = new Map(phrasesOf(words));
  const plural = new Intl.PluralRules(locale);
  const day = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' });
  const date = new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', timeZone: 'UTC' });
  const list = new Intl.ListFormat(locale, { type: 'disjunction' });
  const say = (key: Key, values: Values = {}): string => {
    const phrase = phrases.get(key);
    if (phrase === undefined) throw new Error(`There are no words for ${key} in ${language}`);
    if (typeof phrase === 'string') return fill(phrase, values);
    return fill(phrase[plural.select(Number(values['count']))] ?? phrase.other, values);
  };
  return Object.assign(say, {
    language,
    isRtl: RTL.has(new Intl.Locale(locale).maximize().script ?? ''),
    words,
    day: (iso: string) => day.format(new Date(`${iso}T00:00:00Z`)),
    date: (iso: string) => date.format(new Date(`${iso}T00:00:00Z`)),
    time: (at: number, zone = 'UTC') =>
      `${new Intl.DateTimeFormat(locale, { ...TIME, timeZone: zone }).format(at)} (${zone.replaceAll('_', ' ')})`,
    oneOf: (names: readonly string[]) => list.format(names),
  });
}

/** Fills once: braces in what somebody wrote stay as typed. */
function fill(phrase: string, values: Values): string {
  return phrase.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`The phrase ${phrase} asks for {${name}}`);
    return String(value);
  });
}

/** Every phrase of a language by its key. */
export function phrasesOf(words: JsonObject, path = ''): [key: string, phrase: string | Plural][] {
  return Object.entries(words).flatMap(([name, node]): [string, string | Plural][] =>
    typeof node === 'string' || 'other' in (node as JsonObject)
      ? [[path + name, node as string | Plural]]
      : phrasesOf(node as JsonObject, `${path}${name}.`),
  );
}

const FILE = /^words\.([a-z-]+)\.json$/;

/** The languages of a folder: a file each. */
export function readLanguages(folder: URL): Map<string, Say> {
  const names = readdirSync(folder).flatMap((file) => FILE.exec(file)?.[1] ?? []);
  const read = (name: string) => JSON.parse(readFileSync(new URL(`words.${name}.json`, folder), 'utf8')) as Language;
  return new Map(names.map((name) => [name, makeSay(name, read(name))]));
}

/** The languages that the bot speaks, by their tag in lower case. */
export const languages = readLanguages(new URL('../../cards/', import.meta.url));

/** The language of a locale, `de` for `de-CH`, where there are words for it. */
export function languageOf(locale = ''): string | undefined {
  for (let tag = locale.toLowerCase(); tag !== ''; tag = tag.slice(0, Math.max(0, tag.lastIndexOf('-')))) {
    if (languages.has(tag)) return tag;
  }
  return undefined;
}

/** The first of these locales that there are words for; English where there are for none. */
export function speak(...locales: readonly (string | undefined)[]): Say {
  const language = locales.map((locale) => languageOf(locale)).find((known) => known !== undefined);
  return languages.get(language ?? 'en')!;
}

/** What can be typed in the chat, as code knows it. */
export type Command = keyof Words['commands'];

/** The word for a command that cards name; a file lists what else is understood after it. */
export const wordFor = (say: Say, command: Command): string => wordsFor(say, command)[0] ?? command;

const wordsFor = (say: Say, command: Command): string[] => say(`commands.${command}`).split('|');

/** The command that somebody typed, in whichever language. */
export function commandOf(text: string): Command | undefined {
  const named = (say: Say) => Object.keys(say.words['commands'] as JsonObject) as Command[];
  return [...languages.values()].flatMap((say) => named(say).filter((one) => wordsFor(say, one).includes(text)))[0];
}
