import type { JsonObject, JsonValue } from './bind.ts';
import { shorten } from '../domain/words.ts';

/** Teams refuses messages over about 100 KB; the rest is left for what is around the card. */
const MAX_BYTES = 80 * 1024;
/** How many characters of each text are shown, where all of them would be too much. */
const SHOWN = [4000, 1500, 500, 150];

/**
 * Makes a card of the data; where it comes out too large for Teams, of its texts shortened until it fits. A thread that was
 * shortened can be read whole, part by part.
 */
export function fit(make: (data: JsonObject) => JsonObject, data: JsonObject): JsonObject {
  let card = make(data);
  for (const limit of SHOWN) {
    if (Buffer.byteLength(JSON.stringify(card)) <= MAX_BYTES) break;
    const shortened = make(shortenTexts(data, limit) as JsonObject);
    card = isThread(data) ? withWhole(shortened, data['id'] ?? null) : shortened;
  }
  return card;
}

/** Forms are none: leaving one would lose what was typed into it. */
const isThread = (data: JsonObject): boolean => 'before' in data && 'after' in data;

function withWhole(card: JsonObject, question: JsonValue): JsonObject {
  const read = { type: 'Action.Execute', title: 'Read the whole', verb: 'whole.open', data: { question, part: 0 } };
  const actions = Array.isArray(card['actions']) ? card['actions'] : [];
  return { ...card, actions: [...actions, read] };
}

/** Shortens every list of lines as one text; inputs, ids and our own words stay whole. */
function shortenTexts(node: JsonValue, limit: number): JsonValue {
  if (isLines(node)) return cut(node, limit);
  if (Array.isArray(node)) return node.map((part: JsonValue) => shortenTexts(part, limit));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, shortenTexts(value, limit)]));
}

/** A post in a channel is never cut: one text fits, see MAX_UNITS. */
const CUT = '[Shortened here: the whole does not fit into one card.]';

type Lines = readonly { text: string; gap: string }[];

const isLines = (list: JsonValue): list is Lines =>
  Array.isArray(list) &&
  list.length > 0 &&
  list.every((line: JsonValue) => typeof line === 'object' && line !== null && 'text' in line && 'gap' in line);

function cut(lines: Lines, limit: number): Lines {
  const [first] = lines;
  const text = lines.map((line) => line.text).join(' ');
  return text.length <= limit || first === undefined
    ? lines
    : [
        { ...first, text: shorten(text.slice(0, limit * 4), limit) },
        { text: CUT, gap: 'Small' },
      ];
}
