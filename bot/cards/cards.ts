import { readdirSync, readFileSync } from 'node:fs';
import { compile, type JsonObject, type JsonValue } from './bind.ts';
import type { CardData } from './data.ts';
import { fit } from './fit.ts';
import type { Say } from './say.ts';
import { verbatim } from './verbatim.ts';

export type CardName = keyof CardData;

/** A card to show: the name of a template in `cards/`, what it is filled with, and in which language. */
export type View = { [Name in CardName]: { card: Name; say: Say; data: CardData[Name] } }[CardName];

const folder = new URL('../../cards/', import.meta.url);

const templates = new Map(
  readdirSync(folder)
    .filter((file) => /^[a-z-]+\.json$/.test(file))
    .map((file) => [file.slice(0, -'.json'.length), compileFile(file)] as const),
);

function compileFile(file: string): (data: JsonObject) => JsonValue {
  const { $schema: _designerOnly, ...template } = JSON.parse(readFileSync(new URL(file, folder), 'utf8')) as JsonObject;
  return compile(template);
}

/** Fills a template. The card is as it would stand in a client without dialogs; see surface.ts. */
export function render({ card, say, data }: View): JsonObject {
  const fill = templates.get(card);
  if (fill === undefined) throw new Error(`There is no template cards/${card}.json`);
  const filled = data as unknown as JsonObject;
  // Few words hold a macro, and to look for one is quicker than to walk the card. Our templates hold none.
  const mayExpand = JSON.stringify(filled).includes('{{');
  const make = (filled: JsonObject) => {
    const made = fill({ ...filled, say: say.words });
    const card = (mayExpand ? verbatim(made) : made) as JsonObject;
    return say.isRtl ? { ...card, rtl: true } : card;
  };
  return fit(make, filled, say);
}
