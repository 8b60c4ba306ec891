import type { JsonObject, JsonValue } from './bind.ts';
import { shorten } from '../domain/words.ts';
import type { Say } from './say.ts';

/** Teams refuses messages over about 100 KB; the rest is left for what is around the card. */
const MAX_BYTES = 80 * 1024;
/** How many characters of each text are shown, where all of them would be too much. */
const SHOWN = [4000, 1500, 500, 150];

/**
 * Makes a card of the data; where it comes out too large for Teams, of its texts shortened until it fits. A thread that was
 * shortened can be read whole, part by part.
 */
export function fit(make: (data: JsonObject) => JsonObject, data: JsonObject, say: Say): JsonObject {
  let card = make(data);
  for (const limit of SHOWN) {
    if (Buffer.byteLength(JSON.stringify(card)) <= MAX_BYTES) break;
    const shortened = make(shortenTexts(data, { limit, cut: say('shared.shortened') }) as JsonObject);
    card = isThread(data) ? withWhole(shortened, data['id'] ?? null, say) : shortened;
  }
  return card;
}

/** Forms are none: leaving one would lose what was typed into it. */
const isThread = (data: JsonObject): boolean => 'before' in data && 'after' in data;

function withWhole(card: JsonObject, question: JsonValue, say: Say): JsonObject {
  const title = say('shared.readWhole');
  const read = { type: 'Action.Execute', title, verb: 'whole.open', data: { question, part: 0 } };
  const actions = Array.isArray(card['actions']) ? card['actions'] : [];
  return { ...card, actions: [...actions, read] };
}

/** How many characters of a text stay, and what tells that it was cut. A post in a channel never is: see MAX_UNITS. */
interface Shortened {
  limit: number;
  cut: string;
}

/** Shortens every list of lines as one text; inputs, ids and our own words stay whole. */
function shortenTexts(node: JsonValue, to: Shortened): JsonValue {
  if (isLines(node)) return cut(node, to);
  if (Array.isArray(node)) return node.map((part: JsonValue) => shortenTexts(part, to));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, shortenTexts(value, to)]));
}

type Lines = readonly { text: string; gap: string }[];

const isLines = (list: JsonValue): list is Lines =>
  Array.isArray(list) &&
  list.length > 0 &&
  list.every((line: JsonValue) => typeof line === 'object' && line !== null && 'text' in line && 'gap' in line);

function cut(lines: Lines, { limit, cut: told }: Shortened): Lines {
  const [first] = lines;
  const text = lines.map((line) => line.text).join(' ');
  return text.length <= limit || first === undefined
    ? lines
    : [
        { ...first, text: shorten(text.slice(0, limit * 4), limit) },
        { text: told, gap: 'Small' },
      ];
}
