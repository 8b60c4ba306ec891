import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject, JsonValue } from '../../bot/cards/bind.ts';
import { type Command, type Key, type Say, speak, wordFor } from '../../bot/cards/say.ts';
import { sayList, toLines, upper } from '../../bot/cards/words.ts';

/** A template of cards/ and the states that its sample shows, by name. */
export type Exhibit = {
  readonly name: string;
  readonly template: JsonObject;
  readonly variants: ReadonlyMap<string, JsonObject>;
};

/** The folder of the product's templates. */
export const cardsFolder = join(import.meta.dirname, '../../cards');

/**
 * Reads each NAME.json that has a NAME.sample.json: one object, or `{"$variants": {"state": {…}}}` for several states. The
 * words of a language stand beside each, as the bot puts them there; what the bot says in a field is named in the sample by
 * its key: `{"say": "mine.title", "leader": "Ines Duarte"}`.
 */
export function readGallery(folder: string = cardsFolder, say: Say = speak('en')): Exhibit[] {
  const { templates, samples } = namesIn(folder);
  return templates
    .filter((name) => samples.includes(name))
    .map((name) => {
      const sample = readJson(folder, `${name}.sample.json`);
      const { $variants = { default: sample } } = sample;
      const states = Object.entries($variants as Record<string, JsonObject>);
      const variants = new Map(
        states.map(([state, data]) => [state, { ...(inWords(data, say) as JsonObject), say: say.words }]),
      );
      return { name, template: readJson(folder, `${name}.json`), variants };
    });
}

/**
 * Puts words in the place of their keys: a phrase, phrases side by side or one after the other, a day, a time, words to
 * type, a link, a text in lines.
 */
function inWords(node: JsonValue, say: Say): JsonValue {
  if (Array.isArray(node)) return node.map((part: JsonValue) => inWords(part, say));
  if (typeof node !== 'object' || node === null) return node;
  const fields = Object.fromEntries(Object.entries(node).map(([name, field]) => [name, inWords(field, say)]));
  const { say: key, list, sentences, lines, day, date, link, to, commands, at, zone } = fields;
  if (typeof key === 'string') return say(key as Key, fields as Record<string, string | number>);
  if (Array.isArray(list)) return upper(sayList(...(list as string[])));
  if (Array.isArray(sentences)) return sentences.join(' ');
  if (typeof link === 'string' && typeof to === 'string') return ` [${link}](${to})`;
  if (Array.isArray(commands)) return commands.map((word) => wordFor(say, word as Command)).join(' · ');
  if (typeof at === 'string' && typeof zone === 'string') return say.time(Date.parse(at), zone);
  if (typeof lines === 'string') return toLines(lines) as unknown as JsonValue;
  if (typeof date === 'string' && Object.keys(fields).length === 1) return say.date(date);
  return typeof day === 'string' && Object.keys(fields).length === 1 ? say.day(day) : fields;
}

/** The templates without a sample, and the samples without a template, as file names. */
export function strays(folder: string = cardsFolder): string[] {
  const { templates, samples } = namesIn(folder);
  return [
    ...templates.filter((name) => !samples.includes(name)).map((name) => `${name}.json`),
    ...samples.filter((name) => !templates.includes(name)).map((name) => `${name}.sample.json`),
  ];
}

function namesIn(folder: string): { templates: string[]; samples: string[] } {
  const names = readdirSync(folder).flatMap((file) =>
    /^[a-z-]+(\.sample)?\.json$/.test(file) ? [file.slice(0, -'.json'.length)] : [],
  );
  const [samples, templates] = [true, false].map((wanted) => names.filter((it) => it.endsWith('.sample') === wanted));
  return { templates: templates!.toSorted(), samples: samples!.map((name) => name.slice(0, -'.sample'.length)) };
}

function readJson(folder: string, file: string): JsonObject {
  try {
    return JSON.parse(readFileSync(join(folder, file), 'utf8')) as JsonObject;
  } catch (error) {
    throw new Error(`cards/${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}
