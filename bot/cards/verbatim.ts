import type { JsonObject, JsonValue } from './bind.ts';

/**
 * Clients expand `{{DATE(…)}}` and `{{TIME(…)}}` wherever they show text, and would so change somebody's words. A text
 * run that ends between the two braces leaves nothing to expand, and every character as typed.
 */
export function verbatim(node: JsonValue): JsonValue {
  if (Array.isArray(node)) return node.flatMap((part: JsonValue) => (isRun(part) ? splitRun(part) : [verbatim(part)]));
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, key === 'data' ? value : verbatim(value)]),
  );
}

type Run = JsonObject & { text: string };

const isRun = (node: JsonValue): node is Run =>
  typeof node === 'object' &&
  node !== null &&
  'type' in node &&
  node.type === 'TextRun' &&
  typeof node['text'] === 'string';

const splitRun = (run: Run): Run[] => run.text.split(/(?<=\{)(?=\{)/).map((text) => ({ ...run, text }));
