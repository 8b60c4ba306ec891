import assert from 'node:assert/strict';
import type { JsonObject, JsonValue } from '../../bot/cards/bind.ts';
import type { Incoming } from './activities.ts';
import { incoming } from './activities.ts';
import type { Person } from './cast.ts';
import { post } from './post.ts';

export type Card = JsonObject;

/** What a person sees after pressing a button. */
export type Seen = { card?: Card; note?: string; dialog?: boolean; status: number };

type Inputs = Record<string, string>;
type Button = { type: string; title: string; verb?: string; data: JsonObject };

/** Every object in a card, in reading order. */
export function partsOf(node: JsonValue | undefined): JsonObject[] {
  if (Array.isArray(node)) return node.flatMap(partsOf);
  if (typeof node !== 'object' || node === null) return [];
  const { data: _data, ...rest } = node as JsonObject;
  return [node as JsonObject, ...Object.values(rest).flatMap(partsOf)];
}

const isA = (type: JsonValue | undefined, prefix: string) => typeof type === 'string' && type.startsWith(prefix);

/** Without the brackets of the language that tests make up, see pseudo.ts. */
export const plain = (text: string): string => text.replaceAll(/[⟦⟧]/g, '');

/** All that a person reads on a card: texts, titles, choices, and what inputs hold. */
export const textOf = (card: Card | undefined): string =>
  partsOf(card)
    .flatMap(({ text, title, label, value, placeholder }) => [text, title, label, value, placeholder])
    .filter((text) => typeof text === 'string')
    .map(plain)
    .join('\n');

export const buttonsOf = (card: Card | undefined): Button[] =>
  partsOf(card).filter(({ type }) => isA(type, 'Action.')) as unknown as Button[];

/** What an untouched form would send. */
const initial = (card: Card): Inputs =>
  Object.fromEntries(
    partsOf(card)
      .filter(({ type, value }) => isA(type, 'Input.') && typeof value === 'string' && value !== '')
      .map(({ id, value }) => [id, value] as [string, string]),
  );

export function findButton(card: Card | undefined, title: string, nth = 0): Button {
  const found = buttonsOf(card).filter((button) => plain(button.title) === title);
  const titles = buttonsOf(card).map((button) => button.title);
  assert.ok(found[nth], `There is no button "${title}" among: ${titles.join(', ') || 'none'}\n${textOf(card)}`);
  return found[nth];
}

/** A Teams client of one person, as far as a bot can tell: it types, and presses the buttons of the cards it is given. */
export type Client = {
  readonly person: Person;
  says: (text: string) => Promise<number>;
  installs: () => Promise<void>;
  /** Presses a button by its title, with the card's inputs and these on top. */
  press(card: Card | undefined, title: string, inputs?: Inputs, nth?: number): Promise<Seen>;
  /** Builds the same request without sending it: for repeats and races. */
  pressing(card: Card | undefined, title: string, inputs?: Inputs): Incoming;
  send(activity: Incoming): Promise<Seen>;
};

export function makeClient(botUrl: () => string, serviceUrl: string, person: Person): Client {
  const activity = incoming({ serviceUrl });
  const send = async (request: Incoming): Promise<Seen> => read(await post(botUrl(), request));
  const pressing = (card: Card | undefined, title: string, inputs: Inputs = {}, nth = 0): Incoming => {
    const { type, verb, data } = findButton(card, title, nth);
    const filled = { ...data, ...(card === undefined ? {} : initial(card)), ...inputs };
    if (type === 'Action.Execute') return activity.executes(person, String(verb), filled);
    assert.equal(type, 'Action.Submit', `"${title}" does nothing in Teams`);
    const opens = JSON.stringify(data['msteams'] ?? null).includes('task/fetch');
    const build = opens ? activity.fetches : activity.submits;
    return build(person, data['verb'] as string, filled);
  };
  return {
    person,
    pressing,
    send,
    press: (card, title, inputs, nth) => send(pressing(card, title, inputs, nth)),
    says: async (text) => (await post(botUrl(), activity.says(person, text))).status,
    installs: async () => {
      await post(botUrl(), activity.installs(person));
      await post(botUrl(), activity.isAdded(person));
    },
  };
}

/** An invoke response as the client shows it: the forms that Microsoft documents for cards and dialogs. */
function read({ status, body }: { status: number; body: unknown }): Seen {
  const { statusCode, type, value, task } = (body ?? {}) as { [key: string]: any };
  if (task?.type === 'continue') return { status, card: task.value.card.content, dialog: true };
  if (task?.type === 'message') return { status, note: task.value };
  if (statusCode === undefined) return { status };
  if (type === 'application/vnd.microsoft.card.adaptive') return { status: statusCode, card: value };
  return { status: statusCode, note: typeof value === 'string' ? value : value?.message };
}
