import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { JsonObject } from '../../bot/cards/bind.ts';
import { type Say, speak } from '../../bot/cards/say.ts';

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
 * words of a language stand beside each, as the bot puts them there.
 */
export function readGallery(folder: string = cardsFolder, say: Say = speak('en')): Exhibit[] {
  const { templates, samples } = namesIn(folder);
  return templates
    .filter((name) => samples.includes(name))
    .map((name) => {
      const sample = readJson(folder, `${name}.sample.json`);
      const { $variants = { default: sample } } = sample;
      const states = Object.entries($variants as Record<string, JsonObject>);
      const variants = new Map(states.map(([state, data]) => [state, { ...data, say: say.words }]));
      return { name, template: readJson(folder, `${name}.json`), variants };
    });
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
