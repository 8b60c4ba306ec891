import type { JsonObject, JsonValue } from './bind.ts';

/**
 * Where a card stands. `inline`: in the chat of a client without dialogs, where forms replace the card. `chat`: in a
 * Teams chat, where forms open as dialogs. `dialog`: inside such a dialog, which only knows Action.Submit.
 */
export type Surface = 'inline' | 'chat' | 'dialog';

/** A verb that opens a form: in Teams a dialog, so that what is typed there stays out of the chat history. */
export const opensForm = (verb: JsonValue | undefined): boolean => typeof verb === 'string' && verb.endsWith('.open');

/** Gives every action the shape that works on this surface. Templates are written for `inline`. */
export function toSurface(card: JsonObject, surface: Surface): JsonObject {
  return surface === 'inline' ? card : (walk(card, surface) as JsonObject);
}

const isObject = (value: JsonValue): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function walk(node: JsonValue, surface: Surface): JsonValue {
  if (Array.isArray(node)) return node.filter((part) => !isCancel(part, surface)).map((part) => walk(part, surface));
  if (!isObject(node)) return node;
  if (node['type'] === 'Action.Execute') return toAction(node, surface);
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, walk(value, surface)]));
}

/** A dialog has its own way out; only a form within a form needs a way back. */
function isCancel(node: JsonValue, surface: Surface): boolean {
  if (surface !== 'dialog' || !isObject(node) || node['id'] !== 'back') return false;
  return node['verb'] !== 'mine.show';
}

function toAction(action: JsonObject, surface: Surface): JsonObject {
  const { type: _type, verb, data, ...rest } = action;
  if (surface === 'chat' && !opensForm(verb)) return action;
  const fields = isObject(data ?? null) ? (data as JsonObject) : {};
  const opener = surface === 'chat' ? { msteams: { type: 'task/fetch' } } : {};
  return { ...rest, type: 'Action.Submit', data: { ...fields, verb: verb ?? null, ...opener } };
}
