import { readFileSync } from 'node:fs';
import { Language, type Node, Parser } from 'web-tree-sitter';

await Parser.init();
const wasm = new URL('../../node_modules/tree-sitter-bicep/tree-sitter-bicep.wasm', import.meta.url);
const language = await Language.load(readFileSync(wasm));
const parser = new Parser();
parser.setLanguage(language);

type Kind = 'param' | 'var' | 'resource' | 'module' | 'output';
const KINDS: Record<string, Kind> = {
  parameter_declaration: 'param',
  variable_declaration: 'var',
  resource_declaration: 'resource',
  module_declaration: 'module',
  output_declaration: 'output',
};

export interface Declared {
  kind: Kind;
  name: string;
  /** A resource's `Microsoft.X/y@date`, or a module's file. */
  of: string;
  isExisting: boolean;
  /** A parameter that may be left out. */
  hasDefault: boolean;
  isSecure: boolean;
  value: Value;
  text: string;
}

/** What stands in a file: literals as they are, everything else as its text. */
export type Value = string | number | boolean | Expression | Value[] | { [key: string]: Value };
export class Expression {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

export interface Bicep {
  /** Where it is not the language, as "line: text". */
  errors: string[];
  declared: Declared[];
  /** Every name that is used as a value, with how often. */
  used: Map<string, number>;
  /** Names of loops and lambdas. */
  local: Set<string>;
}

export function readBicep(text: string): Bicep {
  const root = parser.parse(text)?.rootNode;
  if (!root) throw new Error('the parser gave nothing');
  const all = [...walk(root)];
  const local = new Set(all.flatMap(localsOf));
  const used = new Map<string, number>();
  for (const node of all.filter(isUse)) used.set(node.text, (used.get(node.text) ?? 0) + 1);
  const wrong = all.filter((node) => node.type === 'ERROR' || node.isMissing);
  return {
    errors: wrong.map((node) => `${node.startPosition.row + 1}: ${node.text.split('\n')[0]}`),
    declared: all.flatMap(declarationOf),
    used,
    local,
  };
}

function* walk(node: Node): Generator<Node> {
  yield node;
  for (const child of node.children) if (child) yield* walk(child);
}

const named = (node: Node): Node[] => node.namedChildren.filter((child) => child !== null);
const isFirst = (node: Node): boolean => node.parent !== null && named(node.parent)[0]?.id === node.id;

function isUse(node: Node): boolean {
  const { type, parent } = node;
  if (type !== 'identifier' || parent === null) return false;
  if (parent.type in KINDS || parent.type === 'object_property') return !isFirst(node);
  if (parent.type === 'call_expression') return parent.childForFieldName('function')?.id !== node.id;
  return parent.type !== 'metadata_declaration';
}

function localsOf(node: Node): string[] {
  const first = named(node)[0];
  if (node.type === 'for_statement') return [node.childForFieldName('initializer')?.text ?? ''];
  if (node.type === 'for_loop_parameters') return named(node).map(({ text }) => text);
  return node.type === 'lambda_expression' && first ? [...first.text.matchAll(/\w+/g)].map(([name]) => name) : [];
}

function declarationOf(node: Node): Declared[] {
  const kind = KINDS[node.type];
  if (kind === undefined) return [];
  const [name, second, ...rest] = named(node);
  const isNamed = kind === 'resource' || kind === 'module';
  const body = isNamed ? [...walk(node)].find(({ type }) => type === 'object') : (rest.at(-1) ?? second);
  return [
    {
      kind,
      name: name?.text ?? '',
      of: isNamed ? (second?.text.slice(1, -1) ?? '') : '',
      isExisting: kind === 'resource' && /'\s*existing\s*=/.test(node.text),
      hasDefault: kind === 'param' && rest.length > 0,
      isSecure: /@secure\(\)/.test(decoratorsOf(node)),
      value: body ? toValue(body) : '',
      text: node.text,
    },
  ];
}

const decoratorsOf = (node: Node): string =>
  node.previousNamedSibling?.type === 'decorators' ? node.previousNamedSibling.text : '';

function toValue(node: Node): Value {
  const { type, text } = node;
  if (type === 'array')
    return named(node)
      .filter(({ type }) => type !== 'comment')
      .map(toValue);
  if (type === 'object') {
    const properties = named(node).filter(({ type }) => type === 'object_property');
    return Object.fromEntries(properties.map((property) => entryOf(named(property))));
  }
  if (type === 'string' && !named(node).some(({ type }) => type === 'interpolation')) return text.slice(1, -1);
  if (type === 'number') return Number(text);
  return text === 'true' || text === 'false' ? text === 'true' : new Expression(text);
}

const entryOf = ([key, ...rest]: Node[]): [string, Value] => {
  const value = rest.findLast(({ type }) => type !== 'comment');
  return [key?.text.replaceAll("'", '') ?? '', value ? toValue(value) : ''];
};

/** What a path of keys and places leads to, through what is no expression. */
export function at(value: Value | undefined, ...path: (string | number)[]): Value | undefined {
  let found: unknown = value;
  for (const step of path) found = (found as Record<string | number, unknown> | undefined)?.[step];
  return found as Value | undefined;
}

/** The same, where it is a text; else nothing. */
export function textAt(value: Value | undefined, ...path: (string | number)[]): string {
  const found = at(value, ...path);
  return typeof found === 'string' ? found : '';
}
