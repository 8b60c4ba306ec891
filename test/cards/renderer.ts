import { createRequire } from 'node:module';
import type { JsonObject, JsonValue } from '../../bot/cards/bind.ts';
import { hostConfig } from '../../tab/parts/card-look.ts';

type Event = { readonly message: string };
type Schema = { getCount(): number; getItemAt(at: number): { readonly name: string } };
type Class = new () => { getSchema(): Schema };
type Registry = { findByName(type: string): { readonly objectType: Class } | undefined };
type Card = {
  hostConfig: unknown;
  parse(json: unknown, context: unknown): void;
  validateProperties(): { readonly validationEvents: readonly Event[] };
};
type AdaptiveCards = {
  readonly AdaptiveCard: new () => Card;
  readonly HostConfig: new (config: object) => unknown;
  readonly SerializationContext: new () => { readonly eventCount: number; getEventAt(at: number): Event };
  readonly GlobalRegistry: { readonly defaultElements: Registry; readonly defaultActions: Registry };
} & Readonly<Record<'TextRun' | 'Column' | 'TableRow' | 'TableCell', Class>>;

/** The file of Microsoft's renderer; it parses without a page. Its own types don't pass our compiler settings. */
export const rendererFile = createRequire(import.meta.url).resolve('adaptivecards/dist/adaptivecards.js');
const renderer = createRequire(import.meta.url)(rendererFile) as AdaptiveCards;

/** What the renderer finds wrong with a card, and each property that it would leave out without a word. */
export function faultsOf(card: JsonValue): string[] {
  const context = new renderer.SerializationContext();
  const parsed = new renderer.AdaptiveCard();
  parsed.hostConfig = new renderer.HostConfig(hostConfig('light'));
  parsed.parse(card, context);
  const events = Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at));
  const told = [...events, ...parsed.validateProperties().validationEvents].map((event) => event.message);
  return [...told, ...unknownProperties(card)];
}

/** What the renderer reads by hand, so that it is missing in its own schema; `msteams` is Teams' extension. */
const structure: Readonly<Record<string, readonly string[]>> = {
  AdaptiveCard: ['body', 'actions', 'msteams'],
  Container: ['items'],
  Column: ['items'],
  TableCell: ['items'],
  ColumnSet: ['columns'],
  Table: ['rows'],
  TableRow: ['cells'],
  RichTextBlock: ['inlines'],
  ActionSet: ['actions'],
  'Action.ShowCard': ['card'],
};

function unknownProperties(node: JsonValue): string[] {
  if (Array.isArray(node)) return node.flatMap(unknownProperties);
  if (typeof node !== 'object' || node === null) return [];
  const { type = null, ...rest } = node as JsonObject;
  // `data` and `msteams` are the bot's and Teams' own: the renderer does not look into them.
  const within = Object.entries(rest).flatMap(([key, it]) => (key === 'data' || key === 'msteams' ? [] : [it]));
  return [...(typeof type === 'string' ? unknownOf(type, rest) : []), ...within.flatMap(unknownProperties)];
}

function unknownOf(type: string, rest: JsonObject): string[] {
  const known = propertiesOf(type);
  const unknown = Object.keys(rest).filter((key) => known !== undefined && !known.has(key));
  return unknown.map((key) => `${type} has no property "${key}"`);
}

function propertiesOf(type: string): Set<string> | undefined {
  const { GlobalRegistry, AdaptiveCard, TextRun, Column, TableRow, TableCell } = renderer;
  const nested: Readonly<Record<string, unknown>> = { AdaptiveCard, TextRun, Column, TableRow, TableCell };
  const { defaultElements, defaultActions } = GlobalRegistry;
  const found =
    defaultElements.findByName(type)?.objectType ?? defaultActions.findByName(type)?.objectType ?? nested[type];
  if (found === undefined) return undefined;
  const schema = new (found as Class)().getSchema();
  const names = Array.from({ length: schema.getCount() }, (_, at) => schema.getItemAt(at).name);
  return new Set([...names, ...(structure[type] ?? []), 'fallback']);
}
